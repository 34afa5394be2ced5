using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Work;

/// <summary>Work is taken on, given and handed over, one by one and many at once; teams are made of people.</summary>
public sealed class WorkTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Many_are_changed_at_once_after_it_was_shown_what_would_and_what_could_not()
    {
        await DeskWorld.Fill(_app, new Random(5), 24);
        var open = await _app.Db(d => d.Cases.AsNoTracking().Where(c => c.IsOpen).OrderBy(c => c.Id).ToListAsync());
        var (mine, other, ended) = (open.First(c => c.OwnerId == DeskWorld.Officer), open.First(c => c.OwnerId is null && !c.IsSensitive), await _app.Db(d => d.Cases.FirstAsync(c => !c.IsOpen && !c.IsSensitive)));
        var tom = await _app.SignInAs(Role.Officer);
        var grace = await _app.SignInAs(Role.ServiceManager);

        await tom.Open("/desk/work?list=open");
        await tom.Press("Continue");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        Assert.Contains("Select what you want to change", tom.Text, StringComparison.Ordinal);
        Assert.Contains("Select what you want to do", tom.Text, StringComparison.Ordinal);

        // Shown first, and nothing changed by that.
        await grace.Open("/desk/work?list=open");
        await grace.Post("/desk/work/check", [("list", "open"), ("Change", "give"), ("Person", $"{DeskWorld.Officer}"), ("Row", $"{mine.Reference}"), ("Row", $"{other.Reference}"), ("Row", $"{ended.Reference}")]);
        Assert.Contains("1 will change", grace.Text, StringComparison.Ordinal);
        Assert.Contains("2 cannot", grace.Text, StringComparison.Ordinal);
        Assert.Contains("It is theirs already.", grace.Text, StringComparison.Ordinal);
        Assert.Contains("It has ended. Reopen it first.", grace.Text, StringComparison.Ordinal);
        Assert.Empty(await Facts<WorkOwned>());

        // Pressed twice: done once.
        var key = grace.Page.QuerySelector("input[name=Key]")!.GetAttribute("value")!;
        (string Field, string Value)[] again = [("Key", key), ("Change", "give"), ("Person", $"{DeskWorld.Officer}"), ("Row", $"{other.Reference}")];
        await grace.Press("Give 1 piece of work to Tom Reeve");
        Assert.Equal("1 changed", grace.Heading);
        await grace.Open("/desk/work?list=open");
        await grace.Post("/desk/work/change", again);
        Assert.Equal("1 changed", grace.Heading);
        var fact = Assert.Single(await Facts<WorkOwned>());
        Assert.Equal(($"{other.Reference}", DeskWorld.Officer), (fact.Reference, fact.Owner));
        Assert.Equal(DeskWorld.Officer, (await _app.Db(d => d.Enquiries.SingleAsync(e => e.Id == other.Id))).OwnerId);
        await grace.Open($"/desk/cases/{other.Reference}");
        Assert.Contains("Given to Tom Reeve", grace.Text, StringComparison.Ordinal);
        // Another's result is nobody else's to read.
        await tom.Open($"/desk/work/changes/{key}");
        Assert.Equal(HttpStatusCode.NotFound, tom.Status);

        // All that the list holds, to another team: nobody there has taken it on yet.
        await grace.Open($"/desk/work?list=open&team={Uri.EscapeDataString(other.Team)}");
        await grace.Press("Continue", ("All", "yes"), ("Change", "hand-over"), ("ToTeam", "Parking"), ("Note", "They know it"));
        Assert.Equal(HttpStatusCode.OK, grace.Status);
        Assert.Contains($"Hand {Pieces(open.Count(c => c.Team == other.Team))} over to Parking", grace.Heading, StringComparison.Ordinal);
        await grace.Post("/desk/work/change", grace.Page.QuerySelectorAll("input[type=hidden]").OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Where(i => i.Name != "__RequestVerificationToken").Select(i => (i.Name!, i.Value)));
        Assert.Equal(open.Count(c => c.Team == other.Team), await _app.Db(d => d.Cases.CountAsync(c => c.Team == "Parking" && c.OwnerId == null)));
        Assert.Equal(open.Count(c => c.Team == other.Team), (await Facts<CaseMoved>()).Count(f => f is { Activity: "HandedOver", Team: "Parking" }));
    }

    [Fact]
    public async Task Somebody_takes_work_on_lays_it_down_and_gives_it()
    {
        await DeskWorld.Fill(_app, new Random(6), 40);
        var work = await _app.Db(d => d.Cases.AsNoTracking().FirstAsync(c => c.IsOpen && c.OwnerId == null && !c.IsSensitive));
        var enquiry = await _app.Db(d => d.Enquiries.AsNoTracking().FirstAsync(e => e.IsOpen && !e.HasCase && e.OwnerId == null && !e.IsSensitive));
        var tom = await _app.SignInAs(Role.Officer);

        await tom.Open($"/desk/cases/{work.Reference}");
        await tom.Press("Take it on");
        Assert.Contains("Tom Reeve", tom.Page.QuerySelector("#case")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Taken on", tom.Text, StringComparison.Ordinal);
        await tom.Press("Lay it down");
        await tom.Press("Give", ("Person", ""));
        Assert.Contains("Select one of the people listed", tom.Text, StringComparison.Ordinal);
        await tom.Press("Give", ("Person", $"{DeskWorld.Adviser}"));
        Assert.Contains("Given to Asha Patel", tom.Text, StringComparison.Ordinal);

        await tom.Open($"/desk/enquiries/{enquiry.Reference}");
        await tom.Press("Take it on");
        await tom.Open("/desk/work?what=enquiries&list=mine");
        Assert.Contains($"{enquiry.Reference}", tom.Text, StringComparison.Ordinal);
        Assert.Equal(((Guid?[])[DeskWorld.Officer, null, DeskWorld.Adviser, DeskWorld.Officer]).Order(), (await Facts<WorkOwned>()).Select(f => f.Owner).Order());
    }

    [Fact]
    public async Task A_manager_puts_somebody_into_a_team_and_takes_them_out()
    {
        await _app.Seed();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/teams");
        await grace.Press("Put them into the team");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        await grace.Press("Put them into the team", ("Person", $"{DeskWorld.Officer}"), ("Team", "Planning"));
        await grace.Post("/desk/teams", [("Person", $"{DeskWorld.Officer}"), ("Team", "Planning"), ("Member", "yes")]);
        Assert.Equal((DeskWorld.Officer, "Planning", true), (await Facts<TeamMemberSet>()).Select(f => (f.Person, f.Team, f.IsMember)).Single());
        await grace.Press("Take out Tom Reeve of Planning");
        Assert.False(await _app.Db(d => d.TeamMembers.AnyAsync(m => m.Team == "Planning")));

        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open("/desk/teams");
        Assert.Equal(HttpStatusCode.Forbidden, tom.Status);
    }

    [Fact]
    public async Task Hostile_addresses_and_fields_change_nothing_and_break_nothing()
    {
        await DeskWorld.Fill(_app, new Random(8), 6);
        var tom = await _app.SignInAs(Role.Officer);
        foreach (var query in (string[])["list=9", "after=x_y", "after=99999999999999999999_", $"before=3155378975999999999_{Guid.Empty:N}", $"after=0_{Guid.Empty:N}&size=-1", "owner=me&team=%00", "service=';--&process=<b>&size=100000", "page=last&after=1"])
        {
            await tom.Open($"/desk/work?{query}");
            Assert.Equal(HttpStatusCode.OK, tom.Status);
            Assert.Equal(HttpStatusCode.OK, (await tom.Http.GetAsync($"/desk/work.csv?{query}")).StatusCode);
        }
        foreach (var asked in (string[])["%00", "'; DROP TABLE serve_citizen; --", "<script>", new string('x', 3000), "%F0%9F%98%80", "0", "@", "CN-", "a b c d e f g h i j k l m n o p"])
        {
            await tom.Open($"/desk/find?q={asked}");
            Assert.Equal(HttpStatusCode.OK, tom.Status);
        }
        await tom.Open("/desk/work?list=open");
        await tom.Post("/desk/work/change", [("Change", "give"), ("Person", $"{Guid.Empty}"), ("Row", "CN-2222-2222"), ("Key", "00000000-0000-7000-8000-00000000000a")]);
        Assert.Equal(HttpStatusCode.BadRequest, tom.Status);
        await tom.Open("/desk/work?list=open");
        await tom.Post("/desk/work/check", [("Change", "give"), ("Person", $"{Guid.Empty}"), ("Row", "rubbish")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        Assert.Empty(await Facts<WorkOwned>());
    }

    private static string Pieces(int count) => count == 1 ? "1 piece of work" : $"{count} pieces of work";

    private async Task<List<T>> Facts<T>() where T : IFact
    {
        var kind = Journal.KindOf(typeof(T));
        return (await _app.Db(d => d.Facts.AsNoTracking().Where(f => f.Kind == kind).ToListAsync())).ConvertAll(f => f.As<T>());
    }
}
