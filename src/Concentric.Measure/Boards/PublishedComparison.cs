using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>A point as it was first published, beside what it is now.</summary>
/// <param name="Differences">What differs and why, a sentence each; empty where all is as it was.</param>
public sealed record PublishedComparison(PublishedPoint First, IReadOnlyList<string> Differences)
{
    /// <summary>The rules of charts, as they are kept with what was published.</summary>
    public static string RulesNow { get; } = Name(XmrRules.Default);

    /// <summary>How the rules of a chart are called.</summary>
    public static string Name(XmrRules rules) => $"mdc shift {rules.Shift}, trend {rules.Trend}{(rules.Screen ? ", screened" : "")}{(rules.OldTwoOfThree ? ", two of three as before November 2023" : "")}";

    /// <summary>The point of a chart as it is to be kept.</summary>
    internal static PublishedPoint Publish(MeasureChart chart, int index, DateTimeOffset at)
    {
        var (point, on) = (chart.Series.Points[index], chart.Chart.Points[index]);
        var limits = chart.Chart.PhaseOf(on)?.Limits;
        return new()
        {
            Council = chart.Measure.Council, Measure = chart.Measure.Key, Period = point.Start, Version = point.Version, Value = point.Value, IsHidden = point.IsHidden, N = point.N,
            Mean = limits?.Mean, Lower = limits?.Lower, Upper = limits?.Upper, Flags = ChartWords.Flags(on), Rules = RulesNow, At = at,
        };
    }

    /// <summary>Compares what was published with the same point of the chart as it is now, both under rule A.</summary>
    /// <param name="phases">All that were ever recorded, those taken back too.</param>
    public static PublishedComparison Of(PublishedPoint first, MeasureChart now, int index, IEnumerable<ChartPhase> phases)
    {
        var (point, on, unit) = (now.Series.Points[index], now.Chart.Points[index], now.Measure.Unit);
        var limits = now.Chart.PhaseOf(on)?.Limits;
        var differences = new List<string>();
        var newRules = first.Rules != RulesNow;
        var newPhase = phases.Any(p => p.At > first.At || p.EndedAt > first.At);
        var newDefinition = now.Measure.Versions.Any(v => v.From is not null && v.At > first.At);
        if (Differs(first.Value, point.Value) || first.IsHidden != point.IsHidden)
        {
            differences.Add($"The value was {ChartWords.Value(new PeriodPoint(first.Period, first.Value, null, null, first.N, first.IsHidden, first.Version), unit)}: "
                + (first.Version == point.Version ? "contacts of the period were counted or corrected after it was published." : $"it was counted by definition {first.Version}."));
        }
        if (Differs(first.Lower, limits?.Lower) || Differs(first.Upper, limits?.Upper))
        {
            differences.Add($"The limits were {Range(first, unit)}: "
                + (newPhase ? "a phase was recorded or taken back since, and points since then moved them."
                    : newDefinition ? "the definition was changed since, and points since then moved them."
                    : "points since then moved them."));
        }
        var flags = ChartWords.Flags(on);
        if (first.Flags != flags)
        {
            differences.Add($"It showed {(first.Flags.Length == 0 ? "no signal" : $"“{first.Flags}”")}: "
                + (newRules ? "the rules were changed since." : flags.Length > first.Flags.Length ? "later points made it part of a signal." : "with the limits of now it is none, or another."));
        }
        return new(first, differences);
    }

    private static string Range(PublishedPoint first, MeasureUnit unit) => first.Lower is { } low && first.Upper is { } high ? $"{unit.Write(unit.Bounds.Clip(low))} to {unit.Write(unit.Bounds.Clip(high))}" : "not known";

    private static bool Differs(double? first, double? now) => first is null != now is null || (first is { } a && now is { } b && Math.Abs(a - b) > 1e-9 * Math.Max(1, Math.Abs(a)));
}
