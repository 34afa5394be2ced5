namespace Concentric.Serve.Cases;

/// <summary>What is wrong with a process.</summary>
/// <param name="Node">Where: a node's id, or null for the whole.</param>
public sealed record ProcessProblem(string? Node, string Text)
{
    public string InWords() => Node is null ? Text : $"{Node}: {Text}";
}

/// <summary>Says what must be put right before a process can be used: what does not fit together, and whatever could keep a case from its end.</summary>
/// <remarks>
/// Soundness of workflow nets, by looking at every state that a case can be in: from each an end can be reached, no step is open twice at a time, and every node can be
/// reached. Processes of people are small; one of more than <see cref="MostStates"/> states is refused as too large to be sure of.
/// </remarks>
public static partial class ProcessCheck
{
    public const int MostNodes = 200;
    public const int MostStates = 20_000;

    // Few states may have very many ways between them, and each is looked at.
    private const int MostWays = 200_000;

    public static IReadOnlyList<ProcessProblem> Of(Process process)
    {
        var shape = Shape(process).ToList();
        return shape.Count > 0 ? shape : [.. Ends(process)];
    }

    private static IEnumerable<ProcessProblem> Shape(Process process)
    {
        if (!IsId(process.Id)) yield return new(null, "The id is small letters, digits and dashes, as missed-collection.");
        if (string.IsNullOrWhiteSpace(process.Team)) yield return new(null, "It does not say whose cases these are: it has no team.");
        if (process.PromiseDays < 0) yield return new(null, "Days that are promised cannot be fewer than 0.");
        if (process.Nodes.Count is 0 or > MostNodes)
        {
            yield return new(null, process.Nodes.Count == 0 ? "There is no step." : $"There are more than {MostNodes} nodes.");
            yield break;
        }
        foreach (var twice in process.Nodes.GroupBy(n => n.Id).Where(g => g.Count() > 1)) yield return new(twice.Key, "Two nodes have this id.");
        foreach (var twice in process.Stages.GroupBy(s => s.Id).Where(g => g.Count() > 1)) yield return new(null, $"Two stages have the id {twice.Key}.");
        if (process.ReopenAt is { } again && process.Node(again)?.Kind != NodeKind.Step) yield return new(again, "A case can only be reopened at a step.");
        if (process.Nodes[0].Kind == NodeKind.Join) yield return new(process.Nodes[0].Id, "A case cannot begin where ways join.");
        foreach (var rung in process.Escalation.Where(r => r.Days is < 0 or > 999)) yield return new(null, $"The rung for {rung.To} has fewer than 0 days, or more than 999.");
        if (process.Escalation.Zip(process.Escalation.Skip(1)).Any(p => p.First.Days >= p.Second.Days)) yield return new(null, "The rungs of the escalation do not stand in the order of their days.");
        foreach (var rung in process.Escalation.Where(r => r.To is Core.People.Role.Citizen)) yield return new(null, "The escalation tells a role that does no work on cases.");
        foreach (var text in OfLetters(process)) yield return new(null, text);
        foreach (var node in process.Nodes)
            foreach (var text in OfNode(process, node)) yield return new(node.Id, text);
    }

    private static IEnumerable<string> OfLetters(Process process)
    {
        foreach (var twice in process.Letters.GroupBy(l => l.Id).Where(g => g.Count() > 1)) yield return $"Two letters have the id {twice.Key}.";
        foreach (var letter in process.Letters)
        {
            if (process.Nodes.All(n => n.Letter != letter.Id)) yield return $"The letter {letter.Id} is sent nowhere.";
            foreach (var subject in Texts(letter.Subject).Where(s => s.Length is 0 or > 200 || s.Any(char.IsControl))) yield return $"The subject of the letter {letter.Id} is not one line of at most 200 characters.";
            if (Texts(letter.Body).Any(string.IsNullOrWhiteSpace)) yield return $"The letter {letter.Id} says nothing.";
            foreach (var unknown in Texts(letter.Subject).Concat(Texts(letter.Body)).SelectMany(t => Placeholder().Matches(t)).Select(m => m.Value).Where(p => p is not ("{reference}" or "{service}" or "{link}")).Distinct())
                yield return $"The letter {letter.Id} asks for {unknown}, which is not filled in.";
        }

        static IEnumerable<string> Texts(Forms.LocalText text) => text.Cy is { } welsh ? [text.En, welsh] : [text.En];
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\{[^{}\s]*\}")]
    private static partial System.Text.RegularExpressions.Regex Placeholder();

    private static IEnumerable<string> OfNode(Process process, ProcessNode node)
    {
        if (!IsId(node.Id)) yield return "The id is small letters, digits and dashes.";
        if (string.IsNullOrWhiteSpace(node.Name)) yield return "It has no name.";
        foreach (var flow in node.Next.Where(f => process.Node(f.To) is null)) yield return $"It leads to {flow.To}, which is not there.";
        foreach (var twice in node.Next.GroupBy(f => f.To).Where(g => g.Count() > 1)) yield return $"Two ways lead from it to {twice.Key}.";
        if (node.Stage is { } stage && process.Stages.All(s => s.Id != stage)) yield return $"Its stage {stage} is not there.";
        if (node.Kind is NodeKind.Step or NodeKind.Wait && node.Stage is null) yield return "It is in no stage, so nobody could tell the citizen what is happening.";
        if (node.Days is < 0 or > 999) yield return "Its days are not between 0 and 999.";
        switch (node.Kind)
        {
            case NodeKind.Step:
                if (node.Who.Count == 0) yield return "No role may do it.";
                if (node.Who.Any(r => !Enum.IsDefined(r) || r is Core.People.Role.Citizen)) yield return "One of its roles does no work on cases.";
                foreach (var other in node.NotBy.Where(o => o == node.Id || process.Node(o)?.Kind != NodeKind.Step)) yield return $"Who did {other} may not do it, and that is no other step.";
                if (node.Next.Count > 1 && node.Next.Any(f => string.IsNullOrWhiteSpace(f.If))) yield return "One of its ways does not say when it is taken.";
                if (node.Next.Where(f => f.If is not null).GroupBy(f => f.If, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1)) yield return "Two of its ways say the same.";
                break;
            case NodeKind.Letter when process.Letters.All(l => l.Id != node.Letter):
                yield return $"Its letter {node.Letter} is not there.";
                break;
            case NodeKind.Wait when node.Days is null:
                yield return "It does not say how many working days it waits.";
                break;
            case NodeKind.Split when node.Next.Count < 2:
                yield return "It parts into fewer than two ways.";
                break;
            case NodeKind.Join when process.Nodes.Sum(n => n.Next.Count(f => f.To == node.Id)) < 2:
                yield return "Fewer than two ways join in it.";
                break;
            case NodeKind.End:
                if (node.Outcome is null) yield return "It does not say how the case ended.";
                if (node.Says is null) yield return "It does not say what the citizen is told.";
                if (node.Next.Count > 0) yield return "Something comes after it.";
                break;
        }
        if (node.Kind is NodeKind.Letter or NodeKind.Join or NodeKind.Wait && node.Next.Count > 1) yield return "Several ways lead on, and nobody is there to choose.";
        if (node.Kind != NodeKind.End && node.Next.Count == 0) yield return "Nothing comes after it, and it is no end.";
    }

    /// <summary>Looks at every state of a case.</summary>
    private static IEnumerable<ProcessProblem> Ends(Process process)
    {
        var seen = new Dictionary<string, Marking>(StringComparer.Ordinal);
        var before = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var open = new Queue<Marking>();
        var (reached, doubled) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var begin = new List<Marking> { Marking.Begin(process, reached, doubled) };
        if (process.ReopenAt is { } again) begin.Add(Marking.At(again, reached));
        if (begin.Exists(m => m.End is not null))
        {
            yield return new(process.Nodes[0].Id, "A case would end as it begins: nobody would ever do anything.");
            yield break;
        }
        foreach (var marking in begin)
            if (seen.TryAdd(marking.Key, marking)) open.Enqueue(marking);
        var ways = 0;
        while (open.TryDequeue(out var marking))
        {
            foreach (var id in marking.Open)
                foreach (var way in process.Node(id)!.Next)
                {
                    if (++ways > MostWays)
                    {
                        yield return new(null, $"There are more than {MostWays:N0} ways from one state of a case to another: part it into smaller processes.");
                        yield break;
                    }
                    var next = marking.On(process, id, way, reached, doubled);
                    if (!before.TryGetValue(next.Key, out var from)) before[next.Key] = from = [];
                    from.Add(marking.Key);
                    if (!seen.TryAdd(next.Key, next)) continue;
                    if (seen.Count > MostStates)
                    {
                        yield return new(null, $"A case could be in more than {MostStates:N0} states: part it into smaller processes.");
                        yield break;
                    }
                    open.Enqueue(next);
                }
            // A step that is open twice would go on opening more: enough is known.
            if (doubled.Count > 0) break;
        }
        foreach (var id in doubled.Order(StringComparer.Ordinal)) yield return new(id, "It could be open twice at a time: ways that part must join before they come to the same node.");
        if (doubled.Count > 0) yield break;
        foreach (var node in process.Nodes.Where(n => !reached.Contains(n.Id))) yield return new(node.Id, node.Kind == NodeKind.Join ? "It waits for ways that never all come." : "No case can come to it.");

        var ends = new HashSet<string>(seen.Where(m => m.Value.End is not null).Select(m => m.Key), StringComparer.Ordinal);
        var back = new Queue<string>(ends);
        while (back.TryDequeue(out var key))
            foreach (var from in before.GetValueOrDefault(key, []))
                if (ends.Add(from)) back.Enqueue(from);
        var stuck = seen.Where(m => !ends.Contains(m.Key)).SelectMany(m => m.Value.Open.Concat(m.Value.Arrived.Select(a => a.Join))).Distinct();
        foreach (var id in stuck.Order(StringComparer.Ordinal)) yield return new(id, "From here a case may never come to an end.");
    }

    internal static bool IsId(string id) => id.Length is > 0 and <= 60 && id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}
