using Concentric.Core.Questions;

namespace Concentric.Needs.Anticipation;

/// <summary>A contact that learning did not see, and what the same person asked for next.</summary>
/// <param name="Now">The service asked for, by its place.</param>
/// <param name="Known">What they asked for in the 90 days up to it, itself included.</param>
/// <param name="Seen">All that they had asked for by then: never suggested again.</param>
/// <param name="Next">What they asked for first within the 90 days from it on.</param>
/// <param name="Profile">Place of the profile group of the area that the contact came from.</param>
internal sealed record HeldOut(int Now, IReadOnlyList<int> Known, IReadOnlySet<int> Seen, IReadOnlyList<int> Next, byte Profile)
{
    /// <summary>
    /// The protocol's two splits at once: half of the persons are kept for testing and nothing of them is learnt, at any time; and of these only contacts
    /// from <paramref name="split"/> on are tried, while the other half is learnt from only up to the day before.
    /// </summary>
    public static IEnumerable<HeldOut> Of(FirstContacts of, DateOnly split)
    {
        var from = split.DayNumber - of.From.DayNumber;
        for (int start = 0, next; start < of.Count; start = next)
        {
            next = start + 1;
            while (next < of.Count && of.Person[next] == of.Person[start]) next++;
            if (!IsForTesting(of.Person[start])) continue;
            for (var i = start; i < next; i++)
                if (of.Day[i] >= from && of.Day[i] + AlsoAsked.Days < of.Days) yield return At(of, start, i, next);
        }
    }

    /// <summary>Half of all persons, the same half each time, by the scattered bits of their number (splitmix64).</summary>
    public static bool IsForTesting(int person)
    {
        var x = (ulong)person + 0x9E3779B97F4A7C15;
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return ((x ^ x >> 31) & 1) == 1;
    }

    private static HeldOut At(FirstContacts of, int start, int at, int end)
    {
        var day = of.Day[at];
        var (known, seen, next) = (new List<int> { of.Service[at] }, new HashSet<int> { of.Service[at] }, new List<int>());
        for (var j = start; j < end; j++)
        {
            if (j == at) continue;
            if (of.Day[j] < day)
            {
                seen.Add(of.Service[j]);
                if (of.Day[j] + AlsoAsked.Days >= day) known.Add(of.Service[j]);
            }
            else if (of.Day[j] <= day + AlsoAsked.Days) next.Add(of.Service[j]);
        }
        return new(of.Service[at], known, seen, next, of.Profile[at]);
    }
}
