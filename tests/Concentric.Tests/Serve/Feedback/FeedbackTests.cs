using System.Net;
using System.Text.RegularExpressions;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Feedback;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Feedback;

/// <summary>Somebody is asked how it was on a page, in an e-mail and on the phone, and says it once.</summary>
public sealed partial class FeedbackTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task At_the_end_of_an_enquiry_one_choice_is_enough_and_the_facts_hold_no_word_of_it()
    {
        var (ada, reference) = await Sent();

        await ada.Follow("How was this?");
        Assert.Equal("How was this?", ada.Heading);
        await ada.Press("Send");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("Select how it was", ada.Text, StringComparison.Ordinal);
        await ada.Press("Send", ("Said", "Poor"), ("Words", "I am Mrs Marsh of 14 Elm Road, see https://spam.example/x or buy.shop/now"));

        Assert.Equal("Thank you", ada.Heading);
        var row = await Only();
        Assert.Equal("I am [name] of [address], see [web address] or [web address]", row.Words);
        var fact = Assert.Single(await _app.Facts<FeedbackGiven>());
        Assert.Equal((row.Id, "524", "web", reference, FeedbackWays.Page, FeedbackSaid.Poor), (fact.Id, fact.Service, fact.Channel, fact.Reference, fact.Way, fact.Said));
        Assert.DoesNotContain(await _app.Db(d => d.Facts.AsNoTracking().ToListAsync()), f => f.Data!.Contains("spam", StringComparison.Ordinal) || f.Data.Contains("Marsh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sent_twice_it_is_one_answer_and_a_second_answer_takes_the_place_of_the_first()
    {
        var (ada, _) = await Sent();
        await ada.Follow("How was this?");
        var (page, token, about) = (ada.Page.Url, Hidden(ada, "Token"), Hidden(ada, "About"));
        (string, string)[] good = [("Token", token), ("About", about), ("Said", "Good")];
        await ada.Post("/feedback", good);
        await ada.Open(page);
        await ada.Post("/feedback", good);
        Assert.Single(await _app.Facts<FeedbackGiven>());

        // The page opened anew has another token, and is about the same enquiry.
        await ada.Open(page);
        await ada.Press("Send", ("Said", "Poor"));

        Assert.Equal(FeedbackSaid.Poor, (await Only()).Said);
        var facts = await _app.Facts<FeedbackGiven>();
        Assert.Equal([FeedbackSaid.Good, FeedbackSaid.Poor], facts.Select(f => f.Said));
        Assert.Single(facts.Select(f => f.Id).Distinct());
    }

    [Fact]
    public async Task From_the_foot_of_any_page_it_is_about_no_enquiry_and_two_people_are_two_answers()
    {
        foreach (var said in (string[])["Good", "Average"])
        {
            var anybody = _app.Browse();
            await anybody.Open("/help");
            await anybody.Follow("How was this?");
            await anybody.Press("Send", ("Said", said));
        }
        var rows = await _app.Db(d => d.GivenFeedback.ToListAsync());
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Null(r.EnquiryId));
        Assert.All(await _app.Facts<FeedbackGiven>(), f => Assert.Null(f.Reference));
    }

    [Fact]
    public async Task The_email_that_ends_an_enquiry_asks_by_a_link_that_votes_only_when_somebody_presses()
    {
        var (_, reference) = await Sent();
        var link = await Answered(reference);
        var asked = Assert.Single(await _app.Facts<FeedbackAsked>());
        Assert.Equal((reference, FeedbackWays.Email, "524"), (asked.Reference, asked.Way, asked.Service));

        // A program that looks through mail opens every link, and asks for its head before.
        var scanner = _app.Browse();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await scanner.Open(link)).Status);
        using (var head = new HttpRequestMessage(HttpMethod.Head, link)) await scanner.Http.SendAsync(head);
        await scanner.Open($"{link}?Said=Good");
        Assert.Empty(await _app.Facts<FeedbackGiven>());
        Assert.Equal(FeedbackSaid.Nothing, (await Only()).Said);

        var ada = await _app.Browse().Open(link);
        await ada.Press("Send", ("Said", "Average"));
        Assert.Equal("Thank you", ada.Heading);
        await ada.Open(link);
        Assert.True(ada.Page.QuerySelector("input[value=Average]")!.HasAttribute("checked"));
        await ada.Press("Send", ("Said", "Good"));
        Assert.Equal([FeedbackSaid.Average, FeedbackSaid.Good], (await _app.Facts<FeedbackGiven>()).Select(f => f.Said));
        Assert.All(await _app.Facts<FeedbackGiven>(), f => Assert.Equal(asked.Id, f.Id));
    }

    [Fact]
    public async Task The_letter_that_ends_a_case_asks_too_and_no_letter_before_it()
    {
        var reference = await CaseWork.Report(_app, "single-person-discount");
        await CaseWork.Step(await _app.SignInAs(Role.Officer), reference, "check", "confirm", ["0", "1", "2"]);
        Assert.Empty(await _app.Facts<FeedbackAsked>());
        await CaseWork.Step(await _app.SignInAs(Role.ServiceManager), reference, "confirm", "tell-refused", ["0", "1", "2"]);

        var asked = Assert.Single(await _app.Facts<FeedbackAsked>());
        var grace = await _app.Db(d => d.Set<Person>().SingleAsync(p => p.Name == "Grace Okoro"));
        Assert.Equal((reference, (Guid?)grace.Id), (asked.Reference, (await Only()).PersonId));
        var letter = Assert.Single(await _app.Db(d => d.Messages.Where(m => m.Body!.Contains("/feedback/")).ToListAsync()));
        var ada = await _app.Browse().Open(LinkIn.Match(letter.Body!).Value);
        await ada.Press("Send", ("Said", "Average"));
        Assert.Equal(asked.Id, Assert.Single(await _app.Facts<FeedbackGiven>()).Id);
    }

    [Fact]
    public async Task After_thirty_days_the_link_is_over_for_asking_and_for_changing()
    {
        var (_, reference) = await Sent();
        var link = await Answered(reference);
        var ada = await _app.Browse().Open(link);
        _app.Clock.Now += TimeSpan.FromDays(30);

        // The page was open all the time.
        await ada.Press("Send", ("Said", "Poor"));
        Assert.Equal(HttpStatusCode.Gone, ada.Status);
        Assert.Equal("The time of this link is over", ada.Heading);
        Assert.Equal(HttpStatusCode.Gone, (await ada.Open(link)).Status);
        Assert.Empty(await _app.Facts<FeedbackGiven>());
        await ada.Follow("How was this?");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
    }

    [Fact]
    public async Task A_link_cannot_be_guessed_is_not_kept_and_is_not_shown_to_staff()
    {
        var (_, reference) = await Sent();
        var token = (await Answered(reference)).Split('/')[^1];
        Assert.Equal(43, token.Length);
        Assert.Equal(FeedbackToken.Digest(token), (await Only()).Digest);
        var anybody = _app.Browse();
        foreach (var wrong in (string[])[token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), new('A', 43), token.ToUpperInvariant()])
            Assert.Equal(HttpStatusCode.NotFound, (await anybody.Open($"/feedback/{wrong}")).Status);

        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        Assert.Contains("We have answered your enquiry", asha.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(token, asha.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Phone", "Good", FeedbackSaid.Good)]
    [InlineData("Phone", "DidNotWant", FeedbackSaid.DidNotWant)]
    [InlineData("Face to face", "Poor", FeedbackSaid.Poor)]
    [InlineData("Phone", null, FeedbackSaid.NotAsked)]
    [InlineData("Phone", "5", FeedbackSaid.NotAsked)]
    public async Task The_adviser_asks_at_the_end_and_not_asked_is_not_the_same_as_not_wanting_to_say(string channel, string? pressed, FeedbackSaid said)
    {
        var asha = await ConversationsTests.Call(_app, channel);
        await asha.Press("Don’t know", pressed is null ? [("Outcome", "Answered")] : [("Outcome", "Answered"), ("HowWasIt", pressed)]);

        Assert.Contains("This conversation has ended.", asha.Text, StringComparison.Ordinal);
        var fact = Assert.Single(await _app.Facts<FeedbackGiven>());
        var raised = Assert.Single(await _app.Facts<EnquiryRaised>());
        Assert.Equal((said, FeedbackWays.Adviser, raised.Reference, raised.Channel), (fact.Said, fact.Way, fact.Reference, fact.Channel));
    }

    [Fact]
    public async Task Programs_and_wrong_input_leave_nothing_behind()
    {
        var anybody = _app.Browse();
        await anybody.Open("/feedback");
        var token = anybody.Page.QuerySelector("input[name=Token]")!.GetAttribute("value")!;
        // The box that nobody sees is filled in: thanked like anybody.
        await anybody.Press("Send", ("Said", "Poor"), ("Website", "http://spam.example"));
        Assert.Equal("Thank you", anybody.Heading);
        foreach (var (status, fields) in ((HttpStatusCode, (string, string)[])[])
        [
            (HttpStatusCode.BadRequest, [("Token", ""), ("Said", "Good")]), (HttpStatusCode.BadRequest, [("Token", new('x', 5000)), ("Said", "Good")]),
            // Of the right form, and given out by nobody.
            (HttpStatusCode.BadRequest, [("Token", FeedbackToken.New()), ("Said", "Good")]), (HttpStatusCode.BadRequest, [("Token", token[..^2] + "AA"), ("Said", "Good")]),
            (HttpStatusCode.UnprocessableEntity, [("Token", token), ("Said", "Excellent")]), (HttpStatusCode.UnprocessableEntity, [("Token", token), ("Said", "1")]),
            (HttpStatusCode.UnprocessableEntity, [("Token", token), ("Said", "NotAsked")]), (HttpStatusCode.UnprocessableEntity, [("Token", token), ("Said", "Good"), ("Words", new('x', 1001))]),
            (HttpStatusCode.UnprocessableEntity, []),
        ])
        {
            await anybody.Open("/feedback");
            await anybody.Post("/feedback", fields);
            Assert.Equal(status, anybody.Status);
        }
        Assert.Empty(await _app.Db(d => d.GivenFeedback.ToListAsync()));

        // What the address says of enquiry and service is believed only where there is one.
        await anybody.Open("/feedback?about=CN-0000-0000&service=nothing%27--&lang=xx");
        await anybody.Press("Send", ("Said", "Good"), ("Kind", "Bribe"));
        var row = await Only();
        Assert.Equal((null, null, FeedbackKind.None), (row.Service, row.EnquiryId, row.Kind));
    }

    [Fact]
    public async Task So_many_a_minute_and_no_more_come_from_one_connection()
    {
        var anybody = _app.Browse();
        await anybody.Open("/feedback");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < RateLimits.LookUpsAMinute + 5; i++)
        {
            using var answer = await anybody.Http.PostAsync("/feedback", new FormUrlEncodedContent([]));
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..RateLimits.LookUpsAMinute]);
    }

    [Fact]
    public async Task Who_reads_Welsh_is_asked_in_Welsh()
    {
        var anybody = _app.Browse();
        await anybody.Open("/feedback?lang=cy");
        Assert.Equal("Sut oedd hi?", anybody.Heading);
        await anybody.Press("Anfon");
        Assert.Contains("Dewiswch sut oedd hi", anybody.Text, StringComparison.Ordinal);
        await anybody.Press("Anfon", ("Said", "Good"));
        Assert.Equal("Diolch", anybody.Heading);
        await anybody.Follow("Yr hyn a ddywedodd pobl, a’r hyn a wnaethom");
        Assert.Equal(("Yr hyn a ddywedodd pobl, a’r hyn a wnaethom", "cy"), (anybody.Heading, anybody.Page.DocumentElement.GetAttribute("lang")));
        await anybody.Open(anybody.Page.QuerySelector("footer a[href^='/feedback']")!.GetAttribute("href")!);
        Assert.Equal("Sut oedd hi?", anybody.Heading);
    }

    [Fact]
    public async Task What_was_written_goes_after_a_year_and_that_it_was_said_stays()
    {
        var anybody = _app.Browse();
        await anybody.Open("/feedback?service=524");
        await anybody.Press("Send", ("Said", "Poor"), ("Words", "The lorry did not come."));
        var writer = _app.Services.GetRequiredService<IWriter>();

        Assert.Equal(0, await ForgetWords.ForgetFeedback(writer, _app.Clock.Now.AddMonths(12)));
        Assert.Equal(1, await ForgetWords.ForgetFeedback(writer, _app.Clock.Now.AddMonths(12).AddDays(1)));

        var row = await Only();
        Assert.Equal((null, FeedbackSaid.Poor, false), (row.Words, row.Said, row.IsNotice));
    }

    private static string Hidden(Browser browser, string name) => browser.Page.QuerySelector($"input[name={name}]")!.GetAttribute("value") ?? "";

    private Task<GivenFeedback> Only() => _app.Db(d => d.GivenFeedback.AsNoTracking().SingleAsync());

    /// <summary>Sends an enquiry and stays at its last page.</summary>
    private async Task<(Browser Ada, string Reference)> Sent()
    {
        await _app.Seed();
        var ada = _app.Browse();
        await ada.Open("/enquiries/new?service=524");
        await ada.Press("Send", ("Words", "My bin was missed"), ("Email", "ada@example.com"));
        return (ada, await _app.Db(async d => $"{(await d.Enquiries.SingleAsync()).Reference}"));
    }

    /// <summary>Has it answered, and returns the link of the e-mail.</summary>
    private async Task<string> Answered(string reference)
    {
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "We come tomorrow."), ("Demand", "failure"));
        var body = (await _app.Db(d => d.Messages.SingleAsync(m => m.Kind == "answer"))).Body!;
        return LinkIn.Match(body).Value;
    }

    [GeneratedRegex("/feedback/[A-Za-z0-9_-]+")]
    private static partial Regex LinkIn { get; }
}
