using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Cases;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Cases;

/// <summary>A pothole, from its report through its case to its citizen, who says that it is not sorted.</summary>
public sealed class CaseStoryTests : IDisposable
{
    private const string Email = CaseWork.Email;
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_was_sent_is_worked_on_step_by_step_and_its_citizen_sees_how_it_stands()
    {
        var reference = await Report();
        var status = await Status(reference);
        Assert.Equal("An inspector is going to look at it", status.Heading);
        Assert.Contains("Highways", status.Text, StringComparison.Ordinal);

        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open("/desk/cases");
        Assert.Contains(reference, tom.Text, StringComparison.Ordinal);
        await tom.Follow(reference);

        // What the step needs must be there, and what was found be said.
        await Step(tom, reference, "inspect", null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        Assert.Contains("Select what you found", tom.Text, StringComparison.Ordinal);
        Assert.Contains("Select everything that is there", tom.Text, StringComparison.Ordinal);

        await Step(tom, reference, "inspect", "tell-soon", ["0", "1"], "Six centimetres");
        Assert.Equal(HttpStatusCode.OK, tom.Status);
        Assert.Contains("Six centimetres", tom.Text, StringComparison.Ordinal);
        var letter = Assert.Single(await _app.Db(d => d.Messages.Where(m => m.Kind == "case").ToListAsync()));
        Assert.Equal(Email, letter.To);
        Assert.Contains($"/enquiries/status?reference={reference}", letter.Body, StringComparison.Ordinal);
        Assert.Contains(reference, letter.Body, StringComparison.Ordinal);
        Assert.Equal("We are going to mend it", (await Status(reference)).Heading);

        await Step(tom, reference, "mend-soon", null, ["0"]);
        // Who mended it does not look at the repair.
        Assert.Contains("Somebody else must do this", tom.Text, StringComparison.Ordinal);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await Step(grace, reference, "check", "mended");

        Assert.Contains("Done", grace.Page.QuerySelector("#case")!.TextContent, StringComparison.Ordinal);
        var answered = await Status(reference);
        Assert.Equal("We have answered your enquiry", answered.Heading);
        Assert.Contains("We have mended it", answered.Text, StringComparison.Ordinal);

        // It is not sorted: the same case opens again, and it is one contact more that nobody should have had to make.
        await answered.Press("Send", ("Sorted", "no"), ("Wrong", ""));
        Assert.Contains("Enter what is still wrong", answered.Text, StringComparison.Ordinal);
        await answered.Press("Send", ("Sorted", "no"), ("Wrong", "It is as deep as before"));
        Assert.Contains("We are sorry", answered.Text, StringComparison.Ordinal);
        await grace.Open($"/desk/cases/{reference}");
        Assert.Contains("Reopened", grace.Text, StringComparison.Ordinal);
        Assert.Contains("It is as deep as before", grace.Text, StringComparison.Ordinal);
        var contacts = (await Facts<EnquiryRaised>()).OrderBy(c => c.Follows is null ? 0 : 1).ToList();
        Assert.Equal([null, reference], contacts.Select(c => c.Follows));
        var again = contacts[1];
        Assert.NotEqual(reference, again.Reference);
        Assert.Equal((contacts[0].Person, contacts[0].Service), (again.Person, again.Service));
        Assert.Equal((again.Reference, Demand.Failure), (await Facts<ContactCoded>()).Select(c => (c.Reference, c.Demand)).Single());
        Assert.Equal("premature-closure", (await Facts<CauseSet>()).Single().Cause);
        Assert.Equal(["StepDone", "StepDone", "StepDone", "Reopened"], (await Moves()).Select(m => m.Activity));
        Assert.Equal([2, 3, 4, 5], (await Moves()).Select(m => m.Number));
        Assert.False((await Facts<CitizenSaidSorted>()).Single().Sorted);
    }

    [Fact]
    public async Task Two_who_do_the_same_step_at_once_both_keep_what_they_wrote()
    {
        var reference = await Report();
        var (tom, other) = (await _app.SignInAs(Role.Officer), await _app.SignInAs(Role.Officer));
        await tom.Open($"/desk/cases/{reference}");
        await other.Open($"/desk/cases/{reference}");

        await Step(tom, reference, "inspect", "tell-soon", ["0", "1"], "Deep");
        await Step(other, reference, "inspect", "too-small", ["0", "1"], "Only two centimetres");

        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("kept as a note", other.Text, StringComparison.Ordinal);
        Assert.Contains("Only two centimetres", other.Page.QuerySelector("ol[reversed]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Deep", other.Page.QuerySelector("ol[reversed]")!.TextContent, StringComparison.Ordinal);
        Assert.True(await _app.Db(d => d.Cases.AnyAsync(c => c.IsOpen)));
    }

    [Fact]
    public async Task It_waits_for_its_citizen_is_handed_over_withdrawn_and_reopened()
    {
        var reference = await Report();
        var tom = await _app.SignInAs(Role.Officer);

        await Other(tom, reference, "pause");
        Assert.Contains("Enter what you asked the citizen", tom.Text, StringComparison.Ordinal);
        await Other(tom, reference, "pause", "Which lane?");
        Assert.Contains("Which lane?", (await Status(reference)).Text, StringComparison.Ordinal);
        await tom.Open("/desk/cases?list=waiting");
        Assert.Contains(reference, tom.Text, StringComparison.Ordinal);
        await Other(tom, reference, "resume");

        await Other(tom, reference, "hand-over", "A root lifts it");
        Assert.Contains("Select a team", tom.Text, StringComparison.Ordinal);
        await Other(tom, reference, "hand-over", "A root lifts it", "Whoever");
        Assert.Contains("Select one of the teams listed", tom.Text, StringComparison.Ordinal);
        await Other(tom, reference, "hand-over", "A root lifts it", "Trees and woodland");
        Assert.Contains("Trees and woodland", tom.Page.QuerySelector("#case")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Trees and woodland", (await Moves())[^1].Team);

        await Other(tom, reference, "withdraw", "They sold the car");
        Assert.Contains("You asked us to stop", (await Status(reference)).Text, StringComparison.Ordinal);
        await tom.Open("/desk/cases?list=ended");
        Assert.Contains("Withdrawn", tom.Text, StringComparison.Ordinal);
        await Other(tom, reference, "reopen", "They bought another");
        Assert.Equal("An inspector is going to look at it", (await Status(reference)).Heading);
    }

    [Fact]
    public async Task What_is_overdue_is_listed_as_that_and_a_refusal_says_why()
    {
        var reference = await Report();
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open("/desk/cases?list=overdue");
        Assert.DoesNotContain(reference, tom.Text, StringComparison.Ordinal);

        _app.Clock.Now = _app.Clock.Now.AddDays(7);
        var late = await _app.SignInAs(Role.Officer);
        await late.Open("/desk/cases?list=overdue&team=Highways");
        Assert.Contains(reference, late.Text, StringComparison.Ordinal);
        await late.Open("/desk/cases?list=overdue&team=Libraries");
        Assert.DoesNotContain(reference, late.Text, StringComparison.Ordinal);

        await Step(late, reference, "inspect", "too-small", ["0", "1"]);
        Assert.Contains("not deep enough", (await Status(reference)).Text, StringComparison.Ordinal);
        Assert.False((await _app.Db(d => d.Enquiries.Whole.SingleAsync())).Answer!.Resolved);
    }

    [Fact]
    public async Task A_wait_is_over_after_its_working_days_and_runs_on_while_the_program_is_away()
    {
        var reference = await Report("noise-nuisance");
        var tom = await _app.SignInAs(Role.Officer);
        await Step(tom, reference, "read", "write", ["0"]);
        await Step(tom, reference, "write", null, ["0"]);
        Assert.Contains("Goes on by itself on 16 March 2026", tom.Text, StringComparison.Ordinal);
        var clock = _app.Services.GetRequiredService<CaseClock>();

        _app.Clock.Now = _app.Clock.Now.AddDays(13);
        Assert.Equal(0, await clock.GoOn(default));
        _app.Clock.Now = _app.Clock.Now.AddDays(1);
        Assert.Equal(1, await clock.GoOn(default));
        Assert.Equal(0, await clock.GoOn(default));

        var late = await _app.SignInAs(Role.Officer);
        await late.Open($"/desk/cases/{reference}");
        Assert.Contains("the days are over", late.Text, StringComparison.Ordinal);
        await Step(late, reference, "judge", "stopped");
        Assert.Equal(["StepDone", "StepDone", "WaitOver", "StepDone"], (await Moves()).Select(m => m.Activity));
        Assert.Equal("Done", (await Moves())[^1].Outcome);
    }

    [Fact]
    public async Task What_was_written_in_a_case_goes_with_what_was_sent_once_the_case_has_ended()
    {
        var reference = await Report();
        var tom = await _app.SignInAs(Role.Officer);
        await Step(tom, reference, "inspect", "tell-soon", ["0", "1"], "Mrs Marsh was at home");
        var later = _app.Clock.Now.AddYears(3);

        await EndVisits.Forget(_app.Services.GetRequiredService<IWriter>(), later);
        Assert.Equal(Email, (await _app.Db(d => d.Enquiries.SingleAsync())).Email);

        await Other(tom, reference, "withdraw", "Mrs Marsh rang");
        await EndVisits.Forget(_app.Services.GetRequiredService<IWriter>(), later);
        Assert.DoesNotContain(await _app.Db(d => d.CaseEvents.Select(e => e.Note).ToListAsync()), n => n?.Contains("Marsh", StringComparison.Ordinal) is true);
        // How it stood is still known.
        await tom.Open($"/desk/cases/{reference}");
        Assert.Equal(HttpStatusCode.OK, tom.Status);
        Assert.Contains("Withdrawn", tom.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_that_comes_once_more_opens_nothing_twice_and_is_kept()
    {
        var reference = await Report();
        var tom = await _app.SignInAs(Role.Officer);
        await Step(tom, reference, "inspect", "too-small", ["0", "1"]);
        var (one, other) = (await Status(reference), await Status(reference));

        await one.Press("Send", ("Sorted", "no"), ("Wrong", "It grows"));
        await other.Press("Send", ("Sorted", "no"), ("Wrong", "It has grown"));

        await tom.Open($"/desk/cases/{reference}");
        Assert.Contains("It grows", tom.Text, StringComparison.Ordinal);
        Assert.Contains("It has grown", tom.Text, StringComparison.Ordinal);
        Assert.Single(await Facts<CitizenSaidSorted>());
        Assert.Equal(2, (await Facts<EnquiryRaised>()).Count);
    }

    [Fact]
    public async Task Somebody_of_another_role_sees_the_step_and_cannot_do_it()
    {
        var reference = await Report();
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/cases/{reference}");
        Assert.Contains("Done by: officer", asha.Text, StringComparison.Ordinal);

        await Step(asha, reference, "inspect", "tell-soon", ["0", "1"]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Empty(await Facts<CaseMoved>());
    }

    [Fact]
    public async Task Hostile_words_are_refused_and_change_nothing()
    {
        var reference = await Report();
        var tom = await _app.SignInAs(Role.Officer);
        await tom.Open($"/desk/cases/{reference}");
        foreach (var node in (string[])["", "done", "mended", "<script>", "inspect'--"])
        {
            await Step(tom, reference, node, "mended", ["0", "1"]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        }
        await tom.Post($"/desk/cases/{reference}", [("Do", "step"), ("Node", "inspect"), ("Way", "mended"), ("Needs", "0"), ("Needs", "1")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        await Other(tom, reference, "note", new string('x', 4001));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tom.Status);
        await Other(tom, reference, "note", "<script>alert(1)</script>");
        Assert.Empty(tom.Page.QuerySelectorAll("ol script"));
        Assert.Empty(await Facts<CaseMoved>());

        // Whether it is sorted says only who knows both reference and address.
        var stranger = _app.Browse();
        await stranger.Open("/enquiries/status");
        await stranger.Post("/enquiries/sorted", [("Reference", reference), ("Email", "eve@example.com"), ("Sorted", "no"), ("Wrong", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
        // Nor where no address is kept any more.
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Email, "")));
        await stranger.Open("/enquiries/status");
        await stranger.Post("/enquiries/sorted", [("Reference", reference), ("Email", ""), ("Sorted", "no"), ("Wrong", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
    }

    private Task<string> Report(string id = "pothole") => CaseWork.Report(_app, id);

    private Task<Browser> Status(string reference) => CaseWork.Status(_app, reference);

    private static Task Step(Browser who, string reference, string node, string? way, string[]? needs = null, string note = "") => CaseWork.Step(who, reference, node, way, needs, note);

    private static Task Other(Browser who, string reference, string what, string note = "", string team = "") => CaseWork.Other(who, reference, what, note, team);

    private async Task<List<CaseMoved>> Moves() => [.. (await _app.Facts<CaseMoved>()).OrderBy(m => m.Number)];

    private Task<List<T>> Facts<T>() where T : IFact => _app.Facts<T>();
}
