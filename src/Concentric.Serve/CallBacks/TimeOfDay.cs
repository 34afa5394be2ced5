using System.Globalization;
using System.Text.RegularExpressions;

namespace Concentric.Serve.CallBacks;

/// <summary>A time of the day as people type it: "2pm", "2.30 pm", "14:30", "noon".</summary>
internal static partial class TimeOfDay
{
    /// <summary>The time, or null where it is none, or could be before noon and after it alike.</summary>
    public static TimeOnly? Read(string? typed)
    {
        var text = (typed ?? "").Trim().ToLowerInvariant();
        if (text is "noon" or "midday" or "12 noon" or "12noon") return new(12, 0);
        if (Form.Match(text) is not { Success: true } match) return null;
        var hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"] is { Success: true } minutes ? int.Parse(minutes.ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (match.Groups["half"] is { Success: true } half)
        {
            if (hour is < 1 or > 12) return null;
            hour = hour % 12 + (half.Value == "p" ? 12 : 0);
        }
        // "2" and "2:30" alone are not said to be before noon or after it; from nine to twelve they can be one alone, because nobody is rung after eight in the evening.
        else if (match.Groups["hour"].Length == 1 && hour is < 9) return null;
        return hour < 24 && minute < 60 ? new(hour, minute) : null;
    }

    [GeneratedRegex(@"^(?<hour>[0-9]{1,2})([:.](?<minute>[0-9]{2}))? ?((?<half>[ap])\.?m\.?)?$")]
    private static partial Regex Form { get; }
}
