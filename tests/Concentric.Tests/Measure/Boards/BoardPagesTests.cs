using System.Net;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Boards;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Boards;

/// <summary>A service manager looks at boards, goes from a signal to its contacts, keeps measures, marks charts, sets targets and holds reviews.</summary>
public sealed class BoardPagesTests : IAsyncLifetime
{
    private const string Bins = "/measure/measures/failure-share@524", Tax = "/measure/measures/failure-share@57";

    private readonly TestApp _app = new();
    private Browser _grace = null!;

    public async ValueTask InitializeAsync()
    {
        _grace = await _app.SignInAs(Role.ServiceManager);
        await Bring("rows.csv", [.. Enumerable.Range(0, 40).SelectMany(week => Week(week, "524", week == 39 ? 38 : Failures(week)).Concat(Week(week, "57", Failures(week))))]);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Every_service_has_a_board_without_set_up_and_a_concern_stands_first()
    {
        await _grace.Open("/measure/boards");
        Assert.Equal(["The whole council", "Bin collection"], _grace.Page.QuerySelectorAll("tbody th").Take(2).Select(th => th.TextContent.Trim()));

        await _grace.Follow("Bin collection");

        Assert.Equal("Bin collection", _grace.Heading);
        var first = _grace.Page.QuerySelectorAll(".app-board__card")[0];
        Assert.Equal("Share of failure demand", first.QuerySelector("h3")!.TextContent);
        Assert.Equal("Concern", first.QuerySelector(".govuk-tag")!.TextContent);
        Assert.StartsWith("Share of failure demand: 100.0% in the week from 23 February 2026. Usually ", first.QuerySelector("svg.app-spark")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("Above the upper limit.", first.TextContent, StringComparison.Ordinal);
        Assert.Equal("Variation: Concern, higher", first.QuerySelector("svg.app-mark")!.GetAttribute("aria-label"));
        Assert.Contains("Of 1 chart of 40 points, fewer than 0.1 would tell of a change in the last period by chance alone, and about 0.3 would mark some point.", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("Satisfaction: Nothing was recorded for it yet.", _grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", _grace.Page.QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_point_leads_to_its_contacts()
    {
        await _grace.Open(Bins);
        Assert.Contains("Definition 1.", _grace.Text, StringComparison.Ordinal);

        await _grace.Follow("23 February 2026");

        Assert.Equal("Share of failure demand: the week from 23 February 2026", _grace.Heading);
        Assert.Contains("Above the upper limit.", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("40 contacts of 23 February 2026 to 1 March 2026", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("By channel", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _grace.Open("/measure/measures/contacts?key=failure-share@524&from=2031-01-05")).Status);
    }

    [Fact]
    public async Task A_target_is_refused_until_it_is_known_what_the_process_can_do_and_then_says_how_much_would_meet_it()
    {
        await _grace.Open("/measure/measures/target?key=failure-share@524");
        Assert.Contains("No target can be set yet. 1 of the last 12 points shows a signal, so the process is not stable.", _grace.Text, StringComparison.Ordinal);
        Assert.Empty(_grace.Page.QuerySelectorAll("input[name=Value]"));
        await _grace.Open(Tax);
        await _grace.Post("/measure/measures/target", [("Key", "failure-share@524"), ("Value", "20"), ("Seen", "20"), ("Reason", "Because")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, _grace.Status);

        await _grace.Open("/measure/measures/target?key=failure-share@57");
        await _grace.Press("See how much would meet it", ("Value", "120"), ("Reason", ""));
        Assert.Contains("The target must be a value that the measure can have", _grace.Text, StringComparison.Ordinal);
        await _grace.Press("See how much would meet it", ("Value", "40"), ("Reason", "Half of what it was"));
        Assert.Contains("A target of 40.0% or less: 50.0% of the 40 points met it.", _grace.Text, StringComparison.Ordinal);
        Assert.Empty(await _app.Db(db => db.Set<MeasureTarget>().ToListAsync()));
        await _grace.Press("Set this target");

        var target = Assert.Single(await _app.Db(db => db.Set<MeasureTarget>().ToListAsync()));
        Assert.Equal((40.0, 40, 0.5), (target.Value, target.Points, target.Observed));
        Assert.Contains("Target 40.0: The target lies within the limits", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(["set"], await Facts<TargetChanged>("target-changed", f => f.Action));
    }

    [Fact]
    public async Task A_phase_needs_a_dated_cause_and_points_of_its_own_and_can_be_taken_back()
    {
        await _grace.Open("/measure/measures/phase?key=failure-share@524");
        await _grace.Press("Record the phase");
        Assert.Equal(["Enter the day of the change", "Enter what was changed", "Enter how it is known that it was changed on that day"], _grace.Page.QuerySelectorAll(".govuk-error-summary li").Select(li => li.TextContent.Trim()));
        await _grace.Press("Record the phase", ("From.Day", "26"), ("From.Month", "2"), ("From.Year", "2026"), ("Reason", "A new round"), ("Evidence", "The contract"));
        Assert.Contains("A phase needs points of its own: no complete period has passed since.", _grace.Text, StringComparison.Ordinal);

        await _grace.Press("Record the phase", ("From.Day", "5"), ("From.Month", "1"), ("From.Year", "2026"));

        Assert.Contains("From 5 January 2026: A new round", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("Known from: The contract. Recorded by Grace Okoro on 2 March 2026. Limits are provisional: they come from 8 values and need 12.", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("Too few points", _grace.Text, StringComparison.Ordinal);
        _app.Clock.Now = _app.Clock.Now.AddSeconds(1);
        await _grace.Press("Take back");
        Assert.Contains("One phase: no change with new limits was recorded.", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(["begun A new round", "withdrawn A new round"], await Facts<ChartPhaseChanged>("chart-phase-changed", f => $"{f.Action} {f.Reason}"));
    }

    [Fact]
    public async Task A_note_stands_at_its_point_and_moves_no_limits()
    {
        await _grace.Open(Bins);
        var limits = _grace.Page.QuerySelector("figure tbody tr")!.Children[3].TextContent;

        await _grace.Press("Save the note", ("On.Day", "24"), ("On.Month", "12"), ("On.Year", "2025"), ("Text", "Snow closed the depot"));

        var row = _grace.Page.QuerySelectorAll("figure tbody tr").Single(r => r.Children[0].TextContent == "22 December 2025");
        Assert.Equal(("Note: Snow closed the depot", limits), (row.Children[^1].TextContent, row.Children[3].TextContent));
        await _grace.Press("Save the note", ("On.Day", "24"), ("On.Month", "12"), ("On.Year", "2019"), ("Text", "Long ago"));
        Assert.Contains("The day of the note must be among the points of the chart", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(["written"], await Facts<ChartNoteChanged>("chart-note-changed", f => f.Action));
    }

    [Fact]
    public async Task A_measure_is_kept_redefined_and_taken_off_and_old_points_keep_their_definition()
    {
        await _grace.Open("/measure/measures/new?board=524");
        await _grace.Press("Add the measure");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, _grace.Status);
        var owner = _grace.Page.QuerySelectorAll("select[name=Owner] option").Single(o => o.TextContent.StartsWith("Grace", StringComparison.Ordinal)).GetAttribute("value")!;
        await _grace.Press("Add the measure", ("Name", "Calls"), ("About", "How many call."), ("Figure", "contacts"), ("Channel", "phone"), ("Better", "lower"), ("For", "internal"), ("Use", "planning"), ("Period", "month"), ("Owner", owner));
        await _grace.Follow("Calls");
        Assert.Contains("Answered for by: Grace Okoro. Internal. For planning and budgeting.", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("Only: channel Phone; service ", _grace.Text, StringComparison.Ordinal);

        await _grace.Follow("Change this measure");
        await _grace.Press("Save", ("Channel", "web"));
        Assert.Contains("Enter why what is counted changes", _grace.Text, StringComparison.Ordinal);
        _app.Clock.Now = _app.Clock.Now.AddSeconds(1);
        await _grace.Press("Save", ("From.Day", "1"), ("From.Month", "11"), ("From.Year", "2025"), ("Reason", "Calls are counted elsewhere now"));

        Assert.Contains("Definition 2, from 1 November 2025.", _grace.Text, StringComparison.Ordinal);
        var rows = _grace.Page.QuerySelectorAll("#points tbody tr").ToDictionary(r => r.Children[0].TextContent.Trim(), r => r.Children[4].TextContent.Trim());
        Assert.Equal(("1", "2"), (rows["October 2025"], rows["November 2025"]));
        await _grace.Follow("Change this measure");
        _app.Clock.Now = _app.Clock.Now.AddSeconds(1);
        await _grace.Press("Take it off");
        Assert.DoesNotContain("Calls", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(["kept 1", "redefined 2", "ended 2"], await Facts<MeasureChanged>("measure-changed", f => $"{f.Action} {f.Version}"));
    }

    [Fact]
    public async Task A_new_definition_takes_back_the_target_and_another_unit_is_another_measure()
    {
        await _grace.Open("/measure/measures/new?board=57");
        var owner = _grace.Page.QuerySelectorAll("select[name=Owner] option").Single(o => o.TextContent.StartsWith("Grace", StringComparison.Ordinal)).GetAttribute("value")!;
        await _grace.Press("Add the measure", ("Name", "Failures"), ("About", "What fails."), ("Figure", "failure-share"), ("Better", "lower"), ("For", "citizens"), ("Use", "improvement"), ("Period", "week"), ("Owner", owner));
        await _grace.Follow("Failures");
        await _grace.Follow("Set a target");
        await _grace.Press("See how much would meet it", ("Value", "40"), ("Reason", "Half of what it was"));
        await _grace.Press("Set this target");

        await _grace.Follow("Change this measure");
        await _grace.Press("Save", ("Figure", "contacts"), ("From.Day", "1"), ("From.Month", "1"), ("From.Year", "2026"), ("Reason", "All of it"));
        Assert.Contains("This is measured in contacts and the measure is in per cent: that is another measure.", _grace.Text, StringComparison.Ordinal);
        _app.Clock.Now = _app.Clock.Now.AddSeconds(1);
        await _grace.Press("Save", ("Figure", "failure-share"), ("Channel", "phone"));

        Assert.Contains("Definition 2, from 1 January 2026.", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(["set", "withdrawn"], await Facts<TargetChanged>("target-changed", f => f.Action));
        Assert.NotNull(Assert.Single(await _app.Db(db => db.Set<MeasureTarget>().ToListAsync())).EndedAt);
    }

    [Fact]
    public async Task A_review_that_is_written_down_later_keeps_the_signals_of_its_own_day()
    {
        await _grace.Open("/measure/reviews/new?board=524");
        await _grace.Press("Save the review", ("HeldOn.Day", "23"), ("HeldOn.Month", "2"), ("HeldOn.Year", "2026"), ("Findings", "Nothing new."));

        Assert.Equal("Review of 23 February 2026", _grace.Heading);
        Assert.DoesNotContain("Above the upper limit", Assert.Single(await _app.Db(db => db.Set<BoardReview>().ToListAsync())).Signals, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_that_were_missed_are_kept_with_the_next()
    {
        var keep = _app.Services.GetRequiredService<KeepPublished>();
        await keep.Run(TestContext.Current.CancellationToken);
        await Bring("more.csv", [.. Enumerable.Range(40, 3).SelectMany(week => Week(week, "524", Failures(week)))]);
        _app.Clock.Now = _app.Clock.Now.AddDays(21);

        await keep.Run(TestContext.Current.CancellationToken);

        Assert.Equal([new DateOnly(2026, 2, 23), new(2026, 3, 2), new(2026, 3, 9), new(2026, 3, 16)],
            (await _app.Db(db => db.Set<PublishedPoint>().Where(p => p.Measure == "contacts@524").ToListAsync())).Select(p => p.Period).Order());
        // Nobody said anything of satisfaction: that is not published as a gap.
        Assert.Empty(await _app.Db(db => db.Set<PublishedPoint>().Where(p => p.Measure == "satisfaction@524").ToListAsync()));
    }

    [Fact]
    public async Task A_review_is_written_down_and_the_next_opens_with_whether_the_decision_moved_its_measure()
    {
        await _grace.Open("/measure/boards/524");
        Assert.Contains("This board was never reviewed.", _grace.Text, StringComparison.Ordinal);
        await _grace.Follow("Hold a review");
        Assert.Contains("Concern: Share of failure demand, 100.0% in the week from 23 February 2026. Above the upper limit.", _grace.Text, StringComparison.Ordinal);
        await _grace.Press("Save the review", ("Findings", "A round was not driven."), ("Decision", "Drive it"));
        Assert.Contains("Select the measure that it is to move", _grace.Text, StringComparison.Ordinal);
        var person = _grace.Page.QuerySelectorAll("select[name=Person] option").Single(o => o.TextContent.StartsWith("Tom", StringComparison.Ordinal)).GetAttribute("value")!;
        await _grace.Press("Save the review", ("Measure", "failure-share@524"), ("Person", person), ("DueOn.Day", "9"), ("DueOn.Month", "3"), ("DueOn.Year", "2026"));
        Assert.Equal("Review of 2 March 2026", _grace.Heading);
        Assert.Contains("Nobody has said yet that it was done", _grace.Text, StringComparison.Ordinal);

        _app.Clock.Now = _app.Clock.Now.AddDays(40);
        // A session does not last so long.
        _grace = await _app.SignInAs(Role.ServiceManager);
        await _grace.Open("/measure/boards/524");
        Assert.Contains("The review of this board is overdue since 30 March 2026.", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("“Drive it” was to be done by 9 March 2026, by Tom Reeve. Nobody has said that it was.", _grace.Text, StringComparison.Ordinal);
        await _grace.Follow("Say when it was done");
        await _grace.Press("It was done", ("DoneOn.Day", "1"), ("DoneOn.Month", "3"), ("DoneOn.Year", "2026"));
        Assert.Contains("must not be before the review that decided it", _grace.Text, StringComparison.Ordinal);
        await _grace.Press("It was done", ("DoneOn.Day", "9"));
        await _grace.Open("/measure/reviews/new?board=524");
        Assert.Contains("Done on 9 March 2026.", _grace.Text, StringComparison.Ordinal);
        Assert.Contains("It is too early to tell whether it moved its measure", _grace.Text, StringComparison.Ordinal);
        Assert.Equal(["Drive it"], await Facts<BoardReviewed>("board-reviewed", f => f.Decision!));
    }

    [Fact]
    public async Task Points_are_kept_as_first_published_and_contacts_that_come_late_show()
    {
        var keep = _app.Services.GetRequiredService<KeepPublished>();
        Assert.InRange(await keep.Run(TestContext.Current.CancellationToken), 6, 20);
        Assert.Equal(0, await keep.Run(TestContext.Current.CancellationToken));
        await Bring("late.csv", [.. Week(39, "524", 20, "late")]);

        await _grace.Open("/measure/measures/contacts@524");

        var row = _grace.Page.QuerySelectorAll("#points tbody tr")[0];
        Assert.Equal(("23 February 2026", "80", "40"), (row.Children[0].TextContent.Trim(), row.Children[1].TextContent.Trim(), row.Children[5].TextContent.Trim()));
        Assert.Contains("The value was 40: contacts of the period were counted or corrected after it was published.", row.Children[6].TextContent, StringComparison.Ordinal);
        Assert.Equal("Not kept", _grace.Page.QuerySelectorAll("#points tbody tr")[1].Children[5].TextContent.Trim());
    }

    [Fact]
    public async Task Programs_get_what_the_page_shows_and_others_than_managers_change_nothing()
    {
        var http = _app.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now));

        var list = JsonDocument.Parse(await http.GetStringAsync("/api/v1/measures?service=524")).RootElement;
        var first = list.GetProperty("measures").EnumerateArray().First(m => m.GetProperty("state").GetString() != "nothing");
        Assert.Equal(("rule-a", "failure-share@524", "concern", 100.0), (list.GetProperty("disclosure").GetString(), first.GetProperty("key").GetString(), first.GetProperty("state").GetString(), first.GetProperty("last").GetProperty("value").GetDouble()));
        var one = JsonDocument.Parse(await http.GetStringAsync("/api/v1/measures/failure-share@524")).RootElement.GetProperty("measures")[0];
        Assert.Equal(40, one.GetProperty("points").GetArrayLength());
        Assert.Equal("beyond-limit above 1", one.GetProperty("points")[39].GetProperty("flags")[0].GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/v1/measures/nonsense")).StatusCode);

        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open(Bins);
        Assert.DoesNotContain("Record a new phase", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await lewis.Open("/measure/measures/target?key=failure-share@524")).Status);
    }

    private async Task Bring(string file, IReadOnlyList<ContactRow> rows) =>
        await _app.Services.GetRequiredService<ContactImport>().RunRows(rows, new(new CouncilAttributes(_app.Services.GetRequiredService<Settings>().Council, "Northmoor", IsSynthetic: false), "test", file), Actor.System, stop: TestContext.Current.CancellationToken);

    private static int Failures(int week) => week % 4 < 2 ? 14 : 18;

    /// <summary>Forty contacts of a week, of which so many are failure demand; half by phone.</summary>
    private static IEnumerable<ContactRow> Week(int week, string service, int failures, string batch = "") => Enumerable.Range(0, 40).Select(i =>
        new ContactRow($"{batch}{service}-{week}-{i}", new DateTime(2025, 5, 26, 9, 0, 0, DateTimeKind.Utc).AddDays(7 * week).AddHours(i))
        {
            Service = service, Channel = (byte)(1 + i % 2), Demand = i < failures ? Demand.Failure : Demand.Value,
        });

    private Task<List<string>> Facts<T>(string kind, Func<T, string> say) where T : IFact => _app.Db(async db => (await db.Facts.Where(f => f.Kind == kind).ToListAsync()).OrderBy(f => f.At).ThenBy(f => f.Id).Select(f => say(f.As<T>())).ToList());
}
