using System.Globalization;
using Concentric.Core;

namespace Concentric.Measure.Charts;

/// <summary>What every figure says of itself.</summary>
/// <param name="Id">Unique on the page: letters, digits and hyphens.</param>
/// <param name="Title">What it shows, such as “Contacts by week: household waste collection”.</param>
/// <param name="Definition">How the figure is defined, with its version.</param>
/// <param name="Period">The period of the data, such as “4 November 2024 to 1 November 2026”.</param>
/// <param name="N">Contacts behind it.</param>
/// <param name="Unit">What is counted, such as “contacts” or “% of coded contacts”.</param>
/// <param name="Decimals">Decimals shown.</param>
public sealed record ChartText(string Id, string Title, string Definition, string Period, long N, string Unit, int Decimals = 0)
{
    /// <summary>Further sentences below the caption, such as that the figures are synthetic or that small numbers were suppressed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is written for n where it may not be shown: “1 to 7”. Null writes <see cref="N"/>.</summary>
    public string? NInstead { get; init; }
}

/// <summary>One bar.</summary>
/// <param name="Value">Null where suppressed or not known; the table then says <see cref="Figures.None"/>.</param>
/// <param name="N">Contacts behind it.</param>
/// <param name="Low">Lower end of its interval where it is an estimate.</param>
/// <param name="High">Upper end of its interval where it is an estimate.</param>
public sealed record BarRow(string Label, double? Value, long N, double? Low = null, double? High = null)
{
    /// <summary>What the table writes for the value where it may not be shown: “1 to 7”. The bar is then drawn as long as <see cref="ShownCount.Middle"/>.</summary>
    public string? Instead { get; init; }

    /// <summary>The bar of a count as it may be shown.</summary>
    public static BarRow Of(string label, ShownCount count) => new(label, count.Estimate, count.Estimate) { Instead = count.IsHidden ? count.ToString() : null };
}

/// <summary>One line of a line chart: a value for each period, null where there is a gap.</summary>
public sealed record LineSeries(string Name, IReadOnlyList<double?> Values);

/// <summary>A period on the horizontal axis.</summary>
/// <param name="Label">In full, for the table: “3 March 2025”.</param>
/// <param name="OnAxis">For the axis: “3 Mar 25”.</param>
public readonly record struct ChartPeriod(string Label, string OnAxis)
{
    /// <summary>The week that begins on that Monday.</summary>
    public static ChartPeriod Week(DateOnly monday) => new(monday.ToString("d MMMM yyyy", Figures.English), monday.ToString("d MMM yy", Figures.English));
}

/// <summary>How figures are written.</summary>
public static class Figures
{
    /// <summary>Stands where there is no value.</summary>
    public const string None = "–";

    internal static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>A figure for people: grouped, rounded.</summary>
    public static string Show(double? value, int decimals) => value is { } given ? NoMinusZero(given.ToString($"N{decimals}", English)) : None;

    // “-0.0” is what a small negative figure is rounded to, and says nothing to people.
    private static string NoMinusZero(string text) => text[0] == '-' && text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text;

    /// <summary>A figure for the chart script: in full, or nothing.</summary>
    public static string? Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
