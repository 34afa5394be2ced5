using Concentric.Core;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>What charts say, in words: the same on boards, pages, in the API and on the command line.</summary>
public static class ChartWords
{
    /// <summary>The icon of variation in a word.</summary>
    public static string Word(ChartState state) => state switch
    {
        ChartState.Concern => "Concern",
        ChartState.Improvement => "Improvement",
        ChartState.Change => "Change",
        ChartState.Usual => "Usual variation",
        ChartState.TooFew => "Too few points",
        _ => "Nothing to show",
    };

    /// <summary>Colour of the tag; the word says it all without.</summary>
    public static string Colour(ChartState state) => state switch
    {
        ChartState.Concern => "orange",
        ChartState.Improvement => "blue",
        ChartState.Change => "purple",
        _ => "grey",
    };

    /// <summary>The same of a chart, which may also be one whose values never differ.</summary>
    public static string Word(MeasureChart chart) => chart is { State: ChartState.TooFew, IsWithoutVariation: true } ? "No variation" : Word(chart.State);

    /// <summary>Why the last point has its state.</summary>
    public static string Reason(MeasureChart chart) => chart.State switch
    {
        ChartState.Nothing => chart.Series.Problem ?? (chart.Series.IsWithheld ? "Not shown: a small number could be worked out from it." : chart.Series.Points.Any(p => p.IsHidden) ? "Not shown: the numbers are too small." : "Nothing was recorded for it yet."),
        ChartState.TooFew when chart.IsWithoutVariation => $"The {chart.Current!.Limits.N} points with the present definition and phase are all equal, so there is no variation to judge by. Check whether the figure is really counted.",
        ChartState.TooFew when chart.Current?.Limits is { State: LimitsState.Provisional, N: >= XmrLimits.FirmFrom } rough => rough.Remark,
        ChartState.TooFew => chart.Current?.Limits is { } limits ? $"{limits.N} {(limits.N == 1 ? "point" : "points")} with the present limits; {XmrLimits.FirmFrom} are needed to tell." : "No limits yet.",
        ChartState.Usual => "The last point shows nothing but the usual variation.",
        _ => $"{chart.Signal!.Value.Reason}.",
    };

    /// <summary>The last value with its period; null where there is none.</summary>
    public static string? Last(MeasureChart chart) => chart.Last is not { } last ? null
        : $"{Value(chart, last.Index)} in {PeriodSeries.Say(chart.Measure.Period, chart.Series.Points[last.Index].Start)}";

    /// <summary>The value of a point: “25.3%”, or “1 to 7” where it is hidden.</summary>
    public static string Value(MeasureChart chart, int index) => Value(chart.Series.Points[index], chart.Measure.Unit);

    public static string Value(PeriodPoint point, MeasureUnit unit) => point.IsHidden ? point.Value is null ? "hidden" : $"1 to {ShownCount.MostHidden}" : unit.Write(point.Value);

    /// <summary>The usual range: mean and limits of the current phase; null where there are none.</summary>
    public static string? Usual(MeasureChart chart) => chart.Current?.Limits is { HasLimits: true } limits
        ? $"Usually {chart.Measure.Unit.Write(chart.Measure.Unit.Bounds.Clip(limits.Lower!.Value))} to {chart.Measure.Unit.Write(chart.Measure.Unit.Bounds.Clip(limits.Upper!.Value))}, mean {chart.Measure.Unit.Write(limits.Mean)}" : null;

    /// <summary>What an end-to-end figure leaves out; null of others.</summary>
    public static string? Unlinked(MeasureChart chart) => chart.Series.Unlinked is { } share
        ? $"{Charts.Figures.Show(100 * share.Value, 1)}% of contacts can be linked with nothing and are left out." : null;

    /// <summary>A small chart for those who do not see it.</summary>
    public static string Alternative(MeasureChart chart) =>
        Last(chart) is not { } last ? $"{chart.Measure.Name}: {Reason(chart)}" : $"{chart.Measure.Name}: {last}. {(Usual(chart) is { } usual ? $"{usual}. " : "")}{Word(chart)}. {Reason(chart)}";

    public static string Word(Better better) => better switch { Better.Lower => "Lower is better for citizens", Better.Higher => "Higher is better for citizens", _ => "Neither higher nor lower is good in itself" };

    public static string Word(MeasureUse use) => use == MeasureUse.Improvement ? "For improvement" : "For planning and budgeting";

    public static string Word(MeasureFor audience) => audience == MeasureFor.Citizens ? "Matters to citizens" : "Internal";

    /// <summary>The difference between the two uses, to be said wherever a use is.</summary>
    public const string Uses =
        "A measure for improvement tells how a service works for citizens, and whether a change made it better. It is looked at for its variation, never for one value, and it belongs to those who do the work. "
        + "A measure for planning and budgeting tells how much there will be to do and what it takes. It says nothing about whether the service is good, and it is no target: "
        + "fewer contacts may mean that people have what they need, or that they have given up.";

    /// <summary>A signal as it is kept and told to programs: <c>shift above 7</c>.</summary>
    public static string Flag(Signal signal) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Contacts.Asking.AskContacts.Kebab(signal.Kind)} {Contacts.Asking.AskContacts.Kebab(signal.Side)} {signal.Length}");

    public static string Flags(XmrPoint point) => string.Join("; ", point.Signals.Select(Flag));
}
