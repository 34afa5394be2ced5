using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.FormUse;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>Pages, file and API of how forms are used, over the invented visits of the demo.</summary>
public sealed class FormUsePagesTests(FormUsePagesTests.Filled filled) : IClassFixture<FormUsePagesTests.Filled>
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly (string form, string[] pages, string service)[] Forms =
    [
        ("x-council-tax-move", ["moving", "income", "dates", "evidence", "contact", "check"], "57"),
        ("x-parking-permit", ["address", "vehicle", "proof", "check"], "622"),
        ("x-missed-bin", ["address", "which-bin", "check"], "524"),
    ];

    [Fact]
    public void The_demo_makes_about_three_thousand_visits_and_the_same_again_from_the_same_seed()
    {
        var visits = DemoFormUse.Facts(Forms, Today, new Random(7));

        Assert.InRange(visits.Count, 2700, 3300);
        Assert.Equal(JsonSerializer.Serialize(visits), JsonSerializer.Serialize(DemoFormUse.Facts(Forms, Today, new Random(7))));
        Assert.Equal((Today.AddDays(-84), Today.AddDays(-1)), (visits.Min(v => DateOnly.FromDateTime(v.StartedAt.DateTime)), visits.Max(v => DateOnly.FromDateTime(v.StartedAt.DateTime))));
        Assert.Equal(visits.Count, visits.Select(v => v.Visit).Distinct().Count());
        Assert.All(visits, v => Assert.True(v.Outcome == FormOutcome.Sent ? v.LastPage is null : v.Pages[^1].Page == v.LastPage));
    }

    [Fact]
    public async Task The_list_names_each_form_with_its_share_interval_n_and_worst_page()
    {
        var lewis = await filled.SignedIn(Role.Analyst);

        await lewis.Open("/measure/forms");

        var rows = lewis.Page.QuerySelectorAll("#forms tbody tr").Select(Cells).Where(r => r[0].StartsWith("x-", StringComparison.Ordinal)).ToList();
        Assert.Equal(["x-council-tax-move", "x-missed-bin", "x-parking-permit"], rows.Select(r => r[0]));
        var visits = filled.Visits.Where(v => v.Form == "x-parking-permit").ToList();
        var (sent, ended) = (visits.Count(v => v.Outcome == FormOutcome.Sent), visits.Count(v => v.Outcome is FormOutcome.Sent or FormOutcome.Dropped));
        Assert.Equal(($"{visits.Count:N0}", $"{100.0 * sent / ended:0.0}%", $"{ended:N0}", "proof"), (rows[2][2], rows[2][3], rows[2][5], rows[2][6]));
        Assert.Matches("^[0-9.]+% to [0-9.]+%$", rows[2][4]);
        var left = visits.Count(v => v is { Outcome: FormOutcome.Dropped, LastPage: "proof" });
        var chose = left + visits.Count(v => v.Pages.Any(p => p.Page == "proof") && v.LastPage != "proof");
        Assert.Equal(($"{100.0 * left / chose:0.0}%", $"{chose:N0}"), (rows[2][7], rows[2][9]));
        Assert.Matches("^[0-9.]+% to [0-9.]+%$", rows[2][8]);
        Assert.Matches("points .* n = [0-9]+ and [0-9]+$", rows[2][10]);
        Assert.Contains("8 December 2025 to 2 March 2026", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("synthetic", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_form_says_its_period_n_interval_and_definition_and_what_the_repair_did()
    {
        var lewis = await filled.SignedIn(Role.Analyst);

        await lewis.Open("/measure/forms/x-council-tax-move");

        var visits = filled.Visits.Where(v => v.Form == "x-council-tax-move").ToList();
        Assert.Equal($"{100.0 * visits.Count(v => v.Outcome == FormOutcome.Sent) / visits.Count(v => v.Outcome is FormOutcome.Sent or FormOutcome.Dropped):0.0}%", Text(lewis, "#completed"));
        Assert.Contains("8 December 2025 to 2 March 2026", Text(lewis, "#scope"), StringComparison.Ordinal);
        Assert.Contains(FormFigures.Definition, lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Counts are exact", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("synthetic", lewis.Text, StringComparison.Ordinal);
        var pages = lewis.Page.QuerySelectorAll("#pages tbody tr").Select(Cells).ToList();
        Assert.Equal(["moving", "income", "dates", "evidence", "contact", "check"], pages.Select(p => p[0]));
        Assert.Equal($"{visits.Count(v => v.Outcome == FormOutcome.Dropped && v.LastPage == "evidence")}", pages[3][2]);
        var versions = lewis.Page.QuerySelectorAll("#versions tbody tr").Select(Cells).ToList();
        Assert.Equal(("Completed", "Yes"), (versions[0][0], versions[0][7]));
        Assert.StartsWith("+", versions[0][5], StringComparison.Ordinal);
        var evidence = versions.Single(v => v[0] == "Left at “evidence”");
        Assert.Equal("Yes", evidence[7]);
        Assert.StartsWith("−", evidence[5], StringComparison.Ordinal);
        // The chart holds the weeks of version 2 against those before it and marks the first of them.
        Assert.Equal("Version 2", Assert.Single(lewis.Page.QuerySelectorAll("#completed-weeks tr[data-change]")).GetAttribute("data-change"));
        var weeks = lewis.Page.QuerySelectorAll("#completed-weeks tbody tr").ToList();
        Assert.Equal(12, weeks.Count);
        // The fewer visits, the wider the limits.
        var baseline = weeks.Where(w => !w.HasAttribute("data-frozen") && w.HasAttribute("data-phase")).OrderBy(w => Number(w.Children[2])).ToList();
        Assert.True(Number(baseline[0].Children[4]) < Number(baseline[^1].Children[4]));
        Assert.Equal("improvement", lewis.Page.QuerySelectorAll("#completed-weeks tr[data-signal]")[^1].GetAttribute("data-signal"));
        Assert.Contains("No page is shown to lose more people", Text(lewis, "#costs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_that_still_loses_people_is_said_to_cost_completions_a_week()
    {
        var lewis = await filled.SignedIn(Role.Analyst);

        await lewis.Open("/measure/forms/x-parking-permit");

        Assert.Matches("The page “proof” costs us about [0-9.]+ completions a week \\(95% interval [0-9.]+ to [0-9.]+\\)", Text(lewis, "#costs"));
        Assert.Contains("12 whole weeks, 8 December 2025 to 1 March 2026", Text(lewis, "#costs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_sees_rounded_counts_and_no_small_ones()
    {
        var grace = await filled.SignedIn(Role.ServiceManager);

        await grace.Open("/measure/forms/x-missed-bin?language=cy");

        Assert.Contains("Counts are rounded to 5, and 1 to 7 are not shown.", grace.Text, StringComparison.Ordinal);
        Assert.Contains("in Welsh", Text(grace, "#scope"), StringComparison.Ordinal);
        var counts = grace.Page.QuerySelectorAll("#pages tbody tr, #outcomes tbody tr").SelectMany(r => Cells(r).Skip(1).Where((_, i) => i is 0 or 1 or 4 or 5 or 6 or 9 or 10));
        Assert.Contains("1 to 7", counts);
        Assert.All(counts, c => Assert.True(c is "1 to 7" or "hidden" || (int.TryParse(c, out var n) && n % 5 == 0), c));
    }

    [Fact]
    public async Task The_API_and_the_file_say_what_the_page_says()
    {
        var grace = await filled.SignedIn(Role.ServiceManager);
        var http = filled.App.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("forms", filled.App.Services.GetRequiredService<IWriter>(), filled.App.Clock.Now));
        const string query = "?from=2026-01-05&to=2026-02-15&channel=web&mediated=no";

        await grace.Open($"/measure/forms/x-council-tax-move{query}");
        var csv = await grace.Http.GetStringAsync($"/measure/forms/x-council-tax-move/use.csv{query}");
        var json = await http.GetFromJsonAsync<JsonElement>($"/api/v1/forms/x-council-tax-move/use{query}");

        Assert.Equal("rule-a", json.GetProperty("disclosure").GetString());
        Assert.Equal(Text(grace, "#completed"), $"{100 * json.GetProperty("completed").GetProperty("value").GetDouble():0.0}%");
        var onPage = grace.Page.QuerySelectorAll("#pages tbody tr").Select(Cells).Select(c => $"{c[0]},{c[1]},{c[2]},{c[5]},{c[7]},{c[10]},{c[11]}");
        Assert.Equal(onPage, json.GetProperty("pages").EnumerateArray().Select(p => string.Join(',', p.GetProperty("page").GetString(), Count(p, "reached"), Count(p, "left"), Count(p, "n"), Count(p, "backSteps"), Count(p.GetProperty("time"), "n"), Count(p, "messages"))));
        Assert.Equal(onPage.Select(l => l.Split(',')[1]), csv.Split("\r\n").Where(l => l.Contains(",,reached,", StringComparison.Ordinal)).Select(l => l.Split(',')[4]));
        Assert.Equal(grace.Page.QuerySelectorAll("#versions tbody tr").Length, json.GetProperty("versions").GetProperty("differences").GetArrayLength());
        Assert.Contains("# Only: channel web; mediated no", csv, StringComparison.Ordinal);
        Assert.Contains("# Period: 2026-01-05 to 2026-02-15", csv, StringComparison.Ordinal);

        static string Count(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? $"{number.GetInt64():N0}" : "1 to 7";
    }

    [Fact]
    public async Task Whoever_asks_wrongly_is_told_so_beside_the_field()
    {
        var grace = await filled.SignedIn(Role.ServiceManager);
        var http = filled.App.Browse().Http;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/forms/x-missed-bin/use")).StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("forms-wrong", filled.App.Services.GetRequiredService<IWriter>(), filled.App.Clock.Now));

        await grace.Open("/measure/forms/x-missed-bin?from=2026-02-30&channel=pigeon");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Equal(["First day must be a real date, like 2026-03-02", "Choose a channel from the list"], grace.Page.QuerySelectorAll(".govuk-error-summary__list li").Select(l => l.TextContent.Trim()));
        Assert.Contains("First day must be a real date", grace.Page.QuerySelector("#from-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/api/v1/forms/x-missed-bin/use?weeks=5")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/v1/forms/no-such/use")).StatusCode);
        await grace.Open("/measure/forms/no-such");
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        var asha = await filled.SignedIn(Role.Adviser);
        await asha.Open("/measure/forms");
        Assert.Equal(HttpStatusCode.Forbidden, asha.Status);
    }

    [Fact]
    public async Task Filters_are_chosen_in_a_form_and_stay_chosen()
    {
        var lewis = await filled.SignedIn(Role.Analyst);
        await lewis.Open("/measure/forms/x-council-tax-move");

        await lewis.Press("Show", ("version", "2"), ("mediated", "yes"), ("weeks", "4"));

        var expected = filled.Visits.Count(v => v is { Form: "x-council-tax-move", Version: 2, Mediated: true } && DateOnly.FromDateTime(v.StartedAt.DateTime) >= Today.AddDays(-28));
        Assert.Contains($"{expected} visits began", Text(lewis, "#scope"), StringComparison.Ordinal);
        Assert.Equal(["4", "yes", "2"], lewis.Page.QuerySelectorAll("select option[selected]").Select(o => o.GetAttribute("value")!).Where(v => v.Length > 0));
        Assert.Null(lewis.Page.QuerySelector("#versions"));
        Assert.Contains("2 February 2026 to 2 March 2026", Text(lewis, "#outcomes"), StringComparison.Ordinal);
        Assert.Contains("version=2", lewis.Page.QuerySelector("#scope a")!.GetAttribute("href")!, StringComparison.Ordinal);
    }

    private static string Text(Browser browser, string selector) => string.Join(' ', browser.Page.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static double Number(IElement cell) => double.Parse(cell.GetAttribute("data-value")!, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Cells(IElement row) => [.. row.Children.Select(c => c.TextContent.Trim())];

    /// <summary>One program with the demo's visits in it.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private readonly Dictionary<Role, Browser> _browsers = [];

        public TestApp App { get; } = new();
        public IReadOnlyList<FormVisited> Visits { get; } = DemoFormUse.Facts(Forms, Today, new Random(7));

        public async ValueTask InitializeAsync()
        {
            await App.Seed();
            await App.Write(async db =>
            {
                foreach (var visit in Visits) db.Record(visit, Actor.System, visit.StartedAt);
                (await db.Set<Council>().SingleAsync()).IsSynthetic = true;
            });
            await App.Services.GetRequiredService<OwnCouncil>().Read();
            while (await App.Services.GetRequiredService<Sealer>().Seal() > 0) { }
            await App.Services.GetRequiredService<FormUseReader>().CatchUp();
        }

        public async Task<Browser> SignedIn(Role role) => _browsers.TryGetValue(role, out var known) ? known : _browsers[role] = await App.SignInAs(role);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
