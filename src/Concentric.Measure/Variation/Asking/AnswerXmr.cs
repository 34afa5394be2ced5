using Concentric.Core;

namespace Concentric.Measure.Variation.Asking;

/// <summary>Answers with an XmR chart, plain, seasonally adjusted or of times between events.</summary>
internal static class AnswerXmr
{
    public static SpcAnswer Of(SpcSeries series, SpcSetting setting)
    {
        var season = setting.Question.Seasonal ? Season(series, setting.Question) : null;
        IReadOnlyList<double?> adjusted = season?.Adjust(series.Values) ?? series.Values;
        // A season frozen on its baseline asks for limits frozen there as well: later values would widen them by what the chart is to show.
        var chart = XmrChart.Of(adjusted, setting.Changes, setting.Rules, setting.Question.FixAfter, setting.Question.FixAfter is null ? season?.Baseline - 1 : null);
        var icons = ChartIcons.Of(chart, setting.Better, setting.Question.Target);
        var points = chart.Points.Select(p => Point(series, setting, chart, p, season)).ToList();
        var answer = AskSpc.Whole(series, setting, ChartKind.Xmr, Icons(series, icons, icons.Limits?.Lower, icons.Limits?.Upper), Phases(series, setting, chart), points, season is null ? []
            : [$"{Words(series.Every!.Value)} by the first {season.Baseline} periods. Limits are those of adjusted values, put back into each season; the target is held against adjusted values.", .. season.Caution is { } caution ? (string[])[caution] : []]);
        return answer with { Season = season, Capability = setting.Question.Target is { } target ? Capability.Of(chart, target, setting.Better) : null };
    }

    /// <summary>A t chart: judged as the transformed XmR chart is, shown in the unit of the times.</summary>
    public static SpcAnswer OfTimes(SpcSeries series, SpcSetting setting)
    {
        var times = TimeBetweenChart.Of(series.Values, setting.Changes, setting.Rules, setting.Question.FixAfter);
        var target = setting.Question.Target is { } t ? Math.Pow(Math.Max(0, t), 1 / TimeBetweenChart.Root) : (double?)null;
        var icons = ChartIcons.Of(times.Transformed, setting.Better, target);
        var points = times.Points.Select(p => new SpcPoint
        {
            Period = series.Rows[p.Index].Key, Date = series.Rows[p.Index].First, Value = p.Value, Mean = p.Mean, Lower = p.Lower, Upper = p.Upper, NearLower = p.NearLower, NearUpper = p.NearUpper,
            Phase = p.Phase, Flags = [.. p.Signals.Select(s => s.Kind)], Reasons = [.. p.Signals.Select(s => s.Reason)], Type = ChartIcons.TypeOf(times.Transformed, times.Transformed.Points[p.Index], setting.Better),
        }).ToList();
        return AskSpc.Whole(series, setting, ChartKind.T, Icons(series, icons, TimeBetweenChart.Back(icons.Limits?.Lower), TimeBetweenChart.Back(icons.Limits?.Upper)), Phases(series, setting, times.Transformed), points,
            ["Means of phases are of the times to the power of 1/3.6, which is what is judged."]);
    }

    private static SpcPoint Point(SpcSeries series, SpcSetting setting, XmrChart chart, XmrPoint point, Seasonality? season)
    {
        var limits = chart.PhaseOf(point)?.Limits;
        double? Back(double? limit) => season is null ? limit : season.Restore(limit, point.Index);
        var (lower, upper) = (Back(limits?.Lower), Back(limits?.Upper));
        return new()
        {
            Period = series.Rows[point.Index].Key,
            Date = series.Rows[point.Index].First,
            Value = series.Rows[point.Index].Amount?.Value,
            Adjusted = season is null ? null : point.Value,
            Mean = Back(limits?.Mean),
            Lower = lower,
            Upper = upper,
            NearLower = Back(limits?.NearLower),
            NearUpper = Back(limits?.NearUpper),
            ShownLower = setting.Shown(lower),
            ShownUpper = setting.Shown(upper),
            MovingRange = point.MovingRange,
            Phase = point.Phase,
            Flags = [.. point.Signals.Select(s => s.Kind)],
            Reasons = [.. point.Signals.Select(s => s.Reason)],
            Type = ChartIcons.TypeOf(chart, point, setting.Better),
        };
    }

    private static List<SpcPhase> Phases(SpcSeries series, SpcSetting setting, XmrChart chart) =>
    [
        .. chart.Phases.Select(p => new SpcPhase(series.Rows[p.First].Key, series.Rows[p.Last].Key, p.Reason, setting.By(p.First), p.Limits.N, p.Limits.State, p.Limits.Mean, p.Limits.MeanRange, null,
            p.Limits.ScreenedOut, p.FixedThrough is { } end ? series.Rows[end].Key : null, p.Lag1, p.IsAutocorrelated)),
    ];

    private static SpcIcons Icons(SpcSeries series, ChartIcons icons, double? lower, double? upper) =>
        new(icons.Variation, icons.Assurance, icons.Last is { } last ? series.Rows[last].Key : null, lower, upper, icons.IsProvisional);

    private static string Words(PeriodLength every) => every is PeriodLength.Day or PeriodLength.WorkingDay ? "The rhythm of the week is taken out, and the time of the year is not," : "Seasonally adjusted";

    private static Seasonality Season(SpcSeries series, SpcQuestion question)
    {
        var (every, years) = (series.Every!.Value, question.BaselineYears ?? Seasonality.FewestYears);
        List<int> Of(Func<DateOnly, int> number) => [.. series.Rows.Select(r => number(r.First))];
        return every switch
        {
            PeriodLength.Week => Seasonality.OfWeeks(series.Values, series.Rows[0].First, years),
            PeriodLength.Day or PeriodLength.WorkingDay => Seasonality.OfWeekdays(series.Values, Of(d => ((int)d.DayOfWeek + 6) % 7), every == PeriodLength.Day ? 7 : 5, question.BaselineYears ?? 1),
            _ => Seasonality.Of(series.Values, Periods.InYear(every) ?? throw new RefusedException("A year has no season within itself. Give days, weeks, months or quarters."), years),
        };
    }
}
