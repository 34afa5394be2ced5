namespace Concentric.Bench.Faults;

/// <summary>What is wrong with what is stored, seen from what the clients know.</summary>
internal enum Wrong
{
    /// <summary>An acknowledged enquiry is not there.</summary>
    Lost,

    /// <summary>One token is there more than once.</summary>
    Doubled,

    /// <summary>An enquiry has no enquiry-raised fact.</summary>
    WithoutFact,

    /// <summary>An enquiry has several enquiry-raised facts.</summary>
    FactDoubled,

    /// <summary>A fact tells of an enquiry that is not there.</summary>
    FactWithoutEnquiry,

    /// <summary>What a client was told is not the reference under which it is stored.</summary>
    OtherReference,

    /// <summary>Two enquiries have the same reference.</summary>
    ReferenceDoubled,

    /// <summary>The program said no and kept it.</summary>
    KeptThoughRefused,

    /// <summary>Stored under a token that no client sent.</summary>
    NeverSent,
}

/// <param name="What">Which promise is broken.</param>
/// <param name="Which">The token or reference, and what a person needs to look it up.</param>
internal sealed record Violation(Wrong What, string Which);

/// <summary>
/// Judges a run. Acknowledged is a part of stored; what is stored and not acknowledged was sent and not refused; each is
/// stored once, under the reference that its client was told, with exactly one fact.
/// </summary>
internal static class Verdict
{
    /// <param name="sendings">Everything sent in the whole run, each token once.</param>
    public static IReadOnlyList<Violation> Of(IEnumerable<Sending> sendings, Stored stored)
    {
        var found = new List<Violation>();
        var byToken = stored.Enquiries.ToLookup(e => e.Token);
        var sent = new HashSet<Guid>();
        foreach (var sending in sendings)
        {
            sent.Add(sending.Token);
            var known = $"{sending.Token} (sending {sending.Number} of client {sending.Client} in round {sending.Round})";
            var rows = byToken[sending.Token].ToList();
            if (rows.Count == 0 && sending.Outcome == Outcome.Acknowledged) found.Add(new(Wrong.Lost, $"{known}, acknowledged as {sending.Reference}"));
            if (rows.Count == 0 && sending.Outcome != Outcome.Acknowledged && sending.ReferenceAgain is not null) found.Add(new(Wrong.Lost, $"{known}, acknowledged as {sending.ReferenceAgain} when sent again"));
            if (rows.Count > 1) found.Add(new(Wrong.Doubled, $"{known}, stored as {string.Join(" and ", rows.Select(r => r.Reference))}"));
            if (rows.Count > 0 && sending.Outcome == Outcome.Refused) found.Add(new(Wrong.KeptThoughRefused, known));
            foreach (var told in (string?[])[sending.Reference, sending.ReferenceAgain])
                if (told is not null && rows.Count > 0 && rows.All(r => r.Reference != told))
                    found.Add(new(Wrong.OtherReference, $"{known} was told {told} and is stored as {rows[0].Reference}"));
        }
        foreach (var enquiry in stored.Enquiries)
            if (!sent.Contains(enquiry.Token))
                found.Add(new(Wrong.NeverSent, $"{enquiry.Token}, stored as {enquiry.Reference}"));
        Facts(stored, found);
        return found;
    }

    private static void Facts(Stored stored, List<Violation> found)
    {
        var facts = stored.Raised.ToLookup(r => r, StringComparer.Ordinal);
        foreach (var reference in stored.Enquiries.GroupBy(e => e.Reference, StringComparer.Ordinal))
        {
            if (reference.Count() > 1) found.Add(new(Wrong.ReferenceDoubled, $"{reference.Key} is the reference of {string.Join(" and ", reference.Select(e => e.Token))}"));
            var count = facts[reference.Key].Count();
            if (count == 0) found.Add(new(Wrong.WithoutFact, reference.Key));
            if (count > 1) found.Add(new(Wrong.FactDoubled, $"{reference.Key} has {count} facts"));
        }
        var there = stored.Enquiries.Select(e => e.Reference).ToHashSet(StringComparer.Ordinal);
        foreach (var fact in facts)
            if (!there.Contains(fact.Key))
                found.Add(new(Wrong.FactWithoutEnquiry, fact.Key));
    }
}
