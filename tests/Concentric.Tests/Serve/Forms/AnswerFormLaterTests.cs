using System.Net;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>People leave a form and come back: after an hour, by a link, on another day, or never.</summary>
public sealed partial class AnswerFormLaterTests : IDisposable
{
    private readonly TestApp _app = new();

    private DateOnly Today => Say.DayOf(_app.Clock.Now);

    [Fact]
    public async Task After_an_hour_the_answers_are_hidden_until_the_button_is_pressed()
    {
        var ada = await Filled("missed-bin", 2);
        var here = ada.Here;
        _app.Clock.Now += TimeSpan.FromMinutes(59);
        await ada.Browser.Open($"{ada.Draft}/bin");
        Assert.Equal("bin", ada.Here);

        _app.Clock.Now += TimeSpan.FromMinutes(61);
        foreach (var step in new[] { "bin", "home", "check", "save" })
        {
            await ada.Browser.Open($"{ada.Draft}/{step}");
            Assert.Equal("away", ada.Here);
            Assert.DoesNotContain("High Street", ada.Browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
        await ada.Browser.Press("Go on with your answers");

        Assert.Equal(here, ada.Here);
        await ada.Browser.Open($"{ada.Draft}/home");
        Assert.Contains("High Street", ada.Browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_an_email_address_was_answered_only_who_knows_it_comes_back()
    {
        var ada = await Filled("bulky-waste");
        await ada.GoTo();
        _app.Clock.Now += TimeSpan.FromMinutes(61);
        await ada.Browser.Open($"{ada.Draft}/check");

        await ada.Browser.Press("Go on with your answers", ("Email", "eve@example.com"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "away"), (ada.Browser.Status, ada.Here));
        Assert.DoesNotContain("ada@example.com", ada.Browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await ada.Browser.Press("Go on with your answers", ("Email", " ADA@example.com "));

        Assert.Equal("check", ada.Here);
    }

    [Fact]
    public async Task What_an_open_page_sends_after_the_time_out_is_kept_and_the_rest_stays_hidden()
    {
        var ada = await Filled("missed-bin", 2);
        await ada.Browser.Open($"{ada.Draft}/bin");
        _app.Clock.Now += TimeSpan.FromHours(3);

        await ada.Browser.Post($"{ada.Draft}/bin", [("bin", "garden")]);

        Assert.Equal("away", ada.Here);
        Assert.Equal("garden", $"{(await AnswersOf(ada))["bin"]}");
        await ada.Browser.Post($"{ada.Draft}/save", [("Email", "eve@example.com")]);
        Assert.Equal("away", ada.Here);
        Assert.Equal(0, await _app.Db(db => db.Messages.CountAsync()));
        await ada.Browser.Press("Go on with your answers");
        await ada.Browser.Open($"{ada.Draft}/home");
        Assert.Equal("home", ada.Here);
    }

    [Fact]
    public async Task A_link_works_once_and_in_another_browser_and_looking_at_it_does_not_use_it()
    {
        var ada = await Filled("missed-bin", 2);
        var here = ada.Here;
        await Save(ada);
        var link = await Link();

        var phone = new FillsIn(_app.Browse(), Shipped("missed-bin"), FindAnswers.Complete(Shipped("missed-bin"), Today)!);
        for (var looks = 0; looks < 3; looks++) Assert.Equal(HttpStatusCode.OK, (await phone.Browser.Open(link)).Status);
        await phone.Browser.Press("Go on with your answers");
        Assert.Equal((HttpStatusCode.OK, here), (phone.Browser.Status, phone.Here));

        // It is now the other browser's, and the link is spent.
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Browser.Open($"{ada.Draft}/{here}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Browse().Open(link)).Status);
        var eve = await _app.Browse().Open("/forms/return");
        Assert.Equal(HttpStatusCode.NotFound, (await eve.Post(link, [])).Status);
        await phone.GoTo();
        await phone.Send();
        Assert.Equal("sent", phone.Here);
    }

    [Fact]
    public async Task A_link_whose_time_is_over_or_that_was_made_up_opens_nothing()
    {
        var ada = await Filled("missed-bin", 1);
        await Save(ada);
        var link = await Link();
        foreach (var other in new[] { link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1], link[..^3], "/forms/return/x", "/forms/return/" + string.Concat(Enumerable.Repeat('A', 43)) })
            Assert.Equal(HttpStatusCode.NotFound, (await _app.Browse().Open(other)).Status);

        _app.Clock.Now += TimeSpan.FromDays(28) + TimeSpan.FromMinutes(1);

        Assert.Equal(HttpStatusCode.NotFound, (await _app.Browse().Open(link)).Status);
    }

    [Fact]
    public async Task Who_asks_for_a_link_is_told_the_same_whether_or_not_anything_is_saved()
    {
        var ada = await Filled("missed-bin", 1);
        await Save(ada);
        var known = (await (await _app.Browse().Open("/forms/return")).Press("Send me a link", ("Email", "Ada@Example.com"))).Text;
        var unknown = (await (await _app.Browse().Open("/forms/return")).Press("Send me a link", ("Email", "eve@example.com"))).Text;

        Assert.Equal(unknown, known);
        Assert.Equal(["ada@example.com", "ada@example.com"], await _app.Db(db => db.Messages.Select(m => m.To).ToListAsync()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await _app.Browse().Open("/forms/return")).Press("Send me a link", ("Email", "ada@example.com\r\nBcc: x@y.z"))).Status);
    }

    [Fact]
    public async Task A_draft_of_another_browser_is_not_shown_changed_or_sent()
    {
        var ada = await Filled("pothole");
        await ada.GoTo();
        var eve = await _app.Browse().Open("/forms/pothole");
        await eve.Press("Start now");

        foreach (var step in new[] { Shipped("pothole").Pages[0].Id, "check", "tasks", "sent", "save", "away", "pay" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await eve.Open($"{ada.Draft}/{step}")).Status);
            await eve.Open("/forms/pothole");
            if (step is "sent" or "tasks") continue;
            Assert.Equal(HttpStatusCode.NotFound, (await eve.Post($"{ada.Draft}/{step}", [("danger", "no"), ("Email", "eve@example.com")])).Status);
            await eve.Open("/forms/pothole");
        }
        // Nor under the name of another form.
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Browser.Open($"{ada.Draft.Replace("pothole", "street-light", StringComparison.Ordinal)}/check")).Status);
        Assert.Equal((0, 0), (await _app.Db(db => db.Submissions.CountAsync()), await _app.Db(db => db.Messages.CountAsync())));
    }

    [Fact]
    public async Task After_28_days_a_draft_is_gone_and_what_was_sent_stays_as_long_as_its_form_says()
    {
        var left = await Filled("missed-bin", 2);
        // Begins no case, which would be kept while it is open.
        var sent = await Filled("compliment");
        await sent.GoTo();
        await sent.Send();
        var writer = _app.Services.GetRequiredService<IWriter>();
        var start = _app.Clock.Now;

        await EndVisits.Forget(writer, start.AddDays(28));
        Assert.Equal(2, await _app.Db(db => db.Drafts.CountAsync()));
        _app.Clock.Now = start.AddDays(28).AddMinutes(1);
        Assert.Equal(HttpStatusCode.NotFound, (await left.Browser.Open($"{left.Draft}/bin")).Status);
        await EndVisits.Forget(writer, _app.Clock.Now);

        Assert.Equal((0, 1), (await _app.Db(db => db.Drafts.CountAsync()), await _app.Db(db => db.Submissions.CountAsync())));
        var until = await _app.Db(db => db.Submissions.Select(s => s.KeptUntil).SingleAsync());
        await EndVisits.Forget(writer, new(until.ToDateTime(new(12, 0)), TimeSpan.Zero));
        Assert.Equal(1, await _app.Db(db => db.Submissions.CountAsync()));
        await EndVisits.Forget(writer, new(until.AddDays(1).ToDateTime(new(12, 0)), TimeSpan.Zero));
        Assert.Equal(0, await _app.Db(db => db.Submissions.CountAsync()));
    }

    [Fact]
    public async Task A_visit_is_told_once_with_the_page_on_which_it_ended_and_coming_back_is_another()
    {
        var ada = await Filled("missed-bin", 2);
        var here = ada.Here;
        _app.Clock.Now += TimeSpan.FromMinutes(61);
        var ends = ActivatorUtilities.CreateInstance<EndVisits>(_app.Services);
        Assert.Equal((1, 0), (await ends.EndLeft(), await ends.EndLeft()));

        var visit = Assert.Single(await Visits());
        Assert.Equal((FormOutcome.Dropped, here), (visit.Outcome, visit.LastPage));
        Assert.Equal(["bin", "home"], visit.Pages.Select(p => p.Page));
        await ada.Browser.Open($"{ada.Draft}/{here}");
        await ada.Browser.Press("Go on with your answers");
        await ada.GoTo();
        await ada.Send();

        var both = await Visits();
        Assert.Equal([FormOutcome.Sent, FormOutcome.Dropped], both.Select(v => v.Outcome).OrderBy(o => o));
        Assert.Equal(2, both.Select(v => v.Visit).Distinct().Count());
        Assert.DoesNotContain(both.Single(v => v.Outcome == FormOutcome.Sent).Pages, p => p.Page == "bin");
        Assert.Equal(0, await ends.EndLeft());
        Assert.All(await _app.Db(db => db.Facts.Where(f => f.Kind == "form-visited").Select(f => f.Data!).ToListAsync()), data => Assert.DoesNotContain("High Street", data, StringComparison.Ordinal));
    }

    public void Dispose() => _app.Dispose();

    private static Form Shipped(string id) => Library.Forms.Single(f => f.Id == id);

    private async Task<FillsIn> Filled(string id, int pages = 0)
    {
        var ada = await new FillsIn(_app.Browse(), Shipped(id), FindAnswers.Complete(Shipped(id), Today)!).Begin();
        for (var page = 0; page < pages; page++) await ada.Continue();
        return ada;
    }

    private static async Task Save(FillsIn ada)
    {
        await ada.Browser.Open($"{ada.Draft}/save");
        await ada.Browser.Press("Send the link", ("Email", "ada@example.com"));
        Assert.Equal("Your answers are saved", ada.Browser.Heading);
    }

    private async Task<string> Link() => LinkIn.Match((await _app.Db(db => db.Messages.SingleAsync())).Body!).Value;

    private async Task<List<FormVisited>> Visits() => [.. (await _app.Db(db => db.Facts.Where(f => f.Kind == "form-visited").ToListAsync())).Select(f => f.As<FormVisited>())];

    private async Task<Answers> AnswersOf(FillsIn who)
    {
        var id = Guid.ParseExact(who.Draft.Split('/')[^1], "N");
        var draft = await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Id == id));
        return Answers.Read(Shipped(draft.Form), draft.Answers);
    }

    [GeneratedRegex("/forms/return/[A-Za-z0-9_-]{43}", RegexOptions.NonBacktracking)]
    private static partial Regex LinkIn { get; }
}
