using System.Globalization;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Http;

namespace Concentric.Measure.FormUse;

/// <summary>Which visits to a form are looked at. A filter that is null lets all through.</summary>
public sealed record FormQuestion
{
    /// <summary>The choices of how many whole weeks to look back, besides the running one.</summary>
    public static readonly int[] Choices = [4, 12, 26, 52, 104];

    private const int UsualWeeks = 12;
    private const int MostDays = 731;

    public required string Form { get; init; }

    /// <summary>Visits that began from the first to the last of these days.</summary>
    public required Days Period { get; init; }

    /// <summary>How many weeks that are; null where days were chosen.</summary>
    public int? Weeks { get; init; }

    public string? Channel { get; init; }
    public bool? Mediated { get; init; }
    public string? Language { get; init; }
    public int? Version { get; init; }

    /// <summary>The earlier of two versions to hold against each other; null for the last but one.</summary>
    public int? Before { get; init; }

    /// <summary>The later of them; null for the last.</summary>
    public int? After { get; init; }

    public string InWords => $"{Say.Date(Period.From)} to {Say.Date(Period.Through)}";

    /// <summary>The question of an address, with what is wrong in it. What is wrong is left out of the question.</summary>
    public static (FormQuestion Question, Errors Errors) Parse(string form, IQueryCollection query, DateOnly today)
    {
        var errors = new Errors();
        string? Of(string name) => query[name].FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim();
        DateOnly? Day(string name, string word)
        {
            if (Of(name) is not { } text) return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and < 2100) return day;
            errors.Check(name, false, $"{word} must be a real date, like {today:yyyy-MM-dd}");
            return null;
        }
        int? Number(string name, string word)
        {
            if (Of(name) is not { } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1) return number;
            errors.Check(name, false, $"{word} must be a number, like 2");
            return null;
        }

        var weeks = Number("weeks", "Weeks");
        if (weeks is { } w && !Choices.Contains(w)) errors.Check("weeks", false, $"Weeks must be one of {string.Join(", ", Choices)}");
        var (from, to) = (Day("from", "First day"), Day("to", "Last day"));
        var back = weeks is { } known && Choices.Contains(known) ? known : UsualWeeks;
        var byDays = from is not null || to is not null;
        var last = to ?? today;
        var first = from ?? Week.Monday(Week.Of(last) - back);
        if (first > last)
        {
            errors.Check("from", false, "First day must not be after the last day");
            first = last;
        }
        if (last.DayNumber - first.DayNumber > MostDays)
        {
            errors.Check("from", false, "First day must be at most 2 years before the last day");
            first = last.AddDays(-MostDays);
        }
        var (channel, mediated, language) = (Of("channel"), Of("mediated"), Of("language"));
        errors.Check("channel", channel is null || Channels.Find(channel) is not null, "Choose a channel from the list");
        errors.Check("mediated", mediated is null or "yes" or "no", "Mediated must be yes or no");
        errors.Check("language", language is null or "en" or "cy", "Language must be en or cy");
        return (new()
        {
            Form = form,
            Period = new(first, last),
            Weeks = byDays ? null : back,
            Channel = channel is not null && Channels.Find(channel) is not null ? channel : null,
            Mediated = mediated switch { "yes" => true, "no" => false, _ => null },
            Language = language is "en" or "cy" ? language : null,
            Version = Number("version", "Version"),
            Before = Number("before", "Earlier version"),
            After = Number("after", "Later version"),
        }, errors);
    }

    /// <summary>The query of an address that asks this.</summary>
    public string Query
    {
        get
        {
            (string Name, string? Value)[] parts =
            [
                ("weeks", Text(Weeks)), ("from", Weeks is null ? Iso(Period.From) : null), ("to", Weeks is null ? Iso(Period.Through) : null),
                ("channel", Channel), ("mediated", Mediated switch { true => "yes", false => "no", null => null }), ("language", Language),
                ("version", Text(Version)), ("before", Text(Before)), ("after", Text(After)),
            ];
            return "?" + string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        }
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
