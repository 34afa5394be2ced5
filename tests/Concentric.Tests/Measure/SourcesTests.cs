using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class RhythmTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_usual_is_the_median_time_between_two_imports()
    {
        var rhythm = Rhythm.Of([Monday.AddDays(21), Monday, Monday.AddDays(7), Monday.AddDays(22)])!;

        Assert.Equal((Monday.AddDays(22), TimeSpan.FromDays(7)), (rhythm.Last, rhythm.Usual));
    }

    [Fact]
    public void A_file_is_late_when_half_as_long_again_as_usual_has_passed()
    {
        var rhythm = Rhythm.Of([Monday, Monday.AddDays(7), Monday.AddDays(14)])!;

        Assert.Null(rhythm.LateBy(Monday.AddDays(24)));
        Assert.Equal(TimeSpan.FromDays(4), rhythm.LateBy(Monday.AddDays(25)));
        Assert.Equal("Late by 4 days: one comes every 7 days", rhythm.InWords(Monday.AddDays(25)));
    }

    [Fact]
    public void Two_imports_are_too_few_for_a_rhythm() =>
        Assert.Equal("Too few imports to know a rhythm", Rhythm.Of([Monday, Monday.AddDays(7)])!.InWords(Monday.AddDays(99)));
}

/// <summary>Of what is withheld it is said that it is not shown or not counted, and not that it is nothing.</summary>
[Trait("Database", "none")]
public sealed class WithheldSourcesTests : IAsyncDisposable
{
    private static readonly DateOnly First = new(2026, 3, 2);

    private readonly TestStore _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_source_of_which_a_field_or_all_days_are_withheld_has_not_none_of_it()
    {
        // With a service: 1 of a, 8 of b, 8 of c. The days of b, 8 and 8 and 1, would tell the last.
        await _test.Put([.. Rows("a", 20, _ => 0, 1), .. Rows("b", 17, i => i / 8, 8), .. Rows("c", 9, _ => 0, 8)]);

        var lines = (await View(isExact: false)).Sources.ToDictionary(s => s.Label);
        var exact = (await View(isExact: true)).Sources.ToDictionary(s => s.Label);

        Assert.Equal(("Not counted", "Not counted", "None"), (Field(lines["b"], "Service"), Field(lines["c"], "Service"), Field(lines["b"], "Person")));
        Assert.Equal(("2 March 2026 or later", "Not shown"), (lines["a"].LastInWords, lines["b"].LastInWords));
        Assert.Equal(("47.1%", "4 March 2026"), (Field(exact["b"], "Service"), exact["b"].LastInWords));
    }

    [Fact]
    public async Task Batches_and_tables_that_are_withheld_are_not_counted()
    {
        foreach (var (name, rows) in (IEnumerable<(string, int)>)[("x", 1), ("y", 8), ("z", 8)]) await _test.Put([.. Rows(name, rows, _ => 0, rows, $"own:{name}")]);

        var view = await View(isExact: false);
        var unmatched = await SeeImports.Unmatched(new(_test.Store, isExact: false), _test.Store.Dimensions.Batches, TestContext.Current.CancellationToken);
        var exact = await SeeImports.Unmatched(new(_test.Store, isExact: true), _test.Store.Dimensions.Batches, TestContext.Current.CancellationToken);

        Assert.True(view.AreSourcesWithheld);
        Assert.Equal([1, 2, 3], unmatched!.Keys.Order());
        Assert.All(unmatched.Values, n => Assert.Null(n));
        Assert.Equal([1L, 8L, 8L], exact!.OrderBy(b => b.Key).Select(b => b.Value!.Value.Estimate));
        Assert.All(view.Batches, b => Assert.Equal("Not counted", b.Unmatched.InWords));
        Assert.Equal(("All withheld", "Not counted"), (view.Hidden[0].HiddenInWords, view.Hidden[0].CellsInWords));
    }

    private static string Field(SourceLine line, string field) => line.Fields.Single(f => f.Field == field).InWords;

    // The first of them have a service.
    private static IEnumerable<ContactRow> Rows(string source, int count, Func<int, int> day, int served, string service = "524") =>
        Enumerable.Range(0, count).Select(i => new ContactRow($"{source}{i}", First.AddDays(day(i)).ToDateTime(new TimeOnly(9, i), DateTimeKind.Utc))
        {
            Source = source,
            Service = i < served ? service : null,
        });

    private Task<SourcesView> View(bool isExact)
    {
        var council = _test.Store.Dimensions.Council(TestStore.Northmoor.Name)!;
        var scope = new Scope
        {
            Council = council, IsOwn = true, Kind = ContactKind.Contact, Councils = [council], Weeks = 13,
            Period = new(First, First.AddDays(6)), Through = First.AddDays(6), First = First,
        };
        return SeeSources.View(scope, new(_test.Store, isExact), new(_test.Store, isExact: false), new(2026, 3, 9, 9, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
    }
}

/// <summary>The page of data about data shows counts as its reader may see them.</summary>
public sealed class SourcesPageTests(SourcesPageTests.Filled app) : IClassFixture<SourcesPageTests.Filled>
{
    [Fact]
    public async Task An_analyst_sees_how_complete_each_source_is()
    {
        var lewis = await (await app.SignInAs(Role.Analyst)).Open("/measure/sources");

        Assert.Equal(["counter", "1 March 2026", "8", "75.0%", "None", "None", "50.0%", "None", "25.0%", "None", "None"], Row(lewis, 0));
        Assert.Contains("Counts are exact.", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(["1", "made", "2 March 2026", "20", "20", "0", "0", "0", "30.0%"], Row(lewis, 2));
    }

    [Fact]
    public async Task Others_see_rounded_counts_and_shares_made_of_them()
    {
        var grace = await (await app.SignInAs(Role.ServiceManager)).Open("/measure/sources");

        // 8 is 10; 6 of 8 with a service is 1 to 7.
        Assert.Equal(["counter", "1 March 2026", "10", "1 to 7 rows", "None", "None", "1 to 7 rows", "None", "1 to 7 rows", "None", "None"], Row(grace, 0));
        Assert.Contains("Counts are rounded to the nearest 5", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_told_how_many_cells_others_do_not_see()
    {
        var lewis = await (await app.SignInAs(Role.Analyst)).Open("/measure/sources");

        Assert.Equal(["By service", "1", "2"], lewis.Page.QuerySelectorAll("table")[^1].QuerySelectorAll("tbody tr")[0].Children.Select(c => c.TextContent.Trim()));
    }

    // Rows of the tables, one table after the other, the sources with the most rows first.
    private static IEnumerable<string> Row(Browser browser, int table) =>
        browser.Page.QuerySelectorAll("table")[table].QuerySelectorAll("tbody tr").First(r => table != 0 || r.Children[0].TextContent.Contains("counter", StringComparison.Ordinal)).Children.Select(c => c.TextContent.Trim());

    public sealed class Filled() : TestApp(seeded: true), IAsyncLifetime
    {
        public async ValueTask InitializeAsync()
        {
            var rows = Enumerable.Range(0, 20).Select(i => new ContactRow($"{i}", new DateTime(2026, 3, 1, 9, i, 0, DateTimeKind.Utc))
            {
                Source = i < 8 ? "counter" : null,
                Service = i < 6 || i >= 12 ? "524" : null,
                Person = i < 4 ? (ulong)i + 1 : 0,
                Seconds = i < 2 ? 60 : null,
            });
            await Services.GetRequiredService<ContactImport>().RunRows(rows, new(new("northmoor", "Northmoor Council", IsSynthetic: false), "made", "made.csv"), "system");
        }
    }
}
