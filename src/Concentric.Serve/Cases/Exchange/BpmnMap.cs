using System.Xml.Linq;
using Concentric.Core;
using Concentric.Serve.Forms.Import;
using static Concentric.Serve.Cases.Bpmn;

namespace Concentric.Serve.Cases;

/// <summary>An event, task or gateway of the file.</summary>
internal sealed class BpmnNode(XElement element, string? name)
{
    public XElement Element => element;
    public string Kind => element.Name.LocalName;
    public string Id { get; } = element.Attribute("id")?.Value ?? "";

    /// <summary>Null where it has none.</summary>
    public string? Name => name;

    public BpmnNote Note { get; } = new(element.Name.LocalName, name ?? element.Attribute("id")?.Value ?? "without name");
    public List<BpmnFlow> Ins { get; } = [];
    public List<BpmnFlow> Outs { get; } = [];

    /// <summary>What of ours it holds, where its kind is still the one that goes with it.</summary>
    public ProcessNode? Ours { get; set; }

    /// <summary>The first of its event definitions without the ending, as <c>timer</c>; empty for an event of no kind.</summary>
    public string Event => Element.Elements().FirstOrDefault(e => e.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal))?.Name.LocalName.Replace("EventDefinition", "", StringComparison.Ordinal) ?? "";

    public bool IsGateway => Kind.EndsWith("Gateway", StringComparison.Ordinal);

    /// <summary>Of work: tasks, and what stands as one.</summary>
    public bool IsWork => BpmnMap.Work.Contains(Kind) || Kind == "intermediateCatchEvent" && Event != "timer" || Kind == "intermediateThrowEvent" && Event == "message";
}

internal sealed record BpmnFlow(BpmnNode From, BpmnNode To, string? Name, bool IsConditional);

/// <summary>The process of a file as a graph: its nodes that a case can come to, in their order, and everything else by name in the report.</summary>
internal sealed class BpmnMap
{
    private const int MostNodes = 1_000;

    public static readonly IReadOnlySet<string> Work = new HashSet<string>(StringComparer.Ordinal)
    {
        "task", "userTask", "manualTask", "serviceTask", "sendTask", "scriptTask", "businessRuleTask", "receiveTask", "subProcess", "transaction", "adHocSubProcess", "callActivity",
    };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway",
    };

    // What others hang on things that are dropped anyway, or that is seen elsewhere: naming each would hide what matters.
    private static readonly HashSet<string> Seen = new(StringComparer.Ordinal) { "incoming", "outgoing", "extensionElements", "laneSet", "sequenceFlow" };

    private readonly List<BpmnNote> _notes = [];
    private readonly List<BpmnNode> _nodes = [];
    private readonly Dictionary<string, BpmnNode> _byId = new(StringComparer.Ordinal);
    private readonly XElement _definitions;
    private readonly XElement _process;

    public BpmnMap(XElement definitions, string fileName)
    {
        _definitions = definitions;
        _process = definitions.Elements(Model + "process").FirstOrDefault(p => p.Elements().Any(IsNode))
            ?? throw new RefusedException($"{fileName} is BPMN, but holds no process with steps. Draw the steps, or export the process itself and not only its pools.");
        Ours = Extension<Process>(_process, "process");
        Exporter = definitions.Attribute("exporter")?.Value is { Length: > 0 } by ? ImportNotes.Shortly(by) : "by a program that does not say its name";
        Pool = definitions.Elements(Model + "collaboration").Elements(Model + "participant").Where(p => p.Attribute("processRef")?.Value == _process.Attribute("id")?.Value).Select(Name).FirstOrDefault();
        Whole = Begin("process", Name(_process) ?? Pool ?? fileName);
        if (Ours is null && _process.Element(Model + "extensionElements")?.Element(Bpmn.Ours + "process") is not null) Whole.Dropped("what it holds of this program's own cannot be read");
        ReadAround();
        ReadNodes(fileName);
        ReadFlows();
        ReadLanes();
        Start = Prune();
        foreach (var node in _nodes) NoteWithin(node);
    }

    public Process? Ours { get; }
    public string Exporter { get; }

    /// <summary>The name of the pool that the process lies in.</summary>
    public string? Pool { get; }

    public string? Title => Name(_process);
    public BpmnNote Whole { get; }
    public BpmnNode Start { get; }
    public IReadOnlyList<BpmnNode> Nodes => _nodes;

    /// <summary>The lane of each node, by its id.</summary>
    public Dictionary<string, string> Lanes { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<BpmnThing> Things => [.. _notes.Select(n => n.Thing())];

    private static bool IsNode(XElement element) => element.Name.Namespace == Model && (Work.Contains(element.Name.LocalName) || Others.Contains(element.Name.LocalName));

    private BpmnNote Begin(string kind, string name)
    {
        var note = new BpmnNote(kind, name);
        _notes.Add(note);
        return note;
    }

    private void Drop(XElement element, string says) => Begin(element.Name.LocalName, Label(element)).Dropped(says);

    /// <summary>As ours it is what was typed; in drawings of others names are broken into lines.</summary>
    private string? Name(XElement element) => element.Attribute("name")?.Value is not { } name ? null : Ours is not null ? name : string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } clean ? clean : null;

    private string Label(XElement element) => Name(element) ?? (element.Element(Model + "text")?.Value is { Length: > 0 } text ? ImportNotes.Shortly(text) : element.Attribute("id")?.Value ?? "without name");

    /// <summary>Pools, messages and what else stands beside the process.</summary>
    private void ReadAround()
    {
        foreach (var element in _definitions.Elements().Where(e => e != _process && e.Name.LocalName != "collaboration" && e.Name.Namespace != Diagram))
            Drop(element, element.Name == Model + "process" ? "only the first process of a file is read; export the others alone" : "stands beside the process; it has no place here");
        foreach (var element in _definitions.Elements(Model + "collaboration").Elements())
        {
            if (element.Name != Model + "participant") Drop(element, element.Name == Model + "messageFlow" ? "messages between pools are not kept" : "stands beside the process; it has no place here");
            else if (element.Attribute("processRef")?.Value != _process.Attribute("id")?.Value) Drop(element, "only the pool of the first process is read");
        }
    }

    private void ReadNodes(string fileName)
    {
        foreach (var element in _process.Elements())
        {
            if (IsNode(element))
            {
                var node = new BpmnNode(element, Name(element));
                if (node.Id.Length > 0 && _byId.TryAdd(node.Id, node)) _nodes.Add(node);
                else Drop(element, "its id is missing, or stands twice");
            }
            else if (element.Name == Model + "boundaryEvent") Drop(element, $"what happens on the border of “{element.Attribute("attachedToRef")?.Value}” is not kept, nor what comes only of it");
            else if (element.Name == Model + "documentation") Whole.Dropped($"its documentation: {ImportNotes.Shortly(element.Value)}");
            else if (!(element.Name.Namespace == Model && Seen.Contains(element.Name.LocalName))) Drop(element, "is no part of the way of a case");
        }
        if (_nodes.Count > MostNodes) throw new RefusedException($"{fileName} has more than {MostNodes:N0} events, tasks and gateways; a process has at most {ProcessCheck.MostNodes} nodes. Part it into smaller processes.");
        if (Foreign(_process) is { Count: > 0 } foreign) Whole.Dropped($"what other programs keep there: {string.Join(", ", foreign)}");
    }

    private void ReadFlows()
    {
        foreach (var element in _process.Elements(Model + "sequenceFlow"))
        {
            var condition = element.Element(Model + "conditionExpression");
            if (_byId.TryGetValue(element.Attribute("sourceRef")?.Value ?? "", out var from) && _byId.TryGetValue(element.Attribute("targetRef")?.Value ?? "", out var to))
            {
                var flow = new BpmnFlow(from, to, Name(element) ?? (condition?.Value.Trim() is { Length: > 0 } written ? ImportNotes.Shortly(written) : null), condition is not null);
                from.Outs.Add(flow);
                to.Ins.Add(flow);
            }
            else Drop(element, $"leads from “{element.Attribute("sourceRef")?.Value}” to “{element.Attribute("targetRef")?.Value}”, and one of them is not kept");
        }
    }

    /// <summary>A lane inside another comes after it, so the innermost is the one that holds.</summary>
    private void ReadLanes()
    {
        foreach (var lane in _process.Descendants(Model + "lane"))
        {
            if (Name(lane) is not { } name)
            {
                Drop(lane, "it has no name, so it is no team");
                continue;
            }
            Begin("lane", name);
            foreach (var node in lane.Elements(Model + "flowNodeRef")) Lanes[node.Value.Trim()] = name;
        }
    }

    /// <summary>Leaves out what no case can come to; the start is given back.</summary>
    private BpmnNode Prune()
    {
        var starts = _nodes.Where(n => n.Kind == "startEvent").ToList();
        var start = starts.FirstOrDefault(s => s.Outs.Count > 0) ?? _nodes.FirstOrDefault(n => n.Ins.Count == 0 && n.Kind != "endEvent") ?? _nodes[0];
        if (starts.Count == 0) Whole.Approximated($"it has no start; a case begins at “{start.Name ?? start.Id}”");
        var reached = new HashSet<BpmnNode> { start };
        if (Ours?.ReopenAt is not null) reached.UnionWith(starts.Where(s => s.Id == BpmnExport.Reopened));
        var open = new Queue<BpmnNode>(reached);
        while (open.TryDequeue(out var node))
            foreach (var flow in node.Outs)
                if (reached.Add(flow.To)) open.Enqueue(flow.To);
        foreach (var node in _nodes.Where(n => !reached.Contains(n)))
            Begin(node.Kind, node.Name ?? node.Id).Dropped(node.Kind == "startEvent" ? "a case begins in one place only" : "no way from the start leads to it");
        _nodes.RemoveAll(n => !reached.Contains(n));
        foreach (var node in _nodes) node.Ins.RemoveAll(f => !reached.Contains(f.From));
        _notes.AddRange(_nodes.Select(n => n.Note));
        return start;
    }

    /// <summary>Names what stands inside a node and is not carried.</summary>
    private void NoteWithin(BpmnNode node)
    {
        foreach (var child in node.Element.Elements().Where(c => !c.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal)))
        {
            var kind = child.Name.LocalName;
            if (kind == "documentation") node.Note.Dropped($"its documentation: {ImportNotes.Shortly(child.Value)}");
            else if (kind.EndsWith("LoopCharacteristics", StringComparison.Ordinal)) node.Note.Approximated("there it is done several times, here once");
            else if (IsNode(child)) node.Note.Dropped($"inside it: {child.Name.LocalName} {Label(child)}");
            else if (!Seen.Contains(kind)) node.Note.Dropped($"inside it: {kind}");
        }
        if (Foreign(node.Element) is { Count: > 0 } foreign) node.Note.Dropped($"what other programs keep there: {string.Join(", ", foreign)}");
    }

    private static List<string> Foreign(XElement element) =>
    [
        .. element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != XNamespace.None && a.Name.Namespace != Instance).Select(a => $"{a.Name.LocalName} “{ImportNotes.Shortly(a.Value)}”"),
        .. element.Elements(Model + "extensionElements").Elements().Where(e => e.Name.Namespace != Bpmn.Ours).Select(e => e.Name.LocalName).Distinct(),
    ];
}
