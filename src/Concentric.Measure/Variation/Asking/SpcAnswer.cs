using System.Text.Json.Serialization;

namespace Concentric.Measure.Variation.Asking;

/// <summary>A control chart as numbers: one object for each point, and the icons.</summary>
public sealed record SpcAnswer
{
    public required ChartKind Chart { get; init; }

    /// <summary>Why this chart, where it was left open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChartReason { get; init; }

    /// <summary>Name of the rule set.</summary>
    public required string Rules { get; init; }
    public required string RulesInWords { get; init; }

    /// <summary><c>up</c>, <c>down</c> or <c>none</c>.</summary>
    public required string Improvement { get; init; }
    public required double? Target { get; init; }

    /// <summary>Length of a period; null for g and t charts, whose points are events.</summary>
    public required PeriodLength? Every { get; init; }

    /// <summary>Points with a value.</summary>
    public required int N { get; init; }

    /// <summary>Periods without a value.</summary>
    public required int Gaps { get; init; }
    public required SpcIcons Icons { get; init; }

    /// <summary>Null without a target, without a good direction, and on charts other than XmR.</summary>
    public required Capability? Capability { get; init; }
    public required IReadOnlyList<SpcPhase> Phases { get; init; }

    /// <summary>How a run chart is judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunChart? Run { get; init; }

    /// <summary>The season that was taken out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Seasonality? Season { get; init; }

    /// <summary>What whoever reads the chart should know.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
    public required IReadOnlyList<SpcPoint> Points { get; init; }
}

/// <summary>The two icons, with their words.</summary>
/// <param name="Last">Period of the point that the variation icon is about.</param>
/// <param name="Lower">Lower of the limits that assurance was judged by.</param>
/// <param name="IsProvisional">The current limits come from fewer than 12 values.</param>
public sealed record SpcIcons(VariationIcon Variation, AssuranceIcon Assurance, string? Last, double? Lower, double? Upper, [property: JsonPropertyName("provisional")] bool IsProvisional)
{
    public string VariationInWords => IconWords.Sentence(Variation);

    public string AssuranceInWords => IconWords.Sentence(Assurance);
}

/// <summary>A stretch with limits of its own.</summary>
/// <param name="From">Its first period.</param>
/// <param name="To">Its last period.</param>
/// <param name="Reason">The change it began with.</param>
/// <param name="N">Values that the limits come from.</param>
/// <param name="Mean">Of adjusted values where there is a season.</param>
/// <param name="MeanMovingRange">Of XmR and t charts.</param>
/// <param name="SigmaZ">Of p and u charts: how far neighbouring periods differ, where 1 is what chance explains; of I′ charts the standard deviation of a figure out of one.</param>
/// <param name="Screened">Moving ranges left out by screening.</param>
/// <param name="FixedThrough">Last period that the limits come from, where they are carried on.</param>
/// <param name="Lag1">Lag-1 autocorrelation.</param>
public sealed record SpcPhase(string From, string To, string? Reason, string? By, int N, LimitsState State, double? Mean, double? MeanMovingRange, double? SigmaZ, int Screened, string? FixedThrough, double? Lag1, bool Autocorrelated);

/// <summary>One point.</summary>
public sealed record SpcPoint
{
    /// <summary>As <c>2015-03</c>, <c>2015-03-01</c>, <c>2015-W10</c>, <c>2015-Q1</c> or <c>2015</c>.</summary>
    public required string Period { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Null for a gap.</summary>
    public required double? Value { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Denominator { get; init; }

    /// <summary>The value without the season.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Adjusted { get; init; }

    public required double? Mean { get; init; }

    /// <summary>Unclipped, as rules use it.</summary>
    public required double? Lower { get; init; }
    public required double? Upper { get; init; }

    /// <summary>Two thirds of the way from the mean to the limit.</summary>
    public required double? NearLower { get; init; }
    public required double? NearUpper { get; init; }

    /// <summary>The limits clipped to what the figure can be, where that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ShownLower { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ShownUpper { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MovingRange { get; init; }

    /// <summary>Index of the phase, from 0.</summary>
    public required int? Phase { get; init; }

    /// <summary>Rules that mark the point, the strongest first.</summary>
    public required IReadOnlyList<SignalKind> Flags { get; init; }

    /// <summary>The flags in words.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
    public required PointType Type { get; init; }
}
