using Concentric.Core.Data;
using Concentric.Core.Places;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Places;

/// <summary>What is kept of places: as texts to compare a file with, and replaced by what a file says.</summary>
internal static class KeptPlaces
{
    /// <summary>What is kept of the kind and part that a file replaces, by the keys that the file's lines have.</summary>
    public static async Task<Dictionary<string, string>> Content(ConcentricDb db, PlaceRequest request, PlaceReading reading, CancellationToken stop)
    {
        var council = request.Council;
        switch (request.Kind)
        {
            case PlaceKind.Postcodes:
                var areas = await Areas(db, council, PlaceKind.Postcodes).ToDictionaryAsync(a => a.Key, ReadPlaces.ContentOf, stop);
                return await db.Set<PlacedPostcode>().AsNoTracking().Where(p => p.Council == council).ToDictionaryAsync(p => p.Postcode, p => $"{p.Area}|{areas.GetValueOrDefault(p.Area)}", stop);
            case PlaceKind.Areas:
                return await Areas(db, council, PlaceKind.Areas).ToDictionaryAsync(a => a.Key, ReadPlaces.ContentOf, stop);
            case PlaceKind.OutputAreas:
                var mix = (await db.Set<AreaMix>().AsNoTracking().Where(m => m.Council == council).ToListAsync(stop)).ToLookup(m => m.Area);
                return await Areas(db, council, PlaceKind.OutputAreas).ToDictionaryAsync(a => a.Key, a => $"{ReadPlaces.ContentOf(a)}|{ReadPlaces.MixText(mix[a.Key].Select(m => (m.Group, m.Parts)))}", stop);
            case PlaceKind.Groups:
                return await db.Set<ProfileGroup>().AsNoTracking().Where(g => g.Council == council).ToDictionaryAsync(g => g.Key, g => g.Label, stop);
            case PlaceKind.Boundaries:
                // Outlines are kept simplified: a file is the same where its digest is.
                var list = await db.Set<PlaceList>().AsNoTracking().Where(l => l.Council == council && l.Kind == PlaceKind.Boundaries && l.Part == reading.Part).OrderByDescending(l => l.At).FirstOrDefaultAsync(stop);
                var level = reading.Boundaries!.Level;
                var kept = await db.Set<Boundaries>().AsNoTracking().FirstOrDefaultAsync(b => b.Council == council && b.Level == level, stop);
                return list is not null && kept?.GeoJson == reading.Boundaries.GeoJson ? new(reading.Content) : kept is null ? [] : Names(kept.GeoJson);
            default:
                var replaced = Replaced(reading);
                return (await db.Set<PopulationRow>().AsNoTracking().Where(p => p.Council == council).ToListAsync(stop)).Where(p => replaced.Contains((p.Service, p.Unit, p.Shape)))
                    .GroupBy(ReadPopulations.KeyOf).ToDictionary(g => g.Key, g => string.Join(';', g.OrderBy(r => r.Unit).Select(ReadPopulations.ContentOf)), StringComparer.Ordinal);
        }
    }

    /// <summary>Puts what a file says in the place of what was there. To be called inside <see cref="IWriter.Write"/>.</summary>
    public static async Task Replace(ConcentricDb db, PlaceRequest request, PlaceReading reading)
    {
        var (council, kind) = (request.Council, request.Kind);
        if (kind is PlaceKind.Postcodes)
        {
            await db.Set<PlacedPostcode>().Where(p => p.Council == council).ExecuteDeleteAsync();
            await db.PutMany(reading.Postcodes);
        }
        if (kind is PlaceKind.Postcodes or PlaceKind.Areas or PlaceKind.OutputAreas)
        {
            await db.Set<ListedArea>().Where(a => a.Council == council && a.Kind == kind).ExecuteDeleteAsync();
            await db.PutMany(reading.Areas);
        }
        if (kind is PlaceKind.OutputAreas)
        {
            await db.Set<AreaMix>().Where(a => a.Council == council).ExecuteDeleteAsync();
            await db.PutMany(reading.Mix);
        }
        if (kind is PlaceKind.Groups) await db.Set<ProfileGroup>().Where(g => g.Council == council).ExecuteDeleteAsync();
        // A list of groups says what they are called; another file's words only fill what no list has said.
        var known = kind is PlaceKind.Groups || reading.GroupNames.Count == 0 ? [] : await db.Set<ProfileGroup>().Where(g => g.Council == council).Select(g => g.Key).ToListAsync();
        await db.PutMany(reading.GroupNames.Where(g => !known.Contains(g.Key)).Select(g => new ProfileGroup { Council = council, Key = g.Key, Label = g.Value }));
        if (kind is PlaceKind.Populations or PlaceKind.Eligible)
        {
            foreach (var (service, unit, shape) in Replaced(reading))
            {
                var (byArea, byGroup) = (shape.Contains("area", StringComparison.Ordinal), shape.Contains("group", StringComparison.Ordinal));
                await db.Set<PopulationRow>().Where(p => p.Council == council && p.Service == service && p.Unit == unit && p.Area != "" == byArea && p.Group != "" == byGroup).ExecuteDeleteAsync();
            }
            await db.PutMany(reading.Populations);
        }
        if (reading.Boundaries is { } boundaries) await db.PutMany([boundaries]);
    }

    private static HashSet<(string, PopulationUnit, string)> Replaced(PlaceReading reading) => [.. reading.Populations.Select(p => (p.Service, p.Unit, p.Shape))];

    private static IQueryable<ListedArea> Areas(ConcentricDb db, string council, PlaceKind kind) => db.Set<ListedArea>().AsNoTracking().Where(a => a.Council == council && a.Kind == kind);

    private static Dictionary<string, string> Names(string geoJson)
    {
        using var json = System.Text.Json.JsonDocument.Parse(geoJson);
        return json.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("name").GetString()!).Distinct().ToDictionary(n => n, _ => "", StringComparer.Ordinal);
    }
}
