using Concentric.Core.Places;
using System.Globalization;
using System.Text;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>The files of Trafford, taken in and joined, held against a count of the files by other means.</summary>
public sealed class TraffordTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task Postcodes_areas_and_output_areas_of_Trafford_join_and_contacts_take_area_ward_decile_and_group_from_them()
    {
        var postcodes = Lines("geo/postcode_profile_trafford.csv");
        var report = await Bring(PlaceKind.Postcodes, "geo/postcode_profile_trafford.csv");
        Assert.Equal((11_264, 11_264, 0, 0), (report.Read, report.Taken, report.Unchanged, report.Refused));
        Assert.Equal("imd2025_decile", report.Columns["decile"]);

        var areas = await Bring(PlaceKind.Areas, "geo/lsoa_profile_trafford.csv");
        Assert.Equal((139, 139), (areas.Read, areas.Taken));
        var mixed = await Bring(PlaceKind.OutputAreas, "geo/oa_oac_trafford.csv");
        Assert.Equal((738, 738), (mixed.Read, mixed.Taken));
        var groups = await Bring(PlaceKind.Groups, "geo/oac2021_codes.csv");
        // The postcodes named seven of the eight supergroups already.
        Assert.Equal((52, 1, 51), (groups.Read, groups.Taken, groups.Unchanged));

        // Share of postcodes by supergroup, counted from the file's own text.
        var places = await _app.Db(db => AreaPlaces.Load(db, "trafford"));
        var kept = await _app.Db(db => db.Set<PlacedPostcode>().Where(p => p.Council == "trafford").ToDictionaryAsync(p => p.Postcode, p => p.Area));
        var expected = postcodes.CountBy(p => p["oac21_modal_supergroup"]).ToDictionary();
        // Where two groups share an area equally, the file and we may each choose either.
        var mix = await _app.Db(db => db.Set<AreaMix>().Where(m => m.Council == "trafford").ToListAsync());
        var even = mix.GroupBy(m => m.Area).Where(a => a.Count(m => m.Parts == a.Max(x => x.Parts)) > 1).Select(a => a.Key).ToHashSet();
        Assert.InRange(even.Count, 1, 30);
        Assert.Equal(postcodes.Where(p => !even.Contains(p["lsoa21_code"])).CountBy(p => p["oac21_modal_supergroup"]).OrderBy(e => e.Key, StringComparer.Ordinal),
            kept.Values.Where(a => !even.Contains(a)).CountBy(a => places.Areas[a].Group!).OrderBy(e => e.Key, StringComparer.Ordinal));
        Assert.Equal([892, 687, 339, 1233, 4815, 3082, 216], expected.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Value));
        Assert.Equal(postcodes.Select(p => p["lsoa21_code"]).Distinct().Count(), places.Areas.Count);
        Assert.Equal(Lines("geo/lsoa_profile_trafford.csv").Select(l => l["ward24_name"]).Distinct().Order(), places.Areas.Values.Select(a => a.Ward!).Distinct().Order());
        Assert.Equal(21, places.Areas.Values.DistinctBy(a => a.Ward).Count());
        Assert.Equal("Retired Professionals", places.Groups["1"]);
        // The modal share as the postcode file states it is the share that the output areas give.
        Assert.All(postcodes.DistinctBy(p => p["lsoa21_code"]), p => Assert.Equal(double.Parse(p["oac21_modal_share"], CultureInfo.InvariantCulture), places.Areas[p["lsoa21_code"]].GroupShare!.Value, 2));

        // A contact with a postcode of the list has all four.
        var area = (await _app.Db(db => PostcodeAreas.Load(db, "trafford"))).AreaOf("m15 4ab")!;
        await _app.Services.GetRequiredService<ContactImport>().RunRows([new("one", new(2026, 2, 2, 9, 0, 0, DateTimeKind.Utc)) { Area = area, Service = "524", Channel = 2 }], new(new("trafford", "Trafford", false), "test", "test"), Actor.System);
        var store = _app.Services.GetRequiredService<IContactStore>();
        var of = await store.Query(new CubeQuery(store.Dimensions.Council("trafford")!.Code, [Dimension.Area, Dimension.Ward, Dimension.Decile, Dimension.Profile], [Concentric.Measure.Contacts.Measure.Contacts], []));
        Assert.Equal(("Trafford 001H", "Gorse Hill & Cornbrook", 2, "Low-Skilled Migrant and Student Communities"),
            (store.Dimensions.Label(Dimension.Area, of.Code(0, Dimension.Area)), store.Dimensions.Label(Dimension.Ward, of.Code(0, Dimension.Ward)), of.Code(0, Dimension.Decile), store.Dimensions.Label(Dimension.Profile, of.Code(0, Dimension.Profile))));

        // Built anew, the store knows the same of every area.
        var before = store.Dimensions.Areas.Where(a => a.Code > 0).Select(a => (a.Key, a.Label, Ward: store.Dimensions.Wards[a.Ward].Label, Group: store.Dimensions.Profiles[a.Profile].Label, a.Decile)).Order().ToList();
        await _app.Services.GetRequiredService<Projector>().Rebuild();
        Assert.Equal(before, store.Dimensions.Areas.Where(a => a.Code > 0).Select(a => (a.Key, a.Label, Ward: store.Dimensions.Wards[a.Ward].Label, Group: store.Dimensions.Profiles[a.Profile].Label, a.Decile)).Order());

        // The same again changes nothing and writes no fact.
        var facts = await _app.Db(db => db.Facts.CountAsync());
        var again = await Bring(PlaceKind.Postcodes, "geo/postcode_profile_trafford.csv");
        Assert.Equal((11_264, 0, 11_264, 0, false), (again.Read, again.Taken, again.Unchanged, again.Removed, again.Changes));
        Assert.Equal(facts, await _app.Db(db => db.Facts.CountAsync()));
    }

    [Theory]
    [InlineData("cheltenham", 77)]
    [InlineData("chorley", 70)]
    public async Task Areas_of_another_council_are_kept_as_its_own(string council, int count)
    {
        var report = await Bring(PlaceKind.Areas, $"geo/lsoa_profile_{council}.csv", council);

        var places = await _app.Db(db => AreaPlaces.Load(db, council));
        Assert.Equal((count, 0), (report.Taken, report.Refused));
        Assert.Equal(Lines($"geo/lsoa_profile_{council}.csv").Sum(l => int.Parse(l["imd2025_decile"], CultureInfo.InvariantCulture)), places.Areas.Values.Sum(a => a.Decile));
        Assert.Empty((await _app.Db(db => AreaPlaces.Load(db, "northmoor"))).Areas);
    }

    [Fact]
    public async Task Counts_of_output_areas_by_group_give_the_same_groups_as_the_output_areas_themselves()
    {
        await Bring(PlaceKind.OutputAreas, "geo/oa_oac_trafford.csv");
        var single = (await _app.Db(db => AreaPlaces.Load(db, "trafford"))).Areas;

        var counted = await Bring(PlaceKind.OutputAreas, "geo/lsoa_oac21_supergroup_counts_trafford.csv");

        Assert.Equal("oas_in_supergroup_", counted.Columns["counts"]);
        Assert.Equal((139, 0, 139), (counted.Read, counted.Taken, counted.Unchanged));
        Assert.Equal(single.Values.Select(a => (a.Key, a.Group, a.GroupShare)).Order(), (await _app.Db(db => AreaPlaces.Load(db, "trafford"))).Areas.Values.Select(a => (a.Key, a.Group, a.GroupShare)).Order());
    }

    public void Dispose() => _app.Dispose();

    private Task<PlaceReport> Bring(PlaceKind kind, string path, string council = "trafford") => _app.Services.GetRequiredService<ImportPlaces>()
        .Run(new() { Council = council, Kind = kind, FileName = Path.GetFileName(path), Year = 2025, Source = "Office for National Statistics and MHCLG" }, File.ReadAllBytes(SharedData.Find(path)), Actor.System, apply: true);

    /// <summary>The lines of a plain file, by a reading that shares nothing with the program's.</summary>
    private static List<Dictionary<string, string>> Lines(string path)
    {
        var lines = File.ReadAllLines(SharedData.Find(path), Encoding.UTF8).Where(l => l.Length > 0).Select(l => System.Text.RegularExpressions.Regex.Matches(l, "(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).ToArray()).ToList();
        return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second))];
    }
}
