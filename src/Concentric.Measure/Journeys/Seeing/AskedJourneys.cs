using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Journeys.Hiding;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>The log that a question asks about, and how its counts may be shown to whoever asks.</summary>
/// <param name="Sources">All logs that can be chosen.</param>
/// <param name="Log">The cases asked about.</param>
/// <param name="Channels">Channels by which cases of the whole source came, where it says.</param>
/// <param name="IsExact">Whether it is for an analyst, who sees parts from <see cref="SmallGroups.Least"/> cases on; others see them under rule A.</param>
public sealed record AskedJourneys(IReadOnlyList<JourneySource> Sources, JourneySource Source, EventLog Log, IReadOnlyList<string> Channels, bool IsExact)
{
    /// <summary>The fewest cases of what is shown.</summary>
    public int Least => IsExact ? SmallGroups.Least : ShownCount.MostHidden + 1;

    /// <summary>Where those live who began the cases of the whole source; null where it is not known.</summary>
    public JourneyPlaces? Places { get; init; }

    /// <summary>What can be chosen of <see cref="Places"/>.</summary>
    public IReadOnlyList<(string Key, string Label)> PlacesToChoose { get; init; } = [];

    /// <summary>Whether a service, days, a channel or a place were chosen. How many such cases there are tells, taken from all, how many others there are.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether what was chosen would tell of a service, a channel or a place that is hidden.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>Whether there are so few cases that nothing is shown, or so few others.</summary>
    public bool IsTooFew => Log.Cases < Least || IsWithheld;

    /// <summary>A count of a part, as it is shown: rounded to 5 for everybody, or a table held against another would give away what both hide.</summary>
    public ShownCount Count(long count) => IsExact && count >= Least ? ShownCount.Of((count + 2) / 5 * 5, isHidden: false, isExact: false) : ShownCount.Rounded(count);

    /// <summary>The number of all cases, which tells of none of them; of a part of them as any part.</summary>
    public ShownCount Whole => IsPart ? Count(Log.Cases) : IsExact ? ShownCount.Exact(Log.Cases) : ShownCount.Rounded(Log.Cases);

    /// <summary>What every table says of how it hides.</summary>
    public string Rule => $"What fewer than {Least} cases did is not shown, and as much more as it would take to work it out. Counts are rounded to 5{(IsExact && !IsPart ? "; how many cases there are is exact, because you are an analyst" : "")}.";
}

/// <summary>Reads the log of a question.</summary>
/// <param name="mostSteps">A question about more steps is refused: the log would not fit in memory beside others.</param>
internal sealed class JourneyLogs(IContactStore store, long mostSteps = 2_000_000)
{
    /// <summary>Null where there is no log at all. What is wrong with the question is told in the errors.</summary>
    public async Task<AskedJourneys?> Find(JourneyQuestion asked, Errors errors, ClaimsPrincipal visitor, string prefix = "", CancellationToken stop = default)
    {
        var sources = await JourneySource.All(store, stop);
        if (sources.Count == 0) return null;
        var source = asked.Log is null ? sources[0] : sources.FirstOrDefault(s => s.Key == asked.Log);
        errors.Check(prefix + "log", source is not null, "That log is not here, or its import was undone. Choose one from the list");
        var service = source is null || asked.Service is null ? null : source.Services.FirstOrDefault(s => s.Key == asked.Service);
        errors.Check(prefix + "service", source is null || asked.Service is null || service is not null, "No case of that service is in this log. Choose another service");
        source ??= sources[0];
        var (from, until) = Period(asked, source.Council);
        var query = new JourneyQuery(source.Council.Code, source.Batch?.Number ?? 0, service?.Code) { From = from, Until = until };
        var steps = service is null ? source.Steps : source.StepsOf.GetValueOrDefault(service.Code);
        // Counted only where it matters: most logs are small enough whole.
        if (steps > mostSteps && (from, until) is not (null, null)) steps = await store.CountSteps(query, stop);
        errors.Check(prefix + "log", steps <= mostSteps, $"These cases have {Say.Number(steps)} steps, and no more than {Say.Number(mostSteps)} are read at once. Choose {(service is null && source.Services.Count > 1 ? "a service, or " : "")}the days on which the cases began{((from, until) is (null, null) ? "" : ", and fewer of them")}");
        if (steps > mostSteps) return new(sources, source, new EventLogBuilder().Build(), [], visitor.IsOf(Audience.Analyse));
        var log = await store.Journeys(query, stop);
        var channels = log.Columns.Channel is null ? [] : log.Channels.Where(c => c.Length > 0).Order(StringComparer.Ordinal).ToList();
        errors.Check(prefix + "channel", asked.Channel is null || channels.Contains(asked.Channel), "No case of this log came by that channel. Choose another channel");
        var places = JourneyPlaces.Of(log, store.Dimensions);
        var choices = places?.In(log) ?? [];
        var at = asked.Place is null ? -1 : choices.Index().Where(c => places!.Key(c.Item.By, c.Item.Code) == asked.Place).Select(c => c.Index).FirstOrDefault(-1);
        errors.Check(prefix + "place", asked.Place is null || at >= 0, "No case of this log came from there. Choose another place");
        var found = new AskedJourneys(sources, source, Kept(log, asked, source.Council), channels, visitor.IsOf(Audience.Analyse))
        {
            IsPart = service is not null || asked is not { From: null, To: null },
            Places = places, PlacesToChoose = [.. choices.Select(c => (places!.Key(c.By, c.Code), places.Label(c.By, c.Code)))],
        };
        if (service is not null) found = found with { IsWithheld = Tells(await store.CasesByService(query, stop), service.Code, found.Least) };
        return ChosenPart.Of(found, asked.Channel, at < 0 ? null : choices[at]);
    }

    /// <summary>Whether a service is one that a table of all services would hide, so that its cases, taken from all, tell of another.</summary>
    private static bool Tells(IReadOnlyDictionary<int, int> cases, int service, int least)
    {
        var codes = cases.Keys.Order().ToList();
        var shown = SmallGroups.Shown([.. codes.Select(c => cases[c])], least);
        return codes.IndexOf(service) is var at && (at < 0 || !shown[at]);
    }

    /// <summary>The cases that began in the period, by the council's clock.</summary>
    internal static EventLog Kept(EventLog log, JourneyQuestion asked, CouncilCode council)
    {
        var (from, until) = Period(asked, council);
        return asked is { From: null, To: null } ? log : log.Where(c => (from is null || log.FirstAt(c) >= from) && (until is null || log.FirstAt(c) < until));
    }

    /// <summary>The moments between which cases began: the first of the period and the first after it, in microseconds since 1970.</summary>
    private static (long? From, long? Until) Period(JourneyQuestion asked, CouncilCode council)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(council.Zone);
        return (Midnight(asked.From, zone), Midnight(asked.To?.AddDays(1), zone));
    }

    /// <summary>Number of the channel of the first step of a case, 0 where it is not known.</summary>
    internal static int ChannelOf(EventLog log, int inCase) => log.Columns.Channel is { } channels ? channels[log.Of(inCase).From] : 0;

    private static long? Midnight(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } date) return null;
        var local = date.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight, the day begins an hour later.
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return (TimeZoneInfo.ConvertTimeToUtc(local, zone).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    }
}
