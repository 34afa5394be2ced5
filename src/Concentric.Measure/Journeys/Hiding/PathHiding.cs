namespace Concentric.Measure.Journeys.Hiding;

/// <summary>What of a directly-follows graph may not be shown.</summary>
internal sealed class PathHiding
{
    private readonly HashSet<(int, int)> _edges = [];
    private readonly HashSet<int> _activities = [], _starts = [], _ends = [];

    /// <summary>Whether even the number of cases is not shown.</summary>
    public bool HidesCases { get; private set; }

    /// <summary>How many edges were looked at to find the best circles.</summary>
    internal long Looks { get; private set; }

    public bool Hides(PathEdge edge) => _edges.Contains((edge.From, edge.To));

    public bool HidesActivity(int activity) => _activities.Contains(activity);

    public bool HidesStart(int activity) => _starts.Contains(activity);

    public bool HidesEnd(int activity) => _ends.Contains(activity);

    /// <summary>Hides what is of fewer cases than the least, and as much more as is needed so that none of it can be worked out from what is shown.</summary>
    /// <remarks>
    /// Counts of a graph hang together: as often as an activity is done, so often is it come to (or begun with) and left (or ended with). All counts are
    /// therefore one circulation: each activity is an edge from its entrance to its exit, each path an edge from an exit to an entrance, and the number of cases leads
    /// from the end back to the start. Knowing some of the edges of a circulation, another can be worked out exactly where it is a bridge of the graph of those
    /// that are not known. So each hidden bridge is put on a circle of hidden edges, the one whose counts are least.
    /// A graph of thousands of activities would take too long so: after <paramref name="mostLooks"/> the rest get a circle each by <see cref="CircleTree"/>.
    /// </remarks>
    public static PathHiding Of(DirectlyFollows graph, int cases, int least, long mostLooks = MostLooks, CancellationToken stop = default)
    {
        var (hiding, edges) = (new PathHiding(), new List<Flow>());
        var entrance = graph.Activities.Index().ToDictionary(a => a.Item.Activity, a => 2 + 2 * a.Index);
        void Add(int from, int to, long count, bool isSmall, Action hide) => edges.Add(new(from, to, count, isSmall, hide));
        foreach (var a in graph.Activities)
        {
            var (enters, leaves) = (entrance[a.Activity], entrance[a.Activity] + 1);
            Add(enters, leaves, a.Count, a.Cases < least, () => hiding._activities.Add(a.Activity));
            if (a.Starts > 0) Add(Start, enters, a.Starts, a.Starts < least, () => hiding._starts.Add(a.Activity));
            if (a.Ends > 0) Add(leaves, End, a.Ends, a.Ends < least, () => hiding._ends.Add(a.Activity));
        }
        foreach (var e in graph.Edges) Add(entrance[e.From] + 1, entrance[e.To], e.Count, e.Cases < least, () => hiding._edges.Add((e.From, e.To)));
        // Every count of the page would have to be one that nobody may know before the number of cases is.
        Add(End, Start, (long)cases * 1_000_000, cases < least, () => hiding.HidesCases = true);

        var circulation = new Circulation(edges, 2 + 2 * graph.Activities.Count);
        foreach (var i in circulation.Hidden(mostLooks, stop)) edges[i].Hide();
        hiding.Looks = circulation.Looks;
        return hiding;
    }

    internal const long MostLooks = 3_000_000;
    private const int Start = 0, End = 1;

    private sealed record Flow(int From, int To, long Count, bool IsSmall, Action Hide);

    /// <summary>Finds what to hide so that no small edge is a bridge among the hidden ones.</summary>
    private sealed class Circulation
    {
        private readonly List<Flow> _edges;
        private readonly List<int>[] _at;
        private readonly bool[] _hidden;

        public Circulation(List<Flow> edges, int nodes)
        {
            _edges = edges;
            _hidden = [.. edges.Select(e => e.IsSmall)];
            _at = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];
            foreach (var (i, e) in edges.Index())
            {
                _at[e.From].Add(i);
                _at[e.To].Add(i);
            }
        }

        /// <summary>Edges looked at by <see cref="Around"/>.</summary>
        public long Looks { get; private set; }

        public IEnumerable<int> Hidden(long mostLooks, CancellationToken stop)
        {
            // One pass is enough: what lies on a circle of hidden edges stays on it when more is hidden, and one that has come to lie on such a circle finds it at no cost.
            var bridges = Bridges().Where(i => _edges[i].IsSmall).ToList();
            for (var b = 0; b < bridges.Count; b++)
            {
                stop.ThrowIfCancellationRequested();
                if (Looks >= mostLooks)
                {
                    var rest = Bridges().Where(i => _edges[i].IsSmall).ToHashSet();
                    foreach (var i in CircleTree.Of([.. _edges.Select((e, i) => new CircleEdge(e.From, e.To, _hidden[i] ? 0 : e.Count, rest.Contains(i)))], _at.Length, stop)) _hidden[i] = true;
                    break;
                }
                foreach (var i in Around(bridges[b])) _hidden[i] = true;
            }
            return Enumerable.Range(0, _hidden.Length).Where(i => _hidden[i]);
        }

        private int Other(int edge, int node) => _edges[edge].From == node ? _edges[edge].To : _edges[edge].From;

        /// <summary>The way from one end of an edge to its other that hides least; in a circulation there is one.</summary>
        private IEnumerable<int> Around(int edge)
        {
            var (from, to) = (_edges[edge].From, _edges[edge].To);
            var (cost, came) = (new Dictionary<int, long> { [from] = 0 }, new Dictionary<int, int>());
            var open = new PriorityQueue<int, long>([(from, 0L)]);
            while (open.TryDequeue(out var node, out var so) && node != to)
            {
                if (so > cost[node]) continue;
                foreach (var next in _at[node])
                {
                    Looks++;
                    if (next == edge) continue;
                    var (there, sum) = (Other(next, node), so + (_hidden[next] ? 0 : _edges[next].Count));
                    if (cost.TryGetValue(there, out var known) && known <= sum) continue;
                    (cost[there], came[there]) = (sum, next);
                    open.Enqueue(there, sum);
                }
            }
            for (var node = to; node != from && came.TryGetValue(node, out var by); node = Other(by, node)) yield return by;
        }

        /// <summary>Hidden edges without which the hidden graph would fall apart (R. Tarjan, 1974), without recursion, because a graph may be deep.</summary>
        private IEnumerable<int> Bridges()
        {
            var (seen, low) = (new int[_at.Length], new int[_at.Length]);
            var (clock, found) = (0, new List<int>());
            var path = new Stack<(int Node, int By, int Next)>();
            for (var root = 0; root < _at.Length; root++)
            {
                if (seen[root] > 0) continue;
                seen[root] = low[root] = ++clock;
                path.Push((root, -1, 0));
                while (path.TryPop(out var at))
                {
                    if (at.Next < _at[at.Node].Count)
                    {
                        path.Push(at with { Next = at.Next + 1 });
                        var edge = _at[at.Node][at.Next];
                        if (!_hidden[edge] || edge == at.By) continue;
                        var to = Other(edge, at.Node);
                        if (seen[to] > 0) low[at.Node] = Math.Min(low[at.Node], seen[to]);
                        else
                        {
                            seen[to] = low[to] = ++clock;
                            path.Push((to, edge, 0));
                        }
                    }
                    else if (path.TryPeek(out var above))
                    {
                        low[above.Node] = Math.Min(low[above.Node], low[at.Node]);
                        if (low[at.Node] > seen[above.Node]) found.Add(at.By);
                    }
                }
            }
            return found;
        }
    }
}
