using System.Text;
using System.Xml;
using System.Xml.Linq;
using Concentric.Core;
using static Concentric.Serve.Cases.Bpmn;

namespace Concentric.Serve.Cases;

/// <summary>
/// Writes a process as BPMN 2.0 with its drawing, so that it opens in other councils' editors. What BPMN has no word for stands in extensions of ours, so that
/// <see cref="BpmnImport"/> gives back an equal process.
/// </summary>
public static class BpmnExport
{
    /// <summary>Id of the start of a case that is reopened.</summary>
    internal const string Reopened = "reopened";

    /// <summary>The process as a file of BPMN 2.0.</summary>
    /// <exception cref="RefusedException">Something is wrong with the process; a drawing of it would tell others what is not so.</exception>
    public static string Of(Process process)
    {
        if (ProcessCheck.Of(process) is [var first, ..] problems)
            throw new RefusedException($"The process {process.Id} cannot be exported before it is put right{(first.Node is null ? "" : $", at {first.Node}")}: {first.Text}{(problems.Count > 1 ? $" And {problems.Count - 1} more: see “concentric processes check”." : "")}");
        var text = new StringBuilder("""<?xml version="1.0" encoding="UTF-8"?>""").Append('\n');
        try
        {
            // Line ends inside names and texts stay what they are.
            using var writer = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize, OmitXmlDeclaration = true });
            new Writing(process).Definitions().Save(writer);
        }
        catch (ArgumentException)
        {
            throw new RefusedException($"The process {process.Id} cannot be exported: a name in it holds a control character, which XML cannot hold. Type the name anew.");
        }
        return text.Append('\n').ToString();
    }

    private sealed class Writing(Process process)
    {
        private const string Start = "start";
        private const string Pool = "pool";
        private const string Map = "map";
        private readonly List<(BpmnShape Shape, string? Name, ProcessNode? Node, XElement? Event)> _nodes = [];
        private readonly List<(BpmnLine Line, string? Name, bool IsChosen)> _flows = [];
        private readonly List<string> _teams = [.. process.Nodes.Where(n => n.Kind == NodeKind.Step).Select(n => n.Team).OfType<string>().Prepend(process.Team).Distinct()];

        public XElement Definitions()
        {
            AddNode("startEvent", Start, 0, process.Title.En, null);
            AddFlow(Start, Entry(process.Nodes[0]), null);
            foreach (var node in process.Nodes) Add(node);
            // What comes only of reopening a case begins at a start of its own.
            if (process.ReopenAt is { } again && !ComesTo(again))
            {
                AddNode("startEvent", Reopened, 0, "Reopened", null);
                AddFlow(Reopened, Entry(process.Node(again)!), null);
            }
            var name = new XAttribute("name", process.Title.En);
            return new(
                Model + "definitions",
                new XAttribute(XNamespace.Xmlns + "bpmn", Model), new XAttribute(XNamespace.Xmlns + "bpmndi", Diagram), new XAttribute(XNamespace.Xmlns + "dc", Bounds),
                new XAttribute(XNamespace.Xmlns + "di", Edges), new XAttribute(XNamespace.Xmlns + "xsi", Instance), new XAttribute(XNamespace.Xmlns + "concentric", Ours),
                new XAttribute("id", "definitions"), new XAttribute("targetNamespace", Ours.NamespaceName), new XAttribute("exporter", "Concentric"),
                new XElement(Model + "collaboration", new XAttribute("id", Map), new XElement(Model + "participant", new XAttribute("id", Pool), name, new XAttribute("processRef", $"p_{process.Id}"))),
                new XElement(
                    Model + "process", new XAttribute("id", $"p_{process.Id}"), name, new XAttribute("isExecutable", "false"),
                    Extension("process", process with { Nodes = [] }),
                    new XElement(Model + "laneSet", new XAttribute("id", "teams"), _teams.Select(Lane)),
                    _nodes.Select(Element),
                    _flows.Select(Flow)),
                BpmnDrawing.Of(Map, Pool, [.. _teams.Select((_, i) => LaneId(i))], [.. _nodes.Select(n => n.Shape)], [.. _flows.Select(f => f.Line)]));
        }

        private void Add(ProcessNode node)
        {
            var (id, lane) = (Id(node), node.Kind == NodeKind.Step ? _teams.IndexOf(node.Team ?? process.Team) : 0);
            if (Entry(node) is var entry && entry != id)
            {
                // A parallel gateway with several ways in would wait for all of them, which a split does not.
                AddNode("exclusiveGateway", entry, lane, null, null);
                AddFlow(entry, id, null);
            }
            var (kind, happens) = node.Kind switch
            {
                NodeKind.Step => ("userTask", null),
                NodeKind.Letter => ("sendTask", null),
                NodeKind.Wait => ("intermediateCatchEvent", new XElement(Model + "timerEventDefinition", new XElement(Model + "timeDuration", new XAttribute(Instance + "type", "bpmn:tFormalExpression"), Duration(node.Days!.Value)))),
                NodeKind.End => ("endEvent", new XElement(Model + "terminateEventDefinition")),
                _ => ("parallelGateway", null),
            };
            AddNode(kind, id, lane, node.Name, node, happens);
            var from = id;
            if (node.Kind == NodeKind.Step && node.Next.Count > 1)
            {
                AddNode("exclusiveGateway", from = $"{id}_ways", lane, null, null);
                AddFlow(id, from, null);
            }
            foreach (var way in node.Next) AddFlow(from, Entry(process.Node(way.To)!), way.If, from != id);
        }

        /// <summary>Whether a case can come to that node without being reopened.</summary>
        private bool ComesTo(string id)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal) { process.Nodes[0].Id };
            var open = new Queue<string>(reached);
            while (open.TryDequeue(out var at))
                foreach (var way in process.Node(at)!.Next)
                    if (reached.Add(way.To)) open.Enqueue(way.To);
            return reached.Contains(id);
        }

        /// <summary>An id of ours may begin with a digit, one of XML may not.</summary>
        private static string Id(ProcessNode node) => $"n_{node.Id}";

        /// <summary>Where ways to that node lead.</summary>
        private string Entry(ProcessNode node) =>
            node.Kind == NodeKind.Split && process.Nodes.Count(n => n.Next.Any(f => f.To == node.Id)) + (node == process.Nodes[0] ? 1 : 0) > 1 ? $"{Id(node)}_from" : Id(node);

        private void AddNode(string kind, string id, int lane, string? name, ProcessNode? node, XElement? happens = null) => _nodes.Add((new(id, kind, lane), name, node, happens));

        private void AddFlow(string from, string to, string? name, bool isChosen = false) => _flows.Add((new($"flow_{_flows.Count + 1}", from, to), name, isChosen));

        private XElement Element((BpmnShape Shape, string? Name, ProcessNode? Node, XElement? Event) node) => new(
            Model + node.Shape.Kind, new XAttribute("id", node.Shape.Id), node.Name is null ? null : new XAttribute("name", node.Name),
            node.Node is null ? null : Extension("node", node.Node with { Next = [] }),
            _flows.Where(f => f.Line.To == node.Shape.Id).Select(f => new XElement(Model + "incoming", f.Line.Id)),
            _flows.Where(f => f.Line.From == node.Shape.Id).Select(f => new XElement(Model + "outgoing", f.Line.Id)),
            node.Event);

        private static XElement Flow((BpmnLine Line, string? Name, bool IsChosen) flow) => new(
            Model + "sequenceFlow", new XAttribute("id", flow.Line.Id), flow.Name is null ? null : new XAttribute("name", flow.Name),
            new XAttribute("sourceRef", flow.Line.From), new XAttribute("targetRef", flow.Line.To),
            flow.IsChosen ? new XElement(Model + "conditionExpression", new XAttribute(Instance + "type", "bpmn:tFormalExpression"), flow.Name) : null);

        private XElement Lane(string team, int place) => new(
            Model + "lane", new XAttribute("id", LaneId(place)), new XAttribute("name", team),
            _nodes.Where(n => n.Shape.Lane == place).Select(n => new XElement(Model + "flowNodeRef", n.Shape.Id)));

        private static string LaneId(int place) => $"team_{place + 1}";
    }
}
