using System.Collections.Concurrent;
using System.Collections.Immutable;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Cases;

/// <summary>A process and the version that it is.</summary>
internal sealed record ProcessInUse(Process Process, int Version);

/// <summary>The processes, kept in memory: a version never changes, and which is the last is asked again after a change.</summary>
/// <remarks>One process of the machine serves (docs/decisions/0003-contact-store.md), so nobody else can change them behind its back.</remarks>
internal sealed class Processes(IDbContextFactory<ConcentricDb> databases)
{
    private readonly ConcurrentDictionary<(string Id, int Version), Process> _versions = new();
    private ImmutableDictionary<string, int>? _last;

    /// <summary>Short names and titles of the processes in use, by their titles.</summary>
    public async Task<IReadOnlyList<(string Id, string Title)>> InUse(CancellationToken stop)
    {
        var titles = new List<(string Id, string Title)>();
        foreach (var id in (await Last(stop)).Keys) titles.Add((id, (await Find(id, stop))!.Process.Title.En));
        return [.. titles.OrderBy(t => t.Title, StringComparer.Ordinal)];
    }

    /// <summary>The version in use of that process; null where there is none of that name.</summary>
    public async ValueTask<ProcessInUse?> Find(string id, CancellationToken stop = default)
    {
        return (await Last(stop)).TryGetValue(id, out var version) ? new(await Find(id, version, stop), version) : null;
    }

    /// <summary>Has new cases follow a process from now on, as its next version, and returns which that is.</summary>
    /// <exception cref="RefusedException">Something is wrong with it; the message names the step.</exception>
    public async Task<int> Use(IWriter writer, Process process, string by, DateTimeOffset now)
    {
        if (ProcessCheck.Of(process) is [var first, ..]) throw new RefusedException(first.InWords());
        var used = await writer.Write(async db =>
        {
            var last = await db.ProcessVersions.Where(p => p.Id == process.Id).OrderByDescending(p => p.Version).FirstOrDefaultAsync();
            // The same once more is no further version.
            if (last?.Definition == process.Write()) return last.Version;
            var next = (last?.Version ?? 0) + 1;
            db.Add(new ProcessVersion { Id = process.Id, Version = next, Definition = process.Write(), At = now });
            db.Record(new ProcessChanged(process.Id, next), by, now);
            return next;
        });
        _last = null;
        return used;
    }

    private async ValueTask<ImmutableDictionary<string, int>> Last(CancellationToken stop)
    {
        if (_last is { } known) return known;
        await using var db = await databases.CreateDbContextAsync(stop);
        return _last = (await db.ProcessVersions.AsNoTracking().GroupBy(p => p.Id).Select(g => new { g.Key, Last = g.Max(p => p.Version) }).ToListAsync(stop)).ToImmutableDictionary(p => p.Key, p => p.Last);
    }

    /// <summary>That version, which a case names and so is there.</summary>
    public async ValueTask<Process> Find(string id, int version, CancellationToken stop = default)
    {
        if (_versions.TryGetValue((id, version), out var known)) return known;
        await using var db = await databases.CreateDbContextAsync(stop);
        return _versions.GetOrAdd((id, version), Process.Read((await db.ProcessVersions.AsNoTracking().SingleAsync(p => p.Id == id && p.Version == version, stop)).Definition));
    }

    /// <summary>Writes the processes that ship with the program, each that is new or another than before as a further version; returns how many were.</summary>
    public async Task<int> Seed(IWriter writer, DateTimeOffset now, CancellationToken stop)
    {
        var added = await writer.Write(async db =>
        {
            var known = (await db.ProcessVersions.AsNoTracking().ToListAsync(stop)).GroupBy(p => p.Id).ToDictionary(g => g.Key, g => g.ToList());
            // A council that brought its own afterwards keeps to that.
            var changed = ProcessLibrary.All.Where(p => known.GetValueOrDefault(p.Id)?.Exists(v => v.Definition == p.Write()) is not true).ToList();
            db.AddRange(changed.Select(p => new ProcessVersion { Id = p.Id, Version = (known.GetValueOrDefault(p.Id)?.Max(v => v.Version) ?? 0) + 1, Definition = p.Write(), At = now }));
            return changed.Count;
        }, stop);
        if (added > 0) _last = null;
        return added;
    }
}
