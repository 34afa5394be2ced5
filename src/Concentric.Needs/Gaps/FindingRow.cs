using System.Text.Json.Serialization;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Needs.Concepts;
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

/// <summary>Puts what the model shows together with what was decided.</summary>
internal static class FindingRows
{
    /// <summary>All findings in the order of their kinds, then those that are gone, the latest first.</summary>
    /// <param name="writer">Null where somebody only reads: then nothing is noted, and what is gone is told all the same.</param>
    public static async Task<IReadOnlyList<FindingRow>> Read(NeedModel model, string own, ConcentricDb db, IWriter? writer, DateTimeOffset now, CancellationToken stop)
    {
        var found = FindGaps.Of(model, own);
        if (writer is not null) await NoteFindings.Seen(found, model.Edition, db, writer, now, stop);
        var decided = (await db.FindingActions.AsNoTracking().ToListAsync(stop)).ToLookup(a => a.Finding);
        var names = decided.Count > 0 ? await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id.ToString(), p => p.Name, stop) : [];
        var here = found.Select(f => Row(f.Id, f, Latest(f.Id))).ToList();
        var ids = found.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var gone = decided.Where(d => !ids.Contains(d.Key)).Select(d => Row(d.Key, null, Latest(d.Key))).OrderByDescending(r => r.Decisions[0].At);
        return [.. here, .. gone];

        List<FindingAction> Latest(string id) => [.. NoteFindings.LatestFirst(decided[id])];

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
}
