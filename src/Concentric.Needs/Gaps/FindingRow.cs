using System.Text.Json.Serialization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Gaps;

/// <summary>How a finding stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
public enum FindingState
{
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("given")] Given,
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>Said to be done, and the model still shows it.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>The model no longer shows it.</summary>
    [JsonStringEnumMemberName("gone")] Gone,
}

/// <summary>A decision as it is read.</summary>
public sealed record DecisionRow(FindingDecision Action, string? GivenTo, string? Note, DateOnly? Due, int Edition, string By, DateTimeOffset At);

/// <summary>A finding with what was decided about it.</summary>
public sealed record FindingRow
{
    public required string Id { get; init; }
    public required GapKind Kind { get; init; }
    public required string Title { get; init; }

    /// <summary>Null where the model no longer shows it.</summary>
    public required Finding? Finding { get; init; }
    public required FindingState State { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<DecisionRow> Decisions { get; init; }
}

/// <summary>Puts what the model shows together with what was decided, and notes what has gone or come back.</summary>
internal static class FindingRows
{
    /// <summary>All findings in the order of their kinds, then those that are gone, the latest first.</summary>
    /// <param name="writer">Null where somebody only reads: then nothing is noted, and what is gone is told all the same.</param>
    public static async Task<IReadOnlyList<FindingRow>> Read(NeedModel model, string own, ConcentricDb db, IWriter? writer, DateTimeOffset now, CancellationToken stop)
    {
        var found = FindGaps.Of(model, own);
        if (writer is not null) await Note(found, model.Edition, db, writer, now, stop);
        var decided = (await db.FindingActions.AsNoTracking().ToListAsync(stop)).ToLookup(a => a.Finding);
        var names = decided.Any() ? await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id.ToString(), p => p.Name, stop) : [];
        var here = found.Select(f => Row(f.Id, f, Latest(f.Id))).ToList();
        var ids = found.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var gone = decided.Where(d => !ids.Contains(d.Key)).Select(d => Row(d.Key, null, Latest(d.Key))).OrderByDescending(r => r.Decisions[0].At);
        return [.. here, .. gone];

        List<FindingAction> Latest(string id) => [.. decided[id].OrderByDescending(a => a.At).ThenByDescending(a => a.Id)];

        FindingRow Row(string id, Finding? finding, List<FindingAction> actions) => new()
        {
            Id = id,
            Kind = finding?.Kind ?? actions[0].Kind,
            Title = finding?.Title ?? actions[0].Title,
            Finding = finding,
            State = StateOf(finding, actions),
            Decisions = [.. actions.Select(a => new DecisionRow(a.Action, a.GivenTo is { } to ? names.GetValueOrDefault(to.ToString(), "Somebody who has left") : null, a.Note, a.Due, a.Edition, NameOf(a.By), a.At))],
        };

        string NameOf(string by) => by == Actor.System ? "The program" : names.GetValueOrDefault(by, "Somebody who has left");
    }

    private static FindingState StateOf(Finding? finding, List<FindingAction> actions) =>
        finding is null ? FindingState.Gone : actions.Find(a => a.Action is not (FindingDecision.Gone or FindingDecision.Back))?.Action switch
        {
            // What was done and came back is to be looked at again.
            FindingDecision.Done when actions[0].Action == FindingDecision.Back => FindingState.Open,
            FindingDecision.Done => FindingState.Done,
            FindingDecision.Given => FindingState.Given,
            FindingDecision.Accepted => FindingState.Accepted,
            _ => FindingState.Open,
        };

    /// <summary>Writes down which findings that were decided on are no longer shown, and which are shown again.</summary>
    private static async Task Note(IReadOnlyList<Finding> found, int edition, ConcentricDb db, IWriter writer, DateTimeOffset now, CancellationToken stop)
    {
        var here = found.ToDictionary(f => f.Id, StringComparer.Ordinal);
        if (Changed(await db.FindingActions.AsNoTracking().ToListAsync(stop)).Count == 0) return;
        await writer.Write(async inside =>
        {
            foreach (var (last, action) in Changed(await inside.FindingActions.ToListAsync(stop)))
            {
                inside.FindingActions.Add(new()
                {
                    Id = Guid.CreateVersion7(now), Finding = last.Finding, Kind = last.Kind, Title = last.Title, Action = action, Edition = edition, By = Actor.System, At = now,
                });
                inside.Record(new FindingDecided(last.Finding, GapWords.Of(last.Kind).Name, action.ToString().ToLowerInvariant(), edition), Actor.System, now);
            }
        }, stop);

        // Of an older model than the latest decision nothing is concluded.
        List<(FindingAction Last, FindingDecision Action)> Changed(List<FindingAction> all) =>
        [
            .. all.GroupBy(a => a.Finding).Select(g => g.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).First())
                .Where(last => last.Edition <= edition && here.ContainsKey(last.Finding) == (last.Action == FindingDecision.Gone))
                .Select(last => (last, last.Action == FindingDecision.Gone ? FindingDecision.Back : FindingDecision.Gone)),
        ];
    }
}
