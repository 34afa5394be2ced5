using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Places;

/// <summary>Takes in lists about places: looks first at what would change, and then changes it in one transaction with its fact. A newer list replaces the older one of its kind and part.</summary>
internal sealed class ImportPlaces(IDbContextFactory<ConcentricDb> databases, IWriter writer, ContactAreas contactAreas, IServiceNames names, IContactStore store, TimeProvider clock)
{
    /// <param name="by">Who brings it, as the journal names people.</param>
    /// <param name="apply">Whether to change anything, or only to say what would change.</param>
    /// <exception cref="ImportRefusedException">The file cannot be used; nothing was changed.</exception>
    public async Task<PlaceReport> Run(PlaceRequest request, byte[] bytes, string by, bool apply, CancellationToken stop = default)
    {
        PlaceReading reading;
        PlaceReport report;
        string digest;
        await using (var db = await databases.CreateDbContextAsync(stop))
        {
            var columns = new Dictionary<string, string>();
            (reading, digest) = request.Kind == PlaceKind.Boundaries ? await Boundaries(db, request, bytes, c => columns = c, stop) : await Lists(request, bytes, c => columns = c, stop);
            var kept = await KeptPlaces.Content(db, request, reading, stop);
            var (taken, unchanged, removed) = reading.Against(kept);
            var last = await Last(db, request, reading.Part, stop);
            report = new()
            {
                Kind = request.Kind, Part = reading.Part, FileName = request.FileName, Year = request.Year, Source = request.Source, Columns = columns, Notes = reading.Notes,
                Read = taken + unchanged + reading.Refusals.Count, Taken = taken, Unchanged = unchanged, Refused = reading.Refusals.Count, Removed = removed,
                Refusals = [.. reading.Refusals.OrderBy(r => r.Line).Take(PlaceReading.MostRefusalsShown)],
                Changes = taken > 0 || removed > 0 || last is null || last.Year != request.Year || last.Source != request.Source,
            };
        }
        if (!apply) return report;
        if (report.Changes) await Keep(request, reading, report, digest, by, stop);
        // Also where nothing changed: what an earlier import could not tell the contact store is told now.
        return report with { IsApplied = true, StoreIsBehind = !await contactAreas.Tell(request.Council, by, stop) };
    }

    private async Task<(PlaceReading, string)> Lists(PlaceRequest request, byte[] bytes, Action<Dictionary<string, string>> say, CancellationToken stop)
    {
        var file = ListFile.Read(bytes, request.FileName);
        var columns = ColumnRoles.Guess(request.Kind, file.Columns);
        foreach (var (role, column) in request.Columns)
        {
            if (!ColumnRoles.Of(request.Kind).Any(r => r.Name == role)) throw new ImportRefusedException($"A list of {Words.Of(request.Kind)} has no “{role}”. It has: {string.Join(", ", ColumnRoles.Of(request.Kind).Select(r => r.Name))}.");
            columns[role] = column;
        }
        say(columns);
        if (request.Kind is not (PlaceKind.Populations or PlaceKind.Eligible)) return (ReadPlaces.Read(request, file, columns), file.Digest);
        var services = (await names.All(stop)).Select(s => s.Id).Concat(store.Dimensions.Services.Select(s => s.Key)).Where(k => k.Length > 0).ToHashSet(StringComparer.Ordinal);
        return (ReadPopulations.Read(request, file, columns, services), file.Digest);
    }

    private static async Task<(PlaceReading, string)> Boundaries(ConcentricDb db, PlaceRequest request, byte[] bytes, Action<Dictionary<string, string>> say, CancellationToken stop)
    {
        var places = await AreaPlaces.Load(db, request.Council, stop);
        var reading = ReadBoundaries.Read(request, bytes, places.Areas.Keys.ToHashSet(StringComparer.Ordinal), places.Areas.Values.Select(a => a.Ward).OfType<string>().ToHashSet(StringComparer.Ordinal), out var columns);
        say(columns);
        return (reading, ListFile.DigestOf(bytes));
    }

    private async Task Keep(PlaceRequest request, PlaceReading reading, PlaceReport report, string digest, string by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await writer.Write(async db =>
        {
            await KeptPlaces.Replace(db, request, reading);
            db.Add(new PlaceList
            {
                Id = id, Council = request.Council, Kind = request.Kind, Part = report.Part, Year = request.Year, Source = request.Source, FileName = request.FileName, Digest = digest,
                Read = report.Read, Taken = report.Taken, Unchanged = report.Unchanged, Refused = report.Refused, Removed = report.Removed, At = now, By = by,
            });
            db.Record(new PlacesImported(request.Council, Words.Kebab(request.Kind), report.Part, request.Year, request.Source, digest, report.Read, report.Taken, report.Unchanged, report.Refused, report.Removed), by, now);
        }, stop);
    }

    private static async Task<PlaceList?> Last(ConcentricDb db, PlaceRequest request, string part, CancellationToken stop) =>
        await db.Set<PlaceList>().AsNoTracking().Where(l => l.Council == request.Council && l.Kind == request.Kind && l.Part == part).OrderByDescending(l => l.At).FirstOrDefaultAsync(stop);

    /// <summary>The words for the kinds.</summary>
    internal static class Words
    {
        public static string Of(PlaceKind kind) => kind switch
        {
            PlaceKind.Postcodes => "postcodes",
            PlaceKind.Areas => "areas",
            PlaceKind.OutputAreas => "output areas",
            PlaceKind.Groups => "profile groups",
            PlaceKind.Populations => "populations",
            PlaceKind.Eligible => "eligible populations",
            _ => "boundaries",
        };

        public static string Kebab(PlaceKind kind) => kind == PlaceKind.OutputAreas ? "output-areas" : kind.ToString().ToLowerInvariant();

        public static PlaceKind? Parse(string? text) => Enum.GetValues<PlaceKind>().Cast<PlaceKind?>().FirstOrDefault(k => Kebab(k!.Value) == text);
    }
}
