using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Cases;

/// <summary>What happens to a case beside its steps: somebody is told that it is late, it has to do with others, it is reopened, its citizen has no address.</summary>
public sealed class CaseLaterTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Of_a_step_that_is_overdue_one_after_the_other_is_told_once()
    {
        var reference = await Report();
        var clock = _app.Services.GetRequiredService<CaseClock>();
        Assert.Equal(0, await clock.Escalate(default));

        // Monday 2 March; the inspection is due on Thursday, and told of on Friday.
        _app.Clock.Now = new(2026, 3, 6, 9, 30, 0, TimeSpan.Zero);
        Assert.Equal((1, 0), (await clock.Escalate(default), await clock.Escalate(default)));
        Assert.Equal(Role.Officer, (await Case()).EscalatedTo);
        _app.Clock.Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);
        Assert.Equal((1, 0), (await clock.Escalate(default), await clock.Escalate(default)));
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open($"/desk/cases/{reference}");
        Assert.Contains("The service manager’s to look at", tom.Page.QuerySelector("#case")!.TextContent, StringComparison.Ordinal);
        // Nobody is left to be told; and once it is done it is nobody's any more.
        Assert.Null((await Case()).TellFrom);
        await CaseWork.Step(tom, reference, "inspect", "tell-soon", ["0", "1"]);
        Assert.Null((await Case()).EscalatedTo);
        Assert.Equal(["Escalated", "Escalated", "StepDone"], (await _app.Facts<CaseMoved>()).OrderBy(m => m.Number).Select(m => m.Activity));
    }

    [Fact]
    public async Task While_it_waits_for_its_citizen_nobody_is_told_and_what_was_promised_counts_from_when_it_was_reopened()
    {
        var reference = await Report();
        var tom = await _app.SignInAs(Role.Officer);
        await CaseWork.Other(tom, reference, "pause", "Which lane?");
        _app.Clock.Now = new(2026, 3, 20, 9, 30, 0, TimeSpan.Zero);
        Assert.Equal(0, await _app.Services.GetRequiredService<CaseClock>().Escalate(default));

        tom = await _app.SignInAs(Role.Officer);
        await CaseWork.Other(tom, reference, "withdraw", "They moved away");
        await CaseWork.Other(tom, reference, "reopen", "They are back");
        var found = await _app.Services.GetRequiredService<MoveCase>().Find(await Open(), Reference.Parse(reference));

        // Counted from Friday 20 March, not from 2 March.
        Assert.Equal(new(2026, 3, 27), found!.State.DueOn(5));
    }

    [Fact]
    public async Task A_letter_to_somebody_without_an_address_is_told_of_to_whoever_works_on_it()
    {
        var reference = await Report();
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Email, "")));
        var tom = await _app.SignInAs(Role.Officer);

        await CaseWork.Step(tom, reference, "inspect", "tell-soon", ["0", "1"]);

        Assert.Contains("Not sent, because they gave neither an email address nor a mobile number", tom.Text, StringComparison.Ordinal);
        Assert.False(await _app.Db(d => d.Messages.AnyAsync(m => m.Kind == "case")));
        // The steps go on counting behind the note.
        await CaseWork.Step(tom, reference, "mend-soon", null, ["0"]);
        Assert.Equal([2, 4], (await _app.Facts<CaseMoved>()).Select(m => m.Number).Order());
    }

    [Fact]
    public async Task A_letter_does_not_go_by_a_channel_by_which_its_citizen_said_that_we_may_not()
    {
        var reference = await Report();
        await _app.Write(async d =>
        {
            var citizen = await d.Enquiries.Select(e => e.CitizenId).SingleAsync();
            d.Add(new CitizenConsent { CitizenId = citizen!.Value, Channel = "email", May = false, Source = ConsentSource.Phone, By = Actor.System, At = _app.Clock.Now });
        });
        var tom = await _app.SignInAs(Role.Officer);

        await CaseWork.Step(tom, reference, "inspect", "tell-soon", ["0", "1"]);

        Assert.Contains("by which they want to hear from us", tom.Text, StringComparison.Ordinal);
        Assert.False(await _app.Db(d => d.Messages.AnyAsync(m => m.Kind == "case")));
    }

    [Fact]
    public async Task What_was_answered_meanwhile_stays_when_the_case_ends_and_its_status_shows_until_then()
    {
        var reference = await Report();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "We have put a cone over it."), ("Demand", "value"), ("Resolved", "no"));

        var ada = await CaseWork.Status(_app, reference);
        Assert.Contains("We have put a cone over it.", ada.Text, StringComparison.Ordinal);
        Assert.Contains("An inspector is going to look at it", ada.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Is it sorted?", ada.Text, StringComparison.Ordinal);

        var tom = await _app.SignInAs(Role.Officer);
        await CaseWork.Step(tom, reference, "inspect", "too-small", ["0", "1"]);
        ada = await CaseWork.Status(_app, reference);
        Assert.Contains("We have put a cone over it.", ada.Text, StringComparison.Ordinal);
        Assert.Contains("Is it sorted?", ada.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await _app.Facts<EnquiryAnswered>()).Count);
    }

    [Fact]
    public async Task A_page_that_was_opened_before_a_step_came_round_again_does_not_do_it()
    {
        var reference = await Report();
        var (tom, grace) = (await _app.SignInAs(Role.Officer), await _app.SignInAs(Role.ServiceManager));
        await CaseWork.Step(tom, reference, "inspect", "tell-soon", ["0", "1"]);
        await tom.Open($"/desk/cases/{reference}");
        var since = tom.Page.QuerySelector("input[name=Since]")!.GetAttribute("value")!;
        await CaseWork.Step(tom, reference, "mend-soon", null, ["0"]);
        _app.Clock.Now += TimeSpan.FromMinutes(1);
        await CaseWork.Step(grace, reference, "check", "mend-soon");

        await tom.Post($"/desk/cases/{reference}", [("Do", "step"), ("Node", "mend-soon"), ("Since", since), ("Needs", "0"), ("Note", "Filled")]);

        Assert.Equal(HttpStatusCode.Conflict, tom.Status);
        Assert.Contains("come round again", tom.Text, StringComparison.Ordinal);
        Assert.Equal("mend-soon", (await _app.Db(d => d.CaseOpens.SingleAsync())).Node);
    }

    [Fact]
    public async Task Cases_are_linked_and_a_part_is_worked_on_by_itself()
    {
        var (one, other) = (await Report(), await Report());
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open($"/desk/cases/{one}");
        await tom.Press("Link it", ("Other", one));
        Assert.Contains("Enter the reference of another case", tom.Text, StringComparison.Ordinal);
        await tom.Press("Link it", ("Other", "CN-0000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        await tom.Press("Link it", ("Other", other.ToLowerInvariant()));
        Assert.Contains(other, tom.Page.QuerySelector("#links + dl")!.TextContent, StringComparison.Ordinal);
        await tom.Press("Begin the part", ("Process", "lighting-fault"), ("Words", ""));
        Assert.Contains("Enter what is to be done", tom.Text, StringComparison.Ordinal);
        await tom.Press("Begin the part", ("Process", "lighting-fault"), ("Words", "The lamp beside it is out"));

        var part = (await _app.Facts<CasesLinked>()).Single(l => l.How == "Part").Other;
        await tom.Open($"/desk/cases/{part}");
        Assert.Contains("This is a part of it", tom.Text, StringComparison.Ordinal);
        await tom.Open($"/desk/cases/{other}");
        await tom.Press($"Unlink {one}");
        Assert.Equal(["Linked", "Part", "Unlinked"], (await _app.Facts<CasesLinked>()).Select(l => l.How).Order());
        // Nobody got in touch for the part.
        Assert.Equal(2, (await _app.Facts<EnquiryRaised>()).Count);
        Assert.Equal(3, await _app.Db(d => d.Cases.CountAsync()));
    }

    [Fact]
    public async Task A_process_is_drawn_with_its_cases_and_another_is_brought()
    {
        await Report();
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open("/desk/processes");
        await tom.Follow("Mend a road or pavement");
        Assert.Equal(HttpStatusCode.OK, tom.Status);
        Assert.Equal("1", tom.Page.QuerySelector(".app-process__count")!.TextContent.Trim());
        Assert.NotEmpty(tom.Page.QuerySelectorAll(".app-process polyline"));

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/processes");
        var shipped = ProcessLibrary.All.Single(p => p.Id == "road-defect");
        await grace.Post("/desk/processes", [], [("File", "wrong.json", Encoding.UTF8.GetBytes(shipped.Write().Replace("\"officer\"", "\"wizard\"", StringComparison.Ordinal)))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("nodes[0].who", grace.Text, StringComparison.Ordinal);
        await grace.Post("/desk/processes", [], [("File", "endless.json", Encoding.UTF8.GetBytes((shipped with { Nodes = [shipped.Nodes[0] with { Next = [new(shipped.Nodes[0].Id)] }], Letters = [] }).Write()))]);
        Assert.Contains("may never come to an end", grace.Text, StringComparison.Ordinal);
        await grace.Post("/desk/processes", [], [("File", "ours.bpmn", Encoding.UTF8.GetBytes(BpmnExport.Of(shipped with { PromiseDays = 99 })))]);
        Assert.Equal(HttpStatusCode.OK, grace.Status);
        await tom.Open("/desk/processes/road-defect");
        Assert.Contains("version 2", tom.Text, StringComparison.Ordinal);
        // What has begun keeps to its version, and the next start of the program does not undo it.
        Assert.Contains("version 1 (1)", tom.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _app.Services.GetRequiredService<Processes>().Seed(_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, default));
    }

    private Task<ConcentricDb> Open() => _app.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync();

    private Task<Case> Case() => _app.Db(d => d.Cases.AsNoTracking().SingleAsync());

    private Task<string> Report() => CaseWork.Report(_app, "pothole");
}
