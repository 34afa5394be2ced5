using System.Net;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Variation;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>From first contact to need met, and staffing, as people see them.</summary>
public sealed class SeeEndToEndTests : IDisposable
{
    private readonly TestApp _app = new();

    /// <summary>A Monday noon, 20 weeks before the clock's today.</summary>
    private DateTime Start => Week.Monday(Week.Of(Say.DayOf(_app.Clock.Now)) - 20).ToDateTime(new(11, 0), DateTimeKind.Utc);

    [Fact]
    public async Task A_service_has_its_three_measures_without_anybody_setting_them_up()
    {
        // Each week 4 citizens: two are helped at once, two come back after three days and are helped then. One more is not known.
        await Put(from week in Enumerable.Range(0, 20)
                  from person in Enumerable.Range(0, 5)
                  from contact in Enumerable.Range(0, person is 2 or 3 ? 2 : 1)
                  select new ContactRow($"{week}-{person}-{contact}", Start.AddDays(7 * week + 3 * contact).AddMinutes(person))
                  {
                      Service = "524", Channel = Channels.Find(person == 0 ? "phone" : "web")!.Code, Person = person == 4 ? 0UL : (ulong)(1000 * week + person + 1),
                      Resolved = person is 2 or 3 && contact == 0 ? ContactResolved.No : ContactResolved.Yes,
                  });
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/end-to-end/524");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        // 80 needs met, of which 40 at once: nine in ten within 3 days. 120 contacts for 80 needs; 20 of 140 contacts are linked with nothing.
        var text = lewis.Text.Replace('\u00a0', ' ');
        Assert.Contains("n = 80 needs met", text, StringComparison.Ordinal);
        Assert.Contains("3.0 days", text, StringComparison.Ordinal);
        Assert.Contains("50.0%", text, StringComparison.Ordinal);
        Assert.Contains("1.50", text, StringComparison.Ordinal);
        Assert.Contains("14.3%", text, StringComparison.Ordinal);
        foreach (var figure in (string[])["days", "at-once", "contacts"]) Assert.NotNull(lewis.Page.GetElementById(figure));
        Assert.Equal(["20", "0.0", "0.0", "1.00"], lewis.Page.QuerySelectorAll("tr").Single(r => r.QuerySelector("th")?.TextContent.Trim() == "Phone").QuerySelectorAll("td").Take(4).Select(c => c.TextContent.Trim()));

        await lewis.Open("/measure/end-to-end");
        Assert.Contains("Choose a service", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure/end-to-end/999999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure/end-to-end/524?council=nowhere")).Status);
    }

    [Fact]
    public async Task Where_nobody_is_known_nothing_is_measured_and_the_page_says_why()
    {
        await Put(Enumerable.Range(0, 50).Select(i => new ContactRow($"{i}", Start.AddDays(i)) { Service = "524", Resolved = ContactResolved.Yes }));
        var lewis = await _app.SignInAs(Role.Analyst);

        Assert.Contains("can be linked with another", (await lewis.Open("/measure/end-to-end")).Text, StringComparison.Ordinal);
        Assert.Contains("Not measured", (await lewis.Open("/measure/end-to-end/524")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_are_planned_from_what_came_and_a_wrong_box_is_said_and_loses_nothing()
    {
        // Six calls each half hour from nine to five on working days, of five minutes each.
        await Put(from day in Enumerable.Range(0, 20 * 7)
                  where day % 7 < 5
                  from slot in Enumerable.Range(0, 16)
                  from call in Enumerable.Range(0, 6)
                  select new ContactRow($"{day}-{slot}-{call}", Start.AddHours(-2).AddDays(day).AddMinutes(30 * slot + 4 * call)) { Service = "524", Channel = Channels.Find("phone")!.Code, Seconds = 300, Demand = call < 3 ? Demand.Failure : Demand.Value });
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/staffing?Halve=yes");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        Assert.Contains("contacts by phone expected", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("5.0 minutes", lewis.Text, StringComparison.Ordinal);
        // Half of half of them fewer.
        Assert.Contains("With 25.0% fewer contacts by phone", lewis.Text, StringComparison.Ordinal);
        Assert.NotEmpty(lewis.Page.QuerySelectorAll("#rota tbody tr"));
        // Each way to forecast with how it did on days not seen, and the week taken out of the days.
        Assert.Equal(4, lewis.Page.QuerySelectorAll("#ways tbody tr").Length);
        Assert.Contains("The same as a week before is taken: nothing did better", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Of a usual week: Monday", lewis.Text, StringComparison.Ordinal);

        await lewis.Open("/measure/staffing?Share=all&Shrinkage=35");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("The share to be answered in time must be a number from 1 to 99", lewis.Text, StringComparison.Ordinal);
        Assert.Equal("35", lewis.Page.GetElementById("Shrinkage")!.GetAttribute("value"));
        Assert.Equal("all", lewis.Page.GetElementById("Share")!.GetAttribute("value"));
        foreach (var bad in (string[])["Share=NaN", "Share=1e9", "Within=-1", "Occupancy=0", "Shrinkage=100", "Less=100", "After=9999999999999999999999", "Line=zzz&Share=1,5"])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lewis.Open($"/measure/staffing?{bad}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await lewis.Open("/measure/staffing?Line=99999999999")).Status);
    }

    [Fact]
    public async Task A_few_weeks_are_too_few_to_plan_with()
    {
        await Put(Enumerable.Range(0, 10).Select(i => new ContactRow($"{i}", Start.AddDays(130 + i)) { Service = "524", Channel = Channels.Find("phone")!.Code }));
        var lewis = await _app.SignInAs(Role.Analyst);

        Assert.Contains("There is not enough to plan with", (await lewis.Open("/measure/staffing")).Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    private async Task Put(IEnumerable<ContactRow> rows)
    {
        await _app.Services.GetRequiredService<ContactImport>().RunRows(rows.OrderBy(r => r.OccurredAt), new(new("northmoor", "Northmoor Council", IsSynthetic: false), "test", "test"), Actor.System, stop: TestContext.Current.CancellationToken);
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp(TestContext.Current.CancellationToken);
    }
}
