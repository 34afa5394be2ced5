using System.Text.RegularExpressions;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>A mapping that somebody saved. Saved again under its name, it is the next version; none is changed.</summary>
public sealed class SavedMapping
{
    public required string Name { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>The mapping as one readable file.</summary>
    public required string Json { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<SavedMapping>
    {
        public void Configure(EntityTypeBuilder<SavedMapping> table)
        {
            table.ToTable("measure_mapping");
            table.HasKey(m => new { m.Name, m.Version });
        }
    }
}

/// <summary>A mapping that can be chosen.</summary>
/// <param name="Version">0 for one that comes with the program.</param>
public sealed record KnownMapping(string Name, int Version, string About);

/// <summary>The mappings that come with the program and those that people saved.</summary>
internal sealed partial class SavedMappings(IDbContextFactory<ConcentricDb> databases, IWriter writer, TimeProvider clock)
{
    /// <summary>All that can be chosen, each by its newest version; saved ones first.</summary>
    public async Task<IReadOnlyList<KnownMapping>> All(CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var all = db.Mappings;
        var saved = await all.AsNoTracking().Where(m => !all.Any(n => n.Name == m.Name && n.Version > m.Version)).OrderBy(m => m.Name).ToListAsync(stop);
        return [.. saved.Select(m => new KnownMapping(m.Name, m.Version, AboutOf(m.Json, m.Name))), .. Mapping.Shipped.Select(n => new KnownMapping(n, 0, AboutOf(Mapping.TextOf(n), n)))];
    }

    /// <summary>The JSON of a mapping by its name, the newest version; null where there is none.</summary>
    public async Task<string?> Find(string name, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var saved = await db.Mappings.AsNoTracking().Where(m => m.Name == name).OrderByDescending(m => m.Version).Select(m => m.Json).FirstOrDefaultAsync(stop);
        // By name only: what Mapping.TextOf also takes, a path, is not for people who come by the network.
        return saved ?? (Mapping.Shipped.Contains(name) ? Mapping.TextOf(name) : null);
    }

    /// <summary>Saves a mapping under the name that it gives itself, as the next version unless it says the same as the last.</summary>
    /// <returns>Its name and version.</returns>
    /// <exception cref="MappingException">It is not in order, or its name is one that comes with the program.</exception>
    public async Task<(string Name, int Version)> Save(string json, string by, CancellationToken stop = default)
    {
        var name = Mapping.Parse(json, "given").Name;
        if (!ShortName.IsMatch(name)) throw new MappingException($"“{name}” cannot be the name of a mapping. Use lower-case letters, digits and hyphens.");
        if (Mapping.Shipped.Contains(name)) throw new MappingException($"“{name}” is the name of a mapping that comes with the program. Choose another name.");
        var now = clock.GetUtcNow();
        var version = await writer.Write(async db =>
        {
            var last = await db.Mappings.AsNoTracking().Where(m => m.Name == name).OrderByDescending(m => m.Version).FirstOrDefaultAsync(stop);
            if (last?.Json == json) return last.Version;
            var next = (last?.Version ?? 0) + 1;
            db.Add(new SavedMapping { Name = name, Version = next, Json = json, By = by, At = now });
            return next;
        }, stop);
        return (name, version);
    }

    /// <summary>Whether a text can be the name of a mapping.</summary>
    public static bool IsName(string name) => ShortName.IsMatch(name);

    private static string AboutOf(string json, string name)
    {
        try { return Mapping.Parse(json, name).About; }
        catch (MappingException e) { return e.Message; }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$")]
    private static partial Regex ShortName { get; }
}
