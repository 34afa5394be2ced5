using System.Collections.Concurrent;
using System.Collections.Immutable;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>A version of a form that somebody can fill in.</summary>
public sealed record FormInUse(Form Form, int Version);

/// <summary>The forms that people get, kept in memory: a version never changes once it is published, and which one is in use is asked again after each publishing.</summary>
/// <remarks>One process serves (docs/decisions/0003-contact-store.md), so nobody else can publish behind its back.</remarks>
public sealed class PublishedForms(IDbContextFactory<ConcentricDb> databases)
{
    private readonly ConcurrentDictionary<(string Form, int Version), Form> _versions = new();
    private ImmutableSortedDictionary<string, int>? _inUse;
    private int _changes;

    /// <summary>The version in use of that form, or null.</summary>
    public async ValueTask<FormInUse?> Find(string id, CancellationToken stop = default) =>
        (await InUse(stop)).TryGetValue(id, out var version) ? await Find(id, version, stop) : null;

    /// <summary>That version, published or not (a preview), or null.</summary>
    public async ValueTask<FormInUse?> Find(string id, int version, CancellationToken stop = default)
    {
        if (_versions.TryGetValue((id, version), out var known)) return new(known, version);
        await using var db = await databases.CreateDbContextAsync(stop);
        var row = await db.FormVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Form == id && v.Number == version, stop);
        if (row is null) return null;
        var form = Form.Read(row.Definition);
        return new(row.State == FormState.Published ? _versions.GetOrAdd((id, version), form) : form, version);
    }

    /// <summary>All forms in use, by id.</summary>
    public async Task<IReadOnlyList<FormInUse>> All(CancellationToken stop = default)
    {
        var all = new List<FormInUse>();
        foreach (var (id, version) in await InUse(stop))
            if (await Find(id, version, stop) is { } form) all.Add(form);
        return all;
    }

    /// <summary>To be called once something was published.</summary>
    public void Changed()
    {
        lock (_versions) (_changes, _inUse) = (_changes + 1, null);
    }

    private async ValueTask<ImmutableSortedDictionary<string, int>> InUse(CancellationToken stop)
    {
        if (_inUse is { } known) return known;
        var changes = Volatile.Read(ref _changes);
        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await db.KnownForms.AsNoTracking().Where(f => f.Published != null).ToListAsync(stop);
        var now = rows.ToImmutableSortedDictionary(f => f.Id, f => f.Published!.Value, StringComparer.Ordinal);
        // Read before something was published and kept after it, the old list would stay.
        lock (_versions)
            if (changes == _changes) _inUse = now;
        return now;
    }
}
