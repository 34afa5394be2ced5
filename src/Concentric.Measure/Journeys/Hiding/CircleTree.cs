namespace Concentric.Measure.Journeys.Hiding;

/// <summary>An edge of a graph of counts.</summary>
/// <param name="Cost">What hiding it costs; 0 where it is hidden.</param>
/// <param name="Needs">Whether it must lie on a circle of hidden edges.</param>
internal readonly record struct CircleEdge(int From, int To, long Cost, bool Needs);

/// <summary>Puts many edges on circles of hidden edges at once: more is hidden than by looking for the best circle of each, but in the time of sorting the edges.</summary>
/// <remarks>
/// On a spanning tree of the cheapest edges each edge beside the tree closes one circle with it. They are taken from the cheapest on, and each that covers an edge of the
/// tree in need is hidden with its circle. No edge of the tree is walked twice: what is covered is drawn together (R. Tarjan's disjoint sets).
/// </remarks>
internal sealed class CircleTree
{
    private readonly IReadOnlyList<CircleEdge> _edges;
    private readonly int[] _parent, _by, _depth;

    private CircleTree(IReadOnlyList<CircleEdge> edges, int nodes)
    {
        _edges = edges;
        (_parent, _by, _depth) = (new int[nodes], new int[nodes], new int[nodes]);
    }

    /// <summary>The edges to hide, besides those that are.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<CircleEdge> edges, int nodes, CancellationToken stop = default) => new CircleTree(edges, nodes).Cover(stop);

    private List<int> Cover(CancellationToken stop)
    {
        var beside = Grow();
        stop.ThrowIfCancellationRequested();
        // Of the first sets, what needs no circle is one; of the second, what has one.
        var (spared, covered) = (Sets(v => !_edges[_by[v]].Needs), Sets(_ => false));
        var hide = new List<int>();
        foreach (var e in beside)
        {
            if (Top(spared, _edges[e].From) == Top(spared, _edges[e].To)) continue;
            hide.Add(e);
            Climb(spared, e, _ => { });
            Climb(covered, e, v => hide.Add(_by[v]));
        }
        return hide;
    }

    /// <summary>Grows the tree; gives the edges that are not of it, the cheapest first.</summary>
    private List<int> Grow()
    {
        var (sets, beside) = (Enumerable.Range(0, _parent.Length).ToArray(), new List<int>());
        var at = Enumerable.Range(0, _parent.Length).Select(_ => new List<int>()).ToArray();
        foreach (var e in Enumerable.Range(0, _edges.Count).OrderBy(e => _edges[e].Cost))
        {
            var (from, to) = (Top(sets, _edges[e].From), Top(sets, _edges[e].To));
            if (from == to) beside.Add(e);
            else
            {
                sets[from] = to;
                at[_edges[e].From].Add(e);
                at[_edges[e].To].Add(e);
            }
        }
        Array.Fill(_parent, -1);
        var open = new Queue<int>();
        for (var root = 0; root < _parent.Length; root++)
        {
            if (_parent[root] >= 0) continue;
            (_parent[root], _by[root]) = (root, -1);
            open.Enqueue(root);
            while (open.TryDequeue(out var node))
            {
                foreach (var e in at[node])
                {
                    var other = _edges[e].From == node ? _edges[e].To : _edges[e].From;
                    if (_parent[other] >= 0) continue;
                    (_parent[other], _by[other], _depth[other]) = (node, e, _depth[node] + 1);
                    open.Enqueue(other);
                }
            }
        }
        return beside;
    }

    private int[] Sets(Func<int, bool> isWithParent) => [.. Enumerable.Range(0, _parent.Length).Select(v => _by[v] >= 0 && isWithParent(v) ? _parent[v] : v)];

    /// <summary>Draws the circle of an edge together, and tells of each node that had stood apart from its parent.</summary>
    private void Climb(int[] sets, int edge, Action<int> tell)
    {
        var (a, b) = (Top(sets, _edges[edge].From), Top(sets, _edges[edge].To));
        while (a != b)
        {
            if (_depth[a] < _depth[b]) (a, b) = (b, a);
            tell(a);
            sets[a] = _parent[a];
            a = Top(sets, a);
        }
    }

    private static int Top(int[] sets, int node)
    {
        while (sets[node] != node) node = sets[node] = sets[sets[node]];
        return node;
    }
}
