using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Serve.Cases;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Work;

/// <summary>One row of a list of work.</summary>
/// <param name="Due">Of a case the day by which something must be done next; of an enquiry the day that was promised, if one was.</param>
public sealed record WorkRow(Guid Id, string Reference, string Title, string Team, string? Owner, DateOnly? Due, DateTimeOffset Since, bool IsPaused, bool IsOpen, CaseOutcome? Outcome, bool IsCase)
{
    public string Href => $"/desk/{(IsCase ? "cases" : "enquiries")}/{Reference}";
}

/// <summary>A page of a list.</summary>
/// <param name="Before">Key of the page before; null on the first.</param>
/// <param name="After">Key of the page after; null on the last.</param>
internal sealed record WorkRows(IReadOnlyList<WorkRow> Rows, string? Before, string? After);

/// <summary>
/// Reads lists of work: cases by the day on which something must be done next, enquiries by how long they wait. Pages by key, in both directions, so that the last page is as fast as
/// the first; of several teams each team's own index is read and the rows are merged.
/// </summary>
internal sealed class ListWork(ConcentricDb db, Processes processes, IServiceNames services, TimeProvider clock)
{
    /// <summary>More than this is not counted.</summary>
    public const int MostCounted = 1000;

    private DateOnly Today => Say.DayOf(clock.GetUtcNow());

    public async Task<WorkRows> Page(WorkFilter filter, Sight sight, CancellationToken stop = default)
    {
        var (rows, more) = filter.Enquiries ? await Enquiries(filter, sight, stop) : await Cases(filter, sight, stop);
        if (rows.Count == 0) return new([], null, null);
        var (first, last) = (Key(rows[0], filter), Key(rows[^1], filter));
        return filter.Backwards ? new(rows, more ? first : null, filter.From is null ? null : last) : new(rows, filter.From is null ? null : first, more ? last : null);
    }

    /// <summary>How many there are, up to one more than <see cref="MostCounted"/>.</summary>
    public async Task<int> Count(WorkFilter filter, Sight sight, CancellationToken stop = default)
    {
        var count = 0;
        if (filter.Enquiries)
            foreach (var part in EnquiriesOf(filter, sight)) count += count > MostCounted ? 0 : await part.Take(MostCounted + 1).CountAsync(stop);
        else
            foreach (var part in CasesOf(filter, sight)) count += count > MostCounted ? 0 : await part.Take(MostCounted + 1).CountAsync(stop);
        return Math.Min(count, MostCounted + 1);
    }

    private static string Key(WorkRow row, WorkFilter filter) => $"{(filter.Enquiries ? new(row.Since, row.Id) : WorkKey.Of(row.Due!.Value, row.Id))}";

    // A bare column is no comparison to SQLite, which then reads no index: yes and no are given as values.
    private IEnumerable<IQueryable<Case>> CasesOf(WorkFilter filter, Sight sight)
    {
        var (open, paused, today) = (filter.List != WorkList.Ended, filter.List == WorkList.Waiting, Today);
        var cases = sight.Of(db.Cases.AsNoTracking()).Where(c => c.IsOpen == open);
        if (filter.List == WorkList.Waiting) cases = cases.Where(c => c.IsPaused == paused);
        if (filter.List == WorkList.Overdue || filter.Overdue) cases = cases.Where(c => c.NextOn < today && c.IsPaused == paused);
        if (filter.Service is { } service) cases = cases.Where(c => c.Service == service);
        if (filter.Process is { } process) cases = cases.Where(c => c.Process == process);
        if (filter.Version is { } version) cases = cases.Where(c => c.Version == version);
        if (filter.Step is { } step)
        {
            var sits = db.CaseOpens.Where(o => o.Process == filter.Process && o.Node == step);
            if (filter.Version is { } kept) sits = sits.Where(o => o.Version == kept);
            var there = sits.Select(o => o.CaseId);
            cases = cases.Where(c => there.Contains(c.Id));
        }
        if (filter.List == WorkList.Escalated)
        {
            // Who manages the services is told after the officers, and these are not relieved by it.
            var (role, higher) = (sight.Role, sight.SeesAll ? sight.Role : Role.ServiceManager);
            cases = cases.Where(c => c.EscalatedTo == role || c.EscalatedTo == higher);
        }
        if (filter.Team is { } team) cases = cases.Where(c => c.Team == team);
        if (Owner(filter, sight) is { } owner) cases = owner == Guid.Empty ? cases.Where(c => c.OwnerId == null) : cases.Where(c => c.OwnerId == owner);
        // An officer is told of what is their team's, whoever manages the services of all.
        return filter.List == WorkList.Team || (filter.List == WorkList.Escalated && !sight.SeesAll) ? sight.Teams.Select(t => cases.Where(c => c.Team == t)) : [cases];
    }

    private IEnumerable<IQueryable<Enquiry>> EnquiriesOf(WorkFilter filter, Sight sight)
    {
        var (open, isCase, paused, today) = (filter.List != WorkList.Ended, false, true, Today);
        var enquiries = sight.Of(db.Enquiries.AsNoTracking()).Where(e => e.HasCase == isCase && e.IsOpen == open);
        var promised = db.Submissions;
        // What is ours to do is not what waits for the citizen. A bare truth, for which SQLite reads no index: the team's or the owner's is the one to read.
        if (filter.List is WorkList.Mine or WorkList.Team or WorkList.Overdue || filter.Overdue) enquiries = enquiries.Where(e => !e.IsPaused);
        if (filter.List == WorkList.Waiting) enquiries = enquiries.Where(e => e.IsPaused == paused);
        if (filter.List == WorkList.Overdue || filter.Overdue) enquiries = enquiries.Where(e => promised.Any(s => s.Id == e.Id && s.DueOn < today));
        if (filter.Service is { } service) enquiries = enquiries.Where(e => e.Service == service);
        if (filter.Team is { } team) enquiries = enquiries.Where(e => e.Team == team);
        if (Owner(filter, sight) is { } owner) enquiries = owner == Guid.Empty ? enquiries.Where(e => e.OwnerId == null) : enquiries.Where(e => e.OwnerId == owner);
        return filter.List == WorkList.Team ? sight.Teams.Select(t => enquiries.Where(e => e.Team == t)) : [enquiries];
    }

    private static Guid? Owner(WorkFilter filter, Sight sight) => filter.List == WorkList.Mine ? sight.PersonId : filter.Owner;

    private async Task<(IReadOnlyList<WorkRow> Rows, bool More)> Cases(WorkFilter filter, Sight sight, CancellationToken stop)
    {
        // What has ended: the newest first.
        var falling = filter.List == WorkList.Ended ^ filter.Backwards;
        var found = new List<Case>();
        foreach (var part in CasesOf(filter, sight))
        {
            var cases = part;
            if (filter.From is { Day: var day, Id: var id })
                cases = falling ? cases.Where(c => c.NextOn <= day && (c.NextOn < day || c.Id.CompareTo(id) < 0)) : cases.Where(c => c.NextOn >= day && (c.NextOn > day || c.Id.CompareTo(id) > 0));
            var ordered = falling ? cases.OrderByDescending(c => c.NextOn).ThenByDescending(c => c.Id) : cases.OrderBy(c => c.NextOn).ThenBy(c => c.Id);
            found.AddRange(await ordered.Take(filter.Size + 1).ToListAsync(stop));
        }
        var sorted = falling ? found.OrderByDescending(c => c.NextOn).ThenByDescending(c => c.Id) : found.OrderBy(c => c.NextOn).ThenBy(c => c.Id);
        var page = sorted.Take(filter.Size).ToList();
        if (filter.Backwards) page.Reverse();
        var names = await Names(page.Select(c => c.OwnerId), stop);
        var rows = new List<WorkRow>();
        foreach (var c in page)
            rows.Add(new(c.Id, $"{c.Reference}", (await processes.Find(c.Process, c.Version, stop)).Title.En, c.Team, Name(names, c.OwnerId), c.NextOn, c.BegunAt, c.IsPaused, c.IsOpen, c.Outcome, IsCase: true));
        return (rows, found.Count > filter.Size);
    }

    private async Task<(IReadOnlyList<WorkRow> Rows, bool More)> Enquiries(WorkFilter filter, Sight sight, CancellationToken stop)
    {
        var falling = filter.List == WorkList.Ended ^ filter.Backwards;
        var found = new List<(Guid Id, Reference Reference, string? Service, string Team, Guid? Owner, DateTimeOffset At, bool IsOpen, bool IsPaused)>();
        foreach (var part in EnquiriesOf(filter, sight))
        {
            var enquiries = part;
            if (filter.From is { At: var at, Id: var id })
                enquiries = falling ? enquiries.Where(e => e.RaisedAt <= at && (e.RaisedAt < at || e.Id.CompareTo(id) < 0)) : enquiries.Where(e => e.RaisedAt >= at && (e.RaisedAt > at || e.Id.CompareTo(id) > 0));
            var ordered = falling ? enquiries.OrderByDescending(e => e.RaisedAt).ThenByDescending(e => e.Id) : enquiries.OrderBy(e => e.RaisedAt).ThenBy(e => e.Id);
            found.AddRange((await ordered.Take(filter.Size + 1).Select(e => new { e.Id, e.Reference, e.Service, e.Team, e.OwnerId, e.RaisedAt, e.IsOpen, e.IsPaused }).ToListAsync(stop))
                .Select(e => (e.Id, e.Reference, e.Service, e.Team, e.OwnerId, e.RaisedAt, e.IsOpen, e.IsPaused)));
        }
        var sorted = falling ? found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id) : found.OrderBy(e => e.At).ThenBy(e => e.Id);
        var page = sorted.Take(filter.Size).ToList();
        if (filter.Backwards) page.Reverse();
        var ids = page.ConvertAll(e => e.Id);
        var promised = await db.Submissions.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DueOn, stop);
        var (names, titles) = (await Names(page.Select(e => e.Owner), stop), (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain, StringComparer.Ordinal));
        return ([.. page.Select(e => new WorkRow(e.Id, $"{e.Reference}", e.Service is null ? "Not sure which service" : titles.GetValueOrDefault(e.Service, e.Service), e.Team, Name(names, e.Owner),
            promised.TryGetValue(e.Id, out var due) ? due : null, e.At, e.IsPaused, e.IsOpen, null, IsCase: false))], found.Count > filter.Size);
    }

    private async Task<Dictionary<Guid, string>> Names(IEnumerable<Guid?> owners, CancellationToken stop)
    {
        var ids = owners.OfType<Guid>().Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
    }

    private static string? Name(Dictionary<Guid, string> names, Guid? owner) => owner is { } id ? names.GetValueOrDefault(id, "Somebody who has left") : null;
}
