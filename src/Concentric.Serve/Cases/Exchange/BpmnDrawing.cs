using System.Xml.Linq;
using static Concentric.Serve.Cases.Bpmn;

namespace Concentric.Serve.Cases;

/// <summary>Something to draw in a lane.</summary>
internal sealed record BpmnShape(string Id, string Kind, int Lane)
{
    public (int Width, int Height) Size => Kind.EndsWith("Task", StringComparison.Ordinal) ? (100, 80) : Kind.EndsWith("Gateway", StringComparison.Ordinal) ? (50, 50) : (36, 36);
}

/// <summary>A line to draw between two shapes.</summary>
internal sealed record BpmnLine(string Id, string From, string To);

/// <summary>Draws a process from left to right: a column for each step of the way, a row in its lane for each shape and for each line that passes others by.</summary>
/// <remarks>The layers of Sugiyama, Tagawa and Toda (1981), without their ordering of rows. Lines run along rows of their own and turn between columns, so that they cross no shape.</remarks>
internal sealed class BpmnDrawing
{
    private const int Left = 160, Top = 80, Title = 30, Column = 160, Gap = 60, Row = 110, LineRow = 26, Margin = 20;

    private readonly IReadOnlyList<BpmnShape> _shapes;
    private readonly IReadOnlyList<BpmnLine> _lines;
    private readonly Dictionary<string, int> _column = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Lane, int Row)> _row = new(StringComparer.Ordinal);
    private readonly HashSet<(int Lane, int Column, int Row)> _taken = [];
    private readonly Dictionary<string, BpmnShape> _byId;

    private BpmnDrawing(IReadOnlyList<BpmnShape> shapes, IReadOnlyList<BpmnLine> lines)
    {
        (_shapes, _lines) = (shapes, lines);
        _byId = shapes.ToDictionary(s => s.Id, StringComparer.Ordinal);
        SetColumns();
        SetRows();
    }

    /// <param name="map">Id of what is drawn as a whole: the collaboration.</param>
    /// <param name="shapes">The first is where it begins.</param>
    public static XElement Of(string map, string pool, IReadOnlyList<string> lanes, IReadOnlyList<BpmnShape> shapes, IReadOnlyList<BpmnLine> lines) =>
        new(
            Diagram + "BPMNDiagram", new XAttribute("id", "diagram"),
            new XElement(Diagram + "BPMNPlane", new XAttribute("id", "plane"), new XAttribute("bpmnElement", map), new BpmnDrawing(shapes, lines).Parts(pool, lanes)));

    private IEnumerable<XElement> Parts(string pool, IReadOnlyList<string> lanes)
    {
        var width = Title + (_column.Values.Max() + 1) * Column + Gap;
        var tops = new int[lanes.Count + 1];
        for (var lane = 0; lane < lanes.Count; lane++) tops[lane + 1] = tops[lane] + Math.Max(Row, RowTop(lane, int.MaxValue)) + 2 * Margin;
        yield return Shape(pool, Left, Top, width + Title, tops[^1], isHorizontal: true);
        for (var lane = 0; lane < lanes.Count; lane++) yield return Shape(lanes[lane], Left + Title, Top + tops[lane], width, tops[lane + 1] - tops[lane], isHorizontal: true);
        foreach (var shape in _shapes)
        {
            var (x, y) = Middle(shape, tops);
            yield return Shape(shape.Id, x - shape.Size.Width / 2, y - shape.Size.Height / 2, shape.Size.Width, shape.Size.Height, isHorizontal: false);
        }
        foreach (var (place, line) in _lines.Index()) yield return Edge(line, place, tops);
    }

    /// <summary>Each a column behind the last of those that lead to it; lines that lead back do not count.</summary>
    private void SetColumns()
    {
        var on = _lines.ToLookup(l => l.From, StringComparer.Ordinal);
        var (under, order) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        var (seen, back) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<BpmnLine>());
        foreach (var shape in _shapes)
            if (!seen.Contains(shape.Id)) Visit(shape.Id);
        order.Reverse();
        foreach (var id in order)
        {
            _column.TryAdd(id, 0);
            foreach (var line in on[id].Where(l => !back.Contains(l))) _column[line.To] = Math.Max(_column.GetValueOrDefault(line.To), _column[id] + 1);
        }

        // As deep as a process has nodes, of which there are few hundred.
        void Visit(string id)
        {
            seen.Add(id);
            under.Add(id);
            foreach (var line in on[id])
                if (under.Contains(line.To)) back.Add(line);
                else if (!seen.Contains(line.To)) Visit(line.To);
            under.Remove(id);
            order.Add(id);
        }
    }

    private void SetRows()
    {
        var before = _lines.ToLookup(l => l.To, l => l.From, StringComparer.Ordinal);
        foreach (var shape in _shapes.OrderBy(s => _column[s.Id]))
        {
            // Straight on from what leads to it, where there is room.
            var wanted = before[shape.Id].Where(_row.ContainsKey).Select(b => _row[b]).Where(r => r.Lane == shape.Lane).Select(r => r.Row).DefaultIfEmpty(0).Min();
            Take(shape.Id, shape.Lane, _column[shape.Id], _column[shape.Id], wanted);
        }
        foreach (var line in _lines)
            if (Between(line) is var (first, last)) Take(line.Id, _byId[line.From].Lane, first, last, 0);
    }

    /// <summary>The columns that a line must pass by a row of its own; null where it leads to the next column.</summary>
    private (int First, int Last)? Between(BpmnLine line)
    {
        var (from, to) = (_column[line.From], _column[line.To]);
        return to > from ? to == from + 1 ? null : (from + 1, to - 1) : (to, from);
    }

    private void Take(string id, int lane, int first, int last, int wanted)
    {
        var row = wanted;
        while (Enumerable.Range(first, last - first + 1).Any(c => _taken.Contains((lane, c, row)))) row++;
        for (var column = first; column <= last; column++) _taken.Add((lane, column, row));
        _row[id] = (lane, row);
    }

    /// <summary>Where a row begins inside its lane: rows of lines alone are low.</summary>
    private int RowTop(int lane, int row)
    {
        var tall = _shapes.Where(s => s.Lane == lane).Select(s => _row[s.Id].Row).ToHashSet();
        var rows = _row.Values.Where(r => r.Lane == lane).Select(r => r.Row).DefaultIfEmpty(-1).Max() + 1;
        return Enumerable.Range(0, Math.Min(row, rows)).Sum(r => tall.Contains(r) ? Row : LineRow);
    }

    private (int X, int Y) Middle(BpmnShape shape, int[] tops)
    {
        var (lane, row) = _row[shape.Id];
        return (Left + 2 * Title + Gap / 2 + _column[shape.Id] * Column + (Column - Gap) / 2, Top + tops[lane] + Margin + RowTop(lane, row) + Row / 2);
    }

    private static XElement Shape(string id, int x, int y, int width, int height, bool isHorizontal) => new(
        Diagram + "BPMNShape", new XAttribute("id", $"{id}_di"), new XAttribute("bpmnElement", id), isHorizontal ? new XAttribute("isHorizontal", "true") : null,
        new XElement(Bounds + "Bounds", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", width), new XAttribute("height", height)));

    private XElement Edge(BpmnLine line, int place, int[] tops)
    {
        var (from, to) = (_byId[line.From], _byId[line.To]);
        var (begin, end) = (Middle(from, tops), Middle(to, tops));
        // Lines that turn in the same gap turn beside each other.
        var aside = 8 + place % 12 * 4;
        var out_ = RightOf(_column[line.From]) + aside;
        var points = new List<(int X, int Y)> { (begin.X + from.Size.Width / 2, begin.Y), (out_, begin.Y) };
        if (Between(line) is not null)
        {
            var (lane, row) = _row[line.Id];
            var (y, in_) = (Top + tops[lane] + Margin + RowTop(lane, row) + LineRow / 2, RightOf(_column[line.To] - 1) + aside);
            points.AddRange([(out_, y), (in_, y), (in_, end.Y)]);
        }
        else points.Add((out_, end.Y));
        points.Add((end.X - to.Size.Width / 2, end.Y));
        return new(
            Diagram + "BPMNEdge", new XAttribute("id", $"{line.Id}_di"), new XAttribute("bpmnElement", line.Id),
            points.Where((p, i) => i == 0 || p != points[i - 1]).Select(p => new XElement(Edges + "waypoint", new XAttribute("x", p.X), new XAttribute("y", p.Y))));
    }

    /// <summary>Where the gap behind a column begins.</summary>
    private static int RightOf(int column) => Left + 2 * Title + Gap / 2 + (column + 1) * Column - Gap;
}
