using System.Net;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Tables;
using Concentric.Tests.Serve.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What is easily lost between two pages of a form, or told of them wrongly.</summary>
public sealed class AnswerFormCareTests : IDisposable
{
    private readonly TestApp _app = new();

    private static Question Text(string id) => new() { Id = id, Kind = QuestionKind.Text, Title = $"What is {id}?", Name = id };

    private static Question Group => new() { Id = "homes", Kind = QuestionKind.Repeat, Title = "Where have you lived?", RowName = "home", Fields = [Text("who"), new() { Id = "where", Kind = QuestionKind.Address, Title = "Where?", Name = "where" }] };

    private static readonly Form Care = new()
    {
        Id = "care", Title = new("Care", "Gofal"), Service = "524", Interaction = "17", Team = "Team", PromiseDays = 1, Process = "care",
        Pages =
        [
            new() { Id = "both", Title = "Both", Items = [Text("story"), new Question { Id = "proof", Kind = QuestionKind.File, Title = "Proof", Name = "proof", Optional = true }] },
            new() { Id = "homes", Items = [Group] },
            new() { Id = "month", Items = [new Question { Id = "month", Kind = QuestionKind.Month, Title = "Since when?", Name = "since when" }] },
        ],
    };

    [Fact]
    public async Task What_was_typed_beside_a_file_comes_back_with_it_and_no_step_back_is_told_of_it()
    {
        var ada = await Begin(Care);

        await ada.Post($"{Draft}/both", [("story", "Once upon"), ("_stay", "yes")], [("proof", "letter.pdf", Made.Pdf())]);
        Assert.Equal("Once upon", ada.Page.QuerySelector("#story")!.GetAttribute("value"));
        Assert.Contains("letter.pdf", ada.Text, StringComparison.Ordinal);
        await ada.Press("Continue");
        await ada.Open($"{Draft}/homes/rows/1");
        await ada.Post($"{Draft}/homes/rows/1", [("who", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await AddHome(ada);
        await ada.Press("Continue");
        await ada.Press("Continue", ("month.Month", "3"), ("month.Year", "2024"));
        await ada.Press("Accept and send");

        var visit = Assert.Single(await Visits());
        Assert.Equal(["both 1 0", "homes 1 0", "month 1 0", "check 1 0"], visit.Pages.Select(p => $"{p.Page} {p.Shown} {p.Back}"));
        Assert.Contains("who", Assert.Single(visit.Pages[1].Errors, e => e.Question == "who").Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_address_in_a_row_is_typed_and_after_a_change_of_rows_the_answers_are_next()
    {
        var ada = await Begin(Care);
        await ada.Press("Continue", ("story", "Once"));
        await AddHome(ada);
        await ada.Press("Continue");
        await ada.Press("Continue", ("month.Month", "3"), ("month.Year", "2024"));

        await ada.Open(ada.Page.QuerySelector(".govuk-summary-list a[href*='/homes']")!.GetAttribute("href")!);
        await ada.Open(ada.Page.QuerySelectorAll("main a").First(a => a.TextContent.Contains("Add another", StringComparison.Ordinal)).GetAttribute("href")!);
        await ada.Press("Save and continue", ("who", "Eve"), ("where.line1", "1 High Street"), ("where.town", "Leeds"), ("where.postcode", "LS1 4AP"));
        await ada.Press("Continue");

        Assert.Equal("Check your answers before you send them", ada.Heading);
    }

    [Fact]
    public async Task The_message_of_a_month_without_its_month_leads_to_its_box()
    {
        var ada = await Begin(Care);
        await ada.Press("Continue", ("story", "Once"));
        await ada.Press("Continue");
        await ada.Press("Continue", ("month.Year", "2024"));

        var link = ada.Page.QuerySelector(".govuk-error-summary a")!.GetAttribute("href")!;
        Assert.NotNull(ada.Page.QuerySelector($"input{link}"));
    }

    [Fact]
    public async Task A_list_of_addresses_from_which_nothing_was_chosen_is_shown_again_with_what_to_do()
    {
        var ada = await AtHome();
        await ada.Press("Continue", ("home.postcode", "no12ab"));
        await ada.Press("Continue", ("home.choice", ""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Equal(4, ada.Page.QuerySelectorAll("select option").Length);
        var summary = ada.Page.QuerySelector(".govuk-error-summary a")!;
        Assert.Equal("Select an address, or enter it yourself", summary.TextContent.Trim());
        Assert.NotNull(ada.Page.QuerySelector($"select[id='{summary.GetAttribute("href")![1..]}']"));
    }

    [Fact]
    public async Task The_number_of_a_property_does_not_stay_with_an_address_typed_over_it()
    {
        var ada = await AtHome();
        await ada.Press("Continue", ("home.postcode", "no12ab"));
        await ada.Press("Continue", ("home.choice", "100000000001"));
        await ada.Open($"{Draft}/home");
        await ada.Press("Continue", ("home.town", "Moortown"));
        Assert.Equal("100000000001", $"{(await Kept())["home"].Part("uprn")}");

        await ada.Open($"{Draft}/home");
        await ada.Press("Continue", ("home.line1", "9 Ash Way"));

        Assert.Equal(("9 Ash Way", ""), ($"{(await Kept())["home"].Part("line1")}", $"{(await Kept())["home"].Part("uprn")}"));
    }

    [Fact]
    public async Task Who_is_still_there_keeps_their_answers_shown_and_who_was_away_does_not_get_them_back_by_it()
    {
        var ada = await Begin(Care);
        await ada.Press("Continue", ("story", "Once"));
        for (var i = 0; i < 3; i++)
        {
            _app.Clock.Now += TimeSpan.FromMinutes(59);
            Assert.Equal(HttpStatusCode.NoContent, (await Stay(ada)).StatusCode);
        }
        Assert.Equal("Where have you lived?", (await ada.Open($"{Draft}/homes")).Heading);
        // To look at a page is to be there, too.
        _app.Clock.Now += TimeSpan.FromMinutes(59);
        await ada.Open($"{Draft}/homes");
        _app.Clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal("Where have you lived?", (await ada.Open($"{Draft}/homes")).Heading);

        _app.Clock.Now += TimeSpan.FromMinutes(61);
        Assert.Equal(HttpStatusCode.Conflict, (await Stay(ada)).StatusCode);
        Assert.Equal("You have been away for a while", (await ada.Open($"{Draft}/homes")).Heading);
        Assert.Equal(HttpStatusCode.Conflict, (await Stay(await _app.Browse().Open("/forms/care"), Draft)).StatusCode);
    }

    [Fact]
    public async Task What_is_found_only_when_it_is_sent_leads_to_the_page_that_says_so()
    {
        var form = Library.Forms.Single(f => f.Id == "missed-bin");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.GoTo();
        var home = Answers.Read(form, await _app.Db(db => db.Drafts.Select(d => d.Answers).SingleAsync()));
        await Load("rounds", $"postcode,bin,last-day,next-day,reported,reported-on\n{home["home"].Part("postcode")},{home["bin"]},2026-02-27,2026-03-06,Road closed,2026-02-27\n", "postcode,bin");

        await ada.Send();

        Assert.Equal("crew-reported", ada.Here);
        Assert.Contains("Nothing was sent.", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _app.Db(db => db.Submissions.CountAsync()));
    }

    [Fact]
    public async Task A_form_that_was_saved_when_all_was_answered_is_told_as_saved_and_then_as_sent()
    {
        var form = Library.Forms.Single(f => f.Id == "pothole");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.GoTo();
        await ada.Browser.Open($"{ada.Draft}/save");
        await ada.Browser.Press("Send the link", ("Email", "ada@example.com"));
        await ada.Browser.Open($"{ada.Draft}/check?lang=cy");
        await ada.Browser.Press("Derbyn ac anfon");

        Assert.Equal([(FormOutcome.Saved, ada.Walked.Count), (FormOutcome.Sent, 1)], (await Visits()).Select(v => (v.Outcome, v.Pages.Count)).OrderByDescending(v => v.Count));
        Assert.Equal(Language.Welsh, await _app.Db(db => db.Submissions.Select(s => s.Language).SingleAsync()));
    }

    [Fact]
    public async Task When_its_time_is_over_nothing_of_a_submission_stays_with_its_enquiry()
    {
        var form = Library.Forms.Single(f => f.Id == "compliment");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.GoTo();
        await ada.Send();
        Assert.Contains('\n', await _app.Db(db => db.Enquiries.Select(e => e.Words).SingleAsync()));

        await EndVisits.Forget(_app.Services.GetRequiredService<IWriter>(), _app.Clock.Now.AddYears(20));

        var enquiry = await _app.Db(db => db.Enquiries.AsNoTracking().SingleAsync());
        Assert.Equal(("The answers are not kept any more.", ""), (enquiry.Words, enquiry.Email));
    }

    [Fact]
    public async Task Of_a_sensitive_form_the_queue_shows_its_title_alone()
    {
        var form = Library.Forms.Single(f => f.Id == "homelessness-first-contact");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.GoTo();
        await ada.Send();

        Assert.Equal(form.Title.En, await _app.Db(db => db.Enquiries.Select(e => e.Words).SingleAsync()));
    }

    [Fact]
    public async Task A_draft_that_was_changed_since_it_was_read_is_read_again()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "SQLite has one writer at a time");
        await Begin(Care);
        var (writer, runs) = (_app.Services.GetRequiredService<IWriter>(), 0);

        await writer.Write(async db =>
        {
            var draft = await db.Drafts.SingleAsync();
            if (++runs == 1) await writer.Write(other => other.Drafts.ExecuteUpdateAsync(d => d.SetProperty(x => x.Answers, """{"values":{"story":"theirs"},"done":[]}""").SetProperty(x => x.Revision, x => x.Revision + 1)));
            draft.Email = "ada@example.com";
            draft.Revision++;
        });

        Assert.Equal((2, "theirs"), (runs, $"{(await Kept())["story"]}"));
        Assert.Equal("ada@example.com", await _app.Db(db => db.Drafts.Select(d => d.Email).SingleAsync()));
    }

    public void Dispose() => _app.Dispose();

    private string Draft { get; set; } = "";

    /// <summary>A form that comes with no library, begun in a new browser.</summary>
    private async Task<Browser> Begin(Form form)
    {
        await _app.Write(db =>
        {
            db.Add(new KnownForm { Id = form.Id, Title = form.Title.En, Service = form.Service, Team = form.Team, Published = 1 });
            db.Add(new FormVersion { Id = Guid.CreateVersion7(_app.Clock.Now), Form = form.Id, Number = 1, Definition = form.Write(), Digest = "", State = FormState.Published, By = Actor.System, At = _app.Clock.Now });
            return Task.CompletedTask;
        });
        _app.Services.GetRequiredService<PublishedForms>().Changed();
        var ada = await _app.Browse().Open($"/forms/{form.Id}");
        return Begun(await ada.Press("Start now"));
    }

    private Browser Begun(Browser ada)
    {
        var path = ada.Response.RequestMessage!.RequestUri!.AbsolutePath;
        Draft = path[..path.LastIndexOf('/')];
        return ada;
    }

    private async Task AddHome(Browser ada)
    {
        await ada.Open($"{Draft}/homes/rows/1");
        await ada.Press("Save and continue", ("who", "Ada"), ("where.line1", "2 Elm Road"), ("where.town", "Leeds"), ("where.postcode", "LS1 4AP"));
        Assert.Contains("2 Elm Road", ada.Text, StringComparison.Ordinal);
    }

    /// <summary>A report of a missed bin, at the question for the address, with two addresses loaded.</summary>
    private async Task<Browser> AtHome()
    {
        await Load("addresses", "uprn;postcode;line1;line2;town\n100000000003;NO1 2AB;10 Elm Road;;Northmoor\n100000000001;NO1 2AB;2 Elm Road;Moorside;Northmoor\n", "postcode");
        var form = Library.Forms.Single(f => f.Id == "missed-bin");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Say.DayOf(_app.Clock.Now))!).Begin();
        await ada.Continue();
        return Begun(ada.Browser);
    }

    private async Task<HttpResponseMessage> Stay(Browser who, string? draft = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{draft ?? Draft}/stay");
        request.Headers.Add("RequestVerificationToken", who.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value"));
        return await who.Http.SendAsync(request);
    }

    private async Task<Answers> Kept()
    {
        var draft = await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync());
        return Answers.Read(draft.Form == Care.Id ? Care : Library.Forms.Single(f => f.Id == draft.Form), draft.Answers);
    }

    private async Task<List<FormVisited>> Visits() => [.. (await _app.Db(db => db.Facts.Where(f => f.Kind == "form-visited").ToListAsync())).Select(f => f.As<FormVisited>())];

    private Task<ReferenceChange> Load(string table, string csv, string keys) =>
        LoadReferenceTable.Load(_app.Services.GetRequiredService<IWriter>(), ReferenceFile.Read(table, Encoding.UTF8.GetBytes(csv), keys.Split(',')), Actor.System, _app.Clock.Now);
}
