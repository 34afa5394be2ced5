namespace Concentric.Measure.Journeys;

/// <summary>That one activity came directly after another in the same case.</summary>
/// <param name="Count">How often.</param>
/// <param name="Cases">In how many cases.</param>
/// <param name="Seconds">From the end of the first to the end of the second, or to its beginning where that is known; overlapping ones took no time.</param>
public sealed record PathEdge(int From, int To, long Count, int Cases, TimeSummary Seconds);

/// <summary>How often an activity was done, and in how many cases; with it how many cases began and ended with it.</summary>
public sealed record ActivityCount(int Activity, long Count, int Cases, int Starts, int Ends);

/// <summary>The directly-follows graph of a log: what was done, and what came after it.</summary>
/// <remarks>W. van der Aalst, Process Mining (2016), chapter 5. Times and counts agree with pm4py where its input is sorted.</remarks>
/// <param name="Activities">By their number, each that occurs.</param>
/// <param name="Edges">The most frequent first, then by the names of what they join.</param>
public sealed record DirectlyFollows(IReadOnlyList<ActivityCount> Activities, IReadOnlyList<PathEdge> Edges)
{
    /// <summary>Up to so many activities pairs lie in a square, which is quicker than looking each up.</summary>
    private const int MostInSquare = 2_000;

    public static DirectlyFollows Of(EventLog log)
    {
        var pairs = new Pairs(log.Activities.Count);
        var (activity, at, began) = (log.Columns.Activity, log.Columns.At, log.Columns.Began);
        var edgeOf = new int[log.Events];
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            for (var i = from + 1; i < to; i++) edgeOf[i] = pairs.Add(activity[i - 1], activity[i], c);
        }
        var places = pairs.Places();
        var gaps = new double[pairs.Total];
        for (var c = 0; c < log.Cases; c++)
        {
            var (from, to) = log.Of(c);
            for (var i = from + 1; i < to; i++) gaps[places[edgeOf[i]]++] = Math.Max(0, (Reached(i, at, began) - at[i - 1]) / EventLog.Second);
        }
        return new(Counted(log), pairs.Edges(gaps, log.Activities));
    }

    private static long Reached(int i, long[] at, long[]? began) => began is null || began[i] == EventLog.NotKnown ? at[i] : began[i];

    private static List<ActivityCount> Counted(EventLog log)
    {
        var (count, cases, starts, ends) = (new long[log.Activities.Count], new int[log.Activities.Count], new int[log.Activities.Count], new int[log.Activities.Count]);
        var last = new int[log.Activities.Count];
        Array.Fill(last, -1);
        for (var c = 0; c < log.Cases; c++)
        {
            var path = log.Path(c);
            starts[path[0]]++;
            ends[path[^1]]++;
            foreach (var activity in path)
            {
                count[activity]++;
                if (last[activity] == c) continue;
                last[activity] = c;
                cases[activity]++;
            }
        }
        return [.. Enumerable.Range(0, count.Length).Where(a => count[a] > 0).Select(a => new ActivityCount(a, count[a], cases[a], starts[a], ends[a]))];
    }

    /// <summary>Counts pairs of activities as they come.</summary>
    private sealed class Pairs(int activities)
    {
        private readonly int[]? _square = activities <= MostInSquare ? new int[activities * activities] : null;
        private readonly Dictionary<long, int> _found = [];
        private readonly List<(int From, int To)> _pairs = [];
        private readonly List<int> _counts = [], _cases = [], _lastCase = [];

        public int Total { get; private set; }

        /// <summary>Counts one and says which pair it is.</summary>
        public int Add(int from, int to, int inCase)
        {
            var pair = Number(from, to);
            _counts[pair]++;
            Total++;
            if (_lastCase[pair] == inCase) return pair;
            _lastCase[pair] = inCase;
            _cases[pair]++;
            return pair;
        }

        /// <summary>Where the times of each pair begin when they lie one after the other.</summary>
        public int[] Places()
        {
            var places = new int[_counts.Count];
            for (var i = 1; i < places.Length; i++) places[i] = places[i - 1] + _counts[i - 1];
            return places;
        }

        public IReadOnlyList<PathEdge> Edges(double[] gaps, IReadOnlyList<string> names)
        {
            var edges = new List<PathEdge>(_pairs.Count);
            var at = 0;
            for (var i = 0; i < _pairs.Count; i++)
            {
                edges.Add(new(_pairs[i].From, _pairs[i].To, _counts[i], _cases[i], TimeSummary.Of(gaps.AsSpan(at, _counts[i]))!));
                at += _counts[i];
            }
            return [.. edges.OrderByDescending(e => e.Count).ThenBy(e => names[e.From], StringComparer.Ordinal).ThenBy(e => names[e.To], StringComparer.Ordinal)];
        }

        private int Number(int from, int to)
        {
            if (_square is not null)
            {
                ref var place = ref _square[from * activities + to];
                if (place == 0) place = New(from, to) + 1;
                return place - 1;
            }
            var key = (long)from * activities + to;
            if (!_found.TryGetValue(key, out var number)) _found.Add(key, number = New(from, to));
            return number;
        }

        private int New(int from, int to)
        {
            _pairs.Add((from, to));
            _counts.Add(0);
            _cases.Add(0);
            _lastCase.Add(-1);
            return _pairs.Count - 1;
        }
    }
}
