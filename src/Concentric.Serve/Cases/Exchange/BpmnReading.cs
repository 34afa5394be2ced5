using Concentric.Core.People;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;
using static Concentric.Serve.Cases.Bpmn;

namespace Concentric.Serve.Cases;

/// <summary>Makes nodes of ours of what a file draws.</summary>
internal sealed class BpmnReading
{
    /// <summary>Of steps whose file knows no stages.</summary>
    public static readonly Stage Work = new("work", new("We are working on it", "Rydym yn gweithio arno"), new("We will tell you when it is done.", "Byddwn yn rhoi gwybod i chi pan fydd wedi’i wneud."));

    private const int LongestWay = 200;

    private static readonly LocalText Closed = new("Your case is closed.", "Mae eich achos wedi’i gau.");

    private enum Part { Passed, Ways, Step, Letter, Join, Split, Wait, Meet, End }

    private readonly BpmnMap _map;
    private readonly Ids _ids = new();
    private readonly Dictionary<BpmnNode, string> _id = [];
    private readonly Dictionary<BpmnNode, string> _split = [];

    public BpmnReading(BpmnMap map)
    {
        _map = map;
        foreach (var node in map.Nodes) node.Ours = OursOf(node);
        // Ids of ours come first, so that nothing new takes one of them.
        foreach (var node in map.Nodes)
            if (node.Ours is { } ours && PartOf(node) is not (Part.Passed or Part.Ways) && ProcessCheck.IsId(ours.Id) && _ids.TryTake(ours.Id)) _id[node] = ours.Id;
        foreach (var node in map.Nodes.Where(n => PartOf(n) is not (Part.Passed or Part.Ways)))
        {
            if (!_id.ContainsKey(node)) _id[node] = _ids.Take(node.Name ?? node.Id, "step");
            node.Note.Became = _id[node];
            if (!SplitsAfter(node)) continue;
            _split[node] = _ids.Take($"{_id[node]}-split", "split");
            if (!node.IsGateway) node.Note.Approximated("all its ways are taken at once, so a split stands after it");
        }
        Team = map.Ours?.Team ?? map.Nodes.Where(n => n.IsWork).Select(n => map.Lanes.GetValueOrDefault(n.Id)).FirstOrDefault(t => t is not null) ?? map.Pool ?? "";
    }

    /// <summary>The team whose cases these are.</summary>
    public string Team { get; }

    public bool HasForeignSteps { get; private set; }

    /// <summary>Something stands in <see cref="Work"/>.</summary>
    public bool HasStageOfImport { get; private set; }

    /// <summary>The nodes, that at which a case begins first.</summary>
    public IReadOnlyList<ProcessNode> Nodes()
    {
        var nodes = _map.Nodes.SelectMany(Made).ToList();
        var first = nodes.FindIndex(n => n.Id == Entry(_map.Start));
        if (first < 0) return [];
        nodes.Insert(0, nodes[first]);
        nodes.RemoveAt(first + 1);
        return nodes;
    }

    private static ProcessNode? OursOf(BpmnNode node)
    {
        var ours = Extension<ProcessNode>(node.Element, "node");
        if (ours is null)
        {
            if (node.Element.Element(Model + "extensionElements")?.Element(Ours + "node") is not null) node.Note.Dropped("what it holds of this program's own cannot be read");
            return null;
        }
        var fits = ours.Kind switch
        {
            NodeKind.Step => node.IsWork,
            NodeKind.Letter => node.Kind is "sendTask" or "serviceTask",
            NodeKind.Wait => node is { Kind: "intermediateCatchEvent", Event: "timer" },
            NodeKind.End => node.Kind == "endEvent",
            _ => node.Kind == "parallelGateway",
        };
        if (!fits) node.Note.Approximated($"it is drawn anew as another kind of thing than the {ours.Kind.ToString().ToLowerInvariant()} that it was");
        return fits ? ours : null;
    }

    private static Part PartOf(BpmnNode node) => node.Kind switch
    {
        "endEvent" => Part.End,
        "intermediateCatchEvent" when node.Event == "timer" => Part.Wait,
        "parallelGateway" => node.Ins.Count > 1 ? Part.Join : node.Outs.Count > 1 ? Part.Split : Part.Passed,
        _ when node.IsGateway => node.Outs.Count > 1 ? ChoosesFor(node) is null ? Part.Step : Part.Ways : node.Ins.Count > 1 && LeadsToJoin(node) ? Part.Meet : Part.Passed,
        _ when node.IsWork => node.Ours?.Kind == NodeKind.Letter ? Part.Letter : Part.Step,
        _ => node.Outs.Count > 1 ? Part.Split : Part.Passed,
    };

    /// <summary>The work that chooses which of the gateway's ways is taken: that alone leads to it, and nowhere else.</summary>
    private static BpmnNode? ChoosesFor(BpmnNode gateway) => gateway.Ins is [{ From: { IsWork: true, Outs.Count: 1 } from }] && from.Ours?.Kind != NodeKind.Letter ? from : null;

    /// <summary>A join of ours waits for each node that leads to it, so ways of which one is taken must meet before it.</summary>
    private static bool LeadsToJoin(BpmnNode gateway) => gateway.Outs is [{ To: { Kind: "parallelGateway", Ins.Count: > 1 } }];

    /// <summary>Several ways lead from what nobody chooses at.</summary>
    private static bool SplitsAfter(BpmnNode node) => node.Outs.Count > 1 && PartOf(node) switch
    {
        Part.Step => node.IsWork && !ChoosesItself(node),
        Part.Split or Part.End => false,
        _ => true,
    };

    /// <summary>Its ways have conditions, but perhaps for one.</summary>
    private static bool ChoosesItself(BpmnNode work) => work.Outs.Count(f => f.IsConditional) >= work.Outs.Count - 1;

    /// <summary>The id of the node at which one is who comes to that; null where nothing is behind it.</summary>
    private string? Entry(BpmnNode node)
    {
        var passed = new HashSet<BpmnNode>();
        while (!_id.ContainsKey(node))
        {
            if (node.Outs.Count == 0 || !passed.Add(node)) return null;
            node = node.Outs[0].To;
        }
        return _id[node];
    }

    private IEnumerable<ProcessNode> Made(BpmnNode node)
    {
        var part = PartOf(node);
        NoteGateway(node, part);
        if (part == Part.Passed && node.Kind is "intermediateThrowEvent") node.Note.Dropped("what it tells others is not kept; the way goes on");
        if (part == Part.Passed && node.Kind == "startEvent" && node.Event.Length > 0) node.Note.Approximated($"it begins by {node.Event}; here a case begins when a form is sent");
        if (part is Part.Passed or Part.Ways) yield break;

        var made = part switch
        {
            Part.Step => Step(node),
            Part.Letter => node.Ours!,
            Part.Wait => Wait(node),
            Part.End => End(node),
            Part.Join => Kept(node, NodeKind.Join, "Join"),
            Part.Split => Kept(node, NodeKind.Split, "Part"),
            _ => Staged(new() { Id = "", Kind = NodeKind.Wait, Name = node.Name ?? "Ways meet", Days = 0 }),
        };
        made = made with { Id = _id[node], Name = node.Ours is not null && node.Name is not null ? node.Name : made.Name };
        if (!_split.TryGetValue(node, out var split))
        {
            // The gateway after a step is the choice at the step's end.
            var from = part == Part.Step && node is { IsWork: true, Outs: [{ To: var gateway }] } && PartOf(gateway) == Part.Ways ? gateway : node;
            yield return made with { Next = Ways(from, part == Part.Step) };
            yield break;
        }
        yield return made with { Next = [new(split)] };
        yield return new() { Id = split, Kind = NodeKind.Split, Name = $"Part after {made.Name}", Next = Ways(node, isChosen: false) };
    }

    private static void NoteGateway(BpmnNode node, Part part)
    {
        if (!node.IsGateway) return;
        if (part == Part.Ways) node.Note.OurWay($"its ways are chosen at the end of “{ChoosesFor(node)!.Name ?? ChoosesFor(node)!.Id}”");
        if (part == Part.Meet) node.Note.OurWay("stands as a wait of 0 days, because a join comes after it");
        if (part == Part.Step) node.Note.Approximated("follows no task of its own, so it is a step at which somebody decides");
        if (node.Kind == "inclusiveGateway") node.Note.Approximated(node.Outs.Count > 1 ? "several of its ways could be taken there; here one is chosen" : "waits there for all that come; here each goes on by itself");
        if (node.Kind == "eventBasedGateway") node.Note.Approximated("what happens first chooses there; here somebody says what happened");
        if (node.Kind == "complexGateway") node.Note.Approximated("its rule is not kept; here somebody chooses");
    }

    private List<Flow> Ways(BpmnNode from, bool isChosen)
    {
        var (ways, said) = (new List<Flow>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var flow in from.Outs)
        {
            var name = flow.Name;
            if (Entry(flow.To) is not { } to)
            {
                from.Note.Dropped($"a way from it{(name is null ? "" : $", “{name}”,")} that leads nowhere");
                continue;
            }
            if (isChosen && from.Outs.Count > 1 && string.IsNullOrWhiteSpace(name))
            {
                name = flow.To.Name ?? to;
                from.Note.Approximated($"its way to “{name}” has no name, so it is called after where it leads");
            }
            if (ways.FindIndex(w => w.To == to) is >= 0 and var same)
            {
                var other = ways[same].If;
                if (name is not null && name != other && (other?.Length ?? 0) < LongestWay) ways[same] = ways[same] with { If = Unlike(other is null ? name : $"{other} / {name}", said) };
                from.Note.Approximated($"several ways from it lead to the same node {to}; they are one");
                continue;
            }
            ways.Add(new(to, Unlike(name, said)));
        }
        return ways;
    }

    private static string? Unlike(string? name, HashSet<string> said)
    {
        var unlike = name;
        for (var n = 2; unlike is not null && !said.Add(unlike); n++) unlike = $"{name} ({n})";
        return unlike;
    }

    private static ProcessNode Kept(BpmnNode node, NodeKind kind, string otherwise) =>
        node.Ours is { } ours && ours.Kind == kind ? ours : new() { Id = "", Kind = kind, Name = node.Name is { Length: > 0 } name ? name : otherwise };

    private ProcessNode Staged(ProcessNode node)
    {
        if (_map.Ours?.Stages is [var first, ..]) return node with { Stage = first.Id };
        HasStageOfImport = true;
        return node with { Stage = Work.Id };
    }

    private ProcessNode Step(BpmnNode node)
    {
        var lane = _map.Lanes.GetValueOrDefault(node.Id);
        if (node.Ours is { } ours) return lane is null || lane == (ours.Team ?? Team) ? ours : ours with { Team = lane == Team ? null : lane };
        HasForeignSteps = true;
        if (node.Name is null && node.IsWork) node.Note.Approximated("it has no name, so it is called by its id");
        var name = node.IsGateway ? node.Name is { } question ? $"Decide: {question}" : "Decide which way" : node.Name ?? node.Id;
        switch (node.Kind)
        {
            case "serviceTask" or "scriptTask" or "businessRuleTask":
                node.Note.Approximated("a program does it there, here somebody");
                break;
            case "sendTask" or "intermediateThrowEvent":
                node.Note.Approximated("somebody sends it; where the program is to write, make it a letter and write its words");
                break;
            case "receiveTask" or "intermediateCatchEvent":
                node.Note.Approximated("somebody says that it has come");
                break;
            case "subProcess" or "transaction" or "adHocSubProcess" or "callActivity":
                node.Note.Approximated("stands as one step");
                break;
        }
        if (node.IsWork && node.Outs.Count > 1 && ChoosesItself(node)) node.Note.Approximated("each of its ways that holds is taken there; here one is chosen");
        return Staged(new() { Id = "", Kind = NodeKind.Step, Name = name, Who = [Role.Officer], Team = lane == Team ? null : lane });
    }

    private ProcessNode Wait(BpmnNode node)
    {
        var timer = node.Element.Element(Model + "timerEventDefinition")?.Elements().FirstOrDefault();
        var written = timer?.Value.Trim() ?? "";
        var wait = node.Ours ?? Staged(new() { Id = "", Kind = NodeKind.Wait, Name = node.Name is { Length: > 0 } name ? name : "Wait" });
        if (wait.Days is { } known && Duration(known) == written) return wait;
        var days = timer?.Name.LocalName == "timeDuration" ? WorkingDays(written) : null;
        if (days is null) node.Note.Dropped($"its time “{ImportNotes.Shortly(written)}” is no duration of days; say how many working days it waits");
        else node.Note.Approximated($"“{ImportNotes.Shortly(written)}” is taken as {days} working days");
        return wait with { Days = days };
    }

    private ProcessNode End(BpmnNode node)
    {
        if (node.Event != "terminate" && _map.Nodes.Any(n => n.Outs.Count > 1 && (PartOf(n) is Part.Split or Part.Join || SplitsAfter(n)))) node.Note.Approximated("ends the whole case, and not its own way alone");
        if (node.Event is not ("" or "terminate" or "error")) node.Note.Dropped($"what it tells others by {node.Event}");
        if (node.Ours is { } ours) return ours;
        var outcome = node.Event is "error" or "cancel" ? CaseOutcome.Refused : CaseOutcome.Done;
        node.Note.Approximated($"the case is taken to be {outcome.ToString().ToLowerInvariant()}, and the citizen is told only that it is closed");
        return new() { Id = "", Kind = NodeKind.End, Name = node.Name is { Length: > 0 } name ? name : "End", Outcome = outcome, Says = Closed };
    }
}
