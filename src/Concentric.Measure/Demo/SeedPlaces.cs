using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Demo;

/// <summary>Gives Northmoor its places: areas, groups, residents and households from its own parameters, and a map of squares. All of it synthetic, and named so.</summary>
internal static class SeedPlaces
{
    /// <summary>What stands where a real figure names its publisher.</summary>
    public const string Source = "Northmoor, invented (synthetic)";

    /// <summary>Of 1,000 households of a group, how many could use a service: assumed, in the direction that the published descriptions of the groups suggest.</summary>
    private static readonly (string Service, int[] PerThousand)[] _eligible =
    [
        // Free school meals: households with school children on a low income.
        ("4", [8, 20, 45, 110, 40, 60, 130, 95]),
        // Council tax benefit: households on a low income.
        ("63", [60, 50, 110, 210, 70, 140, 260, 330]),
        // Parking permits for disabled people: households with somebody who cannot walk far.
        ("279", [95, 70, 45, 55, 50, 85, 100, 150]),
        // Garden waste: households with a garden.
        ("530", [930, 900, 380, 300, 780, 720, 560, 310]),
    ];

    public static async Task Run(IServiceProvider services, CancellationToken stop)
    {
        var council = services.GetRequiredService<Settings>().Council;
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ConcentricDb>().Set<PlaceList>().AnyAsync(l => l.Council == council, stop)) return;

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var year = now.Year - 1;
        var areas = Northmoor.Areas.Select(a => new ListedArea { Council = council, Kind = PlaceKind.Areas, Key = a.Key, Label = a.Label, Ward = a.Ward, Group = $"{a.Supergroup}", GroupShare = 1, Decile = a.Decile }).ToList();
        var groups = Northmoor.Areas.DistinctBy(a => a.Supergroup).Select(a => new ProfileGroup { Council = council, Key = $"{a.Supergroup}", Label = a.SupergroupName }).ToList();
        var people = Population(council, year).ToList();
        var eligible = Eligible(council, year).ToList();
        PlaceLevel[] levels = [PlaceLevel.Area, PlaceLevel.Ward];
        var maps = levels.Select(l => new Boundaries { Council = council, Level = l, GeoJson = Squares(l), Shapes = l == PlaceLevel.Area ? areas.Count : Northmoor.Areas.DistinctBy(a => a.Ward).Count(), Year = year, Source = Source }).ToList();
        List<(PlaceKind Kind, string Part, int Lines)> lists =
        [
            (PlaceKind.Areas, "", areas.Count), (PlaceKind.Groups, "", groups.Count), (PlaceKind.Populations, ReadPopulations.PartOf(people), people.Count),
            (PlaceKind.Eligible, ReadPopulations.PartOf(eligible), eligible.Count), .. maps.Select(m => (PlaceKind.Boundaries, m.Level == PlaceLevel.Area ? "areas" : "wards", m.Shapes)),
        ];
        var ids = lists.ConvertAll(_ => Guid.CreateVersion7(now));
        await services.GetRequiredService<IWriter>().Write(async db =>
        {
            await db.PutMany(areas, stop);
            await db.PutMany(groups, stop);
            await db.PutMany(people.Concat(eligible), stop);
            await db.PutMany(maps, stop);
            foreach (var (i, list) in lists.Index())
            {
                db.Add(new PlaceList
                {
                    Id = ids[i], Council = council, Kind = list.Kind, Part = list.Part, Year = year, Source = Source, FileName = "Northmoor, invented", Digest = "",
                    Read = list.Lines, Taken = list.Lines, Unchanged = 0, Refused = 0, Removed = 0, At = now, By = Actor.System,
                });
                db.Record(new PlacesImported(council, ImportPlaces.Words.Kebab(list.Kind), list.Part, year, Source, "", list.Lines, list.Lines, 0, 0, 0), Actor.System, now);
            }
        }, stop);
    }

    /// <summary>Residents of an area: its households times the persons that a household of its group has.</summary>
    internal static long Residents(NorthmoorArea area) => (long)Math.Round(area.Households * NorthmoorParameters.Read.SupergroupOf(area.Supergroup).Members, MidpointRounding.AwayFromZero);

    private static IEnumerable<PopulationRow> Population(string council, int year)
    {
        foreach (var area in Northmoor.Areas)
        {
            yield return Row(PopulationUnit.Households, area.Key, "", area.Households);
            yield return Row(PopulationUnit.Persons, area.Key, "", Residents(area));
        }
        foreach (var group in Northmoor.Areas.GroupBy(a => a.Supergroup))
        {
            yield return Row(PopulationUnit.Households, "", $"{group.Key}", group.Sum(a => a.Households));
            yield return Row(PopulationUnit.Persons, "", $"{group.Key}", group.Sum(Residents));
        }
        PopulationRow Row(PopulationUnit unit, string area, string group, long value) =>
            new() { Council = council, Service = "", Unit = unit, Area = area, Group = group, Value = value, Year = year, Source = Source };
    }

    private static IEnumerable<PopulationRow> Eligible(string council, int year) =>
        from service in _eligible
        where Northmoor.Services.Any(s => s.Id == service.Service)
        from area in Northmoor.Areas
        select new PopulationRow
        {
            Council = council, Service = service.Service, Unit = PopulationUnit.Households, Area = area.Key, Group = $"{area.Supergroup}",
            Value = area.Households * service.PerThousand[area.Supergroup - 1] / 1000, Year = year, Source = Source,
        };

    /// <summary>A square for each area, ten to a ward in two rows of five, the wards in rows of four, beside the point where equator and first meridian meet: in the sea, and no real place.</summary>
    private static string Squares(PlaceLevel level)
    {
        const double side = 0.01;
        var wards = Northmoor.Areas.Select(a => a.Ward).Distinct().ToList();
        var shapes = level == PlaceLevel.Ward
            ? wards.Select((w, i) => Square(w, i % 4 * 5 * side, i / 4 * 2 * side, 5 * side, 2 * side))
            : Northmoor.Areas.GroupBy(a => a.Ward).SelectMany(w => w.Select((a, i) => Square(a.Key, (wards.IndexOf(w.Key) % 4 * 5 + i % 5) * side, (wards.IndexOf(w.Key) / 4 * 2 + i / 5) * side, side, side)));
        return "{\"type\":\"FeatureCollection\",\"features\":[" + string.Join(',', shapes) + "]}";
    }

    private static string Square(string name, double x, double y, double width, double height)
    {
        (double X, double Y)[] ring = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        return "{\"type\":\"Feature\",\"properties\":{\"name\":" + System.Text.Json.JsonSerializer.Serialize(name) + "},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[["
            + string.Join(',', ring.Select(p => $"[{ReadBoundaries.Number(p.X)},{ReadBoundaries.Number(p.Y)}]")) + "]]]}}";
    }
}
