namespace Concentric.Measure.Variation;

/// <summary>A contact as far as repeats go.</summary>
/// <param name="Person">Pseudonym, 0 where not known.</param>
public readonly record struct MatchedContact(long Id, ulong Person, string Service, DateTimeOffset At);

/// <summary>Whether a contact repeats the one before it.</summary>
/// <param name="Repeat">Null where the person is not known.</param>
/// <param name="Chain">Number of the chain of contacts that it belongs to, from 1; null where the person is not known.</param>
/// <param name="Gap">Time since the contact that it repeats, null where it repeats none.</param>
public readonly record struct RepeatOf(long Id, bool? Repeat, int? Chain, TimeSpan? Gap);

/// <summary>Repeat contacts: the same person on the same service again within a window.</summary>
/// <param name="Known">Contacts whose person is known: the share of repeats is of these.</param>
/// <param name="Unmatched">Contacts whose person is not known, to be shown beside every share.</param>
/// <param name="Chains">Matters: a contact and those that repeat it, each the one before.</param>
/// <param name="SettledAtOnce">Chains of one contact.</param>
/// <remarks>A repeat is judged against the contact immediately before; a gap of exactly the window counts. Contacts of the last window of the data may still be repeated, so leave them out of a share settled at once.</remarks>
public sealed record RepeatContacts(IReadOnlyList<RepeatOf> Contacts, int Known, int Unmatched, int Repeats, int Chains, int SettledAtOnce)
{
    /// <summary>Finds the repeats, in the order of person, service, time and id.</summary>
    public static RepeatContacts Of(IEnumerable<MatchedContact> contacts, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        var found = new List<RepeatOf>();
        var lengths = new List<int>();
        MatchedContact? before = null;
        foreach (var contact in contacts.OrderBy(c => c.Person).ThenBy(c => c.Service, StringComparer.Ordinal).ThenBy(c => c.At).ThenBy(c => c.Id))
        {
            if (contact.Person == 0)
            {
                found.Add(new(contact.Id, null, null, null));
                continue;
            }

            TimeSpan? gap = before is { } b && b.Person == contact.Person && b.Service == contact.Service && contact.At - b.At <= window ? contact.At - b.At : null;
            if (gap is null) lengths.Add(0);
            lengths[^1]++;
            found.Add(new(contact.Id, gap is not null, lengths.Count, gap));
            before = contact;
        }

        return new(found, found.Count(c => c.Repeat is not null), found.Count(c => c.Repeat is null), found.Count(c => c.Repeat is true), lengths.Count, lengths.Count(n => n == 1));
    }

    /// <summary>Of matters old enough that it can be seen whether they were repeated, how many there are and how many were settled by their first contact.</summary>
    /// <param name="contacts">The contacts that were looked through.</param>
    /// <param name="window">As in <see cref="Of"/>.</param>
    /// <param name="through">Where the data end. What began within the window before that may still be repeated, and is left out.</param>
    public (int Chains, int SettledAtOnce) Settled(IEnumerable<MatchedContact> contacts, TimeSpan window, DateTimeOffset through)
    {
        var at = contacts.ToDictionary(c => c.Id, c => c.At);
        var whole = Contacts.Where(c => c.Chain is not null).GroupBy(c => c.Chain).Where(g => at[g.First().Id] <= through - window).ToList();
        return (whole.Count, whole.Count(g => g.Count() == 1));
    }

    /// <summary>Matters of its own that a person has in a year, from how many those had who were seen at all; null where each was seen once, which tells nothing.</summary>
    /// <remarks>
    /// Who had none was never seen, so the mean of those who were is too high: it is that of a Poisson distribution without its zero, m = λ/(1 − e^(−λ)), solved for λ
    /// (F. N. David and N. L. Johnson, Biometrics 8 (1952), 275).
    /// </remarks>
    public static double? AYear(long matters, long persons, double years)
    {
        if (persons <= 0 || years <= 0 || matters <= persons) return null;
        var mean = (double)matters / persons;
        var (low, high) = (1e-6, mean);
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            if (middle / (1 - Math.Exp(-middle)) > mean) high = middle;
            else low = middle;
        }
        return (low + high) / 2 / years;
    }

    /// <summary>The chance that a person with genuine demands of that yearly number makes another within the window: 1 − e^(−λN), to be taken from a share of repeats.</summary>
    public static double ByChance(double aYear, double days) => -Math.Exp(-aYear / 365 * days) + 1;
}
