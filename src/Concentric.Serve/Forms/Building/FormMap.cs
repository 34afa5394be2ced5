namespace Concentric.Serve.Forms.Building;

/// <summary>A way from one page to another.</summary>
/// <param name="To">Id of a later page, or <see cref="Jump.Check"/>.</param>
/// <param name="Words">When it is taken, in words; null where it always is.</param>
/// <param name="IsOtherwise">Taken where none of the conditions before it holds.</param>
public sealed record FormWay(string From, string To, string? Words, bool IsOtherwise = false)
{
    public string Label => Words ?? (IsOtherwise ? "otherwise" : "");
}

/// <summary>A page on the map.</summary>
/// <param name="Layer">How far down: below each page that leads to it.</param>
/// <param name="Column">Place among those of its layer, from 0.</param>
public sealed record MapBox(string Id, string Title, int Layer, int Column, string? ShownIf, bool Ends, double X, double Y)
{
    public const int Width = 250;
    public const int Height = 58;
}

/// <summary>A way as it is drawn: corners of its line and where its words stand.</summary>
public sealed record MapLine(FormWay Way, IReadOnlyList<(double X, double Y)> Corners, double LabelX, double LabelY)
{
    public string Points => string.Join(' ', Corners.Select(c => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{c.X:0.#},{c.Y:0.#}")));
}

/// <summary>The routing of a form seen as a map: pages in layers from top to bottom, ways as lines between them. Drawn by the server; the same ways stand in a table.</summary>
public sealed class FormMap
{
    private const double Margin = 16;
    private const double BetweenColumns = 40;
    private const double Arrival = 34;
    private const double Track = 22;
    private const double LaneWidth = 14;

    public required IReadOnlyList<MapBox> Boxes { get; init; }
    public required IReadOnlyList<MapLine> Lines { get; init; }
    public required double Width { get; init; }
    public required double Height { get; init; }

    public IEnumerable<FormWay> Ways => Lines.Select(l => l.Way);

    /// <summary>The ways of a form, page after page, in the order in which they are tried.</summary>
    public static IReadOnlyList<FormWay> WaysOf(Form form)
    {
        var ways = new List<FormWay>();
        for (var i = 0; i < form.Pages.Count; i++)
        {
            var page = form.Pages[i];
            if (page.Stop) continue;
            var places = FormIndex.Of(form).PageNumbers;
            var always = false;
            foreach (var jump in page.Next)
            {
                if (always) break;
                // One that leads back, or nowhere, cannot be drawn; the check of the form names it.
                if (jump.Page != Jump.Check && !(places.TryGetValue(jump.Page, out var target) && target > i)) continue;
                ways.Add(new(page.Id, jump.Page, jump.If is { } condition ? ConditionWords.Of(form, condition) : null, jump.If is null && page.Next.Count > 1));
                always = jump.If is null;
            }
            if (always) continue;
            ways.Add(new(page.Id, i + 1 < form.Pages.Count ? form.Pages[i + 1].Id : Jump.Check, null, IsOtherwise: page.Next.Count > 0));
        }
        return ways;
    }

    public static FormMap Of(Form form)
    {
        var ways = WaysOf(form);
        var layers = Layers(form, ways);
        var columns = new Dictionary<int, int>();
        var out_ = ways.ToLookup(w => w.From, StringComparer.Ordinal);
        var inLayer = form.Pages.Select(p => p.Id).Append(Jump.Check).GroupBy(id => layers[id]).OrderBy(g => g.Key).ToList();
        var rightmost = Margin + (inLayer.Max(g => g.Count()) * (MapBox.Width + BetweenColumns)) - BetweenColumns;

        // Each way that turns aside has a line of its own under its layer, with room for its words.
        var (boxes, y) = (new Dictionary<string, MapBox>(StringComparer.Ordinal), Margin);
        var tracks = new Dictionary<FormWay, double>(ReferenceEqualityComparer.Instance);
        foreach (var layer in inLayer)
        {
            foreach (var (column, id) in layer.Index()) boxes[id] = Box(form, id, layer.Key, column, Margin + (column * (MapBox.Width + BetweenColumns)), y);
            y += MapBox.Height + 8;
            foreach (var way in layer.SelectMany(id => out_[id]))
            {
                y += Track;
                tracks[way] = y;
            }
            y += Arrival;
        }

        var lanes = Lanes(ways, layers);
        var lines = ways.Select(w => Line(w, boxes, tracks[w], lanes.GetValueOrDefault(w, -1), rightmost, out_[w.From].Index().First(o => ReferenceEquals(o.Item, w)).Index)).ToList();
        var most = lanes.Count == 0 ? 0 : lanes.Values.Max() + 1;
        return new() { Boxes = [.. boxes.Values], Lines = lines, Width = rightmost + 20 + (most * LaneWidth) + Margin, Height = y };
    }

    private static MapBox Box(Form form, string id, int layer, int column, double x, double y)
    {
        if (id == Jump.Check) return new(id, "Check your answers", layer, column, null, Ends: true, x, y);
        var page = form.Page(id)!;
        return new(id, FormAccessibility.HeadingOf(page) ?? id, layer, column, page.ShowIf is { } condition ? ConditionWords.Of(form, condition) : null, page.Stop, x, y);
    }

    /// <summary>Each page below all that lead to it: ways only lead forward, so one pass in order is enough.</summary>
    private static Dictionary<string, int> Layers(Form form, IReadOnlyList<FormWay> ways)
    {
        var layers = form.Pages.Select(p => p.Id).Distinct().Append(Jump.Check).ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
        foreach (var way in ways) layers[way.To] = Math.Max(layers[way.To], layers[way.From] + 1);
        layers[Jump.Check] = Math.Max(layers[Jump.Check], layers.Where(l => l.Key != Jump.Check).Select(l => l.Value + 1).DefaultIfEmpty(0).Max());
        return layers;
    }

    /// <summary>Ways over more than one layer run down beside the boxes, each in the first lane that is free all the way.</summary>
    private static Dictionary<FormWay, int> Lanes(IReadOnlyList<FormWay> ways, Dictionary<string, int> layers)
    {
        var lanes = new Dictionary<FormWay, int>(ReferenceEqualityComparer.Instance);
        var taken = new List<List<(int From, int To)>>();
        foreach (var way in ways.Where(w => layers[w.To] > layers[w.From] + 1).OrderBy(w => layers[w.To] - layers[w.From]))
        {
            var (from, to) = (layers[way.From], layers[way.To]);
            var lane = taken.FindIndex(t => t.All(o => to <= o.From || from >= o.To));
            if (lane < 0)
            {
                lane = taken.Count;
                taken.Add([]);
            }
            taken[lane].Add((from, to));
            lanes[way] = lane;
        }
        return lanes;
    }

    private static MapLine Line(FormWay way, Dictionary<string, MapBox> boxes, double track, int lane, double rightmost, int nth)
    {
        var (from, to) = (boxes[way.From], boxes[way.To]);
        var (start, end) = (from.X + 18 + (12 * (nth % 12)), to.X + (MapBox.Width / 2.0));
        var label = (X: start + 8, Y: track - 5);
        if (lane < 0) return new(way, [(start, from.Y + MapBox.Height), (start, track), (end, track), (end, to.Y)], label.X, label.Y);
        var (beside, arrival) = (rightmost + 20 + (lane * LaneWidth), to.Y - 12 - (5 * (lane % 4)));
        var into = to.X + MapBox.Width - 20 - (8 * (lane % 6));
        return new(way, [(start, from.Y + MapBox.Height), (start, track), (beside, track), (beside, arrival), (into, arrival), (into, to.Y)], label.X, label.Y);
    }
}
