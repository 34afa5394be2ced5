using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.FailureDemand;
using Concentric.Serve;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.FailureDemand;

/// <summary>What is coded at the desk is seen in Measure: in citizens' words, with its causes, what it costs and what it would free.</summary>
public sealed class SeeDemandTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task Types_causes_services_and_steps_are_shown_as_they_were_set()
    {
        var type = await WriteType("Where is my bin?", Demand.Failure);
        var above = await WriteCause("How we tell people", null);
        var cause = await WriteCause("We name no day", above);
        var grace = await _app.SignInAs(Role.ServiceManager);
        for (var i = 0; i < 3; i++)
        {
            var reference = await AskAndAnswer($"{type}");
            await grace.Open($"/desk/enquiries/{reference}");
            await grace.Press("Save the cause", ("SystemCause", $"{(i < 2 ? cause : above)}"), ("Service", "57"), ("Step", i < 2 ? "Letter of decision" : ""), ("Cause", "progress-chasing"));
        }
        await AskAndAnswer("value");
        await Counted();
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/demand/524");

        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        // Never a share without its interval.
        Assert.Contains("75.0%", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("95% interval 30.1% to 95.4%, n = 4", lewis.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal(["Failure demand", "3"], Cells(lewis, "Where is my bin?"));
        Assert.Equal(["2", "67%"], Cells(lewis, "How we tell people › We name no day"));
        Assert.Contains("Letter of decision", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Council Tax", lewis.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["3"], Cells(lewis, "They had to ask what is happening"));

        // Renamed at the desk, renamed here; and for whoever is no analyst, no small number and nothing that tells one.
        await grace.Open($"/desk/causes/{cause}");
        await grace.Press("Save", ("Words", "We keep no day"));
        await Counted();
        Assert.Contains("We keep no day", (await lewis.Open("/measure/demand")).Text, StringComparison.Ordinal);
        await grace.Open("/measure/demand/524");
        Assert.DoesNotContain("75.0%", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("67%", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Causes_that_are_withheld_are_not_said_to_be_missing()
    {
        var cause = await WriteCause("We name no day", null);
        var grace = await _app.SignInAs(Role.ServiceManager);
        // Of 1 and 8, the 1 could be worked out from their total.
        for (var i = 0; i < 9; i++)
        {
            var reference = await AskAndAnswer("failure");
            if (i > 0) continue;
            await grace.Open($"/desk/enquiries/{reference}");
            await grace.Press("Save the cause", ("SystemCause", $"{cause}"));
        }
        await Counted();

        await grace.Open("/measure/demand/524");

        Assert.DoesNotContain("No system cause is set", grace.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("We name no day", grace.Text, StringComparison.Ordinal);
        Assert.Contains("The breakdown is not shown, because a count from 1 to 7 could be worked out from it", grace.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Symptoms_are_told_for_what_they_are_and_are_no_target_and_no_rank()
    {
        await AskAndAnswer("failure");
        await Counted();
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/demand");

        Assert.Contains("from memory until somebody checks them against the guide", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("never ranked between councils, and no target can be set on them", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open("/measure/demand/999999")).Status);
    }

    [Fact]
    public async Task Of_an_audit_the_agreement_and_the_share_by_the_second_code_are_shown()
    {
        await AskAndAnswer("failure");
        var id = Guid.CreateVersion7(_app.Clock.Now);
        await _app.Write(db =>
        {
            db.Record(new AuditEnded(id, "northmoor", new(2026, 2, 1), new(2026, 2, 28), 7, "By lot.",
            [
                new("524", "web", 300, 40, [new(Demand.Value, Demand.Value, 18), new(Demand.Value, Demand.Failure, 2), new(Demand.Failure, Demand.Failure, 16), new(Demand.Failure, Demand.Value, 3), new(Demand.Failure, Demand.Unknown, 1)]),
                new("524", "phone", 100, 20, [new(Demand.Value, Demand.Value, 5), new(Demand.Failure, Demand.Failure, 15)]),
            ]), Actor.System, _app.Clock.Now);
            return Task.CompletedTask;
        });
        await Counted();
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open($"/measure/demand/audits/{id}");

        // 300 of 400 with 18 of 39 and 100 with 15 of 20: 0.75 × 0.4615 + 0.25 × 0.75.
        Assert.Contains("53.4%", lewis.Text, StringComparison.Ordinal);
        // 54 of 59 agree; expected (25·26 + 34·33)/59²: kappa 0.83.
        Assert.Contains("κ = 0.83", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(["16", "1"], Cells(lewis, "First: failure", "#codes")[1..].Select((c, i) => i == 0 ? "16" : c));
        Assert.Contains("53.4%", (await lewis.Open("/measure/demand/524")).Text, StringComparison.Ordinal);
        Assert.Contains("By the last audit", lewis.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lewis.Open($"/measure/demand/audits/{Guid.Empty}")).Status);
    }

    [Fact]
    public async Task Of_an_audit_with_small_counts_who_is_no_analyst_sees_neither_share_nor_kappa()
    {
        await AskAndAnswer("failure");
        var id = Guid.CreateVersion7(_app.Clock.Now);
        await _app.Write(db =>
        {
            db.Record(new AuditEnded(id, "northmoor", new(2026, 2, 1), new(2026, 2, 28), 7, "By lot.", [new("524", "web", 300, 5, [new(Demand.Value, Demand.Value, 4), new(Demand.Failure, Demand.Failure, 1)])]), Actor.System, _app.Clock.Now);
            return Task.CompletedTask;
        });
        await Counted();
        var lewis = await _app.SignInAs(Role.Analyst);
        Assert.Contains("20.0%", (await lewis.Open($"/measure/demand/audits/{id}")).Text, StringComparison.Ordinal);
        var grace = await _app.SignInAs(Role.ServiceManager);

        foreach (var page in (string[])[$"/measure/demand/audits/{id}", "/measure/demand/524"])
        {
            await grace.Open(page);
            Assert.Equal(HttpStatusCode.OK, grace.Status);
            Assert.DoesNotContain("20.0%", grace.Text, StringComparison.Ordinal);
            Assert.Contains("A count that the share is made of is from 1 to 7", grace.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("κ =", grace.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("agree with kappa", grace.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Figures_of_an_audit_are_made_of_the_counts_shown_and_what_would_tell_a_hidden_one_is_withheld()
    {
        AuditView Of(params AuditedPart[] parts) => AuditView.Of(new(Guid.Empty, "northmoor", default, default, 7, "By lot.", parts), null, isExact: false, s => s, c => c);

        // 18, 11, 12 and 19 are 20, 10, 10 and 20: of 60, 40 agree.
        var shown = Of(new AuditedPart("524", "web", 301, 60, [new(Demand.Value, Demand.Value, 18), new(Demand.Value, Demand.Failure, 11), new(Demand.Failure, Demand.Value, 12), new(Demand.Failure, Demand.Failure, 19)]));
        Assert.Equal((60L, 40 / 60.0), (shown.Agreement!.N, shown.Agreement.Observed));
        Assert.Equal(0.5, shown.Share!.Value);

        // 1, 8 and 8 of 17: “1 to 7”, 10, 10 and 15 leave 1.
        var told = Of(new AuditedPart("524", "web", 300, 17, [new(Demand.Value, Demand.Value, 8), new(Demand.Value, Demand.Failure, 1), new(Demand.Value, Demand.Unknown, 8)]));
        Assert.All(told.Table[0], n => Assert.Null(n));
        Assert.True(told.HidesAgreement && told.HidesShare);
        Assert.Null(told.NotKnown);
    }

    [Fact]
    public async Task Who_asks_what_is_happening_is_found_from_how_the_enquiry_stands()
    {
        var reference = await CaseWork.Report(_app, "pothole");
        _app.Clock.Now += TimeSpan.FromDays(1);
        var ada = await CaseWork.Status(_app, reference);
        await ada.Press("Send it", ("Why", "ask"), ("Words", "When?"));
        await Counted();
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/demand");

        Assert.Contains("1 of 2 contacts by enquiries made here came while the enquiry that they are about was still open", lewis.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    private static string[] Cells(Browser page, string row, string within = "") =>
        [.. page.Page.QuerySelectorAll($"{within} tbody tr").First(r => r.QuerySelector("th")?.TextContent.Trim() == row).QuerySelectorAll("td").Select(c => c.TextContent.Trim())];

    private async Task<Guid> WriteCause(string words, Guid? parent)
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/causes");
        await grace.Press("Add", ("Words", words), ("Parent", $"{parent}"));
        return await _app.Db(db => db.SystemCauses.Where(c => c.Words == words).Select(c => c.Id).SingleAsync());
    }

    private async Task<Guid> WriteType(string words, Demand demand)
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/services/524/demand");
        await grace.Press("Add", ("Words", words), ("Demand", demand == Demand.Value ? "value" : "failure"));
        return await _app.Db(db => db.DemandTypes.Where(t => t.Words == words).Select(t => t.Id).SingleAsync());
    }

    private async Task Send()
    {
        await _app.Seed();
        await (await _app.Browse().Open("/enquiries/new?service=524")).Press("Send", ("Words", "Where is my bin?"), ("Email", "ada@example.com"));
    }

    private Task<string> Reference() => _app.Db(async db => $"{(await db.Enquiries.OrderByDescending(e => e.Id).FirstAsync(e => e.IsOpen)).Reference}");

    private async Task<string> AskAndAnswer(string demand)
    {
        await Send();
        var reference = await Reference();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "We come tomorrow."), ("Demand", demand));
        return reference;
    }

    private async Task Counted()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp(TestContext.Current.CancellationToken);
    }
}
