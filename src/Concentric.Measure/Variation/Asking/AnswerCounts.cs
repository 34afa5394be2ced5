namespace Concentric.Measure.Variation.Asking;

/// <summary>Answers with a p, p′, u, u′, c, g or I′ chart.</summary>
internal static class AnswerCounts
{
    public static SpcAnswer Of(SpcSeries series, SpcSetting setting, ChartKind kind)
    {
        var chart = CountChart.Of(Enum.Parse<CountChartKind>(kind.ToString()), series.Amounts, setting.Changes, setting.Rules, setting.Question.FixAfter);
        var phases = chart.Phases.Select(p => new SpcPhase(series.Rows[p.First].Key, series.Rows[p.Last].Key, p.Reason, setting.By(p.First), p.Limits.Periods, StateOf(p.Limits), p.Limits.Mean, null, p.Limits.SigmaZ, 0,
            p.FixedThrough is { } end ? series.Rows[end].Key : null, p.Lag1, p.IsAutocorrelated)).ToList();
        return AskSpc.Whole(series, setting, kind, Icons(series, setting, chart), phases, [.. chart.Points.Select(p => Point(series, setting, chart, p))],
            setting.Rules.Screen && kind != ChartKind.IPrime ? ["Screening is of moving ranges, and this chart has none: it changed nothing."] : []);
    }

    private static SpcPoint Point(SpcSeries series, SpcSetting setting, CountChart chart, CountPoint point)
    {
        var limits = chart.PhaseOf(point)?.Limits;
        double? At(double deviations) => point.Amount is { } of ? limits?.At(of.Size, deviations) : null;
        return new()
        {
            Period = series.Rows[point.Index].Key,
            Date = series.Rows[point.Index].First,
            Value = point.Value,
            Denominator = chart.Kind is CountChartKind.C or CountChartKind.G ? null : point.Amount?.Size,
            Mean = limits?.Mean,
            Lower = At(-3),
            Upper = At(3),
            NearLower = At(-2),
            NearUpper = At(2),
            // What a share or a count can be is known without asking.
            ShownLower = At(-3) is { } lower ? chart.Kind == CountChartKind.IPrime ? setting.Shown(lower) : limits!.Bounds.Clip(lower) : null,
            ShownUpper = At(3) is { } upper ? chart.Kind == CountChartKind.IPrime ? setting.Shown(upper) : limits!.Bounds.Clip(upper) : null,
            Phase = point.Phase,
            Flags = [.. point.Signals.Select(s => s.Kind)],
            Reasons = [.. point.Signals.Select(s => s.Reason)],
            Type = TypeOf(setting, chart, point),
        };
    }

    /// <summary>Assurance by the limits of the last period, whose size is its own.</summary>
    private static SpcIcons Icons(SpcSeries series, SpcSetting setting, CountChart chart)
    {
        if (chart.Points.LastOrDefault(p => p.Amount is not null) is not { } last || chart.PhaseOf(last) is not { } phase) return new(VariationIcon.None, AssuranceIcon.None, null, null, null, false);
        var limits = Current(chart, phase, setting.Rules.Screen);
        var size = last.Amount!.Value.Size;
        var assurance = setting.Question.Target is { } target && limits.HasLimits ? ChartIcons.AssuranceOf(limits.At(size, -3)!.Value, limits.At(size)!.Value, setting.Better, target) : AssuranceIcon.None;
        var judged = assurance != AssuranceIcon.None;
        return new(ChartIcons.IconOf(TypeOf(setting, chart, last), last.Signals, setting.Better), assurance, series.Rows[last.Index].Key, judged ? limits.At(size, -3) : null, judged ? limits.At(size) : null,
            phase.Limits is { HasLimits: true, IsProvisional: true } || judged && limits.IsProvisional);
    }

    // As ChartIcons has it: limits that are carried on stand for as long as nothing since contradicts them.
    private static CountLimits Current(CountChart chart, CountPhase phase, bool screen)
    {
        if (phase.FixedThrough is not { } through) return phase.Limits;
        var since = chart.Points.Skip(through + 1).Take(phase.Last - through).ToList();
        return since.Exists(p => p.Signals.Count > 0) ? CountLimits.Of(chart.Kind, [.. since.Select(p => p.Amount)], screen) : phase.Limits;
    }

    private static PointType TypeOf(SpcSetting setting, CountChart chart, CountPoint point) =>
        ChartIcons.TypeOf(point.Value, chart.PhaseOf(point)?.Limits.HasLimits is true, point.Signals, setting.Better);

    private static LimitsState StateOf(CountLimits limits) =>
        !limits.HasLimits ? limits.Periods < 2 ? LimitsState.TooFewPoints : LimitsState.NoVariation : limits.IsProvisional ? LimitsState.Provisional : LimitsState.Firm;
}
