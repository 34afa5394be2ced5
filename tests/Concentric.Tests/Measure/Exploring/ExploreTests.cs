using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Exploring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>Explore as people meet it, over 5,000 rows of three years whose figures a loop over the rows gives too.</summary>
public sealed class ExploreTests(ExploreTests.Filled filled) : IClassFixture<ExploreTests.Filled>
{
    private static readonly IReadOnlyList<ContactRow> Rows = TestStore.Rows(11, 5_000);

    private static IEnumerable<ContactRow> Citizens => Rows.Where(r => r is { Kind: ContactKind.Contact, Initiator: ContactInitiator.Citizen });

    [Fact]
    public async Task An_analyst_sees_exact_figures_and_is_told_so()
    {
        var lewis = await filled.Lewis();

        await lewis.Open("/measure/explore?measure=contacts&measure=failure-share&by=channel");

        var web = Citizens.Where(r => r.Channel == Channels.Find("web")!.Code).ToList();
        var coded = web.Count(r => r.Demand is Demand.Value or Demand.Failure);
        var share = Share.Of(web.Count(r => r.Demand == Demand.Failure), coded)!.Value;
        Assert.Equal($"{web.Count:N0}|{100 * share.Value:N1}%|{100 * share.Low:N1}% to {100 * share.High:N1}%|{coded:N0}", Row(lewis, "Web form"));
        Assert.Contains($"n = {Citizens.Count():N0}.", lewis.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("Exact figures, because you are an analyst", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Definition 1.", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_manager_sees_rounded_figures_and_which_rows_have_something_hidden()
    {
        var grace = await filled.Grace();

        await grace.Open("/measure/explore?measure=contacts&by=service&by=channel&by=ward&rows=2000");

        var counts = grace.Page.QuerySelectorAll("#answer-rows tbody tr td:last-child").Select(c => c.TextContent.Trim()).ToList();
        Assert.Contains("1 to 7", counts);
        Assert.All(counts.Where(c => c != "1 to 7"), c => Assert.Equal(0, int.Parse(c, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) % 5));
        Assert.Contains($"{counts.Count(c => c == "1 to 7"):N0} rows have something hidden.", grace.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by=channel", "bars", "bar")]
    [InlineData("by=month", "lines", "line")]
    [InlineData("by=month&by=channel", "lines", "line")]
    [InlineData("by=channel&by=demand", "heat", "heat")]
    [InlineData("by=channel&by=demand&chart=none", null, null)]
    [InlineData("by=channel&by=demand&by=ward", null, null)]
    public async Task An_answer_is_drawn_as_suits_it_with_its_numbers_beside_it(string by, string? id, string? chart)
    {
        var lewis = await filled.Lewis();

        await lewis.Open($"/measure/explore?measure=contacts&{by}");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        var figure = lewis.Page.QuerySelector("figure");
        Assert.Equal((id, chart), (figure?.Id, figure?.GetAttribute("data-chart")));
        if (figure is not null) Assert.NotEmpty(figure.QuerySelectorAll("tbody td[data-value]"));
    }

    [Fact]
    public async Task Lines_have_every_month_and_no_more_than_six_series_and_add_up()
    {
        var lewis = await filled.Lewis();

        await lewis.Open("/measure/explore?measure=contacts&by=month&by=channel");

        var figure = lewis.Page.QuerySelector("figure#lines")!;
        Assert.Equal(36, figure.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(6, figure.QuerySelectorAll("thead [data-column=value]").Length);
        Assert.Equal("January 2023", figure.QuerySelector("tbody th")!.TextContent);
    }

    [Fact]
    public async Task A_chart_that_does_not_fit_is_told_why()
    {
        var lewis = await filled.Lewis();

        Assert.Contains("Lines are drawn where", (await lewis.Open("/measure/explore?measure=contacts&by=channel&chart=lines")).Text, StringComparison.Ordinal);
        Assert.Contains("A heat map is drawn where", (await lewis.Open("/measure/explore?measure=contacts&by=channel&chart=heat-map")).Text, StringComparison.Ordinal);
        Assert.Contains("Bars are drawn where", (await lewis.Open("/measure/explore?measure=contacts&chart=bars")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_hold_together_and_the_form_shows_them()
    {
        var lewis = await filled.Lewis();

        await lewis.Open("/measure/explore?measure=contacts&channel=web&channel=phone&demand=failure&from=2024-01-01&to=2024-12-31");

        var n = Citizens.Count(r => (r.Channel == Channels.Find("web")!.Code || r.Channel == Channels.Find("phone")!.Code) && r.Demand == Demand.Failure && r.OccurredAt.Year == 2024);
        Assert.Equal($"{n:N0}", lewis.Page.QuerySelector("#answer-rows tbody td")!.TextContent.Trim());
        Assert.Equal(["phone", "web"], lewis.Page.QuerySelectorAll("input[name=channel][checked]").Select(i => i.GetAttribute("value")!).Order());
        Assert.Equal("2024-01-01", lewis.Page.QuerySelector("input[name=from]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_table_that_is_cut_says_how_many_rows_more_and_the_file_has_all()
    {
        var lewis = await filled.Lewis();
        const string Asked = "measure=contacts&by=service&by=channel&rows=5";

        await lewis.Open($"/measure/explore?{Asked}");
        var csv = await lewis.Http.GetStringAsync($"/measure/explore.csv?{Asked}");

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).SkipWhile(l => l.TrimStart('\ufeff').StartsWith('#')).Skip(1).ToList();
        Assert.Equal(5, lewis.Page.QuerySelectorAll("#answer-rows tbody tr").Length);
        Assert.Contains($"{lines.Count - 5} more rows. The file has all of them.", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(Citizens.Count(), lines.Sum(l => int.Parse(l[(l.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_file_for_a_service_manager_is_under_the_same_rule()
    {
        var grace = await filled.Grace();

        using var answer = await grace.Http.GetAsync("/measure/explore.csv?measure=contacts&by=service&by=ward&by=channel");
        var csv = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("# Disclosure: counts from 1 to 7 are hidden", csv, StringComparison.Ordinal);
        Assert.Contains(",1 to 7\r\n", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(csv.Split("\r\n").Where(l => !l.StartsWith('#')), l => l.EndsWith(",3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/measure/explore?by=shoe-size", "There is nothing called “shoe-size” to group by")]
    [InlineData("/measure/explore?measure=contacts&channel=carrier-pigeon", "There is no channel “carrier-pigeon”")]
    [InlineData("/measure/explore?measure=contacts&from=soon", "and not “soon”")]
    [InlineData("/measure/explore?measure=contacts&council=nowhere", "Nothing has been counted for a council called “nowhere”")]
    [InlineData("/measure/explore?measure=contacts&service=<script>", "There is no service “<script>”")]
    [InlineData("/measure/explore.csv?measure=contacts&from=soon", "and not “soon”")]
    public async Task Wrong_input_in_the_address_gets_a_message(string address, string message)
    {
        var grace = await filled.Grace();

        await grace.Open(address);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains(message, grace.Page.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_says_why_it_may_be_empty()
    {
        var grace = await filled.Grace();

        await grace.Open("/measure/explore?measure=contacts&by=channel&from=1999-01-01&to=1999-12-31");

        Assert.Equal(HttpStatusCode.OK, grace.Status);
        Assert.Contains("Nothing was found.", grace.Text, StringComparison.Ordinal);
        Assert.Contains("has contacts from January 2023 to December 2025.", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_question_it_opens_with_the_last_year_by_service()
    {
        var grace = await filled.Grace();

        await grace.Open("/measure/explore");

        Assert.Equal("bar", grace.Page.QuerySelector("figure")!.GetAttribute("data-chart"));
        Assert.Equal("service", grace.Page.QuerySelector("select[name=by] option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_page_the_file_and_the_API_say_the_same()
    {
        var grace = await filled.Grace();
        var http = filled.App.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("explore", filled.App.Services.GetRequiredService<IWriter>(), filled.App.Clock.Now));

        await grace.Open("/measure/explore?measure=contacts&measure=persons&by=channel&sort=groups");
        var csv = await grace.Http.GetStringAsync("/measure/explore.csv?measure=contacts&measure=persons&by=channel&sort=groups");
        using var answer = await http.PostAsJsonAsync("/api/v1/contacts/query", new { by = new[] { "channel" }, measures = new[] { "contacts", "persons" } });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();

        var page = grace.Page.QuerySelectorAll("#answer-rows tbody tr").Select(r => string.Join(',', r.Children.Select(c => c.TextContent.Trim().Replace(",", "", StringComparison.Ordinal))));
        var file = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).SkipWhile(l => l.TrimStart('\ufeff').StartsWith('#')).Skip(1);
        var api = json.GetProperty("rows").EnumerateArray().Select(r => $"{r[0].GetString()},{r[1].GetDouble()},{r[2].GetDouble()}");
        Assert.Equal(page, file);
        Assert.Equal(page, api);
        Assert.Equal("rule-a", json.GetProperty("disclosure").GetString());
    }

    private static string Row(Browser browser, string label) =>
        string.Join('|', browser.Page.QuerySelectorAll("#answer-rows tbody tr").Single(r => r.Children[0].TextContent.Trim() == label).Children.Skip(1).Select(c => c.TextContent.Trim()));

    /// <summary>One program with the rows in it, and somebody of each of two roles signed in.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public TestApp App { get; } = new();
        private Browser? _grace, _lewis;

        public async ValueTask InitializeAsync()
        {
            await App.Seed();
            var settings = App.Services.GetRequiredService<Settings>();
            await App.Services.GetRequiredService<ContactImport>().RunRows(Rows, new(new CouncilAttributes(settings.Council, "Northmoor", IsSynthetic: true), "test", "rows.csv"), Actor.System, stop: TestContext.Current.CancellationToken);
        }

        public async Task<Browser> Grace() => _grace ??= await App.SignInAs(Role.ServiceManager);

        public async Task<Browser> Lewis() => _lewis ??= await App.SignInAs(Role.Analyst);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
