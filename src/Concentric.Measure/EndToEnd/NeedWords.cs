using Concentric.Core;
using Concentric.Measure.Charts;

namespace Concentric.Measure.EndToEnd;

/// <summary>How figures of needs are written.</summary>
internal static class NeedWords
{
    /// <summary>“3.2 days”; what took less than a twentieth of a day was at once.</summary>
    public static string Days(double? days) => days switch
    {
        null => Figures.None,
        < 0.05 => "at once",
        >= 0.95 and < 1.05 => "1 day",
        _ => $"{Figures.Show(days, 1)} days",
    };

    /// <summary>“within 3.2 days”, “at once”.</summary>
    public static string Within(double? days) => days is < 0.05 or null ? Days(days) : $"within {Days(days)}";

    /// <summary>In place of a figure that there is not.</summary>
    public static string NotMeasured(ShownCount? n) => n is { IsHidden: true } or { Value: > 0 } ? "Too few" : "Not measured";
}
