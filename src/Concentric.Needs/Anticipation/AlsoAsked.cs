using Concentric.Core.Questions;
using Concentric.Needs.Anticipation.Figures;

namespace Concentric.Needs.Anticipation;

/// <summary>What people who asked for one service also asked for within 90 days, learnt from counts of first contacts. It does not change once learnt.</summary>
/// <remarks>
/// Order counts. An observation is a person's first contact on a service a; it is followed by b where the same person's first contact on b came
/// on the same day or up to 90 days later. Within a day the order is not known, so both follow each other. Only observations whose 90 days
/// had passed count, so that nothing is taken for not asked because it is not asked yet. What is observed is that people ask, not that they need:
/// a need that nobody brings to the council is not in these counts.
/// </remarks>
internal sealed class AlsoAsked
{
    /// <summary>Days in which a second service counts as asked for after the first.</summary>
    public const int Days = 90;

    /// <summary>Fewer who asked for both than this, and nothing is said of the two.</summary>
    public const int LeastBoth = 5;

    /// <summary>What is left out of a walk: it decides ranks, and no rank that anybody is shown hangs on it.</summary>
    private const double Small = 1e-5;

    /// <summary>Walks that are kept; each is as long as the list of services.</summary>
    private const int MostWalks = 1000;

    private readonly IReadOnlyDictionary<string, int> _places;
    private readonly (int Service, int Both)[][] _next;
    private readonly HashSet<long> _holds;
    private readonly PageRank _graph;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, float[]> _walks = [];

    private AlsoAsked(FirstContacts of, DateOnly learntTo, int persons, int[] observed, int[] followed, (int Service, int Both)[][] next)
    {
        (Services, Council, IsSynthetic, From, To, Persons) = (of.Services, of.Council, of.IsSynthetic, of.From, learntTo, persons);
        (Observed, Followed, _next) = (observed, followed, next);
        Observations = observed.Sum(n => (long)n);
        _places = Services.Index().Where(s => s.Item.Length > 0).ToDictionary(s => s.Item, s => s.Index, StringComparer.Ordinal);
        (_holds, Pairs) = Hold();
        _graph = MakeGraph();
    }

    public string Council { get; }
    public bool IsSynthetic { get; }

    /// <summary>First day of the contacts learnt from.</summary>
    public DateOnly From { get; }

    /// <summary>Last day of the contacts learnt from.</summary>
    public DateOnly To { get; }

    /// <summary>Persons with at least one observation.</summary>
    public int Persons { get; }

    /// <summary>LGSL identifiers by place.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>Observations by the service first asked for.</summary>
    public IReadOnlyList<int> Observed { get; }

    /// <summary>Observations of another service that were followed by this one.</summary>
    public IReadOnlyList<int> Followed { get; }

    public long Observations { get; }

    /// <summary>Pairs with enough support that were tested, and how many of them hold.</summary>
    public (int Tested, int Held) Pairs { get; }

    public int? PlaceOf(string service) => _places.TryGetValue(service, out var place) ? place : null;

    /// <summary>n_ab: observations of a that were followed by b.</summary>
    public int Both(int a, int b)
    {
        var row = _next[a];
        var at = Array.BinarySearch(row, (b, 0), ByService);
        return at >= 0 ? row[at].Both : 0;
    }

    /// <summary>p_b: of the observations of other services, the share followed by b.</summary>
    public double BaseRate(int b) => Observations == Observed[b] ? 0 : (double)Followed[b] / (Observations - Observed[b]);

    /// <summary>The chance that somebody who asked for a asks for b within the days, drawn towards b's base rate (<see cref="Estimates.Shrunken"/>).</summary>
    public double Chance(int a, int b) => Estimates.Shrunken(Both(a, b), Observed[a], BaseRate(b));

    /// <summary>Whether the pair may be spoken of: at least <see cref="LeastBoth"/> asked for both, more than chance would bring about (Fisher, Benjamini–Hochberg at 5 per cent).</summary>
    public bool Holds(int a, int b) => _holds.Contains(Key(a, b));

    /// <summary>What holds after a, likeliest first.</summary>
    public IEnumerable<int> After(int a) => _next[a].Where(n => Holds(a, n.Service)).OrderByDescending(n => n.Both).ThenBy(n => n.Service).Select(n => n.Service);

    /// <summary>The chance of b given all that is known, by one of the ways to combine.</summary>
    public double Chance(IReadOnlyList<int> known, int b, Combining way) => way switch
    {
        Combining.Average => known.Average(a => Chance(a, b)),
        Combining.Largest => known.Max(a => Chance(a, b)),
        Combining.Independent => 1 - known.Aggregate(1.0, (rest, a) => rest * (1 - Chance(a, b))),
        _ => Estimates.NaiveBayes(Followed[b], Math.Max(1, Observations - Observed[b]), known.Select(a => ((double)Both(a, b), (double)Observed[a]))),
    };

    /// <summary>Personalised PageRank of every service from what is known, unscaled, over the pairs that at least <see cref="LeastBoth"/> asked for, whichever came first.</summary>
    public double[] Walk(IReadOnlyList<int> known)
    {
        if (!known.All(k => _walks.ContainsKey(k)))
        {
            if (known.Count > 1 || _walks.Count >= MostWalks) return _graph.Unscaled(known, Small);
            Prepare(known);
        }
        var sum = new double[Services.Count];
        foreach (var one in known)
        {
            var walk = _walks[one];
            for (var i = 0; i < sum.Length; i++) sum[i] += walk[i];
        }
        return sum;
    }

    /// <summary>Works out and keeps the walks from these services, so that nobody waits for them.</summary>
    public void Prepare(IEnumerable<int> services)
    {
        foreach (var one in services.Take(MostWalks)) _walks.GetOrAdd(one, start => [.. _graph.Unscaled([start], Small).Select(r => (float)r)]);
    }

    /// <param name="of">The first contacts, of which those from <paramref name="before"/> on are not looked at.</param>
    /// <param name="before">The day on which learning stops; without it the day after the last.</param>
    /// <param name="whose">Whose contacts to learn from; without it everybody's.</param>
    public static AlsoAsked Learn(FirstContacts of, DateOnly? before = null, Func<int, bool>? whose = null)
    {
        var end = before is { } day ? Math.Min(of.Days, day.DayNumber - of.From.DayNumber) : of.Days;
        var services = of.Services.Count;
        var (observed, followed, both) = (new int[services], new int[services], new Dictionary<long, int>());
        var persons = 0;
        for (int start = 0, next; start < of.Count; start = next)
        {
            next = start + 1;
            while (next < of.Count && of.Person[next] == of.Person[start]) next++;
            if (whose is not null && !whose(of.Person[start])) continue;
            if (of.Day[start] + Days < end) persons++;
            for (var i = start; i < next && of.Day[i] + Days < end; i++)
            {
                var a = of.Service[i];
                observed[a]++;
                // Those of the same day lie to both sides.
                for (var j = i - 1; j >= start && of.Day[j] == of.Day[i]; j--) Count(a, of.Service[j]);
                for (var j = i + 1; j < next && of.Day[j] <= of.Day[i] + Days; j++) Count(a, of.Service[j]);
            }
        }
        return new(of, of.From.AddDays(Math.Max(0, end - 1)), persons, observed, followed, Rows(both, services));

        void Count(int a, int b)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(both, Key(a, b), out _)++;
            followed[b]++;
        }
    }

    private static (int, int)[][] Rows(Dictionary<long, int> both, int services)
    {
        var rows = new List<(int Service, int Both)>[services];
        foreach (var (key, count) in both) (rows[(int)(key >> 16)] ??= []).Add(((int)(key & 0xFFFF), count));
        return [.. rows.Select(r => r is null ? [] : r.OrderBy(n => n.Service).ToArray())];
    }

    private (HashSet<long>, (int, int)) Hold()
    {
        var tested = new List<(long Key, double P)>();
        for (var a = 0; a < _next.Length; a++)
        {
            foreach (var (b, both) in _next[a])
                if (both >= LeastBoth) tested.Add((Key(a, b), Fisher.Greater(both, Observed[a], Followed[b], Observations - Observed[b])));
        }
        var holds = Fisher.BenjaminiHochberg([.. tested.Select(t => t.P)]);
        return ([.. tested.Where((_, i) => holds[i]).Select(t => t.Key)], (tested.Count, holds.Count(h => h)));
    }

    private PageRank MakeGraph() => new(Services.Count,
        from a in Enumerable.Range(0, _next.Length)
        from n in _next[a]
        let all = n.Both + Both(n.Service, a)
        where all >= LeastBoth
        from edge in Both(n.Service, a) == 0 ? [(a, n.Service, (double)all), (n.Service, a, (double)all)] : new[] { (a, n.Service, (double)all) }
        select edge);

    // Services are at most 65,535, so that each pair has a hash of its own.
    private static long Key(int a, int b) => ((long)a << 16) | (uint)b;

    private static readonly IComparer<(int Service, int Both)> ByService = Comparer<(int Service, int Both)>.Create((x, y) => x.Service.CompareTo(y.Service));
}
