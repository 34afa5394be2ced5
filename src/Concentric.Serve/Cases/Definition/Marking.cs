namespace Concentric.Serve.Cases;

/// <summary>Where the tokens of a case lie: which steps and waits are open, and which ways have come to where they join. What needs nobody is passed through at once.</summary>
internal sealed class Marking
{
    private readonly SortedSet<string> _open = new(StringComparer.Ordinal);
    private readonly SortedSet<(string Join, string From)> _arrived = [];
    private string? _key;

    /// <summary>Steps and waits that are open.</summary>
    public IReadOnlyCollection<string> Open => _open;

    /// <summary>Ways that have come to a join that still waits for others.</summary>
    public IReadOnlyCollection<(string Join, string From)> Arrived => _arrived;

    /// <summary>The end that was come to; then nothing is open.</summary>
    public string? End { get; private set; }

    /// <summary>Two markings are the same where this is.</summary>
    public string Key => _key ??= End is not null ? $"!{End}" : $"{string.Join(' ', _open)}|{string.Join(' ', _arrived.Select(a => $"{a.From}>{a.Join}"))}";

    /// <summary>Of a case in which nothing is open any more.</summary>
    public static Marking Nowhere { get; } = new();

    /// <summary>A case that has just begun.</summary>
    /// <param name="passed">Gets every node that was come to, in their order.</param>
    /// <param name="doubled">Gets what would be open twice at a time.</param>
    public static Marking Begin(Process process, ICollection<string> passed, ICollection<string> doubled)
    {
        var marking = new Marking();
        marking.Come(process, process.Nodes[0].Id, "", passed, doubled);
        return marking;
    }

    /// <summary>A case with that step alone open.</summary>
    public static Marking At(string step, ICollection<string> passed)
    {
        var marking = new Marking();
        marking._open.Add(step);
        passed.Add(step);
        return marking;
    }

    /// <summary>After that step or wait was left by that way.</summary>
    public Marking On(Process process, string node, Flow way, ICollection<string> passed, ICollection<string> doubled)
    {
        var next = new Marking();
        next._open.UnionWith(_open);
        next._arrived.UnionWith(_arrived);
        next._open.Remove(node);
        next.Come(process, way.To, node, passed, doubled);
        return next;
    }

    private void Come(Process process, string to, string from, ICollection<string> passed, ICollection<string> doubled)
    {
        // Two ways could come to an end, or round a loop of letters, within one step: the first end is the case's, and a loop that nobody stands in is refused by its doubled node.
        var steps = 0;
        var coming = new Queue<(string To, string From)>([(to, from)]);
        while (End is null && coming.TryDequeue(out var at))
        {
            if (++steps > ProcessCheck.MostNodes * 2)
            {
                doubled.Add(at.To);
                return;
            }
            var node = process.Node(at.To)!;
            switch (node.Kind)
            {
                case NodeKind.Join:
                    if (!_arrived.Add((node.Id, at.From))) doubled.Add(node.Id);
                    if (_arrived.Count(a => a.Join == node.Id) < process.Nodes.Count(n => n.Next.Any(f => f.To == node.Id))) continue;
                    _arrived.RemoveWhere(a => a.Join == node.Id);
                    break;
                case NodeKind.Step or NodeKind.Wait:
                    passed.Add(node.Id);
                    if (!_open.Add(node.Id)) doubled.Add(node.Id);
                    continue;
                case NodeKind.End:
                    passed.Add(node.Id);
                    End = node.Id;
                    _open.Clear();
                    _arrived.Clear();
                    return;
            }
            passed.Add(node.Id);
            foreach (var way in node.Next) coming.Enqueue((way.To, node.Id));
        }
    }
}
