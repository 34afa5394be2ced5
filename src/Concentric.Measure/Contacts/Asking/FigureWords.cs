using System.Globalization;
using Concentric.Core;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>How figures are written for people, the same on pages and the command line.</summary>
public static class FigureWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>A value in its unit: “1,205”, “£12.34”, “245 s”, “25.0%”, “3.42”.</summary>
    public static string Write(FigureUnit unit, double value) => unit switch
    {
        FigureUnit.Count => value.ToString("N0", English),
        FigureUnit.Pence => (value / 100).ToString("£#,0.00", English),
        FigureUnit.Seconds => value.ToString("#,0.#", English) + " s",
        FigureUnit.Share => (100 * value).ToString("N1", English) + "%",
        _ => value.ToString("N2", English),
    };

    /// <summary>A cell: its value, “1 to 7” or “hidden” where the rule hides it, “–” where there is nothing to measure.</summary>
    public static string Write(FigureUnit unit, Figure figure) =>
        figure.IsHidden ? unit == FigureUnit.Count ? $"1 to {ShownCount.MostHidden}" : "hidden" : figure.Value is { } value ? Write(unit, value) : Charts.Figures.None;

    /// <summary>The interval of an estimate, or null where it has none.</summary>
    public static string? Interval(FigureUnit unit, double? low, double? high) => low is { } from && high is { } to ? $"{Write(unit, from)} to {Write(unit, to)}" : null;
}
