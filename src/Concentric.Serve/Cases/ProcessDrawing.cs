using System.Globalization;
using System.Xml.Linq;
using static Concentric.Serve.Cases.Bpmn;

namespace Concentric.Serve.Cases;

/// <summary>A shape of the drawing of a process: a lane, a step, a gateway, a start or an end.</summary>
/// <param name="Kind">Its element's name in BPMN, as <c>userTask</c> or <c>lane</c>.</param>
/// <param name="Node">The node of the process that it is; null where it is none.</param>
public sealed record DrawnShape(string Kind, string Name, string? Node, int X, int Y, int Width, int Height);

/// <summary>A line of the drawing.</summary>
/// <param name="Points">As SVG writes them.</param>
/// <param name="Name">What was found, where it is one of several ways.</param>
public sealed record DrawnLine(string Points, string? Name, int X, int Y);

/// <summary>Where everything of a process is drawn: the drawing that its BPMN has, so that a council's editor and our page show the same.</summary>
public sealed record ProcessDrawing(int Left, int Top, int Width, int Height, IReadOnlyList<DrawnShape> Shapes, IReadOnlyList<DrawnLine> Lines)
{
    /// <param name="process">A sound one.</param>
    public static ProcessDrawing Of(Process process)
    {
        var file = XDocument.Parse(BpmnExport.Of(process)).Root!;
        var elements = file.Descendants().Where(e => e.Name.Namespace == Model && e.Attribute("id") is not null).ToDictionary(e => e.Attribute("id")!.Value, StringComparer.Ordinal);
        var nodes = process.Nodes.Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
        var shapes = new List<DrawnShape>();
        foreach (var shape in file.Descendants(Diagram + "BPMNShape"))
        {
            var (element, bounds) = (elements[shape.Attribute("bpmnElement")!.Value], shape.Element(Bounds + "Bounds")!);
            var node = element.Attribute("id")!.Value is ['n', '_', .. var id] && nodes.Contains(id) ? id : null;
            shapes.Add(new(element.Name.LocalName, element.Attribute("name")?.Value ?? "", node, Number(bounds, "x"), Number(bounds, "y"), Number(bounds, "width"), Number(bounds, "height")));
        }
        var lines = new List<DrawnLine>();
        foreach (var edge in file.Descendants(Diagram + "BPMNEdge"))
        {
            var points = edge.Elements(Edges + "waypoint").Select(p => (X: Number(p, "x"), Y: Number(p, "y"))).ToList();
            lines.Add(new(string.Join(' ', points.Select(p => $"{p.X},{p.Y}")), elements[edge.Attribute("bpmnElement")!.Value].Attribute("name")?.Value, points[^1].X, points[^1].Y));
        }
        var (left, top) = (shapes.Min(s => s.X), shapes.Min(s => s.Y));
        return new(left, top, shapes.Max(s => s.X + s.Width) - left, shapes.Max(s => s.Y + s.Height) - top, shapes, lines);
    }

    /// <summary>A name in lines of at most so many characters; what does not fit ends in “…”.</summary>
    public static IReadOnlyList<string> Lay(string name, int characters, int lines)
    {
        var laid = new List<string>();
        var line = "";
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > characters)
            {
                laid.Add(line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        if (line.Length > 0) laid.Add(line);
        return laid.Count <= lines ? laid : [.. laid.Take(lines - 1), $"{laid[lines - 1]}…"];
    }

    private static int Number(XElement element, string name) => (int)double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
