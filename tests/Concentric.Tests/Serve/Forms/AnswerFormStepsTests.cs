using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What people do with a form beside going straight through it: they change, skip, go back, press twice, and use two tabs.</summary>
public sealed class AnswerFormStepsTests : IDisposable
{
    private readonly TestApp _app = new();

    private DateOnly Today => Say.DayOf(_app.Clock.Now);

    [Fact]
    public async Task A_change_leads_back_to_the_answers()
    {
        var ada = await Filled("pothole");
        await ada.GoTo();

        var change = ada.Browser.Page.QuerySelectorAll<IHtmlAnchorElement>(".govuk-summary-list__actions a").Last();
        await ada.Browser.Open(change.Href);
        Assert.EndsWith("/check", ada.Browser.Page.QuerySelector<IHtmlAnchorElement>(".govuk-back-link")!.Href, StringComparison.Ordinal);
        await ada.Continue();

        Assert.Equal("check", ada.Here);
    }

    [Theory]
    [InlineData("missed-bin")]
    [InlineData("complaint")]
    [InlineData("report-a-change")]
    [InlineData("homelessness-first-contact")]
    public async Task Steps_that_are_skipped_lead_to_the_first_that_is_not_done(string id)
    {
        var form = Shipped(id);
        var ada = await Filled(id);
        var expected = ada.Here;

        foreach (var step in form.Pages.Skip(1).Select(p => p.Id).Append("check").Append("sent").Append("no-such-page"))
        {
            if (form.TaskList && form.Sections.Any(s => form.Pages.First(p => p.Section == s.Id).Id == step)) continue;
            await ada.Browser.Open($"{ada.Draft}/{step}");
            Assert.Equal((HttpStatusCode.OK, expected), (ada.Browser.Status, ada.Here));
            await ada.Browser.Open($"{ada.Draft}/{expected}");
            if (step is "sent" || form.TaskList) continue;
            await ada.Browser.Post($"{ada.Draft}/{step}", []);
            Assert.Equal(expected, ada.Here);
        }
        Assert.Equal(0, await Count(db => db.Submissions));
        Assert.Equal(0, await Count(db => db.Enquiries));
    }

    [Fact]
    public async Task An_earlier_page_sent_again_after_the_back_button_loses_nothing()
    {
        var ada = await Filled("missed-bin");
        await ada.Continue();
        await ada.Continue();
        var before = await AnswersOf(ada);

        await ada.Browser.Open($"{ada.Draft}/bin");
        await ada.Browser.Post($"{ada.Draft}/bin", [("bin", "food")]);

        var after = await AnswersOf(ada);
        Assert.Equal("food", $"{after["bin"]}");
        Assert.Equal(before["home"], after["home"]);
    }

    [Fact]
    public async Task A_double_click_on_send_and_twenty_sendings_at_once_make_one_submission()
    {
        var ada = await Filled("pothole");
        await ada.GoTo();
        var token = ada.Browser.Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

        var pages = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await ada.Browser.Http.PostAsync($"{ada.Draft}/check", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }));

        var submission = await _app.Db(db => db.Submissions.SingleAsync());
        Assert.All(pages, page => Assert.Contains($"{submission.Reference}", page, StringComparison.Ordinal));
        Assert.Equal((1, 1, 1), (await Count(db => db.Enquiries), await Count(db => db.Facts.Where(f => f.Kind == "form-sent")), await Count(db => db.Facts.Where(f => f.Kind == "form-visited"))));
        foreach (var step in new[] { "check", "sent", Shipped("pothole").Pages[0].Id, "save" })
        {
            await ada.Browser.Open($"{ada.Draft}/{step}");
            Assert.Equal("sent", ada.Here);
            Assert.Contains($"{submission.Reference}", ada.Browser.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_tabs_on_two_pages_lose_nothing()
    {
        var ada = await Filled("missed-bin");
        await ada.GoTo();
        var token = ada.Browser.Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        async Task Post(string page, params (string, string)[] fields) => (await ada.Browser.Http.PostAsync($"{ada.Draft}/{page}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))]))).Dispose();

        for (var round = 0; round < 10; round++)
        {
            var (bin, town) = (round % 2 == 0 ? "food" : "garden", $"Town {round}");
            await Task.WhenAll(Post("bin", ("bin", bin)), Post("home", ("home.line1", "1 High Street"), ("home.town", town), ("home.postcode", "LS1 4AP")));
            var answers = await AnswersOf(ada);
            Assert.Equal((bin, town), ($"{answers["bin"]}", $"{answers["home"].Part("town")}"));
        }
    }

    [Fact]
    public async Task A_restart_of_the_program_keeps_the_draft_and_its_key()
    {
        var form = Shipped("pothole");
        var answers = FindAnswers.Complete(form, Today)!;
        var cookies = new CookieContainer();
        HttpClient ClientOf(Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Program> program) => program.CreateDefaultClient(new Uri("https://localhost"), new RedirectHandler(), new CookieContainerHandler(cookies));
        var first = _app.WithWebHostBuilder(_ => { });
        var ada = await new FillsIn(new(ClientOf(first)), form, answers).Begin();
        await ada.Continue();
        var here = ada.Here;
        // Only once it is gone does it let go of what one program alone may hold.
        await first.DisposeAsync();

        await using var again = _app.WithWebHostBuilder(_ => { });
        var later = new FillsIn(new(ClientOf(again)), form, answers);
        await later.Browser.Open($"{ada.Draft}/check");
        Assert.Equal(here, later.Here);
        await later.GoTo();
        await later.Send();

        Assert.Equal("sent", later.Here);
    }

    [Fact]
    public async Task A_failure_after_the_submission_is_on_the_disk_does_not_lose_it()
    {
        using var app = new FailsAfterWriting();
        var form = Shipped("pothole");
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Complete(form, Today)!).Begin();
        await ada.GoTo();

        app.IsFailing = true;
        await ada.Browser.Post($"{ada.Draft}/check", []);
        Assert.Equal(HttpStatusCode.InternalServerError, ada.Browser.Status);
        var kept = await app.Db(db => db.Submissions.SingleAsync());
        app.IsFailing = false;
        await ada.Browser.Open($"{ada.Draft}/check");

        Assert.Equal("sent", ada.Here);
        Assert.Contains($"{kept.Reference}", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.Db(db => db.Enquiries.CountAsync(e => e.Reference == kept.Reference)));
    }

    [Fact]
    public async Task Somebody_who_changes_the_language_half_way_goes_on_in_it()
    {
        var form = Shipped("pothole");
        var ada = await new FillsIn(_app.Browse(), form, FindAnswers.Complete(form, Today)!, Language.Welsh).Begin();
        await ada.Continue();
        Assert.Equal("cy", ada.Browser.Page.DocumentElement.GetAttribute("lang"));

        await ada.Browser.Open(ada.Browser.Page.QuerySelector<IHtmlAnchorElement>(".app-form-language a")!.Href);
        for (var pages = 0; pages < 2; pages++)
        {
            Assert.Equal("en", ada.Browser.Page.DocumentElement.GetAttribute("lang"));
            await ada.Continue();
        }
        await ada.Browser.Open($"{ada.Draft}/{ada.Here}");

        Assert.Equal("en", ada.Browser.Page.DocumentElement.GetAttribute("lang"));
    }

    public void Dispose() => _app.Dispose();

    private static Form Shipped(string id) => Library.Forms.Single(f => f.Id == id);

    private async Task<FillsIn> Filled(string id) => await new FillsIn(_app.Browse(), Shipped(id), FindAnswers.Complete(Shipped(id), Today)!).Begin();

    private Task<int> Count<T>(Func<ConcentricDb, IQueryable<T>> rows) => _app.Db(db => rows(db).CountAsync());

    private async Task<Answers> AnswersOf(FillsIn who)
    {
        var id = Guid.ParseExact(who.Draft.Split('/')[^1], "N");
        var draft = await _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Id == id));
        return Answers.Read(Shipped(draft.Form), draft.Answers);
    }

    /// <summary>A program whose writer keeps what it was given and then breaks, as if the machine had no answer left in it.</summary>
    private sealed class FailsAfterWriting : TestApp
    {
        public bool IsFailing { get; set; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services =>
            {
                var inner = services.Last(s => s.ServiceType == typeof(IWriter));
                services.AddSingleton<IWriter>(provider => new Writer(this, (IWriter)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
            });
        }

        private sealed class Writer(FailsAfterWriting app, IWriter inner) : IWriter
        {
            public async Task<T> Write<T>(Func<ConcentricDb, Task<T>> work, CancellationToken stop = default)
            {
                var result = await inner.Write(work, stop);
                return app.IsFailing ? throw new InvalidOperationException("The power went.") : result;
            }
        }
    }
}
