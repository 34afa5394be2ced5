using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Costs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Costs;

/// <summary>Contacts have no local cost until a service enters its own figures, and then the cost that follows from them.</summary>
public sealed class LocalCostTests : IDisposable
{
    private static readonly (string, string)[] _call =
    [
        ("MinutesMode", "5"), ("SalaryMode", "25000"), ("OnCostsMode", "30"), ("DaysMode", "220"), ("HoursMode", "7.4"), ("OccupancyMode", "70"), ("OverheadMode", "35"), ("OtherMode", "0"), ("FailsMode", "5"),
    ];

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_service_has_no_local_cost_until_it_enters_one()
    {
        await Contacts();
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/measure/costs/services/524");
        Assert.Contains("No local cost. Nothing says what a contact of this service costs.", lewis.Text, StringComparison.Ordinal);
        Assert.Null((await Costs()).PencePerContact("524", "phone"));

        await lewis.Open("/measure/costs/local?service=524&channel=phone");
        await lewis.Press("Save", _call);

        // £3.2083625… of the reference, fully loaded, for 60 calls; half of 40 known are not resolved, so it is twice that until resolved.
        Assert.Contains("£3.21 (£3.21 to £3.21), fully loaded", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("50.0% (35.2% to 64.8%), n = 40", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Cost of 60 contacts", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("£193", lewis.Page.QuerySelector(".app-tiles__number")!.TextContent);
        var costs = await Costs();
        Assert.Equal(320.8m, costs.PencePerContact("524", "phone"));
        Assert.Equal(320.8m, costs.PencePerContact("524", 2));
        Assert.Null(costs.PencePerContact("524", "web"));
    }

    [Fact]
    public async Task A_local_cost_is_in_the_cost_that_Explore_the_API_and_the_command_line_tell()
    {
        await Contacts();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/costs/local?service=524&channel=phone");
        await grace.Press("Save", _call);
        var http = _app.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("costs", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now));
        var question = new ContactQuestion { By = ["channel"], Measures = ["cost", "no-local-cost"] };

        await grace.Open("/measure/explore?measure=cost&measure=no-local-cost&by=channel");
        using var answer = await http.PostAsJsonAsync("/api/v1/contacts/query", question);
        var api = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rows").EnumerateArray().Single(r => r[0].GetString() == "Phone");
        var line = await _app.Db(async db => await AskContacts.Ask(question, new(_app.Services.GetRequiredService<IContactStore>(), true),
            await LocalCostParts.Costs(question, db, _app.Services.GetRequiredService<Settings>(), default), _app.Services.GetRequiredService<Settings>()));

        // 60 calls at 320.8 pence; 30 web forms have none.
        var phone = grace.Page.QuerySelectorAll("#answer-rows tbody tr").Single(r => r.Children[0].TextContent.Trim() == "Phone");
        Assert.Contains("£192.48", phone.TextContent, StringComparison.Ordinal);
        Assert.Contains("0 contacts state a cost, 60 take a local cost, 30 have no local cost.", grace.Text, StringComparison.Ordinal);
        Assert.Equal((19_248, 60), (api[1].GetProperty("value").GetDouble(), api[1].GetProperty("n").GetInt64()));
        Assert.Equal([new Estimate(19_248, null, null, 60), 0.0], line.Rows.Single(r => (string)r[0]! == "Phone").Skip(1));
        Assert.Equal([null, 30.0], line.Rows.Single(r => (string)r[0]! == "Web form").Skip(1));
    }

    [Fact]
    public async Task A_cost_that_is_replaced_or_withdrawn_is_kept()
    {
        await Contacts();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/costs/local?service=524&channel=phone");
        await grace.Press("Save", _call);
        _app.Clock.Now += TimeSpan.FromMinutes(1);
        await grace.Open("/measure/costs/local?service=524&channel=phone");
        Assert.Equal("25000", grace.Page.QuerySelector("#SalaryHigh")!.GetAttribute("value"));
        await grace.Press("Save", ("SalaryHigh", "30000"));
        _app.Clock.Now += TimeSpan.FromMinutes(1);
        await grace.Open("/measure/costs/local?service=524&channel=phone");
        await grace.Press("Withdraw this cost");

        Assert.Contains("No local cost", grace.Text, StringComparison.Ordinal);
        Assert.Empty((await Costs()).Entries);
        Assert.Equal(2, await _app.Db(db => db.Set<LocalCostEntry>().CountAsync(c => c.EndedAt != null)));
        var facts = await _app.Db(db => db.Facts.Where(f => f.Kind == "local-cost-entered" || f.Kind == "local-cost-withdrawn").OrderBy(f => f.Id).ToListAsync());
        Assert.Equal(["local-cost-entered", "local-cost-entered", "local-cost-withdrawn"], facts.Select(f => f.Kind));
        Assert.Equal(3.208m, facts[0].As<LocalCostEntered>().Mode);
    }

    [Fact]
    public async Task A_mistake_keeps_what_was_typed_and_the_handling_time_can_be_taken_from_the_contacts()
    {
        await Contacts();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/measure/costs/local?service=524&channel=phone&measured=true");
        Assert.Equal("5", grace.Page.QuerySelector("#MinutesMode")!.GetAttribute("value"));
        Assert.Contains("the measured mean, 5.00 minutes, n = 60 contacts", grace.Text, StringComparison.Ordinal);

        await grace.Press("Save", [.. _call.Where(c => c.Item1 != "OccupancyMode"), ("OccupancyLow", "90"), ("OccupancyMode", "80"), ("OccupancyHigh", "95")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("Occupancy: low must not be above most likely", grace.Text, StringComparison.Ordinal);
        Assert.Equal("25000", grace.Page.QuerySelector("#SalaryMode")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.NotFound, (await grace.Open("/measure/costs/local?service=524&channel=pigeon")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await grace.Open("/measure/costs/services/nothing")).Status);
    }

    [Fact]
    public async Task A_shift_is_worked_out_from_its_address_and_again_the_same()
    {
        var lewis = await _app.SignInAs(Role.Analyst);
        const string Reference = "/measure/costs/shift?run=1&VolumeLow=8000&VolumeMode=20000&VolumeHigh=30000&PhoneLow=1.28&PhoneMode=2.83&PhoneHigh=5.57&WebLow=0.09&WebMode=0.15&WebHigh=0.56"
            + "&FailsLow=10&FailsMode=20&FailsHigh=35&OneOffLow=20000&OneOffMode=35000&OneOffHigh=60000&seed=3";

        var first = (await lewis.Open(Reference)).Text;

        // The reference: expected £6,385.58, and a loss with 39 per cent.
        Assert.Equal(["£6,386", "39%"], lewis.Page.QuerySelectorAll("#result .app-tiles__number").Select(n => n.TextContent));
        Assert.Equal("Cost of a call", lewis.Page.QuerySelector("#tornado tbody th")!.TextContent);
        Assert.Equal(first, (await lewis.Open(Reference)).Text);
        Assert.NotEqual(first, (await lewis.Open(Reference.Replace("seed=3", "seed=4", StringComparison.Ordinal))).Text);

        await lewis.Open(Reference.Replace("PhoneLow=1.28", "PhoneLow=9", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Equal("9", lewis.Page.QuerySelector("#PhoneLow")!.GetAttribute("value"));
    }

    /// <summary>60 calls of five minutes, 40 of them known to be resolved or not, half and half; and 30 web forms.</summary>
    private Task Contacts() => TestContacts.Put(_app,
    [
        .. Enumerable.Range(0, 60).Select(i => new ContactRow($"p{i}", new DateTime(2026, 1, 5 + i % 20, 10, 0, 0, DateTimeKind.Utc))
        {
            Service = "524", Channel = 2, Seconds = 300, Resolved = i < 20 ? ContactResolved.Yes : i < 40 ? ContactResolved.No : ContactResolved.Unknown,
        }),
        .. Enumerable.Range(0, 30).Select(i => new ContactRow($"w{i}", new DateTime(2026, 1, 5 + i % 20, 11, 0, 0, DateTimeKind.Utc)) { Service = "524", Channel = 1 }),
    ]);

    private Task<LocalCosts> Costs() => _app.Db(db => LocalCosts.Load(db, "northmoor"));
}

/// <summary>Contacts put into a running program by the way of an import.</summary>
internal static class TestContacts
{
    public static Task Put(TestApp app, IReadOnlyList<ContactRow> rows, IReadOnlyList<AreaAttributes>? areas = null, IReadOnlyList<Named>? profiles = null) =>
        app.Services.GetRequiredService<ContactImport>().RunRows(rows, new(new("northmoor", "Northmoor Council", IsSynthetic: true), "test", "rows of a test")
        {
            Services = [.. rows.Select(r => r.Service!).Distinct().Select(s => new Named(s, $"Service {s}"))],
            Areas = areas ?? [],
            Profiles = profiles ?? [],
        }, Actor.System);
}
