using Concentric.Core;

namespace Concentric.Measure.Variation.Asking;

/// <summary>Answers with a run chart, which has a median and no limits.</summary>
internal static class AnswerRun
{
    public static SpcAnswer Of(SpcSeries series, SpcSetting setting)
    {
        if (setting.Changes.Count > 0) throw new RefusedException("A run chart is judged as a whole. Leave out --rebase, or ask for --chart xmr.");
        var chart = RunChart.Of(series.Values, setting.Question.FixAfter);
        var marked = chart.RunPoints.ToHashSet();
        var points = series.Rows.Select((row, i) => Point(row, marked.Contains(i), chart, setting.Better)).ToList();
        var last = points.LastOrDefault(p => p.Value is not null);
        var icon = !chart.IsJudged || last is null ? VariationIcon.None
            : last.Flags.Count > 0 ? ChartIcons.IconOf(last.Type, Signals(last.Value!.Value, chart), setting.Better)
            : chart.HasSignal ? VariationIcon.Pattern : VariationIcon.CommonCause;
        var phase = new SpcPhase(series.Rows[0].Key, series.Rows[^1].Key, null, null, chart.Useful, chart.IsJudged ? LimitsState.Firm : LimitsState.TooFewPoints, chart.Median, null, null, 0, null, null, false);
        return AskSpc.Whole(series, setting, ChartKind.Run, new(icon, AssuranceIcon.None, last?.Period, null, null, false), [phase], points, [chart.Remark]) with { Run = chart };
    }

    private static SpcPoint Point(SpcPeriod row, bool isMarked, RunChart chart, Better better)
    {
        IReadOnlyList<Signal> signals = isMarked ? Signals(row.Amount!.Value.Value, chart) : [];
        return new()
        {
            Period = row.Key, Date = row.First, Value = row.Amount?.Value, Mean = chart.Median, Lower = null, Upper = null, NearLower = null, NearUpper = null, Phase = 0,
            Flags = [.. signals.Select(s => s.Kind)],
            Reasons = isMarked ? [$"One of {chart.LongestRun} points in a row on one side of the median"] : [],
            Type = ChartIcons.TypeOf(row.Amount?.Value, chart.IsJudged, signals, better),
        };
    }

    private static Signal[] Signals(double value, RunChart chart) => [new(SignalKind.Shift, value > chart.Median ? Side.Above : Side.Below, chart.LongestRun)];
}
