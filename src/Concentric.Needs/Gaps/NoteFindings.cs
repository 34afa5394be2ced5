using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Gaps;

/// <summary>
/// Notes which findings that were decided on are no longer shown, and which are shown again. Findings that nobody has decided on need no note: they are
/// worked out of the model, so they are there and gone with it.
/// </summary>
internal static class NoteFindings
{
    /// <summary>Notes what an edition closed and opened again, as part of publishing it: its changes are saved, and the caller saves what is noted.</summary>
    /// <param name="edition">Its number.</param>
    public static async Task Published(ConcentricDb db, int edition, DateTimeOffset now, CancellationToken stop = default)
    {
        var all = await db.FindingActions.AsNoTracking().ToListAsync(stop);
        if (all.Count == 0) return;
        var model = await NeedModel.Load(db, DateOnly.FromDateTime(now.UtcDateTime), stop);
        // Who we are changes what a finding says, and not which there are.
        Note(db, FindGaps.Of(model, own: ""), all, edition, now);
    }

    /// <summary>Notes what somebody who looks finds changed, as where a relation has come to its last day. Writes nothing where nothing has.</summary>
    public static async Task Seen(IReadOnlyList<Finding> found, int edition, ConcentricDb db, IWriter writer, DateTimeOffset now, CancellationToken stop)
    {
        if (!Changed(found, await db.FindingActions.AsNoTracking().ToListAsync(stop), edition).Any()) return;
        await writer.Write(async inside => Note(inside, found, await inside.FindingActions.AsNoTracking().ToListAsync(stop), edition, now), stop);
    }

    /// <summary>Of what was decided on one finding, the latest first. Editions go before moments: a decision is always on the latest edition.</summary>
    public static IEnumerable<FindingAction> LatestFirst(IEnumerable<FindingAction> actions) => actions.OrderByDescending(a => a.Edition).ThenByDescending(a => a.At).ThenByDescending(a => a.Id);

    private static void Note(ConcentricDb db, IReadOnlyList<Finding> found, IReadOnlyList<FindingAction> all, int edition, DateTimeOffset now)
    {
        foreach (var (last, action) in Changed(found, all, edition))
        {
            db.FindingActions.Add(new()
            {
                Id = Guid.CreateVersion7(now), Finding = last.Finding, Kind = last.Kind, Title = last.Title, Action = action, Edition = edition, By = Actor.System, At = now,
            });
            db.Record(new FindingDecided(last.Finding, GapWords.Of(last.Kind).Name, action.ToString().ToLowerInvariant(), edition), Actor.System, now);
        }
    }

    // Of an older model than the latest decision nothing is concluded.
    private static IEnumerable<(FindingAction Last, FindingDecision Action)> Changed(IReadOnlyList<Finding> found, IReadOnlyList<FindingAction> all, int edition)
    {
        var here = found.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        return all.GroupBy(a => a.Finding).Select(g => LatestFirst(g).First())
            .Where(last => last.Edition <= edition && here.Contains(last.Finding) == (last.Action == FindingDecision.Gone))
            .Select(last => (last, last.Action == FindingDecision.Gone ? FindingDecision.Back : FindingDecision.Gone));
    }
}
