using System.Globalization;
using Concentric.Core;
using Concentric.Measure.Contacts;
using Microsoft.AspNetCore.Http;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>A log that can be looked at: our own cases of a council, or one that was imported.</summary>
/// <param name="Key">As an address names it: the council's short name, or the number of the batch.</param>
/// <param name="Batch">The import; null for our own cases.</param>
/// <param name="Services">Services of its cases, the most steps first; empty where none is known.</param>
public sealed record JourneySource(string Key, CouncilCode Council, BatchCode? Batch, IReadOnlyList<ServiceCode> Services, long Steps, DateOnly First, DateOnly Last)
{
    /// <summary>Steps by the code of their service.</summary>
    public required IReadOnlyDictionary<int, long> StepsOf { get; init; }

    /// <summary>What it is called in a list.</summary>
    public string Label => Batch is null ? $"{Council.Label}: own cases" : $"{Council.Label}: {Batch.FileName} (batch {Batch.Number})";

    /// <summary>All of a store, ours first.</summary>
    internal static async Task<IReadOnlyList<JourneySource>> All(IContactStore store, CancellationToken stop)
    {
        // In this order: what was counted has its names then. A step that comes in a moment later may still have a code that the names lack.
        var sources = await store.StepSources(stop);
        var names = store.Dimensions;
        return
        [
            .. from part in sources
               group part by (part.Council, part.Batch) into log
               let batch = names.Batches.FirstOrDefault(b => b.Number == log.Key.Batch)
               where log.Key.Batch == 0 || batch is not null
               where log.Key.Council >= 1 && log.Key.Council <= names.Councils.Count
               let council = names.Councils[log.Key.Council - 1]
               orderby log.Key.Batch == 0 ? 0 : 1, log.Key.Batch descending, council.Label
               select new JourneySource(batch is null ? council.Name : batch.Number.ToString(CultureInfo.InvariantCulture), council, batch,
                   [.. log.Where(l => l.Service > 0 && l.Service < names.Services.Count).Select(l => names.Services[l.Service])], log.Sum(l => l.Steps), log.Min(l => l.First), log.Max(l => l.Last))
               {
                   StepsOf = log.ToDictionary(l => l.Service, l => l.Steps),
               },
        ];
    }
}

/// <summary>Which journeys somebody asks about. The address says it all.</summary>
public sealed record JourneyQuestion
{
    public const string Path = "/measure/journeys";

    // Days that the contact store can keep: what lies outside cannot be a day of a log, and might be no moment at all in the council's zone.
    private const int FirstYear = 1970, LastYear = 2148;

    /// <summary>Key of a <see cref="JourneySource"/>; null for the first.</summary>
    public string? Log { get; init; }

    /// <summary>Key of the service; null for all.</summary>
    public string? Service { get; init; }

    /// <summary>Days on which the cases began, both included.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Channel by which the cases came, as it is shown; null for all.</summary>
    public string? Channel { get; init; }

    /// <summary>Where those live who began the cases, as <see cref="JourneyPlaces.Key"/> names it; null for everywhere.</summary>
    public string? Place { get; init; }

    /// <param name="prefix">Before each name, where a page asks about two.</param>
    public static (JourneyQuestion Asked, Errors Errors) Parse(IQueryCollection query, string prefix = "")
    {
        var errors = new Errors();
        var asked = new JourneyQuestion { Log = Text("log"), Service = Text("service"), From = Day("from"), To = Day("to"), Channel = Text("channel"), Place = Text("place") };
        errors.Check(prefix + "to", asked.From is null || asked.To is null || asked.From <= asked.To, "The last day must be the same as or after the first day");
        return (asked, errors);

        string? Text(string name) => query[prefix + name].FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));

        DateOnly? Day(string name)
        {
            if (Text(name) is not { } text) return null;
            var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            errors.Check(prefix + name, isDay, "Enter a day as 2026-03-02");
            var isKept = isDay && day.Year is >= FirstYear and <= LastYear;
            errors.Check(prefix + name, !isDay || isKept, $"Enter a day of the years {FirstYear} to {LastYear}");
            return isKept ? day : null;
        }
    }

    /// <summary>Address of a page about the same journeys.</summary>
    public string Address(string path = Path) => path + (Query() is { Length: > 0 } query ? "?" + query : "");

    public string Query(string prefix = "") => string.Join('&', from part in ((string, string?)[])[("log", Log), ("service", Service), ("from", Iso(From)), ("to", Iso(To)), ("channel", Channel), ("place", Place)]
                                                              where part.Item2 is not null
                                                              select $"{prefix}{part.Item1}={Uri.EscapeDataString(part.Item2!)}");

    public static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
