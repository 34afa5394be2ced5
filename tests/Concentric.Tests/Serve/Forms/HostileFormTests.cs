using System.Net;
using AngleSharp.Html.Dom;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What is typed into forms by those who wish us ill stays text wherever it is shown.</summary>
public sealed class HostileFormTests(SharedApp app) : IClassFixture<SharedApp>
{
    private DateOnly Today => Say.DayOf(app.Clock.Now);

    public static TheoryData<string> Forms => TestDatabase.IsPostgres ? ["missed-bin"] : [.. Library.Forms.Select(f => f.Id).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_forty() => Assert.Equal((40, 40), (Polyglots.All.Count, Polyglots.All.Distinct().Count()));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_script_in_any_field_stays_text_on_every_page_that_shows_it(string id)
    {
        var form = Library.Forms.Single(f => f.Id == id);
        var whole = FindAnswers.Complete(form, Today)!;
        Assert.NotEmpty(TextFields(form));
        var ada = await new FillsIn(app.Browse(), form, With(form, whole, 0)).Begin();
        await ada.GoTo();
        var draft = Guid.ParseExact(ada.Draft.Split('/')[^1], "N");
        var pages = Journey.Of(form, whole, Today).Path.Where(p => p.Questions.Any(q => TextFields(form).Contains(q) || q.Kind == QuestionKind.Repeat)).Select(p => p.Id).ToList();

        // Each of them in each field: on the page itself, and among the answers.
        foreach (var turn in Turns(id))
        {
            var answers = With(form, whole, turn);
            var kept = await app.Db(db => db.Drafts.AsNoTracking().Where(d => d.Id == draft).Select(d => d.Answers).SingleAsync());
            var files = Answers.Read(form, kept);
            foreach (var box in form.Questions.Where(q => q.Kind == QuestionKind.File)) answers = answers.With(box.Id, files[box.Id]);
            var json = answers.Write();
            await app.Write(db => db.Drafts.Where(d => d.Id == draft).ExecuteUpdateAsync(d => d.SetProperty(x => x.Answers, json)));
            foreach (var page in turn / 4 % 2 == 0 ? pages.Append("check") : ["check"])
            {
                using var response = await ada.Browser.Http.GetAsync($"{ada.Draft}/{page}");
                Assert.EndsWith($"/{page}", response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
                Nowhere(await response.Content.ReadAsStringAsync(), $"{id} {page}");
            }
        }
        await ada.Browser.Open($"{ada.Draft}/check");
        IsHarmless(ada.Browser);
        await ada.Send();
        Assert.Equal("sent", ada.Here);
        IsHarmless(ada.Browser);

        var reference = await app.Db(db => db.Submissions.Where(s => s.DraftId == draft).Select(s => s.Reference).SingleAsync());
        var asha = await app.SignInAs(Role.ServiceManager);
        foreach (var page in new[] { $"/desk/enquiries/{reference}", "/desk", "/desk/messages", "/dev/messages", "/forms" })
        {
            await asha.Open(page);
            if (asha.Status != HttpStatusCode.Forbidden) Assert.Equal(HttpStatusCode.OK, asha.Status);
            IsHarmless(asha);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_script_that_is_refused_is_shown_again_as_text(string id)
    {
        var form = Library.Forms.Single(f => f.Id == id);
        var ada = await new FillsIn(app.Browse(), form, FindAnswers.Complete(form, Today)!).Begin();
        for (var (turn, pages) = (0, 0); ada.Here != "check" && pages < 120; pages++)
        {
            if (ada.Here == "tasks")
            {
                await ada.GoTo();
                break;
            }
            // In every field of the page, whatever is asked for there.
            var names = ada.Browser.Page.QuerySelectorAll("main [name]").Select(e => e.GetAttribute("name")!).Where(n => n[0] != '_').Distinct().ToList();
            var (here, address) = (ada.Here, ada.Action());
            foreach (var polyglot in Enumerable.Range(0, 5).Select(_ => Polyglots.All[turn++ % Polyglots.All.Count]))
            {
                await ada.Browser.Post(address, names.Select(n => (n, polyglot + polyglot)).Append(("extra", polyglot)));
                Assert.True(ada.Browser.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{here}: {ada.Browser.Status}");
                IsHarmless(ada.Browser);
            }
            await ada.Browser.Open($"{ada.Draft}/{here}");
            await ada.Continue();
        }
    }

    [Theory]
    [InlineData("((7*7))")]
    [InlineData("{{7*7}}")]
    [InlineData("((full-name)) ((our-phone))")]
    [InlineData("**bold** _and_ # heading")]
    public async Task Signs_that_mean_something_in_templates_come_back_as_they_were_typed(string typed)
    {
        var form = Library.Forms.Single(f => f.Id == "complaint");
        var whole = FindAnswers.Complete(form, Today)!;
        var field = TextFields(form).First(q => q.Kind == QuestionKind.LongText && !whole[q.Id].IsNothing);
        var ada = await new FillsIn(app.Browse(), form, whole.With(field.Id, Value.Of(typed))).Begin();
        await ada.GoTo();

        Assert.Contains(typed, ada.Browser.Text, StringComparison.Ordinal);
        await ada.Send();
        var asha = await app.SignInAs(Role.Adviser);
        var draft = Guid.ParseExact(ada.Draft.Split('/')[^1], "N");
        var reference = await app.Db(db => db.Submissions.Where(s => s.DraftId == draft).Select(s => s.Reference).SingleAsync());
        Assert.Contains(typed, (await asha.Open($"/desk/enquiries/{reference}")).Text, StringComparison.Ordinal);
    }

    /// <summary>Questions into which anybody can type anything.</summary>
    private static List<Question> TextFields(Form form) => [.. form.Questions.Where(q => IsFree(q) || q.Kind is QuestionKind.Address or QuestionKind.Place)];

    private static bool IsFree(Question question) => question.Kind is QuestionKind.Text or QuestionKind.LongText && question.Pattern is null && question.Rules.Count == 0;

    /// <summary>The answers with a text of the list, from that place on, in each field that takes one.</summary>
    internal static Answers With(Form form, Answers whole, int from)
    {
        var next = from;
        string Text(Question? question) => Polyglots.All[next++ % Polyglots.All.Count] is var text && question?.MaxLength is { } most && text.Length > most ? text[..most].Trim() : text;
        foreach (var question in form.Questions)
        {
            var value = whole[question.Id];
            if (value.IsNothing) continue;
            if (IsFree(question)) whole = whole.With(question.Id, Value.Of(Text(question)));
            else if (question.Kind == QuestionKind.Place) whole = whole.With(question.Id, Value.Of([KeyValuePair.Create("words", Value.Of(Text(null)))]));
            else if (question.Kind == QuestionKind.Address)
                whole = whole.With(question.Id, Value.Of([KeyValuePair.Create("line1", Value.Of(Text(null))), KeyValuePair.Create("line2", Value.Of(Text(null))), KeyValuePair.Create("town", Value.Of(Text(null))), KeyValuePair.Create("postcode", value.Part("postcode"))]));
            else if (question.Kind == QuestionKind.Repeat)
                whole = whole.With(question.Id, Value.Of(value.AsItems.Select(row => Value.Of(question.Fields.Select(f => KeyValuePair.Create(f.Id, IsFree(f) && !row.Part(f.Id).IsNothing ? Value.Of(Text(f)) : row.Part(f.Id)))))));
        }
        return whole;
    }

    /// <summary>
    /// From which text of the list on the fields of a form are filled, round by round. With all forms together each text comes to each kind of field; to each field of each form only with
    /// <c>CONCENTRIC_TEST_WHOLE=1</c>, because that takes four times as long and finds what one form of the same kind of field finds.
    /// </summary>
    internal static IEnumerable<int> Turns(string id)
    {
        var place = Library.Forms.Select(f => f.Id).Order(StringComparer.Ordinal).ToList().IndexOf(id);
        return Enumerable.Range(0, Polyglots.All.Count).Where(turn => Journeys.Ways.IsWhole || turn % 4 == place % 4);
    }

    /// <summary>None of the list stands in the page as it was typed.</summary>
    internal static void Nowhere(string html, string where) => Assert.All(Polyglots.All, p => Assert.False(Polyglots.StandsIn(html, p), $"{where}: {p}"));

    /// <summary>Nothing that runs stands in the page but our own scripts, and the browser is told to run nothing else.</summary>
    internal static void IsHarmless(Browser browser)
    {
        var where = browser.Response.RequestMessage!.RequestUri!.AbsolutePath;
        Nowhere(browser.Page.Source.Text, where);
        Assert.Equal(SecurityHeaders.Policy, Assert.Single(browser.Response.Headers.GetValues("Content-Security-Policy")));
        foreach (var element in browser.Page.All)
        {
            Assert.False(element is IHtmlScriptElement script && (script.Source is null || !script.Source.StartsWith('/')), $"{where}: {element.OuterHtml}");
            Assert.False(element is IHtmlInlineFrameElement or IHtmlBaseElement or IHtmlStyleElement || element.LocalName is "math" or "marquee" or "object" or "embed", $"{where}: {element.OuterHtml}");
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "style" || a.Name == "srcdoc");
            foreach (var address in new[] { "href", "src", "action", "formaction" }.Select(element.GetAttribute).OfType<string>())
                Assert.False(address.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || address.Contains("e.vil", StringComparison.Ordinal), $"{where}: {address}");
        }
    }
}
