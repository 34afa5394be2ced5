using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Circles;

/// <summary>A rectangle on the drawing, in pixels at full size; x grows to the right and y downwards.</summary>
internal readonly record struct Box(int Left, int Top, int Width, int Height)
{
    public int Right => Left + Width;
    public int Bottom => Top + Height;

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}

/// <summary>A label of the drawing: its lines, where the first is written, and the rectangle that they fill.</summary>
/// <param name="X">Where the lines begin, end or have their middle, by their anchor.</param>
/// <param name="Y">Base line of the first line.</param>
internal sealed record DrawnText(IReadOnlyList<string> Lines, int X, int Y, Box Box);

/// <param name="Title">The whole label and the reason, as a screen reader says them.</param>
/// <param name="IsGap">Nothing meets it.</param>
internal sealed record DrawnNeed(string Label, string Href, string Title, bool IsGap, DrawnText Text, Box Box);

/// <param name="Provider">Told by the shape of the mark; null where the ring does not hold services.</param>
/// <param name="AtLeft">On the left half, where labels end at their dot.</param>
internal sealed record DrawnService(string Label, string Href, string Title, Provider? Provider, int X, int Y, bool AtLeft, DrawnText Text);

/// <param name="Path">The line as the <c>d</c> of an SVG path.</param>
/// <param name="Again">The service stands with another need; this line only says that it meets this need too.</param>
internal sealed record DrawnLine(string Path, Confidence Strength, bool Again);

/// <summary>A circle of need ready to be drawn: whole pixels, no browser needed, always the same for the same circle.</summary>
internal sealed record CircleDrawing
{
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required int CentreX { get; init; }
    public required int CentreY { get; init; }
    public required int OuterX { get; init; }
    public required int OuterY { get; init; }
    public required int InnerX { get; init; }
    public required int InnerY { get; init; }
    public required DrawnText Situation { get; init; }
    public required IReadOnlyList<DrawnNeed> Needs { get; init; }
    public required IReadOnlyList<DrawnService> Services { get; init; }
    public required IReadOnlyList<DrawnLine> Lines { get; init; }

    /// <summary>Whether the circle has more than is drawn; the list beside it has everything.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Each rectangle that holds words, none of which may overlap another.</summary>
    public IEnumerable<Box> Boxes => [Situation.Box, .. Needs.Select(n => n.Box), .. Services.Select(s => s.Text.Box)];
}
