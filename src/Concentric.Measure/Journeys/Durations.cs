using System.Globalization;

namespace Concentric.Measure.Journeys;

/// <summary>How long something took, as people read it.</summary>
public static class Durations
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>“47 minutes”, “5.4 hours”, “3.2 days”: of seconds, in the largest unit of which there is at least one and a half. Days are of 24 hours, week-ends included.</summary>
    public static string Write(double seconds) => seconds switch
    {
        < 0.5 => "no time",
        < 90 => Of(seconds, "second", 0),
        < 90 * 60 => Of(seconds / 60, "minute", 0),
        < 36 * 3600 => Of(seconds / 3600, "hour", 1),
        _ => Of(seconds / 86400, "day", 1),
    };

    private static string Of(double amount, string unit, int decimals)
    {
        var rounded = Math.Round(amount, decimals);
        var isWhole = rounded == Math.Floor(rounded);
        return $"{rounded.ToString(isWhole ? "N0" : $"N{decimals}", English)} {unit}{(rounded == 1 ? "" : "s")}";
    }
}
