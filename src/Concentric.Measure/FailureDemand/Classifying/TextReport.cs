using Concentric.Measure.Statistics;

namespace Concentric.Measure.FailureDemand;

/// <summary>A share that was put right by how often the classifier errs.</summary>
/// <param name="Of">Rows that it is a share of.</param>
/// <param name="Known">The share by labels that were held back from the classifier, where there are some: how good the correction is.</param>
/// <param name="Flag">Why it cannot be believed; null where it can.</param>
/// <param name="IsUsable">It is not flagged, and the classifier agrees with the labels well enough.</param>
public sealed record ReportedShare(long Of, double Value, double Low, double High, double StandardError, string? Flag, double? Known, bool IsUsable);

/// <summary>How the classifier did on rows that it had not seen.</summary>
public sealed record TestedText(long N, long Labelled, double? Precision, double? Recall, double? Specificity, double? F1, double? Kappa, double? Matthews, double? Accuracy)
{
    public static TestedText Of(Confusion c) => new(c.N, c.Labelled, c.Precision, c.Recall, c.Specificity, c.F1, c.Kappa, c.Matthews, c.Accuracy);
}

/// <summary>How it did on the rows of one channel or writer, and the corrected share there.</summary>
/// <param name="RecallLow">95 per cent interval of the recall, by Wilson.</param>
/// <param name="Differs">Its recall or specificity lies apart from all others' by more than chance: rates do not carry over.</param>
/// <param name="Share">By the group's own error rates; null where it has too few tested rows for that.</param>
public sealed record TextGroup(string Name, TestedText Test, double? RecallLow, double? RecallHigh, bool Differs, ReportedShare? Share);

/// <summary>What a text classifier learnt from a file, how good it is, and the share that follows. There is no share before correction in it.</summary>
public sealed record TextReport
{
    /// <summary>What the label is, in words.</summary>
    public required string Label { get; init; }

    public required long Rows { get; init; }
    public required long Labelled { get; init; }
    public required long Unlabelled { get; init; }

    /// <summary>Labelled rows that it learnt from, that the threshold was chosen on, that it was tested on, and whose labels were held back from it.</summary>
    public required long Learnt { get; init; }

    public required long Validated { get; init; }
    public required long Tested { get; init; }
    public required long HeldBack { get; init; }
    public required long Seed { get; init; }

    /// <summary>Log odds from which a text counts as having the label, from the rows for it.</summary>
    public required double Threshold { get; init; }

    public required double PriorLogOdds { get; init; }

    /// <summary>Different words learnt.</summary>
    public required long Vocabulary { get; init; }

    /// <summary>Words that stand in five rows or more: a rarer one may be somebody's name.</summary>
    public required IReadOnlyList<WordWeight> For { get; init; }

    public required IReadOnlyList<WordWeight> Against { get; init; }
    public required TestedText Test { get; init; }

    /// <summary>Tested rows whose very text was learnt from: on those it looks better than it is.</summary>
    public required long TestedSeenBefore { get; init; }

    /// <summary>Null where it cannot be reckoned.</summary>
    public required ReportedShare? Share { get; init; }

    public required IReadOnlyList<TextGroup> Channels { get; init; }
    public required IReadOnlyList<TextGroup> Writers { get; init; }

    /// <summary>What to keep in mind, in sentences.</summary>
    public required IReadOnlyList<string> Cautions { get; init; }
}
