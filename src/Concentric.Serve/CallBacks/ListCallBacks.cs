using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Serve.Teams;
using Concentric.Serve.Work;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.CallBacks;

/// <summary>Which call-backs are listed: those that I ring, those that anybody of my teams or at the desk may, or all.</summary>
public enum CallBackList { Mine, Team, All }

/// <summary>A call-back as lists and pages show it.</summary>
/// <param name="Number">Digits only; null once it is not kept any more.</param>
/// <param name="Promise">When, in words.</param>
/// <param name="Who">Who rings.</param>
/// <param name="Done">What came of it, in words; null while it is open.</param>
/// <param name="TriedAt">When we rang last and nobody answered.</param>
public sealed record CallBackRow(
    Guid Id, string? Number, string? About, string Promise, DateTimeOffset DueAt, bool IsLate, bool IsToday, string Who, int Attempts, DateTimeOffset? TriedAt, bool IsOpen, string? Done, string? Reference, Guid? Citizen, string? CitizenName);

/// <summary>A page of a list, with the addresses' keys of those before and after.</summary>
internal sealed record CallBackRows(IReadOnlyList<CallBackRow> Rows, string? Before, string? After);

/// <summary>Reads call-backs, the soonest first: those of an enquiry that somebody may see, and those of a citizen alone. Pages by key, in both directions.</summary>
internal sealed class ListCallBacks(ConcentricDb db, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>More than this is not counted.</summary>
    public const int MostCounted = 1000;

    private const int MostBeside = 20;
    private const int MostOfCitizen = 200;

    /// <summary>What somebody may see, open or done.</summary>
    private IQueryable<CallBack> Seen(Sight sight)
    {
        var (callBacks, enquiries) = (db.CallBacks.AsNoTracking(), sight.Of(db.Enquiries.AsNoTracking()));
        return sight.SeesAll ? callBacks : callBacks.Where(b => b.EnquiryId == null || enquiries.Any(e => e.Id == b.EnquiryId));
    }

    private IQueryable<CallBack> Open(Sight sight, CallBackList list)
    {
        var (open, me, teams, enquiries, now) = (true, sight.PersonId, sight.Teams, db.Enquiries, clock.GetUtcNow());
        var seen = Seen(sight).Where(b => b.IsOpen == open);
        return list switch
        {
            CallBackList.Mine => seen.Where(b => b.OwnerId == me),
            // The team that rings, and the team with which the enquiry waits now; of the desk's also what somebody took on and did not do.
            CallBackList.Team => seen.Where(b => (b.Team == "" && (b.OwnerId == null || b.DueAt < now)) || (b.Team != "" && teams.Contains(b.Team)) || enquiries.Any(e => e.Id == b.EnquiryId && e.Team != "" && teams.Contains(e.Team))),
            _ => seen,
        };
    }

    /// <param name="from">The row after which the page begins; or, reading backwards, before which it ends.</param>
    public async Task<CallBackRows> Page(CallBackList list, Sight sight, WorkKey? from, bool backwards, int size = PageSize, CancellationToken stop = default)
    {
        var open = Open(sight, list);
        if (from is { At: var at, Id: var id })
            open = backwards ? open.Where(b => b.DueAt <= at && (b.DueAt < at || b.Id.CompareTo(id) < 0)) : open.Where(b => b.DueAt >= at && (b.DueAt > at || b.Id.CompareTo(id) > 0));
        var found = await (backwards ? open.OrderByDescending(b => b.DueAt).ThenByDescending(b => b.Id) : open.OrderBy(b => b.DueAt).ThenBy(b => b.Id)).Take(size + 1).ToListAsync(stop);
        var more = found.Count > size;
        var page = found.Take(size).ToList();
        if (backwards) page.Reverse();
        if (page.Count == 0) return new([], null, null);
        var (first, last) = (Key(page[0]), Key(page[^1]));
        var rows = await Rows(page, sight, stop);
        return backwards ? new(rows, more ? first : null, from is null ? null : last) : new(rows, from is null ? null : first, more ? last : null);
    }

    /// <summary>How many are open, up to one more than <see cref="MostCounted"/>.</summary>
    public Task<int> Count(CallBackList list, Sight sight, CancellationToken stop = default) => Open(sight, list).Take(MostCounted + 1).CountAsync(stop);

    /// <summary>How many the visitor or their teams should ring by the end of today.</summary>
    public async Task<int> Due(Sight sight, CancellationToken stop = default)
    {
        var end = Say.At(Say.DayOf(clock.GetUtcNow()).AddDays(1), TimeOnly.MinValue);
        return await Open(sight, CallBackList.Mine).Where(b => b.DueAt < end).Select(b => b.Id).Union(Open(sight, CallBackList.Team).Where(b => b.DueAt < end).Select(b => b.Id)).Take(MostCounted + 1).CountAsync(stop);
    }

    /// <summary>The call-back, where the visitor may see it; null otherwise.</summary>
    public async Task<CallBack?> Find(Guid id, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var sight = await Sight.Of(db, visitor, stop);
        return await Seen(sight).SingleOrDefaultAsync(b => b.Id == id, stop);
    }

    /// <summary>For what or whom it is.</summary>
    public async Task<RungFor> For(CallBack found, CancellationToken stop) => found.EnquiryId is { } enquiry
        ? new(await db.Enquiries.AsNoTracking().SingleAsync(e => e.Id == enquiry, stop), null)
        : new(null, await db.Citizens.AsNoTracking().SingleAsync(c => c.Id == found.CitizenId, stop));

    public async Task<CallBackRow> Row(CallBack found, ClaimsPrincipal visitor, CancellationToken stop) => (await Rows([found], await Sight.Of(db, visitor, stop), stop))[0];

    /// <summary>Of one enquiry, which the visitor may see: the latest promised first.</summary>
    public async Task<IReadOnlyList<CallBackRow>> Of(Guid enquiry, Sight sight, CancellationToken stop) =>
        await Rows(await db.CallBacks.AsNoTracking().Where(b => b.EnquiryId == enquiry).OrderByDescending(b => b.At).ThenByDescending(b => b.Id).Take(MostBeside).ToListAsync(stop), sight, stop);

    /// <summary>Of a citizen, in all the rows that are joined: of them alone, and of what they asked that may be seen.</summary>
    public async Task<IReadOnlyList<CallBackRow>> Of(IReadOnlyList<Guid> citizens, Sight sight, CancellationToken stop)
    {
        // Read first: an index serves one of the two or the other, but not a question inside a question.
        var theirs = await sight.Of(db.Enquiries).Where(e => e.CitizenId != null && citizens.Contains(e.CitizenId.Value)).OrderByDescending(e => e.RaisedAt).Select(e => (Guid?)e.Id).Take(MostOfCitizen).ToListAsync(stop);
        return await Rows(await db.CallBacks.AsNoTracking().Where(b => (b.CitizenId != null && citizens.Contains(b.CitizenId.Value)) || theirs.Contains(b.EnquiryId))
            .OrderByDescending(b => b.IsOpen).ThenByDescending(b => b.At).ThenByDescending(b => b.Id).Take(MostBeside).ToListAsync(stop), sight, stop);
    }

    /// <summary>Open ones to that number, the soonest first.</summary>
    public async Task<IReadOnlyList<CallBackRow>> To(string number, Sight sight, CancellationToken stop) =>
        await Rows(await Open(sight, CallBackList.All).Where(b => b.Number == number).OrderBy(b => b.DueAt).ThenBy(b => b.Id).Take(MostBeside).ToListAsync(stop), sight, stop);

    private async Task<IReadOnlyList<CallBackRow>> Rows(IReadOnlyList<CallBack> page, Sight sight, CancellationToken stop)
    {
        var (people, enquiries, citizens) = (page.Select(b => b.OwnerId).OfType<Guid>().Distinct().ToList(), page.Select(b => b.EnquiryId).OfType<Guid>().Distinct().ToList(), page.Select(b => b.CitizenId).OfType<Guid>().Distinct().ToList());
        var names = people.Count == 0 ? [] : await db.Set<Person>().AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var references = enquiries.Count == 0 ? [] : await db.Enquiries.AsNoTracking().Where(e => enquiries.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => $"{e.Reference}", stop);
        var called = citizens.Count == 0 ? [] : await db.Citizens.AsNoTracking().Where(c => citizens.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name.Length > 0 ? c.Name : "Citizen", stop);
        var now = clock.GetUtcNow();
        return [.. page.Select(b => new CallBackRow(
            b.Id, b.Number, b.About, CallBackWords.Capital(CallBackWords.When(b.Part, b.DueAt)), b.DueAt, b.IsLate(now), Say.DayOf(b.DueAt) == Say.DayOf(now),
            b.OwnerId is { } owner ? owner == sight.PersonId ? "You" : names.GetValueOrDefault(owner, "Somebody who has left") : b.Team.Length > 0 ? b.Team : "The desk",
            b.Attempts, b.TriedAt, b.IsOpen, b.Outcome is { } outcome ? CallBackWords.Done(outcome, b.DoneAt!.Value, b.Attempts) : null,
            b.EnquiryId is { } enquiry ? references.GetValueOrDefault(enquiry) : null, b.CitizenId, b.CitizenId is { } citizen ? called.GetValueOrDefault(citizen) : null))];
    }

    private static string Key(CallBack b) => $"{new WorkKey(b.DueAt, b.Id)}";
}
