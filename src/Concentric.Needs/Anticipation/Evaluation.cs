using Concentric.Needs.Anticipation.Figures;

namespace Concentric.Needs.Anticipation;

/// <summary>How good anticipation is on contacts that it has not learnt from. Every figure says of how many it is.</summary>
public sealed record Evaluation
{
    public required string Council { get; init; }

    /// <summary>The council is invented: its effects are planted, and a good figure proves that the machinery works and nothing else.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>First day of the contacts.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Learnt from contacts before this day, tried on contacts from it on.</summary>
    public required DateOnly Split { get; init; }

    /// <summary>Last day of the contacts.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What was counted, in words.</summary>
    public required string Definition { get; init; }

    /// <summary>Persons learnt from.</summary>
    public required int LearntPersons { get; init; }

    /// <summary>Observations learnt from.</summary>
    public required long LearntObservations { get; init; }

    /// <summary>Pairs of services with enough support, and of these the pairs that hold.</summary>
    public required int PairsTested { get; init; }
    public required int PairsHeld { get; init; }

    /// <summary>Contacts tried.</summary>
    public required long Tried { get; init; }

    /// <summary>Contacts tried after which the person asked for something else within the days.</summary>
    public required long TriedWithNext { get; init; }

    /// <summary>What those persons asked for next: recall is of these.</summary>
    public required long Next { get; init; }

    /// <summary>Each way to anticipate, tried on the same contacts.</summary>
    public required IReadOnlyList<MethodFigures> Methods { get; init; }

    /// <summary>Each way to combine several known things, of which <see cref="AnticipationChoice.Way"/> is used.</summary>
    public required IReadOnlyList<CombiningFigures> Combining { get; init; }

    /// <summary>Whether the chances mean what they say, for the way that is used. Null where nothing was tried.</summary>
    public required CalibrationFigures? Calibration { get; init; }

    /// <summary>Share of the contacts tried for which there is at least one suggestion.</summary>
    public required IReadOnlyList<CoverageFigure> Coverage { get; init; }

    /// <summary>By profile group of the area: never an input, only looked at.</summary>
    public required IReadOnlyList<GroupFigures> Groups { get; init; }

    /// <summary>By the service that was asked for: what an analyst approves or does not.</summary>
    public required IReadOnlyList<ServiceFigures> Services { get; init; }

    /// <summary>A line that says how recall@3 compares with popularity, and nothing more than it may.</summary>
    public required string Finding { get; init; }
}

/// <summary>A share with its 95 per cent interval (Wilson) and of how many it is.</summary>
public sealed record ShareFigure(double Share, double Low, double High, long N)
{
    internal static ShareFigure? Of(Core.Share? share) => share is { } s ? new(s.Value, s.Low, s.High, s.Whole) : null;
}

/// <summary>A way to anticipate.</summary>
/// <param name="Recall3">Share of what was asked for next that stood among the first three suggestions.</param>
/// <param name="MeanReciprocalRank">Mean of 1/rank; 0 for what was not suggested at all.</param>
public sealed record MethodFigures(string Method, ShareFigure? Recall3, ShareFigure? Recall5, double MeanReciprocalRank);

/// <summary>A way to combine several known things.</summary>
public sealed record CombiningFigures(string Way, bool Used, ShareFigure? Recall3, double Brier, double CalibrationError, double? Slope, double? Intercept);

/// <param name="N">Chances given: one for each contact tried and each service not asked for before.</param>
/// <param name="BrierOfPopularity">The same for the base rates alone.</param>
public sealed record CalibrationFigures(
    long N, double Brier, double BrierOfPopularity, double Reliability, double Resolution, double Uncertainty, double CalibrationError, double? Intercept, double? Slope, IReadOnlyList<BinFigures> Bins);

/// <param name="From">Lower end of the tenth.</param>
/// <param name="Said">Mean chance given.</param>
/// <param name="Observed">Share that came true.</param>
public sealed record BinFigures(double From, double Said, ShareFigure Observed);

public sealed record CoverageFigure(string Of, ShareFigure Share);

/// <param name="Recall3">Null where fewer than <see cref="AnticipationChoice.LeastInGroup"/> were asked for: too few to say.</param>
/// <param name="Gap">Recall@3 here less that of all other groups, with its 95 per cent interval (Newcombe).</param>
/// <param name="Verdict">“inconclusive” where the interval crosses zero.</param>
public sealed record GroupFigures(string Group, long N, ShareFigure? Recall3, GapFigure? Gap, string Verdict);

public sealed record GapFigure(double Difference, double Low, double High);

/// <param name="Tried">Contacts tried that asked for this service.</param>
/// <param name="N">What those persons asked for next.</param>
/// <param name="Expected">How many of these the chances would have had.</param>
/// <param name="Suggested">Services that the counts would suggest after it.</param>
public sealed record ServiceFigures(string Service, long Tried, long N, ShareFigure? Recall3, ShareFigure? PopularityRecall3, double Expected, int Suggested);

/// <summary>What was chosen once, by measuring, and is the same everywhere.</summary>
public static class AnticipationChoice
{
    /// <summary>How several known things are combined: docs/how-anticipation-decides.md has the measurement.</summary>
    internal const Combining Way = Combining.Average;

    /// <summary>Fewer asked for than this in a group, and nothing is said of it.</summary>
    public const int LeastInGroup = 50;

    /// <summary>Suggestions shown at once.</summary>
    public const int Shown = 5;
}
