using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Concentric.Tests.Serve.Cases;
using Concentric.Tests.Serve.Messages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Feedback;

/// <summary>Compliments, complaints and poor faces with words reach the team and the person whom they are about, who say what was done.</summary>
public sealed partial class FeedbackNoticeTests : IDisposable
{
    private readonly StubMail _mail = new();
    private readonly MailApp _app;

    public FeedbackNoticeTests() => _app = new(_mail.Address);

    public void Dispose()
    {
        _app.Dispose();
        _mail.Dispose();
    }

    [Fact]
    public async Task A_complaint_reaches_team_and_person_within_the_minute_is_offered_the_formal_way_and_is_dealt_with()
    {
        await _app.Seed();
        var grace = await _app.SignInAs(Role.ServiceManager);
        var (team, tom) = await Team();
        await Address(grace, "team:Waste and recycling", "waste@northmoor.example");
        await Address(grace, $"person:{tom}", "tom@northmoor.example");
        await Address(grace, "team:Highways", "highways@northmoor.example");

        var said = _app.Clock.Now;
        var ada = _app.Browse();
        await ada.Open($"/feedback?service={team}");
        await ada.Press("Send", ("Said", "Poor"), ("Words", "Third time. Ring 07700 900123"), ("Kind", "Complaint"));
        Assert.Contains("make a formal complaint", ada.Text, StringComparison.Ordinal);
        await ada.Follow("Make a complaint");
        Assert.Equal(HttpStatusCode.OK, ada.Status);

        // The sender that runs by itself finds it: nothing here sends it, and no clock goes past the minute.
        _app.Clock.Now = said + TimeSpan.FromSeconds(59);
        using var sender = ActivatorUtilities.CreateInstance<MessageSender>(_app.Services);
        await sender.StartAsync(default);
        for (var i = 0; i < 100 && _mail.Letters.Count < 2; i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        await sender.StopAsync(default);
        Assert.Equal(["tom@northmoor.example", "waste@northmoor.example"], (await _app.Db(d => d.Messages.Where(m => m.SentAt != null).ToListAsync())).Select(m => m.To).Order());
        Assert.Equal(2, _mail.Letters.Count);
        Assert.All(_mail.Letters, l => Assert.DoesNotContain("Third", l, StringComparison.Ordinal));
        Assert.All(await Notices(), n => Assert.Contains("https://forms.northmoor.example/desk/feedback/", n.Body!, StringComparison.Ordinal));
        Assert.All(await Notices(), n => Assert.DoesNotContain("Third", n.Body!, StringComparison.Ordinal));

        // On the desk of whoever works in the team, and of nobody else but service managers.
        var officer = await _app.SignInAs(Role.Officer);
        await officer.Open("/desk");
        Assert.Contains("What citizens said of us (1 to read)", officer.Text, StringComparison.Ordinal);
        await officer.Open("/desk/feedback");
        Assert.Contains("Third time. Ring [telephone number]", officer.Text, StringComparison.Ordinal);
        var asha = await _app.SignInAs(Role.Adviser);
        Assert.Contains("Nothing is waiting to be read", (await asha.Open("/desk/feedback")).Text, StringComparison.Ordinal);
        var id = (await _app.Db(d => d.GivenFeedback.SingleAsync())).Id;
        Assert.Equal(HttpStatusCode.NotFound, (await asha.Open($"/desk/feedback/{id}")).Status);

        await officer.Open($"/desk/feedback/{id}");
        await officer.Press("Save");
        Assert.Contains("Enter what was done", officer.Text, StringComparison.Ordinal);
        await officer.Press("Save", ("Done", "We rang and collected it today."));
        Assert.Contains("Nothing is waiting to be read", officer.Text, StringComparison.Ordinal);
        await officer.Open("/desk/feedback?list=done");
        Assert.Contains("We rang and collected it today.", officer.Text, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(await _app.Facts<FeedbackDealtWith>()).Id);
    }

    [Fact]
    public async Task A_compliment_on_an_answer_reaches_whoever_gave_it_and_a_plain_face_nobody()
    {
        await _app.Seed();
        var ada = _app.Browse();
        await ada.Open("/enquiries/new");
        await ada.Press("Send", ("Words", "When does the library open?"), ("Email", "ada@example.com"));
        var reference = await _app.Db(async d => $"{(await d.Enquiries.SingleAsync()).Reference}");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "At nine."), ("Demand", "value"));
        var person = await _app.Db(d => d.Set<Person>().SingleAsync(p => p.Name == "Asha Patel"));
        await Address(await _app.SignInAs(Role.ServiceManager), $"person:{person.Id}", "asha@northmoor.example");

        ada = await CaseWork.Status(_app, reference);
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Good"));
        Assert.Empty(await Notices());
        ada = await CaseWork.Status(_app, reference);
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Good"), ("Kind", "Compliment"), ("Words", "So quick!"));
        Assert.Equal("asha@northmoor.example", Assert.Single(await Notices()).To);
        // Sent once more the same, nobody is told again; said anew, they are.
        ada = await CaseWork.Status(_app, reference);
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Good"), ("Kind", "Compliment"), ("Words", "So quick!"));
        Assert.Single(await Notices());
        await asha.Open("/desk/feedback");
        Assert.Contains("So quick!", asha.Text, StringComparison.Ordinal);
        await asha.Follow($"Compliment of {Concentric.Core.Say.When(_app.Clock.Now)}");
        Assert.Contains("Asha Patel", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sensitive_is_told_to_its_team_alone_and_its_email_names_nothing()
    {
        await _app.Seed();
        var form = (await _app.Services.GetRequiredService<Concentric.Serve.Forms.PublishedForms>().All()).First(f => f.Form.Sensitive).Form;
        await Address(await _app.SignInAs(Role.ServiceManager), $"team:{form.Team}", "team@northmoor.example");
        var ada = _app.Browse();
        await ada.Open($"/feedback?service={form.Service}");
        await ada.Press("Send", ("Said", "Poor"), ("Words", "I was afraid"));

        var notice = Assert.Single(await Notices());
        Assert.DoesNotContain(form.Service, notice.Body!, StringComparison.Ordinal);
        Assert.DoesNotContain("Service:", notice.Body!, StringComparison.Ordinal);
        Assert.Contains("Nothing is waiting", (await (await _app.SignInAs(Role.Officer)).Open("/desk/feedback")).Text, StringComparison.Ordinal);
        var officer = await _app.SignInAs(Role.Officer);
        var tom = await _app.Db(d => d.Set<Person>().SingleAsync(p => p.Name == "Tom Reeve"));
        await _app.Write(d => { d.Add(new TeamMember { PersonId = tom.Id, Team = form.Team }); return Task.CompletedTask; });
        Assert.Contains("I was afraid", (await officer.Open("/desk/feedback")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_and_an_empty_one_takes_it_away()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/feedback/addresses");
        await grace.Press("Save", ("Email", "nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("Select a team or a person", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Enter an email address in the correct format", grace.Text, StringComparison.Ordinal);
        await Address(grace, "team:", "desk@northmoor.example");
        Assert.Contains("desk@northmoor.example", grace.Text, StringComparison.Ordinal);
        await Address(grace, "team:", "");
        Assert.Empty(await _app.Db(d => d.NoticeAddresses.ToListAsync()));
    }

    [Fact]
    public async Task What_people_said_and_what_was_done_is_told_to_everybody_until_it_is_taken_off()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/you-said");
        await grace.Press("Tell it", ("Moved", "Better"), ("Since", "2999-01-01"));
        foreach (var message in (string[])["Select a service", "Enter what people said", "Enter what was done", "The day must be today or in the past", "Enter the figure before and after"])
            Assert.Contains(message, grace.Text, StringComparison.Ordinal);
        await grace.Press("Tell it", ("Service", "524"), ("Said", "You miss our bins"), ("Done", "A second lorry on Fridays"), ("Since", "2026-02-02"), ("Moved", "TooEarly"), ("Figure", ""));

        var ada = _app.Browse();
        await ada.Open("/feedback?service=524");
        await ada.Press("Send", ("Said", "Good"));
        await ada.Open(ada.Page.QuerySelectorAll("main a").Single(a => a.GetAttribute("href")!.StartsWith("/you-said", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Contains("You said: You miss our bins", ada.Text, StringComparison.Ordinal);
        Assert.Contains("Since 2 February 2026. It is too early to say whether it helped.", ada.Text, StringComparison.Ordinal);

        await grace.Press("It got better", ("Figure", "missed: 9% before, 4% since"));
        Assert.Contains("The figure got better: missed: 9% before, 4% since", (await ada.Open("/you-said?service=524")).Text, StringComparison.Ordinal);
        await grace.Open("/desk/you-said");
        var other = await _app.SignInAs(Role.ServiceManager);
        await other.Open("/desk/you-said");
        await grace.Press("Take it off the list");
        // The other one's page is older than that.
        await other.Press("It got better", ("Figure", "missed: 9% before, 3% since"));
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.Contains("There is nothing to tell yet.", (await ada.Open("/you-said")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Open("/you-said?service=nothing")).Status);
        Assert.Equal([true, true, false], (await _app.Facts<SaidAndDoneTold>()).Select(f => f.IsShown));
    }

    /// <summary>A service whose team the demo's officer works in.</summary>
    private async Task<(string Service, Guid Tom)> Team()
    {
        var service = (await _app.Services.GetRequiredService<Concentric.Serve.Forms.PublishedForms>().All()).First(f => f.Form is { Team: "Waste and recycling", Sensitive: false }).Form.Service;
        var tom = await _app.Db(d => d.Set<Person>().SingleAsync(p => p.Name == "Tom Reeve"));
        await _app.Write(async d => { if (!await d.TeamMembers.AnyAsync(m => m.PersonId == tom.Id)) d.Add(new TeamMember { PersonId = tom.Id, Team = "Waste and recycling" }); });
        return (service, tom.Id);
    }

    private static async Task Address(Browser grace, string who, string email)
    {
        await grace.Open("/desk/feedback/addresses");
        await grace.Press("Save", ("Who", who), ("Email", email));
        Assert.Equal(HttpStatusCode.OK, grace.Status);
    }

    private Task<List<Message>> Notices() => _app.Db(d => d.Messages.AsNoTracking().Where(m => m.Kind == "feedback-notice").ToListAsync());

    private sealed class MailApp(string smtp) : TestApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("CONCENTRIC_SMTP", smtp).UseSetting("CONCENTRIC_SITE", "https://forms.northmoor.example").UseSetting("CONCENTRIC_MAIL_FROM", "no-reply@northmoor.example");
        }
    }
}
