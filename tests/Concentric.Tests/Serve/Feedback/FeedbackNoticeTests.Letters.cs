using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Messages;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Feedback;

/// <summary>Nothing that waits to be read is lost, and staff are written to seldom and only if they are there.</summary>
public sealed partial class FeedbackNoticeTests
{
    [Fact]
    public async Task What_nobody_has_dealt_with_stays_when_something_else_is_said_and_a_newer_complaint_is_not_dealt_with_unread()
    {
        await _app.Seed();
        var (service, _) = await Team();
        await Address(await _app.SignInAs(Role.ServiceManager), "team:Waste and recycling", "waste@northmoor.example");
        var ada = await _app.Browse().Open($"/enquiries/new?service={service}");
        await ada.Press("Send", ("Words", "My bin was missed"), ("Email", CaseWork.Email));
        await ada.Follow("How was this?");
        var page = ada.Page.Url;
        await ada.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"), ("Words", "The crew shouted at me."));
        var officer = await _app.SignInAs(Role.Officer);
        var row = await _app.Db(d => d.GivenFeedback.AsNoTracking().SingleAsync());
        await officer.Open($"/desk/feedback/{row.Id}");

        await ada.Open(page);
        await ada.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"), ("Words", "And again today."));
        Assert.Single(await Notices());
        await officer.Press("Save", ("Done", "We spoke to the crew."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, officer.Status);
        Assert.Contains("Something was said or done since you opened this page", officer.Text, StringComparison.Ordinal);
        Assert.Contains("And again today.", officer.Text, StringComparison.Ordinal);
        Assert.Contains("poor, complaint: The crew shouted at me.", officer.Text, StringComparison.Ordinal);

        // A plain face does not take it away either.
        await ada.Open(page);
        await ada.Press("Send", ("Said", "Good"));
        await officer.Open($"/desk/feedback/{row.Id}");
        foreach (var words in (string[])["The crew shouted at me.", "And again today."]) Assert.Contains(words, officer.Text, StringComparison.Ordinal);
        await officer.Press("Save", ("Done", "We spoke to the crew."));
        Assert.Contains("Nothing is waiting to be read", officer.Text, StringComparison.Ordinal);

        await ada.Open(page);
        await ada.Press("Send", ("Said", "Poor"), ("Words", "Slow."));
        row = await _app.Db(d => d.GivenFeedback.AsNoTracking().SingleAsync());
        Assert.Equal(("Slow.", null, null), (row.Words, row.Earlier, row.DoneAt));
        Assert.Equal(2, (await Notices()).Count);
    }

    [Fact]
    public async Task An_address_is_written_to_once_in_five_minutes_and_then_told_how_many_came()
    {
        await _app.Seed();
        var (service, _) = await Team();
        await Address(await _app.SignInAs(Role.ServiceManager), "team:Waste and recycling", "waste@northmoor.example");
        async Task Complain()
        {
            var anybody = await _app.Browse().Open($"/feedback?service={service}");
            await anybody.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"));
        }

        for (var i = 0; i < 8; i++) await Complain();
        var sender = _app.Services.GetRequiredService<MessageSender>();
        await sender.SendDue(default);
        Assert.Single(_mail.Letters);
        _app.Clock.Now += TimeSpan.FromMinutes(5);
        await sender.SendDue(default);
        Assert.Equal(2, _mail.Letters.Count);
        Assert.Equal(["A complaint", "7 new"], (await Notices()).OrderBy(n => n.SentAt).Select(n => n.Subject.Split(':')[0]));
        // Counted from when it was sent, not from when it was written.
        _app.Clock.Now += TimeSpan.FromMinutes(2);
        await Complain();
        await sender.SendDue(default);
        Assert.Equal(2, _mail.Letters.Count);
        _app.Clock.Now += TimeSpan.FromMinutes(3);
        await sender.SendDue(default);
        Assert.Equal(3, _mail.Letters.Count);
    }

    [Fact]
    public async Task Who_left_is_not_written_to_and_their_address_can_be_taken_away()
    {
        await _app.Seed();
        var (service, tom) = await Team();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await Address(grace, $"person:{tom}", "tom@northmoor.example");
        await Address(grace, "team:Waste and recycling", "waste@northmoor.example");
        await _app.Write(async d => { (await d.Set<Person>().SingleAsync(p => p.Id == tom)).Disable(_app.Clock.Now); });
        await _app.Write(d => { d.Add(new Concentric.Serve.Feedback.NoticeAddress { Id = Guid.CreateVersion7(_app.Clock.Now), Team = "Long gone", Email = "gone@northmoor.example" }); return Task.CompletedTask; });
        var ada = await _app.Browse().Open($"/feedback?service={service}");
        await ada.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"));
        Assert.Equal("waste@northmoor.example", Assert.Single(await Notices()).To);

        await grace.Open("/desk/feedback/addresses");
        Assert.Contains("Tom Reeve (not there any more)", grace.Text, StringComparison.Ordinal);
        await grace.Press("Save", ("Who", "team:Long gone"), ("Email", "new@northmoor.example"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        await Address(grace, "team:Long gone", "");
        await Address(grace, $"person:{tom}", "");
        Assert.Equal("waste@northmoor.example", Assert.Single(await _app.Db(d => d.NoticeAddresses.ToListAsync())).Email);
        // Who and whether, never the address.
        Assert.Equal([(null, tom, true), ("Waste and recycling", null, true), ("Long gone", null, false), (null, (Guid?)tom, false)], (await _app.Facts<NoticeAddressSet>()).Select(f => (f.Team, f.Person, f.IsSet)));
        Assert.DoesNotContain(await _app.Db(d => d.Facts.AsNoTracking().ToListAsync()), f => f.Data!.Contains("tom@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_left_the_team_of_something_sensitive_is_not_written_to()
    {
        await _app.Seed();
        var form = (await _app.Services.GetRequiredService<Concentric.Serve.Forms.PublishedForms>().All()).First(f => f.Form.Sensitive).Form;
        var asha = await _app.Db(d => d.Set<Person>().SingleAsync(p => p.Name == "Asha Patel"));
        await Address(await _app.SignInAs(Role.ServiceManager), $"person:{asha.Id}", "asha@northmoor.example");
        var ada = await _app.Browse().Open($"/enquiries/new?service={form.Service}");
        await ada.Press("Send", ("Words", "I am afraid"), ("Email", CaseWork.Email));
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.OwnerId, asha.Id)));
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"));
        Assert.Equal((asha.Id, true), await _app.Db(async d => (((await d.GivenFeedback.SingleAsync()).PersonId!.Value), (await d.GivenFeedback.SingleAsync()).IsSensitive)));
        Assert.Empty(await Notices());
    }
}
