using System.Globalization;
using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Seeing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>What pages of journeys show, to whom.</summary>
public sealed class JourneyPagesTests : IDisposable
{
    private const string Map = """
        {"name":"permits","about":"Permits.","council":{"name":"permits","label":"Permits of Tryton","isSynthetic":false,"zone":"Europe/London"},"kind":"step","format":"xes","id":["case:concept:name","@position"],
         "opened":{"columns":["time:timestamp"],"formats":["yyyy-MM-ddTHH:mm:ss.FFFFFFFK"]},"step":{"case":["case:concept:name"],"activity":"concept:name","actor":["org:resource"],"organisation":"org:group"}}
        """;

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Who_has_no_steps_is_told_how_they_come()
    {
        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys");

        Assert.Contains("There are no steps of cases yet", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_few_cases_did_is_hidden_with_all_that_would_tell_it_and_parts_are_rounded_for_everybody()
    {
        await Import(("abc", 21), ("ac", 33), ("adc", 2), ("ac", 1));

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys?log=1");
        Assert.Equal("Journeys", lewis.Heading);
        // a → d → c is of two cases; a → c is hidden with it, because it and all others would tell it.
        Assert.Equal(["Start a 55 55", "c End 55 55", "a b 20 20", "b c 20 20"], Ways(lewis));
        Assert.Equal("57", lewis.Page.QuerySelector(".app-tiles__number")!.TextContent);
        // Unrounded, the 23 of other orders less the 21 that went a → b would be the two.
        Assert.Equal(["a c 35"], Orders(lewis));
        Assert.Contains("Others: 25 cases in 2 other orders", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Touch time is not known", lewis.Text, StringComparison.Ordinal);

        var grace = await (await _app.SignInAs(Role.ServiceManager)).Open("/measure/journeys?log=1");
        Assert.Equal("55", grace.Page.QuerySelector(".app-tiles__number")!.TextContent);
        Assert.Contains("Counts are rounded to 5.", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("57", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_cases_show_nothing_and_a_wrong_question_is_told()
    {
        await Import(("abc", 4));

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys?log=1");
        Assert.Contains("Fewer than 5 cases: nothing is shown", lewis.Text, StringComparison.Ordinal);
        Assert.Empty(lewis.Page.QuerySelectorAll("#flow-paths"));
        await lewis.Open("/measure/journeys?log=77&from=soon");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Equal(["Enter a day as 2026-03-02", "That log is not here, or its import was undone. Choose one from the list"], lewis.Page.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.TextContent.Trim()));
        await lewis.Open("/measure/journeys/check?log=1");
        Assert.Contains("Fewer than 5 cases", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journeys_are_held_against_a_path_and_rules()
    {
        await Import(("abc", 20), ("acb", 10), ("ab", 15));
        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys/check?log=1");
        // At first, the order that most cases had.
        Assert.Equal("a\nb\nc", lewis.Page.QuerySelector("textarea")!.TextContent.Trim());

        await lewis.Open("/measure/journeys/check?log=1&path=a%0Ac%0Ab&before-first=c&before-then=b&within-from=a&within-until=c&days=1&eyes-one=&eyes-other=");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        Assert.Equal(["None: exactly so 10 22.2%", "1 or 2 steps 35 77.8%", "3 to 5 steps 0 0.0%", "More 0 0.0%"], Rows(lewis, 0));
        Assert.Equal(["Kept 10 22.2%", "Broken 35 77.8%", "Not done, or not known 0 0.0%", "Not concerned 0 0.0%"], Rows(lewis, 1));
        Assert.Equal(["Kept 30 66.7%", "Broken 0 0.0%", "Not done, or not known 15 33.3%", "Not concerned 0 0.0%"], Rows(lewis, 2));

        await lewis.Open("/measure/journeys/check?log=1&path=&deviations=3");
        // None is not told from few: between the two lies the time of the case that is farthest.
        Assert.Contains("Few cases or none have a time that is far from the usual", lewis.Text, StringComparison.Ordinal);
        Assert.All(Rows(lewis, 0), r => Assert.EndsWith("Few or none", r, StringComparison.Ordinal));
        Assert.Contains("mean ± 3 standard deviations", lewis.Text, StringComparison.Ordinal);
        await lewis.Open("/measure/journeys/check?log=1&deviations=2.5");
        Assert.Contains("Select from how many standard deviations on", lewis.Text, StringComparison.Ordinal);

        await lewis.Open("/measure/journeys/check?log=1&path=a%0Aq&within-from=a&within-until=a&days=many");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("No case has a step called “q”", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Select two different steps", lewis.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/measure/journeys?log=1&to=9999-12-31")]
    [InlineData("/measure/journeys?log=1&from=0001-01-01")]
    [InlineData("/measure/journeys/check?log=1&to=9999-12-31")]
    [InlineData("/measure/journeys/compare?a-log=1&b-log=1&b-to=9999-12-31")]
    public async Task A_day_that_no_log_can_have_is_told(string address)
    {
        await Import(("abc", 20));

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open(address);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("Enter a day of the years 1970 to 2148", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_average_tells_a_group_that_is_hidden()
    {
        // 1 of 42 cases is farther from what was expected than the others: the mean of all would tell.
        await Import(("abc", 40), ("abbc", 1), ("abbbc", 1));
        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys/check?log=1&path=a%0Ac");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        Assert.Contains("Not shown", string.Join('|', Rows(lewis, 0)), StringComparison.Ordinal);
        Assert.DoesNotContain("on average", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void How_often_work_changed_hands_is_told_by_the_counts_that_are_shown()
    {
        // 3 of 43 cases changed hands, all others not: neither how many nor how often.
        Assert.Equal(((ShownCount?)null, (double?)null), Hands([.. Enumerable.Repeat("xx", 40), .. Enumerable.Repeat("xy", 3)])!.Value);
        // 21 of 42 did, once each: 20 of 40 by rounded counts.
        var (cases, perCase) = Hands([.. Enumerable.Repeat("xx", 21), .. Enumerable.Repeat("xy", 21)])!.Value;
        Assert.Equal((20L, 0.5), (cases!.Value.Value, perCase));
    }

    private static (ShownCount? Cases, double? PerCase)? Hands(IReadOnlyList<string> cases)
    {
        var log = new EventLogBuilder();
        foreach (var (number, people) in cases.Index())
            foreach (var (place, person) in people.Index()) log.Add(new(log.Case($"{number}"), log.Activity($"{place}"), place, place) { Resource = log.Resource($"{person}") });
        var council = new CouncilCode(1, "permits", "Permits", false, "Europe/London");
        return JourneysView.Of(new([], new("1", council, null, [], 0, default, default) { StepsOf = new Dictionary<int, long>() }, log.Build(), [], IsExact: false), TestContext.Current.CancellationToken).Hands;
    }

    [Fact]
    public async Task A_log_with_too_many_steps_is_read_by_the_days_on_which_its_cases_began()
    {
        await Import(("abc", 20), ("ac", 10));
        var logs = new JourneyLogs(_app.Services.GetRequiredService<IContactStore>(), mostSteps: 79);
        var errors = new Errors();

        var all = await logs.Find(new() { Log = "1" }, errors, new(), stop: TestContext.Current.CancellationToken);
        Assert.Equal(0, all!.Log.Cases);
        Assert.Equal("These cases have 80 steps, and no more than 79 are read at once. Choose the days on which the cases began", Assert.Single(errors).Message);

        var none = new Errors();
        var later = await logs.Find(new() { Log = "1", From = new(2026, 2, 3) }, none, new(), stop: TestContext.Current.CancellationToken);
        Assert.Equal((false, 0), (none.Any, later!.Log.Cases));
        var that = new Errors();
        var day = await logs.Find(new() { Log = "1", From = new(2026, 2, 2), To = new(2026, 2, 2) }, that, new(), stop: TestContext.Current.CancellationToken);
        Assert.True(that.Any && day!.Log.Cases == 0);
        Assert.Equal(30, (await new JourneyLogs(_app.Services.GetRequiredService<IContactStore>()).Find(new() { Log = "1", From = new(2026, 2, 2), To = new(2026, 2, 2) }, new(), new(), stop: TestContext.Current.CancellationToken))!.Log.Cases);
    }

    [Fact]
    public async Task Two_logs_stand_beside_each_other()
    {
        await Import(("abc", 40), ("ac", 40));
        await Import("permits-two", ("abc", 60), ("ac", 20));

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys/compare?a-log=1&b-log=2");

        Assert.Contains("Cases 80 80", string.Join('|', Rows(lewis, 0)), StringComparison.Ordinal);
        // 40 of 80 and 60 of 80: Newcombe's interval of 25 points.
        Assert.Contains(Rows(lewis, 1), r => r.StartsWith("b 50.0% 75.0% +25.0 (+10.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_case_is_told_in_order_to_those_who_may_see_single_cases()
    {
        var reference = Reference.Of(4711);
        var own = _app.Services.GetRequiredService<Settings>().Council;
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        await _app.Services.GetRequiredService<IWriter>().Write(db =>
        {
            db.Record(new EnquiryRaised(reference.ToString(), own, "524", "phone", 0, at), Actor.System, at);
            db.Record(new CaseBegun(reference.ToString(), own, "missed-collection", 1, "524", "Waste", new(2026, 3, 9), at), Actor.System, at);
            db.Record(new CaseMoved(reference.ToString(), 1, "StepDone", "inspect", null, "Streets", null, at.AddHours(5)), Actor.System, at.AddHours(5));
            return Task.CompletedTask;
        });
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open($"/measure/journeys/cases?reference={reference}");
        Assert.Equal(["The citizen got in touch: phone", "Begun", "5 hours passed", "Inspect"], lewis.Page.QuerySelectorAll(".app-journey strong, .app-journey__gap").Select(m => m.TextContent.Trim()));
        Assert.Contains("Team: Streets", lewis.Text, StringComparison.Ordinal);
        await lewis.Open("/measure/journeys/cases?reference=soon");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (lewis.Status, lewis.Text.Contains("Enter a reference as CN 4F7K-2M9X", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open($"/measure/journeys/cases/{Reference.Of(4712)}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await _app.SignInAs(Role.ServiceManager)).Open($"/measure/journeys/cases/{reference}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _app.SignInAs(Role.Administrator)).Open($"/measure/journeys/cases/{reference}")).Status);
    }

    private Task Import(params (string Path, int Cases)[] orders) => Import("permits", orders);

    private async Task Import(string council, params (string Path, int Cases)[] orders)
    {
        var (log, number) = (new StringBuilder("<log>"), 0);
        foreach (var path in orders.SelectMany(o => Enumerable.Repeat(o.Path, o.Cases)))
        {
            log.Append(CultureInfo.InvariantCulture, $"<trace><string key=\"concept:name\" value=\"{++number}\"/>");
            foreach (var (place, activity) in path.Index())
                log.Append(CultureInfo.InvariantCulture, $"<event><string key=\"concept:name\" value=\"{activity}\"/><string key=\"org:group\" value=\"T{place % 2}\"/><date key=\"time:timestamp\" value=\"2026-02-02T1{place}:00:00Z\"/></event>");
            log.Append("</trace>");
        }
        var report = await _app.Services.GetRequiredService<ContactImport>().Run(new MemoryStream(Encoding.UTF8.GetBytes(log.Append("</log>").ToString())), "permits.xes", Mapping.Parse(Map.Replace("\"permits\"", $"\"{council}\"", StringComparison.Ordinal), council), Actor.System);
        Assert.Equal(0, report.Rejected);
    }

    private static IEnumerable<string> Ways(Browser person) => person.Page.QuerySelectorAll("#flow-paths tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll("td").Take(4).Select(c => c.TextContent.Trim())));

    private static IEnumerable<string> Orders(Browser person) => person.Page.QuerySelectorAll(".app-flow__variants tbody tr").Select(r => $"{string.Join(' ', r.QuerySelectorAll("li").Select(l => l.TextContent))} {r.QuerySelectorAll("td")[1].TextContent}");

    private static List<string> Rows(Browser person, int table) =>
        [.. person.Page.QuerySelectorAll("table").ElementAt(table).QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent.Trim())).TrimEnd())];
}
