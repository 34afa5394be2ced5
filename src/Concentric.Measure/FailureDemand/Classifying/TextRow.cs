namespace Concentric.Measure.FailureDemand;

/// <summary>One row of a file of texts.</summary>
/// <param name="Label">Whether it has the label; null where nobody said.</param>
/// <param name="Channel">Empty where none is named.</param>
/// <param name="Writer">Empty where none is named.</param>
public sealed record TextRow(string Text, bool? Label, string Channel, string Writer);

/// <summary>What to do with a file of texts.</summary>
public sealed record ClassifyRequest
{
    /// <summary>Column of the texts.</summary>
    public required string Text { get; init; }

    /// <summary>Column of the labels; empty there: nobody said.</summary>
    public required string Label { get; init; }

    /// <summary>The value that counts as having the label. Null: the one of two that says failure, yes or true.</summary>
    public string? Is { get; init; }

    /// <summary>A row has the label where its column of labels contains these words.</summary>
    public string? Contains { get; init; }

    public string? Channel { get; init; }
    public string? Writer { get; init; }

    /// <summary>By which rows are parted into those learnt from, those for the threshold and those for the test.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Words printed for and against.</summary>
    public int Words { get; init; } = 20;
}
