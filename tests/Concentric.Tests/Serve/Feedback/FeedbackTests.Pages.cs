using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Tests.Serve.Cases;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Feedback;

/// <summary>What a page of an enquiry lets somebody say, and a reference alone does not.</summary>
public sealed partial class FeedbackTests
{
    [Fact]
    public async Task A_reference_alone_is_not_believed_and_tells_nothing_of_an_enquiry()
    {
        var (ada, reference) = await Sent();
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"), ("Words", "Nobody came."));
        var own = await Only();

        var anybody = _app.Browse();
        var ends = new List<string>();
        foreach (var about in (string[])[reference, "CN-0000-0000", Hidden(await anybody.Open("/feedback"), "Token")])
        {
            await anybody.Open($"/feedback?about={about}");
            await anybody.Press("Send", ("Said", "Good"));
            ends.Add(anybody.Page.Url[anybody.Page.Url.IndexOf('/', 10)..]);
        }
        Assert.Equal(["/feedback/thanks?kind=None"], ends.Distinct());
        // The page that confirms it opens by the reference alone, and gives nobody what the citizen was given.
        await anybody.Open($"/enquiries/{reference}/sent");
        await anybody.Follow("How was this?");
        Assert.Equal("", Hidden(anybody, "About"));
        var rows = await _app.Db(d => d.GivenFeedback.AsNoTracking().ToListAsync());
        Assert.All(rows.Where(r => r.Id != own.Id), r => Assert.Equal((null, null), (r.EnquiryId, r.Service)));
        Assert.Equal(("Nobody came.", FeedbackSaid.Poor), (rows.Single(r => r.Id == own.Id).Words, rows.Single(r => r.Id == own.Id).Said));
    }

    [Fact]
    public async Task A_page_answer_has_no_end_and_goes_to_whoever_has_the_enquiry_now()
    {
        var (ada, reference) = await Sent();
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Good"));
        Assert.False((await Only()).IsSensitive);
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.Team, "Safeguarding").SetProperty(x => x.IsSensitive, true)));
        _app.Clock.Now += TimeSpan.FromDays(40);

        ada = await CaseWork.Status(_app, reference);
        await ada.Follow("How was this?");
        await ada.Press("Send", ("Said", "Poor"), ("Kind", "Complaint"), ("Words", "Nobody came."));

        Assert.Equal(HttpStatusCode.OK, ada.Status);
        var row = await Only();
        Assert.Equal(("Nobody came.", "Safeguarding", true), (row.Words, row.Team, row.IsSensitive));
    }

    [Fact]
    public async Task A_page_that_was_open_for_days_is_shown_again_with_what_was_written()
    {
        var anybody = await _app.Browse().Open("/feedback");
        _app.Clock.Now += TimeSpan.FromDays(2);
        await anybody.Press("Send", ("Said", "Poor"), ("Words", "It was slow."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, anybody.Status);
        Assert.Contains("The page was open for more than a day. Send it again", anybody.Text, StringComparison.Ordinal);
        await anybody.Press("Send");
        Assert.Equal("It was slow.", (await Only()).Words);
    }

    [Fact]
    public async Task Whoever_answers_by_the_link_of_an_email_is_led_to_what_was_done_about_that_service()
    {
        var (_, reference) = await Sent();
        var link = await Answered(reference);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/you-said");
        await grace.Press("Tell it", ("Service", "524"), ("Said", "You miss our bins"), ("Done", "A second lorry on Fridays"), ("Since", "2026-02-02"), ("Moved", "TooEarly"), ("Figure", ""));
        var ada = await _app.Browse().Open(link);

        await ada.Press("Send", ("Said", "Good"));

        Assert.Equal("/you-said?service=524", ada.Page.QuerySelectorAll("main a").Single(a => a.GetAttribute("href")!.StartsWith("/you-said", StringComparison.Ordinal)).GetAttribute("href"));
        // What is sensitive is named nowhere.
        await _app.Write(d => d.Enquiries.ExecuteUpdateAsync(e => e.SetProperty(x => x.IsSensitive, true)));
        await ada.Open(link);
        await ada.Press("Send", ("Said", "Poor"));
        Assert.Equal("/you-said", ada.Page.QuerySelectorAll("main a").Single(a => a.GetAttribute("href")!.StartsWith("/you-said", StringComparison.Ordinal)).GetAttribute("href"));
    }
}
