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

    /// <summary>The chance that a person with genuine demands of that yearly number makes another within the window: 1 − e^(−λN), to be taken from a share of repeats.</summary>
    public static double ByChance(double aYear, double days) => -Math.Exp(-aYear / 365 * days) + 1;
}
