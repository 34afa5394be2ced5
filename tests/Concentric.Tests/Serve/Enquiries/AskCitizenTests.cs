using System.Net;
using System.Text;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Intake;
using Concentric.Serve.Messages;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Enquiries;

/// <summary>An adviser asks the citizen something about an enquiry without a case; it waits for them, and comes back.</summary>
public sealed class AskCitizenTests : IDisposable
{
    private const string Email = "ada@example.com";
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_question_goes_out_the_enquiry_waits_and_the_answer_brings_it_back_to_whoever_asked()
    {
        var (asha, reference) = await TakenDown(("Email", Email));
        await asha.Press("Ask them", ("Question", " "));
        Assert.Equal((HttpStatusCode)422, asha.Status);
        await asha.Press("Ask them", ("Question", "Which bin is it?"));

        Assert.Contains("It waits for the citizen", asha.Text, StringComparison.Ordinal);
        // Ten working days from Monday 2 March.
        Assert.Contains("comes back on 16 March 2026", asha.Text, StringComparison.Ordinal);
        var letter = await _app.Db(d => d.Messages.SingleAsync());
        Assert.Equal((Email, "question", $"We have a question about {reference}"), (letter.To, letter.Kind, letter.Subject));
        Assert.Contains("Which bin is it?", letter.Body!, StringComparison.Ordinal);
        Assert.Contains($"/enquiries/status?reference={reference}", letter.Body!, StringComparison.Ordinal);
        var fact = Assert.Single(await _app.Facts<EnquiryAsked>());
        Assert.Equal((reference, "Email", new DateOnly(2026, 3, 16)), (fact.Reference, fact.SentBy, fact.BackOn));
        // Nobody had taken it on, so it is hers.
        Assert.Equal(Work.DeskWorld.Adviser, Assert.Single(await _app.Facts<WorkOwned>()).Owner);

        // It is nobody's turn here.
        foreach (var (address, lists) in ((string, bool)[])[("/desk", false), ("/desk?list=asked", true), ("/desk/work?what=enquiries&list=mine", false), ("/desk/work?what=enquiries&list=overdue", false), ("/desk/work?what=enquiries&list=waiting", true), ("/desk/work?what=enquiries&list=open", true)])
            Assert.Equal((address, lists), (address, await Lists(address, reference)));
        Assert.True(await ToldToPrograms(reference));

        var ada = await Status(reference);
        Assert.Equal("We need your answer", ada.Heading);
        Assert.Contains("We asked you: Which bin is it?", ada.Text, StringComparison.Ordinal);
        await ada.Press("Send your answer");
        Assert.Equal((HttpStatusCode)422, ada.Status);
        var token = ada.Page.QuerySelector("input[name=Token]")!.GetAttribute("value")!;
        for (var press = 0; press < 2; press++)
            await ada.Post("/enquiries/answered", [("Reference", reference), ("Email", Email), ("Token", token), ("Said", "The green one.")]);
        Assert.Contains("We have your answer. We go on with your enquiry.", ada.Text, StringComparison.Ordinal);
        Assert.Equal("We have your enquiry", ada.Heading);

        var note = Assert.Single(await _app.Db(d => d.EnquiryNotes.ToListAsync()));
        Assert.Equal((EnquiryNoteKind.Answered, "The green one."), (note.Kind, note.Words));
        Assert.Equal(("web", Actor.Citizen), ((await _app.Facts<CitizenAnswered>()).Single().Channel, (await _app.Db(d => d.Facts.SingleAsync(f => f.Kind == "citizen-answered"))).By));
        // We asked, so it is no contact of its own.
        Assert.Single(await _app.Facts<EnquiryRaised>());
        Assert.True(await Lists("/desk/work?what=enquiries&list=mine", reference));
        Assert.False(await ToldToPrograms(reference));
        await asha.Open("/desk");
        Assert.Contains("They answered", asha.Text, StringComparison.Ordinal);
        await asha.Open($"/desk/enquiries/{reference}");
        Assert.Contains("They answered,", asha.Text, StringComparison.Ordinal);
        Assert.Contains("Question by Asha Patel", asha.Text, StringComparison.Ordinal);

        // What comes once nothing waits for it is kept all the same.
        await ada.Post("/enquiries/answered", [("Reference", reference), ("Email", Email), ("Token", $"{Guid.CreateVersion7(_app.Clock.Now)}"), ("Said", "And the brown one.")]);
        Assert.Equal(EnquiryNoteKind.WroteAgain, await _app.Db(d => d.EnquiryNotes.Where(n => n.Words == "And the brown one.").Select(n => n.Kind).SingleAsync()));
        Assert.Single(await _app.Facts<CitizenAnswered>());
    }

    [Fact]
    public async Task Without_an_answer_it_comes_back_marked_and_is_not_closed()
    {
        var (asha, reference) = await TakenDown(("Email", Email));
        await asha.Press("Ask them", ("Question", "Which bin?"));
        var (clock, start) = (_app.Services.GetRequiredService<AskClock>(), _app.Clock.Now);

        _app.Clock.Now = start.AddDays(13);
        Assert.Equal(0, await clock.BringBack());
        _app.Clock.Now = start.AddDays(14);
        Assert.Equal(1, await clock.BringBack());
        Assert.Equal(0, await clock.BringBack());

        Assert.Equal("NoAnswer", Assert.Single(await _app.Facts<AskingEnded>()).Why);
        Assert.True(await _app.Db(d => d.Enquiries.AnyAsync(e => e.IsOpen && !e.IsPaused && e.Answer == null)));
        // Nobody stays signed in for so long.
        asha = await _app.SignInAs(Role.Adviser);
        await asha.Open("/desk");
        Assert.Contains("No answer came", asha.Page.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        await asha.Open($"/desk/enquiries/{reference}");
        Assert.Contains("No answer came", asha.Page.GetElementById("no-answer")!.TextContent, StringComparison.Ordinal);
        // Late, it is still the answer to what we asked, and no contact of its own.
        var ada = await Status(reference);
        Assert.Equal("We need your answer", ada.Heading);
        await ada.Press("Send your answer", ("Said", "The green one."));
        Assert.Single(await _app.Facts<CitizenAnswered>());
        Assert.Single(await _app.Facts<EnquiryRaised>());
        Assert.Equal(EnquiryNoteKind.Answered, await _app.Db(d => d.EnquiryNotes.Select(n => n.Kind).SingleAsync()));
        Assert.Null((await asha.Open($"/desk/enquiries/{reference}")).Page.GetElementById("no-answer"));
        Assert.Equal("We have your enquiry", (await Status(reference)).Heading);

        // Asked again, and answered by the adviser before the days are over: nothing comes back.
        await asha.Press("Ask them", ("Question", "Which street?"));
        await asha.Press("Answer", ("Answer", "We found it."), ("Demand", "value"));
        _app.Clock.Now = start.AddDays(60);
        Assert.Equal(0, await clock.BringBack());
        Assert.Equal(AskedEnd.Overtaken, await _app.Db(d => d.Asked.OrderBy(a => a.At).Select(a => a.End).LastAsync()));
        Assert.Single(await _app.Facts<AskingEnded>());
        Assert.Equal("We have answered your enquiry", (await Status(reference)).Heading);
    }

    [Fact]
    public async Task To_whom_nothing_can_be_sent_nothing_is_said_to_have_been()
    {
        var (asha, _) = await TakenDown(("Phone", "01632 960 001"));
        Assert.Contains("Nothing can be sent to them: ask them yourself", asha.Text, StringComparison.Ordinal);
        await asha.Press("Ask them", ("Question", "Which bin?"));
        Assert.Contains("Nothing was sent to them: tell them yourself.", asha.Text, StringComparison.Ordinal);
        Assert.Empty(await _app.Db(d => d.Messages.ToListAsync()));
        Assert.Null(Assert.Single(await _app.Facts<EnquiryAsked>()).SentBy);
        await asha.Press("Keep their answer", ("Said", ""));
        Assert.Contains("Enter what they answered", asha.Text, StringComparison.Ordinal);
        await asha.Press("Keep their answer", ("Said", "The brown one."));
        Assert.Contains("Their answer, written down by Asha Patel", asha.Text, StringComparison.Ordinal);
        Assert.False(await _app.Db(d => d.Enquiries.AnyAsync(e => e.IsPaused)));

        // A mobile alone: the text says nothing of a page that they could not open.
        (asha, var second) = await TakenDown(("Phone", "07700 900123"));
        await asha.Press("Ask them", ("Question", "Which lamp?"));
        var text = await _app.Db(d => d.Messages.SingleAsync());
        Assert.Equal((MessageChannel.Text, $"Northmoor Council: We have a question about {second}. Contact us and quote this reference."), (text.Channel, text.Body));
        await asha.Press("Go on without it");
        Assert.Equal("TakenBack", Assert.Single(await _app.Facts<AskingEnded>()).Why);
        Assert.Contains("gone on without an answer", asha.Text, StringComparison.Ordinal);

        // Whoever wants to be telephoned is sent nothing, and can answer on the website still.
        (asha, var third) = await TakenDown(("Email", "bob@example.com"));
        await _app.Write(d => d.Citizens.Where(c => c.Email == "bob@example.com").ExecuteUpdateAsync(c => c.SetProperty(x => x.PreferredChannel, "phone")));
        await asha.Open($"/desk/enquiries/{third}");
        await asha.Press("Ask them", ("Question", "Which road?"));
        Assert.Contains("Nothing was sent to them", asha.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _app.Db(d => d.Messages.CountAsync()));
        Assert.Equal("We need your answer", (await Status(third, "bob@example.com")).Heading);
    }

    [Fact]
    public async Task Of_what_is_sensitive_no_words_go_by_email_and_its_team_alone_asks()
    {
        var (asha, reference) = await TakenDown(("Email", Email));
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.IsSensitive, true).SetProperty(x => x.Team, "Elsewhere")));
        foreach (var (path, fields) in ((string, (string, string)[])[])[("ask", [("Question", "x")]), ("asked", [("Do", "go-on")])])
        {
            await asha.Open("/desk");
            await asha.Post($"/desk/enquiries/{reference}/{path}", [.. fields, ("Token", $"{Guid.CreateVersion7(_app.Clock.Now)}")]);
            Assert.Equal(HttpStatusCode.NotFound, asha.Status);
        }
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"/desk/enquiries/{reference}");
        await grace.Press("Ask them", ("Question", "Is he still at home?"));
        Assert.DoesNotContain("home", (await _app.Db(d => d.Messages.SingleAsync())).Body!, StringComparison.Ordinal);
        Assert.False(await Lists("/desk?list=asked", reference));
        Assert.False(await Lists("/desk/work?what=enquiries&list=waiting", reference));
    }

    [Fact]
    public async Task An_email_that_comes_back_is_the_answer()
    {
        var (asha, reference) = await TakenDown(("Email", Email));
        await asha.Press("Ask them", ("Question", "Which bin?"));
        var mail = $"From: Ada <{Email}>\r\nTo: us@example.com\r\nSubject: Re: {reference}\r\nMessage-ID: <1@example.com>\r\nContent-Type: text/plain\r\n\r\nThe green one.\r\n";

        await _app.Services.GetRequiredService<TakeMail>().Take(new MemoryStream(Encoding.ASCII.GetBytes(mail)), Actor.System);

        Assert.Equal("email", Assert.Single(await _app.Facts<CitizenAnswered>()).Channel);
        Assert.Single(await _app.Facts<EnquiryRaised>());
        await asha.Open($"/desk/enquiries/{reference}");
        Assert.Contains("They answered", asha.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It waits for the citizen", asha.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_was_held_back_the_answer_is_the_answer_and_what_others_write_is_not()
    {
        var (asha, reference) = await TakenDown(("Email", Email));
        await asha.Press("Ask them", ("Question", "Which bin?"));
        var take = _app.Services.GetRequiredService<TakeMail>();
        string Mail(string from, string id, string type) => $"From: {from}\r\nSubject: Re: {reference}\r\nMessage-ID: <{id}@example.com>\r\nContent-Type: {type}\r\n\r\nThe green one.\r\n";

        await take.Take(new MemoryStream(Encoding.ASCII.GetBytes(Mail("eve@example.com", "1", "text/plain"))), Actor.System);
        Assert.True(await _app.Db(d => d.Enquiries.AnyAsync(e => e.IsPaused)));
        var held = await take.Take(new MemoryStream(Encoding.ASCII.GetBytes(Mail(Email, "2", "text/plain; charset=klingon-1"))), Actor.System);
        Assert.Equal(MailState.Quarantined, held.State);
        await (await asha.Open($"/desk/mail/{held.Id:N}")).Press("Make it an enquiry", ("Words", "The green one."));

        Assert.EndsWith(reference, asha.Response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Single(await _app.Facts<CitizenAnswered>());
        Assert.Equal((1, false), await _app.Db(async d => (await d.Enquiries.CountAsync(), await d.Enquiries.AnyAsync(e => e.IsPaused))));
    }

    [Fact]
    public async Task Hostile_words_and_two_at_once_ask_once_and_break_nothing()
    {
        var (asha, reference) = await TakenDown(("Email", Email));
        await asha.Post($"/desk/enquiries/{reference}/ask", [("Question", "No token")]);
        Assert.Equal(HttpStatusCode.BadRequest, asha.Status);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Ask them", ("Question", new string('x', Asked.MostWords + 1)));
        Assert.Equal((HttpStatusCode)422, asha.Status);
        Assert.False(await _app.Db(d => d.Asked.AnyAsync()));
        await asha.Open($"/desk/enquiries/{reference}");
        var csrf = asha.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => asha.Http.PostAsync($"/desk/enquiries/{reference}/ask", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = csrf, ["Token"] = $"{Guid.CreateVersion7(_app.Clock.Now)}", ["Question"] = $"<script>alert({i})</script>\u202e\r\n{{0}}",
        }))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal((1, 1), (await _app.Db(d => d.Asked.CountAsync()), await _app.Db(d => d.Messages.CountAsync())));
        var ada = await Status(reference);
        Assert.Empty(ada.Page.QuerySelectorAll("main script"));
        foreach (var (email, token) in ((string, string)[])[("eve@example.com", $"{Guid.CreateVersion7(_app.Clock.Now)}"), (Email, $"{Guid.Empty}")])
        {
            await ada.Open("/enquiries/status");
            await ada.Post("/enquiries/answered", [("Reference", reference), ("Email", email), ("Token", token), ("Said", "Mine")]);
            Assert.Equal(HttpStatusCode.BadRequest, ada.Status);
        }
        Assert.Empty(await _app.Db(d => d.EnquiryNotes.ToListAsync()));

        // A case waits by its own page, and by no other.
        var other = await CaseWork.Report(_app, "pothole");
        await asha.Open($"/desk/enquiries/{other}");
        Assert.DoesNotContain("Ask the citizen something", asha.Text, StringComparison.Ordinal);
        await asha.Post($"/desk/enquiries/{other}/ask", [("Question", "x"), ("Token", $"{Guid.CreateVersion7(_app.Clock.Now)}")]);
        Assert.Equal(HttpStatusCode.NotFound, asha.Status);
        await CaseWork.Other(asha, other, "pause", "Which?");
        Assert.False(await Lists("/desk", other));
        Assert.True(await Lists("/desk?list=asked", other));
        await CaseWork.Other(asha, other, "resume");
        Assert.True(await Lists("/desk", other));
    }

    private async Task<(Browser Asha, string Reference)> TakenDown(params (string, string)[] who)
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await (await asha.Open("/desk/enquiries/new")).Press("Keep it", [("Channel", "phone"), ("Words", "The bin was missed."), .. who]);
        return (asha, asha.Response.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1]);
    }

    private async Task<Browser> Status(string reference, string email = Email) => await (await _app.Browse().Open("/enquiries/status")).Press("Check", ("Reference", reference), ("Email", email));

    private async Task<bool> Lists(string address, string reference) => (await (await _app.SignInAs(Role.Adviser)).Open(address)).Text.Contains(reference, StringComparison.Ordinal);

    private async Task<bool> ToldToPrograms(string reference)
    {
        using var http = _app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, ApiScopes.Read));
        return (await http.GetStringAsync($"/api/v1/enquiries/{reference}")).Contains("\"waitsForCitizen\":true", StringComparison.Ordinal);
    }
}
