using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Cases;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>A citizen as they told us of themselves, once for each row that is joined.</summary>
public sealed record ToldView(Guid Id, string Name, DateOnly? Born, string? Email, string? Phone, IReadOnlyList<string> Address, string? Home)
{
    internal static ToldView Of(Citizen c) => new(
        c.Id, c.Name.Length > 0 ? c.Name : c.Email ?? c.Phone ?? "", c.Born, c.Email, c.Phone, [.. (c.Address ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries), .. c.Postcode is null ? (string[])[] : [c.Postcode]], SeeAddress.KeyOf(c));
}

/// <summary>Something that a citizen asked.</summary>
/// <param name="Outcome">What came of it, in words.</param>
public sealed record AskedRow(string Reference, string What, string Channel, DateTimeOffset At, string Outcome);

/// <summary>A case of a citizen.</summary>
public sealed record TheirCase(string Reference, string Title, string Team, bool IsOpen, bool IsPaused, DateOnly NextOn, string? Outcome);

/// <summary>A message that was written to a citizen.</summary>
public sealed record TheirMessage(string Reference, string Subject, DateTimeOffset At, string State);

/// <summary>Whether a citizen may be reached by a channel.</summary>
public sealed record ConsentView(string Channel, string Label, bool? May, ConsentSource? Source, DateTimeOffset? At);

/// <summary>Somebody who helps a citizen.</summary>
public sealed record HelperView(Guid Id, string Name, string Relation, string Contact, HelperMay May, DateOnly? Until, bool Helps);

/// <summary>Another row that is joined to this one, or may be the same.</summary>
public sealed record PairView(Guid First, Guid Second, string Reasons, bool IsJoined);

/// <summary>One citizen as the desk sees them.</summary>
public sealed record CitizenPageView
{
    public required Guid Id { get; init; }
    public required IReadOnlyList<ToldView> Told { get; init; }
    public required string? Channel { get; init; }
    public required Language Language { get; init; }
    public required IReadOnlyList<AskedRow> Asked { get; init; }
    public required IReadOnlyList<TheirCase> Cases { get; init; }
    public required IReadOnlyList<TheirMessage> Messages { get; init; }
    public required IReadOnlyList<CallBackRow> CallBacks { get; init; }
    public required IReadOnlyList<ConsentView> Consents { get; init; }
    public required IReadOnlyList<HelperView> Helpers { get; init; }
    public required IReadOnlyList<PairView> Pairs { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>Which of the lists have more than is shown.</summary>
    public required IReadOnlySet<string> More { get; init; }

    public required Errors Errors { get; init; }
    public required HelperForm Helper { get; init; }

    public string Address => $"/desk/citizens/{Id}";
}

/// <summary>Gathers what is known of a citizen, each list by its key and no longer than is read.</summary>
internal sealed class CitizenScreen(ConcentricDb db, Processes processes, IServiceNames services, ListCallBacks callBacks, TimeProvider clock)
{
    public const int Shown = 10;
    public const int Most = 500;

    /// <summary>The channels by which a council writes to somebody or rings them.</summary>
    public static readonly IReadOnlyList<Channels.Channel> Reached = [.. new[] { "email", "phone", "text-message", "post" }.Select(c => Channels.Find(c)!)];

    /// <param name="all">The list that is shown whole; null for the first of each.</param>
    public async Task<CitizenPageView?> View(Guid id, IReadOnlyList<Guid> rows, Sight sight, string? all, Errors errors, HelperForm helper, CancellationToken stop)
    {
        var kept = await db.Citizens.AsNoTracking().Where(c => rows.Contains(c.Id)).ToListAsync(stop);
        if (kept.Find(c => c.Id == id) is not { } one) return null;
        var today = Say.DayOf(clock.GetUtcNow());
        var more = new HashSet<string>(StringComparer.Ordinal);
        var consents = await db.CitizenConsents.AsNoTracking().Where(c => rows.Contains(c.CitizenId)).ToListAsync(stop);
        var helpers = await db.CitizenHelpers.AsNoTracking().Where(h => rows.Contains(h.CitizenId)).Take(Most).ToListAsync(stop);
        var pairs = await db.CitizenPairs.AsNoTracking().Where(p => p.Found != PairFound.NotSame && (rows.Contains(p.FirstId) || rows.Contains(p.SecondId))).Take(Shown * 2).ToListAsync(stop);
        return new()
        {
            Id = id, Today = today, More = more, Errors = errors, Helper = helper, Channel = one.PreferredChannel, Language = one.Language,
            Told = [.. kept.OrderBy(c => c.Id == id ? 0 : 1).ThenBy(c => c.Since).Select(ToldView.Of)],
            Asked = Cut(await Asked(rows, sight, Length("asked"), stop), "asked"), Cases = Cut(await Cases(rows, sight, Length("cases"), stop), "cases"), Messages = Cut(await Messages(rows, sight, Length("messages"), stop), "messages"),
            CallBacks = await callBacks.Of(rows, sight, stop),
            // What was said last counts, whichever of the joined rows it was said of.
            Consents = [.. Reached.Select(c => (Channel: c, Said: consents.Where(s => s.Channel == c.Name).MaxBy(s => s.At))).Select(c => new ConsentView(c.Channel.Name, c.Channel.Label, c.Said?.May, c.Said?.Source, c.Said?.At))],
            Helpers = [.. helpers.OrderByDescending(h => h.Helps(today)).ThenByDescending(h => h.Since).Select(h => new HelperView(h.Id, h.Name, h.Relation, h.Contact, h.May, h.Until, h.Helps(today)))],
            Pairs = [.. pairs.OrderByDescending(p => p.Found).ThenByDescending(p => p.Weight).Select(p => new PairView(p.FirstId, p.SecondId, p.Reasons, p.Found == PairFound.Same))],
        };

        int Length(string list) => all == list ? Most : Shown;

        IReadOnlyList<T> Cut<T>(IReadOnlyList<T> found, string list)
        {
            if (found.Count <= Length(list)) return found;
            more.Add(list);
            return [.. found.Take(Length(list))];
        }
    }

    /// <summary>One more than <paramref name="most"/>, where there are more.</summary>
    public async Task<IReadOnlyList<AskedRow>> Asked(IReadOnlyList<Guid> rows, Sight sight, int most, CancellationToken stop)
    {
        var found = await sight.Of(db.Enquiries.AsNoTracking()).Where(e => e.CitizenId != null && rows.Contains(e.CitizenId.Value)).OrderByDescending(e => e.RaisedAt).ThenByDescending(e => e.Id).Take(most + 1)
            .Select(e => new { e.Reference, e.Service, e.Channel, e.RaisedAt, e.IsOpen, Resolved = (bool?)e.Answer!.Resolved }).ToListAsync(stop);
        var asked = new List<AskedRow>();
        foreach (var e in found)
            asked.Add(new($"{e.Reference}", e.Service is null ? "No service chosen" : (await services.Find(e.Service, stop))?.Plain ?? e.Service, Channels.Find(e.Channel)?.Label ?? e.Channel, e.RaisedAt,
                e.IsOpen ? "Waiting" : e.Resolved is true ? "Answered, sorted" : "Answered, not sorted"));
        return asked;
    }

    private async Task<IReadOnlyList<TheirCase>> Cases(IReadOnlyList<Guid> rows, Sight sight, int most, CancellationToken stop)
    {
        var found = await db.Enquiries.AsNoTracking().Where(e => e.CitizenId != null && rows.Contains(e.CitizenId.Value)).Join(sight.Of(db.Cases.AsNoTracking()), e => e.Id, c => c.Id, (_, c) => c)
            .OrderByDescending(c => c.IsOpen).ThenBy(c => c.NextOn).ThenBy(c => c.Id).Take(most + 1).ToListAsync(stop);
        var cases = new List<TheirCase>();
        foreach (var c in found)
            cases.Add(new($"{c.Reference}", (await processes.Find(c.Process, c.Version, stop)).Title.En, c.Team, c.IsOpen, c.IsPaused, c.NextOn, c.Outcome is { } outcome ? CaseWords.Of(outcome) : null));
        return cases;
    }

    private async Task<IReadOnlyList<TheirMessage>> Messages(IReadOnlyList<Guid> rows, Sight sight, int most, CancellationToken stop) =>
        [.. (await sight.Of(db.Enquiries.AsNoTracking()).Where(e => e.CitizenId != null && rows.Contains(e.CitizenId.Value))
            .Join(db.Messages.AsNoTracking(), e => (Guid?)e.Id, m => m.EnquiryId, (e, m) => new { e.Reference, m.Subject, m.At, m.SentAt, m.NextAt })
            .OrderByDescending(m => m.At).Take(most + 1).ToListAsync(stop))
            .Select(m => new TheirMessage($"{m.Reference}", m.Subject, m.At, m.SentAt is { } sent ? $"Sent {Say.When(sent)}" : m.NextAt is null ? "Could not be sent" : "Waits to be sent"))];
}
