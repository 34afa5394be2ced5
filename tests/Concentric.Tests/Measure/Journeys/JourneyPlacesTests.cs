using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Places;
using Concentric.Measure.Contacts;
using Concentric.Serve.Citizens;
using Concentric.Serve.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>Journeys of our own cases by where those live who began them, and in whose hands they were.</summary>
public sealed class JourneyPlacesTests : IDisposable
{
    private static readonly DateTimeOffset _at = new(2026, 2, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TestApp _app = new();
    private ulong _cases = 1000;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Cases_are_shown_by_group_and_a_group_of_few_takes_another_with_it()
    {
        await Areas(("A1", "4", 1), ("A2", "2", 5), ("A3", "7", 5));
        await Begin(31, "A1");
        await Begin(22, "A2");
        await Begin(3, "A3");
        await Begin(17, null);
        await Told();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys");
        // Group 7 has 3 cases: it is hidden, and with it the smallest of the others, or the 73 would tell it.
        Assert.Equal(["Group 4 30 41.1% 5 hours 5 hours", "Group 2 20 27.4% 5 hours 5 hours"], Rows(lewis, "By profile group of the area"));
        Assert.Equal(["Decile 1, the most deprived 30 41.1% 5 hours 5 hours", "Decile 5 25 34.2% 5 hours 5 hours", "Not known 15 20.5% 5 hours 5 hours"], Rows(lewis, "By deprivation decile of the area"));
        // Nor does the sentence above the tables say the 17: 73 less 31, 22 and these would tell the 3.
        Assert.DoesNotContain("Not known of", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Of how many it is not known is not shown: too few, too few others, or another group could be worked out.", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(["Everywhere", "Group 2", "Group 4", "Group 7", "Decile 1, the most deprived", "Decile 5", "Ward of A1", "Ward of A2", "Ward of A3"], lewis.Page.QuerySelectorAll("#place option").Select(o => o.TextContent.Trim()));

        await lewis.Open("/measure/journeys?place=group-4");
        // How many there are of a part is rounded for analysts too: taken from all, it would tell the others exactly.
        Assert.Equal("30", lewis.Page.QuerySelector(".app-tiles__number")!.TextContent);
        await lewis.Open("/measure/journeys?place=group-7");
        Assert.Contains("Fewer than 5 cases: nothing is shown", lewis.Text, StringComparison.Ordinal);
        // Nobody’s group is told by what another leaves: it is known who has none, and 31 + 22 + 17 of 73 leave 3.
        Assert.Empty(lewis.Page.QuerySelectorAll(".app-tiles"));
        await lewis.Open("/measure/journeys?place=group-9");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "No case of this log came from there. Choose another place"), (lewis.Status, lewis.Page.QuerySelector(".govuk-error-summary__list")!.TextContent.Trim()));

        await lewis.Open("/measure/journeys/compare?a-place=group-4&b-place=group-2");
        Assert.Contains("Cases 30 20", lewis.Page.QuerySelector("table tbody tr")!.Children.Aggregate("", (t, c) => $"{t} {c.TextContent.Trim()}").Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_how_many_it_is_not_known_is_told_where_every_table_shows_them()
    {
        await Areas(("A1", "4", 1), ("A2", "2", 5));
        await Begin(31, "A1");
        await Begin(22, "A2");
        await Begin(17, null);
        await Told();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys");

        Assert.Contains("Not known of 15 of 70 cases (21.4%)", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_groups_that_leave_one_of_few_cannot_both_be_asked_for()
    {
        await Areas(("A1", "4", 1), ("A2", "2", 5), ("A3", "7", 5));
        await Begin(31, "A1");
        await Begin(22, "A2");
        await Begin(3, "A3");
        await Told();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys?place=group-2");
        Assert.Contains("Nothing is shown of these cases by themselves: taken from all, they would tell of fewer than 5 others.", lewis.Text, StringComparison.Ordinal);
        Assert.Empty(lewis.Page.QuerySelectorAll(".app-tiles"));
        Assert.Equal(["Group 4 30 53.6% 5 hours 5 hours"], Rows(await lewis.Open("/measure/journeys"), "By profile group of the area"));
        // By channel likewise: everybody rang but three.
        await Begin(3, "A1", "web");
        await Told();
        await lewis.Open("/measure/journeys?channel=Phone");
        Assert.Contains("Nothing is shown of these cases by themselves", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_areas_the_page_says_what_to_bring_and_whose_hands_cases_were_in()
    {
        await Begin(20, null);
        await Begin(10, null, taken: true);
        await Told();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys");

        Assert.Contains("Bring a list of postcodes", lewis.Text, StringComparison.Ordinal);
        Assert.Empty(lewis.Page.QuerySelectorAll("#place"));
        // 10 of 30 cases were in somebody's hands for 4 of 5 hours: 40 of 150.
        Assert.Equal(["Waited for the citizen’s answer 0.0% 0", "Of the other time: somebody had taken it on 26.7% 10", "Of the other time: nobody had, it waited 73.3% –"], Rows(lewis, "In whose hands cases were"));
        Assert.Contains("Of no contact about these cases is it known how long it took to handle.", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Touch time as a whole is not known", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_with_a_postcode_has_its_area_and_never_the_postcode()
    {
        await _app.Seed();
        var own = _app.Services.GetRequiredService<Settings>().Council;
        await _app.Write(db =>
        {
            db.Add(new PlacedPostcode { Council = own, Postcode = "ZZ12AB", Area = "E01000001" });
            return Task.CompletedTask;
        });
        var now = _app.Clock.GetUtcNow();
        Task Keep(Told who) => _app.Services.GetRequiredService<IWriter>().Write(async db =>
        {
            await using var scope = _app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<KeepEnquiry>().In(db, new("524", "The bin", who, "phone"), Guid.CreateVersion7(now), Actor.System, now);
        });
        await Keep(new("Ann Lee", Email: "ann@example.com", Postcode: "zz1 2ab"));
        // Later she does not say it again, and it is known of her.
        await Keep(new(Email: "ann@example.com"));
        await Keep(new("Ben Lee", Email: "ben@example.com", Postcode: "ZZ9 9ZZ"));

        var facts = await _app.Db(db => db.Facts.AsNoTracking().Where(f => f.Kind == "enquiry-raised" && f.At == now).OrderBy(f => f.Id).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([null, "E01000001", "E01000001"], facts.Select(f => f.As<EnquiryRaised>().Area).Order(StringComparer.Ordinal));
        Assert.All(facts, f => Assert.DoesNotContain("ZZ1", f.Data, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_sensitive_says_nothing_of_where()
    {
        var own = _app.Services.GetRequiredService<Settings>().Council;
        await _app.Write(db =>
        {
            db.Add(new PlacedPostcode { Council = own, Postcode = "ZZ12AB", Area = "E01000001" });
            return Task.CompletedTask;
        });

        Assert.Equal("E01000001", await _app.Db(db => WhereTheyLive.Area(db, own, "ZZ1 2AB", null, isSensitive: false)));
        Assert.Null(await _app.Db(db => WhereTheyLive.Area(db, own, "ZZ1 2AB", null, isSensitive: true)));
        Assert.Null(await _app.Db(db => WhereTheyLive.Area(db, own, "far too long for a postcode", null, isSensitive: false)));
    }

    private async Task Areas(params (string Key, string Group, byte Decile)[] areas)
    {
        var own = _app.Services.GetRequiredService<Settings>();
        await _app.Services.GetRequiredService<ContactImport>().KeepAreas(new(new(own.Council, own.CouncilName, IsSynthetic: false), "places", "Areas and groups")
        {
            Areas = [.. areas.Select(a => new AreaAttributes(a.Key, a.Key, $"Ward of {a.Key}", a.Group, a.Decile, 500))],
            Profiles = [.. areas.Select(a => new Named(a.Group, $"Group {a.Group}"))],
        }, Actor.System, TestContext.Current.CancellationToken);
    }

    /// <summary>Cases of five hours, all alike; where they are taken on, after an hour.</summary>
    private Task Begin(int cases, string? area, string channel = "phone", bool taken = false) => _app.Services.GetRequiredService<IWriter>().Write(db =>
    {
        var own = _app.Services.GetRequiredService<Settings>().Council;
        for (var i = 0; i < cases; i++)
        {
            var reference = Reference.Of(_cases++).ToString();
            db.Record(new EnquiryRaised(reference, own, "524", channel, 0, _at, Area: area), Actor.System, _at);
            db.Record(new CaseBegun(reference, own, "missed-collection", 1, "524", "Waste", new(2026, 3, 9), _at), Actor.System, _at);
            if (taken) db.Record(new WorkOwned(reference, Guid.CreateVersion7(_at), "Waste", _at.AddHours(1)), Actor.System, _at.AddHours(1));
            db.Record(new CaseMoved(reference, 2, "StepDone", "inspect", null, "Waste", null, _at.AddHours(5)), Actor.System, _at.AddHours(5));
        }
        return Task.CompletedTask;
    });

    private async Task Told()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();
    }

    private static List<string> Rows(Browser person, string caption) =>
        [.. person.Page.QuerySelectorAll("table").First(t => t.QuerySelector("caption")?.TextContent.Trim() == caption).QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent.Trim())))];
}
