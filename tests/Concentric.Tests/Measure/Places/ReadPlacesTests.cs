using System.Text;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

/// <summary>Files about places are read as they come, and what cannot be read is refused with line and reason.</summary>
[Trait("Database", "none")]
public sealed class ReadPlacesTests
{
    [Fact]
    public void Lines_that_cannot_be_read_are_refused_with_line_column_and_reason()
    {
        var reading = Read(PlaceKind.Postcodes, "Postcode;LSOA;Decile\nM15 4AB;E1;3\nnonsense;E1;3\nM15 4AD;;3\nM15 4AE;E1;11\nm154ab;E1;3\nM15 4AB;E2;3\nM15 4AF;E1\nM1 1AA;E2;4\nM1 1AB;E2;4\nM1 1AD;E2;4\n");

        Assert.Equal([(3L, "Postcode"), (4, "LSOA"), (5, "Decile"), (7, "Postcode"), (8, "")], reading.Refusals.OrderBy(r => r.Line).Select(r => (r.Line, r.Column)));
        Assert.Equal((4L, 1L, 0L), reading.Against(new Dictionary<string, string>()));
        Assert.Contains("11", reading.Refusals[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_lines_mostly_cannot_be_read_is_refused_as_a_whole() =>
        Assert.Contains("Are the columns the right ones?", Assert.Throws<ImportRefusedException>(() => Read(PlaceKind.Areas, "area,decile\nA,x\nB,y\nC,3\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("code,value\n", "no lines")]
    [InlineData("name,ward\nA,B\n", "code of the area")]
    [InlineData("area,area\nA,B\n", "twice")]
    [InlineData("area,decile\nA,\0\n", "NUL")]
    public void A_file_that_is_no_list_of_areas_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<ImportRefusedException>(() => Read(PlaceKind.Areas, text)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_mixed_area_keeps_the_group_of_most_of_it_and_its_share()
    {
        var reading = Read(PlaceKind.OutputAreas, "oa,lsoa,supergroup\n1,A,7\n2,A,7\n3,A,8\n4,B,1\n");

        Assert.Equal([("A", "7", 2 / 3.0), ("B", "1", 1.0)], reading.Areas.Select(a => (a.Key, a.Group!, a.GroupShare!.Value)));
        Assert.Contains("1 of 2 areas are mixed", reading.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_population_may_be_by_area_by_group_or_both_and_keeps_year_and_source()
    {
        var reading = ReadPopulations.Read(Asked(PlaceKind.Populations), File("area,group,persons,households\nA,,\"1,200\",500\n,7,900,\nA,7,300,\nA,7,x,\n"), ColumnRoles.Guess(PlaceKind.Populations, ["area", "group", "persons", "households"]), new HashSet<string>());

        Assert.Equal([("A", "", 1200L), ("A", "", 500), ("", "7", 900), ("A", "7", 300)], reading.Populations.Select(p => (p.Area, p.Group, p.Value)));
        Assert.All(reading.Populations, p => Assert.Equal((2021, "Census"), (p.Year, p.Source)));
        Assert.Equal("households by area, persons by area, persons by area and group, persons by group", reading.Part);
        Assert.Equal(5, Assert.Single(reading.Refusals).Line);
    }

    [Fact]
    public void An_eligible_population_of_a_service_that_nobody_knows_is_refused() =>
        Assert.Contains("There is no service “999”", Assert.Throws<ImportRefusedException>(() =>
            ReadPopulations.Read(Asked(PlaceKind.Eligible), File("service,area,households\n999,A,5\n"), ColumnRoles.Guess(PlaceKind.Eligible, ["service", "area", "households"]), new HashSet<string> { "4" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Lines_read_are_taken_unchanged_or_refused_and_nothing_else() => Prop.ForAll<byte[]>(picks =>
    {
        string[] lines = ["A,1", "A,2", "B,3", ",4", "C,99", "D", "\"A\",1", "E,10"];
        try
        {
            var reading = Read(PlaceKind.Areas, "area,decile\nX,1\nY,2\nZ,3\n" + string.Concat(picks.Select(p => lines[p % lines.Length] + "\n")));
            var (taken, unchanged, removed) = reading.Against(new Dictionary<string, string> { ["X"] = reading.Content["X"], ["gone"] = "" });
            return taken + unchanged + reading.Refusals.Count == picks.Length + 3 && unchanged >= 1 && removed == 1;
        }
        catch (ImportRefusedException)
        {
            return picks.Length > 3;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Outlines_are_checked_and_kept_with_their_code_alone()
    {
        const string good = """{"type":"Feature","properties":{"LSOA21CD":"A","secret":"x"},"geometry":{"type":"Polygon","coordinates":[[[-2.1,53.1],[-2.0,53.1],[-2.0,53.2],[-2.1,53.1]]]}}""";
        var grid = good.Replace("\"A\"", "\"B\"", StringComparison.Ordinal).Replace("-2.1", "371000", StringComparison.Ordinal);
        var two = good.Replace("\"A\"", "\"C\"", StringComparison.Ordinal);

        var reading = Outlines($$"""{"type":"FeatureCollection","features":[{{good}},{{grid}},{{two}}]}""", out var columns);

        Assert.Equal("LSOA21CD", columns["property"]);
        Assert.Contains("National Grid", Assert.Single(reading.Refusals).Reason, StringComparison.Ordinal);
        Assert.Equal("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"},"geometry":{"type":"MultiPolygon","coordinates":[[[[-2.1,53.1],[-2,53.1],[-2,53.2],[-2.1,53.1]]]]}},{"type":"Feature","properties":{"name":"C"},"geometry":{"type":"MultiPolygon","coordinates":[[[[-2.1,53.1],[-2,53.1],[-2,53.2],[-2.1,53.1]]]]}}]}""", reading.Boundaries!.GeoJson);
        Assert.Contains(reading.Notes, n => n.StartsWith("1 of 2 shapes belong to none", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "no GeoJSON")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "no shapes")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"A"},"geometry":{"type":"Point","coordinates":[1,2]}}]}""", "no polygon")]
    public void A_file_that_has_no_outlines_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<ImportRefusedException>(() => Outlines(text, out _)).Message, StringComparison.Ordinal);

    [Fact]
    public void Large_outlines_are_made_small_enough_and_stay_closed()
    {
        var ring = string.Join(',', Enumerable.Range(0, 60_001).Select(i => FormattableString.Invariant($"[{Math.Cos(i % 60_000 / 30_000.0 * Math.PI):R},{Math.Sin(i % 60_000 / 30_000.0 * Math.PI):R}]")));

        var reading = Outlines($$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"},"geometry":{"type":"Polygon","coordinates":[[{{{ring}}}]]}}]}""", out _);

        using var json = System.Text.Json.JsonDocument.Parse(reading.Boundaries!.GeoJson);
        var kept = json.RootElement.GetProperty("features")[0].GetProperty("geometry").GetProperty("coordinates")[0][0].EnumerateArray().Select(p => (X: p[0].GetDouble(), Y: p[1].GetDouble())).ToList();
        Assert.InRange(kept.Count, 50, 20_000);
        Assert.Equal(kept[0], kept[^1]);
        Assert.All(kept, p => Assert.Equal(1, Math.Sqrt(p.X * p.X + p.Y * p.Y), 4));
        Assert.Contains(reading.Notes, n => n.Contains("made simpler", StringComparison.Ordinal));
    }

    [Theory]
    // Garwood's exact limits for 0 and 5, Byar's from 10 on: as tabulated in Breslow and Day 1987.
    [InlineData(0, 0, 3.688879)]
    [InlineData(5, 1.623486, 11.668332)]
    [InlineData(10, 4.786, 18.391)]
    [InlineData(425, 385.55, 467.40)]
    public void The_interval_of_a_count_is_exact_when_small_and_Byars_from_10(long count, double low, double high)
    {
        var (from, to) = RateOf.Interval(count);

        Assert.Equal(low, from, count < 10 ? 1e-6 : 0.01);
        Assert.Equal(high, to, count < 10 ? 1e-6 : 0.01);
    }

    private static PlaceRequest Asked(PlaceKind kind) => new() { Council = "test", Kind = kind, FileName = "f", Year = 2021, Source = "Census" };

    private static ListFile File(string text) => ListFile.Read(Encoding.UTF8.GetBytes(text), "f");

    private static PlaceReading Read(PlaceKind kind, string text)
    {
        var file = File(text);
        return ReadPlaces.Read(Asked(kind), file, ColumnRoles.Guess(kind, file.Columns));
    }

    private static PlaceReading Outlines(string text, out Dictionary<string, string> columns) =>
        ReadBoundaries.Read(Asked(PlaceKind.Boundaries), Encoding.UTF8.GetBytes(text), new HashSet<string> { "A" }, new HashSet<string>(), out columns);
}
