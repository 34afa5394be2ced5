using System.Collections.Concurrent;
using System.Collections.Immutable;
using Concentric.Core.Data;
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

    /// <summary>The version in use of that process; null where there is none of that name.</summary>
    public async ValueTask<ProcessInUse?> Find(string id, CancellationToken stop = default)
    {
        if (_last is not { } last)
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            last = (await db.ProcessVersions.AsNoTracking().GroupBy(p => p.Id).Select(g => new { g.Key, Last = g.Max(p => p.Version) }).ToListAsync(stop)).ToImmutableDictionary(p => p.Key, p => p.Last);
            _last = last;
        }
        return last.TryGetValue(id, out var version) ? new(await Find(id, version, stop), version) : null;
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
            var known = (await db.ProcessVersions.AsNoTracking().ToListAsync(stop)).GroupBy(p => p.Id).ToDictionary(g => g.Key, g => g.MaxBy(p => p.Version)!);
            var changed = ProcessLibrary.All.Where(p => known.GetValueOrDefault(p.Id)?.Definition != p.Write()).ToList();
            db.AddRange(changed.Select(p => new ProcessVersion { Id = p.Id, Version = (known.GetValueOrDefault(p.Id)?.Version ?? 0) + 1, Definition = p.Write(), At = now }));
            return changed.Count;
        }, stop);
        if (added > 0) _last = null;
        return added;
    }
}
