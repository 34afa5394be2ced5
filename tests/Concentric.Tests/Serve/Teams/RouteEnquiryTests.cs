using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Teams;

/// <summary>Rules say which team gets what, by service and area, and every way in keeps to them.</summary>
public sealed class RouteEnquiryTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_manager_makes_tries_and_removes_rules_and_sees_which_wins_and_why()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await (await grace.Open("/desk")).Follow("Which team gets what");
        await grace.Press("Save the rule");
        Assert.Equal((HttpStatusCode)422, grace.Status);
        await grace.Press("Save the rule", ("Service", "524"), ("Area", "nowhere"), ("Team", "Planning"));
        Assert.NotNull(grace.Page.GetElementById("Area-error"));
        await Rule(grace, "", "zz1", "Libraries");
        await Rule(grace, "524", "", "Highways");
        await Rule(grace, "524", "zz1 1", "Street scene");
        await Rule(grace, "524", "zz1 1", "Planning");
        Assert.Equal(["Planning", "Highways", "Libraries"], grace.Page.QuerySelectorAll("tbody tr td:nth-child(3)").Select(c => c.FirstChild!.TextContent.Trim()));
        Assert.Contains("Nobody works in it", grace.Page.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);

        foreach (var (service, postcode, team, why) in ((string, string, string, string)[])
        [
            ("524", "ZZ1 1AB", "Planning", "in ZZ1 1"), ("524", "zz12ab", "Highways", "rule for this service"), ("524", "", "Highways", "rule for this service"), ("", "ZZ1 2AB", "Libraries", "rule for ZZ1"),
            ("", "ZZ11 1AB", "The desk", "no rule"), ("", "rubbish", "", "no full postcode"),
        ])
        {
            await grace.Press("Try it", ("service", service), ("postcode", postcode));
            Assert.StartsWith(team, grace.Page.GetElementById("tried")!.TextContent.Trim(), StringComparison.Ordinal);
            Assert.Contains(why, grace.Page.GetElementById("tried")!.TextContent, StringComparison.Ordinal);
        }
        await grace.Press("Remove the rule for Any, ZZ1");
        Assert.Equal([(null, "Libraries"), (null, "Highways"), (null, "Street scene"), ("Street scene", "Planning"), ("Libraries", null)], (await _app.Facts<RouteChanged>()).Select(f => (f.From, f.Team)));
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk/routes");
        Assert.Equal(HttpStatusCode.Forbidden, asha.Status);
    }

    [Fact]
    public async Task Every_way_in_goes_by_the_rules_and_a_hand_over_stays()
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await Write(("524", "", "Highways"), ("524", "ZZ1", "Planning"), ("", "ZZ9", "Libraries"));
        Assert.Equal("Planning", await TakeDown(asha, "524", "ZZ1 1AB"));
        Assert.Equal("Highways", await TakeDown(asha, "524", "ZZ2 1AB"));
        Assert.Equal("Libraries", await TakeDown(asha, "", "ZZ9 1AB"));
        Assert.Equal("", await TakeDown(asha, "", "ZZ8 1AB"));

        _app.Clock.Now = _app.Clock.Now.AddMinutes(1);
        await (await _app.Browse().Open("/enquiries/new?service=524")).Press("Send", ("Words", "When?"), ("Email", "ada@example.com"));
        Assert.Equal("Highways", (await Last()).Team);

        _app.Clock.Now = _app.Clock.Now.AddMinutes(1);
        using var http = _app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, ApiScopes.WriteEnquiries));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/enquiries") { Content = new StringContent("""{"words":"Bin","service":"524","postcode":"ZZ1 9AB"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        (await http.SendAsync(request)).Dispose();
        var sent = await Last();
        Assert.Equal("Planning", sent.Team);

        // Given to another team, it stays there, whatever rules are made.
        await asha.Open($"/desk/enquiries/{sent.Reference}/transfer");
        await asha.Press("Give it to them", ("Team", "Parking"), ("Reason", "came-to-wrong-team"), ("Words", "Theirs."));
        await Write(("524", "ZZ1 9", "Street scene"));
        Assert.Equal("Parking", (await Last()).Team);
    }

    [Fact]
    public async Task A_form_keeps_its_team_unless_a_rule_names_its_service_and_then_its_case_begins_there()
    {
        var pothole = (await _app.Services.GetRequiredService<PublishedForms>().Find("pothole"))!.Form;
        foreach (var letter in "ABCDEFGHIJKLMNOPRSTUWYZ") await Write(("", $"{letter}", "Libraries"));
        var first = Reference.Parse(await CaseWork.Report(_app, "pothole"));
        Assert.Equal((pothole.Team, pothole.Team), await Teams(first));

        await Write((pothole.Service, "", "Parking"));
        var second = Reference.Parse(await CaseWork.Report(_app, "pothole"));
        Assert.Equal(("Parking", "Parking"), await Teams(second));
        Assert.Equal([pothole.Team, "Parking"], (await _app.Facts<CaseBegun>()).Select(f => f.Team));
        // What happened before and after it is its own.
        var tom = await _app.SignInAs(Role.Officer);
        await CaseWork.Other(tom, $"{second}", "hand-over", "Theirs", "Highways");
        Assert.Equal(("Highways", "Highways"), await Teams(second));
        Assert.Equal((pothole.Team, pothole.Team), await Teams(first));
        await tom.Open($"/desk/cases/{first}");
        Assert.Equal(HttpStatusCode.OK, tom.Status);

        Task<(string, string)> Teams(Reference reference) => _app.Db(async d => ((await d.Enquiries.SingleAsync(e => e.Reference == reference)).Team, (await d.Cases.SingleAsync(c => c.Reference == reference)).Team));
    }

    [Fact]
    public async Task Rules_go_out_and_come_in_as_a_file_and_a_wrong_line_is_named()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await Write(("524", "ZZ1", "Planning"), ("", "ZZ9", "Libraries"));
        var file = await grace.Http.GetStringAsync("/desk/routes.csv");
        Assert.StartsWith("service,service name,area,team\r\n524,", file, StringComparison.Ordinal);
        await grace.Open("/desk/routes");
        await Bring(file.Replace("Libraries", "Highways", StringComparison.Ordinal) + "524,,,Street scene\r\n", replace: false);
        Assert.Equal(["524 ZZ1 Planning", "524  Street scene", " ZZ9 Highways"], await Rules());

        // The same file again changes nothing; one that names fewer removes the others only where that was said.
        var facts = (await _app.Facts<RouteChanged>()).Count;
        await Bring(await grace.Http.GetStringAsync("/desk/routes.csv"), replace: true);
        Assert.Equal(facts, (await _app.Facts<RouteChanged>()).Count);
        await Bring("team;area;service\r\nPlanning;zz1 1;\r\n", replace: true);
        Assert.Equal([" ZZ1 1 Planning"], await Rules());

        await Bring("service,area,team\r\n524,ZZ1,Planning\r\n99999,,Planning\r\n,nowhere,Planning\r\n,,Planning\r\n524,,Nobody\r\n524,zz1,Highways\r\n524\r\n524,\"a\"b,Planning\r\n", replace: true);
        Assert.Equal((HttpStatusCode)422, grace.Status);
        var said = grace.Page.GetElementById("File-error")!.TextContent;
        foreach (var line in (string[])["Line 3: there is no service", "Line 4: “nowhere” is not how a postcode begins", "Line 5: it names neither", "Line 6: there is no team “Nobody”", "Line 7: line 2 is a rule", "Line 8 has 1 values", "Line 9: quotation marks"])
            Assert.Contains(line, said, StringComparison.Ordinal);
        foreach (var hostile in (string[])["", "\0", "service\r\n1\r\n", "service,area,team\r\n", new string('x', 9000), "service,area,team\r\n\"", "a,a,a\r\n1,2,3\r\n"])
        {
            await Bring(hostile, replace: true);
            Assert.Equal((HttpStatusCode)422, grace.Status);
        }
        Assert.Equal([" ZZ1 1 Planning"], await Rules());

        async Task Bring(string text, bool replace) => await grace.Send("Take the rules of the file", "File", [("rules.csv", Encoding.UTF8.GetBytes(text))], replace ? [("Replace", "yes")] : []);
    }

    [Fact]
    public async Task Among_any_rules_the_one_that_wins_is_the_one_that_reading_them_one_by_one_finds()
    {
        var chance = new Random(11);
        string[] services = ["", "524", "525"], areas = ["", "ZZ", "ZZ1", "ZZ1 1", "ZZ1 1AB", "ZZ11", "ZZ11 1", "Z", "LS1", "LS1 4"], postcodes = ["", "ZZ1 1AB", "ZZ11 1AB", "ZZ1 2AB", "LS1 4AP", "LS14 2AB", "rubbish"];
        for (var round = 0; round < 8; round++)
        {
            await _app.Write(d => d.Routes.ExecuteDeleteAsync());
            var rules = services.SelectMany(s => areas.Select(a => (Service: s, Area: a))).Where(r => r.Service.Length + r.Area.Length > 0 && chance.Next(3) == 0).ToList();
            await Write([.. rules.Select(r => (r.Service, r.Area, $"{r.Service}|{r.Area}"))]);
            foreach (var service in services)
                foreach (var postcode in postcodes)
                {
                    var fits = rules.Where(r => (r.Service == service || r.Service.Length == 0) && (r.Area.Length == 0 || LiesIn(postcode, r.Area))).ToList();
                    var expected = fits.Where(r => r.Service.Length > 0 && r.Area.Length > 0).OrderByDescending(r => r.Area.Length).Concat(fits.Where(r => r.Area.Length == 0)).Concat(fits.Where(r => r.Service.Length == 0).OrderByDescending(r => r.Area.Length)).Select(r => $"{r.Service}|{r.Area}").FirstOrDefault("");
                    Assert.Equal(expected, (await _app.Db(d => RouteEnquiry.Decide(d, service.Length == 0 ? null : service, postcode, null))).Team);
                }
        }

        // Said another way than the program does: the letters, the outward half, the half and a digit, the whole.
        static bool LiesIn(string postcode, string area) =>
            postcode == area || postcode.Split(' ')[0] == area || (area.Contains(' ', StringComparison.Ordinal) && postcode.StartsWith(area, StringComparison.Ordinal))
            || (area.All(char.IsAsciiLetter) && postcode.StartsWith(area, StringComparison.Ordinal) && postcode.Length > area.Length && char.IsAsciiDigit(postcode[area.Length]));
    }

    private static async Task Rule(Browser grace, string service, string area, string team)
    {
        await grace.Press("Save the rule", ("Service", service), ("Area", area), ("Team", team));
        Assert.Equal(HttpStatusCode.OK, grace.Status);
    }

    private Task Write(params (string Service, string Area, string Team)[] rules) => _app.Write(d =>
    {
        d.AddRange(rules.Select(r => new Route { Service = r.Service, Area = r.Area, Team = r.Team, By = "system", At = _app.Clock.Now }));
        return Task.CompletedTask;
    });

    private async Task<List<string>> Rules() => [.. Route.InOrder(await _app.Db(d => d.Routes.AsNoTracking().ToListAsync())).Select(r => $"{r.Service} {r.Area} {r.Team}").Order(StringComparer.Ordinal).Reverse()];

    private Task<Concentric.Serve.Enquiries.Enquiry> Last() => _app.Db(d => d.Enquiries.AsNoTracking().OrderBy(e => e.Id).LastAsync());

    private async Task<string> TakeDown(Browser asha, string service, string postcode)
    {
        _app.Clock.Now = _app.Clock.Now.AddMinutes(1);
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", ("Channel", "phone"), ("Service", service), ("Words", $"The bin. {postcode}"), ("Postcode", postcode));
        return (await Last()).Team;
    }
}

public sealed class RouteAreaTests
{
    [Theory, Trait("Database", "none")]
    [InlineData("ls1 4", "LS1 4", 3)]
    [InlineData("LS14", "LS14", 2)]
    [InlineData(" ls ", "LS", 1)]
    [InlineData("ec1a", "EC1A", 2)]
    [InlineData("ec1a 1", "EC1A 1", 3)]
    [InlineData("ls14ap", "LS1 4AP", 4)]
    [InlineData("LS1 4AP", "LS1 4AP", 4)]
    [InlineData("", null, 0)]
    [InlineData("LS 1", null, 0)]
    [InlineData("LS1 44", null, 0)]
    [InlineData("nowhere", null, 0)]
    [InlineData("1", null, 0)]
    [InlineData("LSX", null, 0)]
    public void An_area_is_how_a_postcode_begins(string typed, string? kept, int fineness)
    {
        Assert.Equal(kept, RouteArea.Read(typed));
        Assert.Equal(fineness, RouteArea.Fineness(kept ?? ""));
        if (kept is not null) Assert.Equal(kept, RouteArea.Read(kept));
    }

    [Fact, Trait("Database", "none")]
    public void A_postcode_lies_in_four_areas_the_smallest_first() => Assert.Equal(["LS1 4AP", "LS1 4", "LS1", "LS"], RouteArea.Of("ls14ap"));
}
