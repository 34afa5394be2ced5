using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Needs.Anticipation;

namespace Concentric.Needs.Workshops;

/// <summary>How many people who began with one of some services also came for another.</summary>
/// <param name="Began">People whose first contact about one of those services was on a day after which the days of <see cref="AlsoAsked.Days"/> had passed.</param>
/// <param name="Also">Of these, those who first asked for the other on the same day or within the days after.</param>
/// <param name="Others">First contacts about any service that is neither, by whomever, after which the days had passed.</param>
/// <param name="OthersAlso">Of these, those after which the same person first asked for the other on the same day or within the days.</param>
internal readonly record struct Followed(long Began, long Also, long Others, long OthersAlso)
{
    /// <summary>Each count under rule A. What is hidden is reckoned as <see cref="ShownCount.Middle"/>, which is too few for anything to be told of it.</summary>
    public Followed Rounded => new(Round(Began), Round(Also), Round(Others), Round(OthersAlso));

    private static long Round(long count) => ShownCount.Rounded(count).Estimate;
}

/// <summary>Counts what people who began with some services also came for. A pure function of first contacts.</summary>
internal static class CountFollowed
{
    /// <param name="begin">The services to begin with, by their place in the list of services.</param>
    /// <param name="sets">What else to look for: each a set of services of which any counts. Of one that people can begin with only those count who began with another.</param>
    /// <returns>One for each of the sets, in their order.</returns>
    public static IReadOnlyList<Followed> Of(FirstContacts of, IReadOnlySet<int> begin, IReadOnlyList<IReadOnlySet<int>> sets)
    {
        var setsOf = new List<int>[of.Services.Count];
        foreach (var (i, set) in sets.Index())
            foreach (var service in set) (setsOf[service] ??= []).Add(i);
        var crossing = sets.Index().Where(s => s.Item.Overlaps(begin)).Select(s => s.Index).ToList();
        var crosses = new bool[sets.Count];
        foreach (var i in crossing) crosses[i] = true;

        var (began, also, othersAlso) = (new long[sets.Count], new long[sets.Count], new long[sets.Count]);
        var observed = new long[of.Services.Count];
        var seen = new long[sets.Count];
        long plain = 0, others = 0, mark = 0;
        for (int start = 0, next; start < of.Count; start = next)
        {
            next = start + 1;
            while (next < of.Count && of.Person[next] == of.Person[start]) next++;
            for (var i = start; i < next; i++)
            {
                if (begin.Contains(of.Service[i]) || !HasPassed(i)) continue;
                others++;
                observed[of.Service[i]]++;
                mark++;
                for (var j = start; j < next; j++)
                {
                    if (j == i || !Follows(i, j)) continue;
                    foreach (var set in setsOf[of.Service[j]] ?? [])
                        if (seen[set] != mark && !sets[set].Contains(of.Service[i])) { seen[set] = mark; othersAlso[set]++; }
                }
            }
            if (First(start, next, null) is not { } first) continue;
            if (HasPassed(first))
            {
                plain++;
                mark++;
                for (var j = start; j < next; j++)
                {
                    if (j == first || !Follows(first, j)) continue;
                    foreach (var set in setsOf[of.Service[j]] ?? [])
                        if (!crosses[set] && seen[set] != mark) { seen[set] = mark; also[set]++; }
                }
            }
            foreach (var set in crossing)
            {
                if (First(start, next, sets[set]) is not { } other || !HasPassed(other)) continue;
                began[set]++;
                for (var j = start; j < next; j++)
                {
                    if (!Follows(other, j) || !sets[set].Contains(of.Service[j])) continue;
                    also[set]++;
                    break;
                }
            }
        }
        return [.. sets.Select((set, i) => new Followed(crosses[i] ? began[i] : plain, also[i], others - set.Sum(s => observed[s]), othersAlso[i]))];

        bool HasPassed(int i) => of.Day[i] + AlsoAsked.Days < of.Days;

        // Within a day the order is not known, so both follow each other.
        bool Follows(int i, int j) => of.Day[j] >= of.Day[i] && of.Day[j] <= of.Day[i] + AlsoAsked.Days;

        // They lie by day, so the first found is the first.
        int? First(int start, int end, IReadOnlySet<int>? without)
        {
            for (var i = start; i < end; i++)
                if (begin.Contains(of.Service[i]) && without?.Contains(of.Service[i]) is not true) return i;
            return null;
        }
    }
}
