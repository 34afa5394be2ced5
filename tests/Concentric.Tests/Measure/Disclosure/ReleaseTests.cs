using System.Globalization;
using System.Net;
using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Demo;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Disclosure.Releases;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure.Disclosure;

/// <summary>Figures that are published one after the other are held against each other.</summary>
[Trait("Database", "none")]
public sealed class ClashTests : IAsyncLifetime
{
    private readonly TestStore _test = new();

    public async ValueTask InitializeAsync() => await _test.Put(TestStore.Rows(1, 500), areas: TestStore.Areas());

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void The_difference_of_the_reference_412_less_409_is_refused()
    {
        var file = Vectors.Read("sdc_suppression.json").GetProperty("differencing");
        var areas = _test.Store.Dimensions.Areas.Where(a => a.Code > 0).Select(a => a.Key).ToList();

        var clash = Assert.Single(Clashes(Query(areas: areas.Skip(1)), file.GetProperty("district_ex_lsoa").GetInt64(), Query(areas: areas), file.GetProperty("district").GetInt64()));

        Assert.Equal("412 − 409 = 3", clash.Why);
        Assert.Equal(("The total", "The total"), (clash.New, clash.Old));
    }

    [Theory]
    [InlineData(409, true)]
    [InlineData(408, true)]
    [InlineData(407, false)]
    [InlineData(412, false)]
    public void Only_a_difference_of_one_to_four_is_refused(long value, bool refused) =>
        Assert.Equal(refused, Clashes(Query(channels: ["web"]), value, Query(), 412).Count > 0);

    [Fact]
    public void Days_within_days_and_a_wider_table_after_a_narrower_one_are_held_against_each_other()
    {
        var (year, less) = (Query(), Query(to: new(2025, 12, 30)));

        Assert.NotEmpty(Clashes(less, 409, year, 412));
        Assert.NotEmpty(Clashes(year, 412, less, 409));
        Assert.Empty(Clashes(Query(from: new(2025, 1, 2)), 409, less, 412));
    }

    [Fact]
    public void Areas_of_a_ward_lie_within_it()
    {
        var names = _test.Store.Dimensions;
        var ward = names.Wards.First(w => names.Areas.Count(a => a.Ward == w.Code) > 2);
        var inside = names.Areas.Where(a => a.Ward == ward.Code).Select(a => a.Key).ToList();
        var whole = Query() with { Where = new Dictionary<string, IReadOnlyList<string>> { ["ward"] = [ward.Label] } };

        Assert.NotEmpty(Clashes(Query(areas: inside.Skip(1)), 409, whole, 412));
        Assert.Empty(Clashes(Query(areas: [names.Areas.First(a => a.Ward != ward.Code && a.Code > 0).Key]), 409, whole, 412));
    }

    [Fact]
    public void Figures_of_which_neither_lies_within_the_other_and_of_other_councils_are_not_compared()
    {
        Assert.Empty(Clashes(Query(channels: ["web"]), 409, Query(channels: ["phone"]), 412));
        Assert.Empty(Clashes(Query() with { Council = "other" }, 409, Query(), 412));
        Assert.Empty(Clashes(Query() with { Kind = "service-request" }, 409, Query(), 412));
    }

    [Fact]
    public void What_was_hidden_once_is_not_shown_later()
    {
        var (query, hidden) = (Query(), Table(412, new(null, CellState.Protects)));

        var clash = Assert.Single(FindClashes.Of(query, Table(412, new(9, CellState.Shown)), [Released(query, hidden)], _test.Store.Dimensions));

        Assert.Equal(("Bins, Web", "it was hidden there, to protect itself or another"), (clash.New, clash.Why));
    }

    [Fact]
    public void The_counts_of_the_same_days_that_have_changed_by_a_few_since_are_refused() => Assert.Equal("414 − 412 = 2", Assert.Single(Clashes(Query(), 414, Query(), 412)).Why);

    private IReadOnlyList<Clash> Clashes(ReleaseQuery query, long total, ReleaseQuery old, long before) =>
        FindClashes.Of(query, Table(total), [Released(old, Table(before))], _test.Store.Dimensions);

    private static ReleaseQuery Query(IEnumerable<string>? areas = null, IReadOnlyList<string>? channels = null, DateOnly? from = null, DateOnly? to = null)
    {
        var where = new Dictionary<string, IReadOnlyList<string>>();
        if (areas is not null) where["area"] = [.. areas];
        if (channels is not null) where["channel"] = channels;
        return new() { Council = "northmoor", Kind = "contact", Rows = "service", Columns = "channel", Where = where, From = from ?? new(2025, 1, 1), To = to ?? new(2025, 12, 31) };
    }

    /// <summary>A table of which only the total, and perhaps a cell, says anything.</summary>
    private static PublishedTable Table(long total, PublishedCell? cell = null) => new()
    {
        Definition = "",
        Rule = "B",
        IsSynthetic = true,
        Rows = cell is null ? [] : [new(["524"], "Bins")],
        Columns = cell is null ? [] : [new(["web"], "Web")],
        Cells = cell is null ? [] : [cell],
        RowTotals = cell is null ? [] : [new(200, CellState.Shown)],
        ColumnTotals = cell is null ? [] : [new(100, CellState.Shown)],
        Total = new(total, CellState.Shown),
    };

    private static Release Released(ReleaseQuery query, PublishedTable table) => new() { Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Council = query.Council, Title = "Before", Query = query, Figures = table, By = "lewis", At = default };
}

/// <summary>A table with more cells than can be suppressed one by one is rounded.</summary>
[Trait("Database", "none")]
public sealed class LargeReleaseTests : IAsyncLifetime
{
    private const int Services = 26, Channels = 8;
    private readonly TestStore _test = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory]
    [InlineData(9, null)]
    [InlineData(8, "its totals give them away")]
    public async Task It_is_refused_where_a_line_gives_a_hidden_count_away(int third, string? why)
    {
        // One service has 1, 8 and 8 or 9; all others nine by each channel.
        int[] own = [1, 8, third];
        var rows = from s in Enumerable.Range(0, Services)
                   from c in Enumerable.Range(0, Channels)
                   from n in Enumerable.Range(0, s > 0 ? 9 : c < own.Length ? own[c] : 0)
                   select new ContactRow($"{s}-{c}-{n}", new(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc)) { Service = $"own:{s}", Channel = (byte)(c + 1) };
        await _test.Put([.. rows]);

        var made = await MakeTable.Of(new(_test.Store, isExact: true), _test.Store.Dimensions.Councils.Single(), ContactKind.Contact, Dimension.Service, Dimension.Channel, [],
            new(new(2026, 1, 1), new(2026, 1, 31)), zerosAreKnown: false, TestContext.Current.CancellationToken);

        Assert.Equal(why is null ? "A" : null, made.Table?.Rule);
        if (why is not null) Assert.Contains(why, made.Refused, StringComparison.Ordinal);
    }
}

/// <summary>From the page of an analyst to open figures.</summary>
public sealed class ReleasePagesTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task An_analyst_looks_at_a_table_releases_it_and_everybody_can_have_it_and_a_second_that_gives_a_small_count_away_is_refused()
    {
        await _app.Seed();
        await SeedNorthmoor.Run(_app.Services, default);
        var lewis = await _app.SignInAs(Role.Analyst);
        (string, string)[] form =
        [
            ("Title", "Contacts by service and channel"), ("Rows", "service"), ("Columns", "channel"), ("From.Day", "1"), ("From.Month", "9"), ("From.Year", "2025"),
            ("To.Day", "28"), ("To.Month", "2"), ("To.Year", "2026"), ("Only", "channel=web,phone,face-to-face,email"), ("Zeros", "yes"),
        ];
        await lewis.Open("/measure/releases/new");
        await lewis.Press("Look at the table first", [.. form[1..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        await lewis.Press("Look at the table first", form);
        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        Assert.Contains("Preview: Contacts by service and channel", lewis.Text, StringComparison.Ordinal);
        Assert.False(await _app.Db(db => db.Set<Release>().AnyAsync()));

        await lewis.Press("Release this table", form);

        var release = await _app.Db(db => db.Set<Release>().SingleAsync());
        Assert.All(release.Figures.Cells, c => Assert.True(c.Value is null or 0 or >= 5));
        Assert.Equal(release.Figures.Rule, (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "figures-released"))).As<FiguresReleased>().Rule);
        var stranger = _app.Browse();
        Assert.Contains("Contacts by service and channel", (await stranger.Open("/open-figures")).Text, StringComparison.Ordinal);
        Assert.Contains(release.Figures.Total.Value!.Value.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), (await stranger.Open($"/open-figures/{release.Id}")).Text, StringComparison.Ordinal);
        var csv = await stranger.Http.GetStringAsync($"/open-figures/{release.Id}.csv");
        Assert.Equal(1 + (release.Figures.Rows.Count + 1) * (release.Figures.Columns.Count + 1), csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        using var json = JsonDocument.Parse(await stranger.Http.GetStringAsync($"/open-figures/{release.Id}.json"));
        Assert.Equal(release.Figures.Total.Value, json.RootElement.GetProperty("total").GetInt64());
        Assert.DoesNotContain("protects", json.RootElement.GetRawText(), StringComparison.OrdinalIgnoreCase);

        // A day less takes one to four contacts away from some figure, and so would give them away.
        await lewis.Open("/measure/releases/new");
        (string, string)[] less = [.. form.Select(f => f.Item1 == "To.Day" ? ("To.Day", "27") : f)];
        await lewis.Press("Look at the table first", less);
        Assert.Contains("It cannot be released beside what was released before", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _app.Db(db => db.Set<Release>().CountAsync()));
        var grace = await _app.SignInAs(Role.ServiceManager);
        Assert.Contains("Contacts by service and channel", (await grace.Open($"/measure/releases/{release.Id}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await grace.Open("/measure/releases/new")).Status);
    }

    public void Dispose() => _app.Dispose();
}
