using System.Globalization;

namespace Concentric.Core;

/// <summary>Dates and numbers as people in the United Kingdom read them.</summary>
public static class Say
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>"on 3 March 2026 at 2:05pm", by the clock in London.</summary>
    public static string When(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, London);
        return $"on {Date(local)} at {Time(local)}";
    }

    /// <summary>"2:05pm", by the clock in London.</summary>
    public static string Time(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, London);
        return local.ToString(local.Minute == 0 ? "htt" : "h:mmtt", British).ToLowerInvariant();
    }

    /// <summary>"3 March 2026", by the clock in London.</summary>
    public static string Date(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, London).ToString("d MMMM yyyy", British);

    /// <summary>"3 March 2026".</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>"58,119".</summary>
    public static string Number(long number) => number.ToString("#,0", British);

    /// <summary>How long ago or between, in the largest unit that is not nothing: "3 days", "2 hours", "less than a minute".</summary>
    public static string HowLong(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{(int)time.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)time.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)time.TotalMinutes} minutes",
        { TotalMinutes: >= 1 } => "1 minute",
        _ => "less than a minute",
    };

    /// <summary>The date in London at that moment.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);

    /// <summary>The time of the day in London at that moment.</summary>
    public static TimeOnly TimeOf(DateTimeOffset at) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);

    /// <summary>The moment of that time of the day, by the clock in London.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }
}
