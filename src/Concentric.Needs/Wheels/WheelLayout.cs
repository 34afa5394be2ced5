using System.Globalization;
using Concentric.Needs.Circles;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Wheels;

/// <param name="Path">The arc as the <c>d</c> of an SVG path.</param>
/// <param name="X">Where its number stands.</param>
internal sealed record DrawnGroup(int Number, string Title, string Href, string Path, int X, int Y);

/// <param name="Marks">Where the marks of its services stand, from the middle outwards.</param>
/// <param name="Turn">Degrees by which the label is turned; 0 is to the right.</param>
/// <param name="Label">Null where there are too many needs for words.</param>
internal sealed record DrawnSpoke(string Title, string Href, bool IsGap, string Line, IReadOnlyList<(int X, int Y, Provider Provider)> Marks, string? Label, int LabelX, int LabelY, string Turn, bool AtLeft);

/// <summary>The wheel ready to be drawn: always the same for the same wheel.</summary>
internal sealed record WheelDrawing(int Size, IReadOnlyList<DrawnGroup> Groups, IReadOnlyList<DrawnSpoke> Spokes)
{
    public int Middle => Size / 2;
}

/// <summary>Says where each part of the wheel stands: groups on an inner ring, a spoke for each need, on it a mark for each service, and its words outside.</summary>
internal static class WheelLayout
{
    public const int LetterSize = 13;

    /// <summary>With more needs than this, their words would lie on one another; the tables have them.</summary>
    public const int MostLabels = 125;
    public const int MostMarks = 8;

    private const int Size = 1160, Middle = Size / 2;
    private const int GroupInner = 92, GroupOuter = 126, FirstMark = 148, MarkStep = 20, Label = FirstMark + MostMarks * MarkStep + 2;
    private const int LabelWidth = Middle - Label - 6;

    // Between two groups as wide as this many spokes.
    private const double GroupGap = 0.7;

    public static WheelDrawing Of(Wheel wheel)
    {
        var count = wheel.Needs.Count();
        if (count == 0) return new(Size, [], []);
        var step = 2 * Math.PI / (count + wheel.Groups.Count * GroupGap);
        var angle = -Math.PI / 2;
        var (groups, spokes) = (new List<DrawnGroup>(), new List<DrawnSpoke>());
        foreach (var group in wheel.Groups)
        {
            var from = angle + GroupGap * step / 2;
            var to = from + group.Needs.Count * step;
            var (x, y) = At((from + to) / 2, (GroupInner + GroupOuter) / 2);
            groups.Add(new(group.Number, $"{group.Number}. {group.Label}: {Say(group.Needs.Count)}", $"#group-{group.Number}", Arc(from, to), x, y));
            spokes.AddRange(group.Needs.Select((need, index) => Spoke(need, from + (index + 0.5) * step, count <= MostLabels)));
            angle = to + GroupGap * step / 2;
        }
        return new(Size, groups, spokes);
    }

    private static DrawnSpoke Spoke(WheelNeed need, double angle, bool words)
    {
        // Ours first, so that the eye finds partners and gaps at the end.
        var marks = need.Services.OrderBy(s => s.Provider switch { Provider.Ours => 0, Provider.Both => 1, Provider.Partner => 2, Provider.NotKnown => 3, _ => 4 }).Take(MostMarks)
            .Select((s, index) => { var (x, y) = At(angle, FirstMark + index * MarkStep); return (x, y, s.Provider); }).ToList();
        var (startX, startY) = At(angle, GroupOuter + 4);
        var (endX, endY) = At(angle, Label - 6);
        var (labelX, labelY) = At(angle, Label);
        var atLeft = Math.Cos(angle) < -1e-9;
        var degrees = angle * 180 / Math.PI + (atLeft ? 180 : 0);
        return new($"{need.Label}: {Met(need)}", Links.NeedOnPage(need.Slug), need.IsGap, string.Create(CultureInfo.InvariantCulture, $"M{startX} {startY}L{endX} {endY}"), marks,
            words ? Short(need.IsGap ? $"{need.Label} (gap)" : need.Label) : null, labelX, labelY, degrees.ToString("0.#", CultureInfo.InvariantCulture), atLeft);
    }

    /// <summary>In words who meets a need.</summary>
    public static string Met(WheelNeed need) => need switch
    {
        { Services.Count: 0 } => "no service meets it",
        { MetBy: Provider.Nobody } => $"{Services(need)}, nobody in the directory offers any",
        { MetBy: Provider.Ours } => $"{Services(need)}, offered by us",
        { MetBy: Provider.Partner } => $"{Services(need)}, offered by partners",
        { MetBy: Provider.Both } => $"{Services(need)}, offered by us and partners",
        _ => Services(need),
    };

    private static string Services(WheelNeed need) => need.Services.Count == 1 ? "1 service" : $"{need.Services.Count} services";

    private static string Say(int needs) => needs == 1 ? "1 need" : $"{needs} needs";

    private static string Short(string text)
    {
        if (TextLines.WidthOf(text, LetterSize) <= LabelWidth) return text;
        while (TextLines.WidthOf(text + "…", LetterSize) > LabelWidth) text = text[..^1];
        return text.TrimEnd() + "…";
    }

    private static (int X, int Y) At(double angle, double radius) => (Middle + (int)Math.Round(radius * Math.Cos(angle)), Middle + (int)Math.Round(radius * Math.Sin(angle)));

    private static string Arc(double from, double to)
    {
        // A whole round begins where it ends, which SVG would not draw.
        to = Math.Min(to, from + 2 * Math.PI - 0.001);
        var large = to - from > Math.PI ? 1 : 0;
        var ((ax, ay), (bx, by), (cx, cy), (dx, dy)) = (At(from, GroupOuter), At(to, GroupOuter), At(to, GroupInner), At(from, GroupInner));
        return string.Create(CultureInfo.InvariantCulture, $"M{ax} {ay}A{GroupOuter} {GroupOuter} 0 {large} 1 {bx} {by}L{cx} {cy}A{GroupInner} {GroupInner} 0 {large} 0 {dx} {dy}Z");
    }
}
