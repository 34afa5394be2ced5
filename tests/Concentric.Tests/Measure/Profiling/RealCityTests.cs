using System.IO.Compression;
using Concentric.Measure.Contacts;
using Concentric.Measure.Profiling;
using Concentric.Measure.Statistics;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>Requests of real cities by neighbourhood, against counts made here by reading the files line by line.</summary>
[Trait("Database", "none")]
public sealed class RealCityTests : IAsyncDisposable
{
    private const string SanFrancisco = """
        {
          "name": "sf-by-hand", "about": "San Francisco, as the test maps it.", "council": { "name": "sanfrancisco", "label": "San Francisco", "zone": "America/Los_Angeles" }, "kind": "service-request", "empty": ["NA"],
          "id": ["CaseID"], "opened": { "columns": ["Opened"], "formats": ["yyyy-MM-dd HH:mm:ss"] }, "service": { "column": "Category", "scheme": "sf311" }, "area": "C.Neighborhood",
          "source": { "column": "Source", "values": {
            "Voice In": { "channel": "phone", "initiator": "citizen" }, "Open311": { "channel": "app", "initiator": "citizen" }, "Web Self Service": { "channel": "web", "initiator": "citizen" },
            "Twitter": { "channel": "social-media", "initiator": "citizen" }, "e-mail In": { "channel": "email", "initiator": "citizen" }, "Mail In": { "channel": "post", "initiator": "citizen" },
            "Integrated Agency": { "channel": "system", "initiator": "system" }, "Other Department": { "channel": "unknown", "initiator": "staff" } } }
        }
        """;

    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Requests_of_San_Francisco_per_1000_residents_are_those_counted_by_hand()
    {
        var cases = Lines(await File.ReadAllTextAsync(SharedData.Find("contacts/sf311-cases-sample.csv"), TestContext.Current.CancellationToken));
        var people = Lines(await File.ReadAllTextAsync(SharedData.Find("contacts/sf-neighbourhood-profile.csv"), TestContext.Current.CancellationToken)).Skip(1).ToDictionary(l => l[0], l => long.Parse(l[1], System.Globalization.CultureInfo.InvariantCulture));
        string[] citizens = ["Voice In", "Open311", "Web Self Service", "Twitter", "e-mail In", "Mail In"];
        var (place, source) = (cases[0].IndexOf("C.Neighborhood"), cases[0].IndexOf("Source"));
        var byHand = cases.Skip(1).Where(c => citizens.Contains(c[source])).GroupBy(c => c[place]).ToDictionary(g => g.Key, g => g.LongCount());

        await Import("contacts/sf311-cases-sample.csv", Mapping.Parse(SanFrancisco, "sf-by-hand"));
        var names = _test.Store.Dimensions;
        var counted = await _test.Store.Query(CubeQuery.CitizenRequests(names.Council("sanfrancisco")!.Code).GroupedBy(Dimension.Area).Counting(Measured.Contacts), TestContext.Current.CancellationToken);
        var requests = Enumerable.Range(0, counted.Rows).ToDictionary(r => counted.Code(r, Dimension.Area), r => counted.Shown(r, Measured.Contacts));
        Assert.Equal(byHand.OrderBy(h => h.Key, StringComparer.Ordinal), requests.Select(r => KeyValuePair.Create(names.Areas[r.Key].Key, r.Value.Value!.Value)).OrderBy(h => h.Key, StringComparer.Ordinal));

        var codes = names.Areas.Where(a => people.ContainsKey(a.Key)).ToDictionary(a => a.Code, a => people[a.Key]);
        var rates = AreaTakeUp.Of(requests, codes, new Dictionary<int, int>(), people: false, isExact: true);

        Assert.Equal((41, false), (rates.Lines.Count, rates.IsShare));
        foreach (var line in rates.Lines)
        {
            var (seen, of) = (byHand.GetValueOrDefault(names.Areas[line.Code].Key), people[names.Areas[line.Code].Key]);
            Assert.Equal((double)seen / of, line.Raw, 12);
            // Exact limits: at the lower end the chance of as many or more is 2.5 per cent, at the upper end that of as many or fewer.
            var exact = PoissonLimits.Exact(seen);
            Assert.Equal(0.025, 1 - AtMost(seen - 1, exact.Low), 1e-8);
            Assert.Equal(0.025, AtMost(seen, exact.High), 1e-8);
            Assert.True((line.Rate - line.Raw) * (rates.Average - line.Raw) >= 0);
        }
        // Golden Gate Park has 45 residents and many visitors: requests per resident, not persons.
        var park = rates.Lines.Single(l => names.Areas[l.Code].Key == "Golden Gate Park");
        Assert.True(park.Raw > 5 * rates.Average && park.Rate < park.Raw);
    }

    [Fact]
    public async Task Requests_of_Boston_by_neighbourhood_and_source_are_those_counted_by_hand()
    {
        var path = SharedData.Find("contacts/boston311-2015-h1.csv.gz");
        await using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        var rows = Lines(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        var (place, source) = (rows[0].IndexOf("neighborhood"), rows[0].IndexOf("Source"));
        var channels = new Dictionary<string, string> { ["Constituent Call"] = "Phone", ["Citizens Connect App"] = "App", ["Self Service"] = "Web form", ["Twitter"] = "Social media" };
        var byHand = rows.Skip(1).Where(r => channels.ContainsKey(r[source])).GroupBy(r => (Place: r[place].Trim(), Channel: channels[r[source]])).ToDictionary(g => g.Key, g => g.LongCount());

        await Import("contacts/boston311-2015-h1.csv.gz", Mapping.Find("boston311"));
        var names = _test.Store.Dimensions;
        var counted = await _test.Store.Query(CubeQuery.CitizenRequests(names.Council("boston")!.Code).GroupedBy(Dimension.Area, Dimension.Channel).Counting(Measured.Contacts), TestContext.Current.CancellationToken);

        Assert.Equal(byHand.ToDictionary(h => (h.Key.Place, h.Key.Channel), h => h.Value), Enumerable.Range(0, counted.Rows)
            .ToDictionary(r => (names.Areas[counted.Code(r, Dimension.Area)].Key, names.Label(Dimension.Channel, counted.Code(r, Dimension.Channel))), r => counted.Count(r, Measured.Contacts)));
        var mix = ChannelMix.Of(Enumerable.Range(0, counted.Rows).Select(r => (counted.Code(r, Dimension.Area), counted.Code(r, Dimension.Channel), counted.Shown(r, Measured.Contacts))));
        Assert.Equal(45_546, mix.All!.N);
        foreach (var line in mix.Lines)
            Assert.Equal(byHand.Where(h => h.Key.Place == names.Areas[line.Code].Key).Sum(h => h.Value), line.N);
        Assert.Equal(32_127 / 45_546.0, mix.All.Shares[0].Value, 12);
    }

    private async Task Import(string name, Mapping mapping)
    {
        await using var file = File.OpenRead(SharedData.Find(name));
        await _test.Import.Run(file, Path.GetFileName(name), mapping, "system", stop: TestContext.Current.CancellationToken);
    }

    /// <summary>The probability of at most so many events, added up.</summary>
    private static double AtMost(long count, double mean)
    {
        double term = Math.Exp(-mean), sum = 0;
        for (var k = 0; k <= count; k++)
        {
            sum += term;
            term *= mean / (k + 1);
        }
        return sum;
    }

    /// <summary>A reader of CSV that shares nothing with the program's.</summary>
    private static List<List<string>> Lines(string text)
    {
        var (lines, line, cell, quoted) = (new List<List<string>>(), new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"') quoted = true;
            else if (c is ',' or '\n')
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    lines.Add(line);
                    line = [];
                }
            }
            else if (c != '\r') cell.Append(c);
        }
        if (cell.Length > 0 || line.Count > 0)
        {
            line.Add(cell.ToString());
            lines.Add(line);
        }
        return lines;
    }
}
