using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>What a citizen said before is offered, and never used before they saw it.</summary>
public sealed class AgreedRecordTests : IDisposable
{
    private const string Name = "person.name";

    private readonly TestApp _app = new();

    [Fact]
    public async Task A_signed_in_citizen_keeps_what_they_tick_and_is_offered_it_in_the_next_form()
    {
        var ada = await Sent(await _app.SignInAs(Role.Citizen), "library-card-close");
        var boxes = ada.Browser.Page.QuerySelectorAll<IHtmlInputElement>("input[name=keep]").ToList();
        Assert.Contains(Name, boxes.Select(b => b.Value));
        Assert.Contains("deceased.name", boxes.Select(b => b.Value));
        Assert.DoesNotContain(boxes, b => b.IsChecked);

        await ada.Browser.Press("Keep what I ticked", ("keep", Name));

        Assert.Equal("Your details", ada.Browser.Heading);
        var said = $"{AnswersOf("library-card-close")["name"]}";
        Assert.Contains(said, ada.Browser.Text, StringComparison.Ordinal);
        var fact = Assert.Single(await Facts());
        Assert.Equal((AgreedChange.Kept, Name), (fact.Change, Assert.Single(fact.Particulars)));
        // On another day, in another browser.
        _app.Clock.Now += TimeSpan.FromDays(2);
        var later = await Begun(await _app.SignInAs(Role.Citizen), "compliment");
        var draft = await DraftOf(later);
        Assert.Equal(["name"], Answers.Read(Shipped("compliment"), draft.Offered!).Values.Keys);
        Assert.True(Answers.Read(Shipped("compliment"), draft.Answers).Values.IsEmpty);
        await later.GoTo("name");
        Assert.Equal(said, later.Browser.Page.QuerySelector<IHtmlInputElement>("#name")!.Value);
        Assert.Contains("We have filled in what you told us before", later.Browser.Text, StringComparison.Ordinal);
        // Taken out on the page, it is not used all the same.
        await later.Browser.Post(later.Action(), [("name", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, later.Browser.Status);
        Assert.True(Answers.Read(Shipped("compliment"), (await DraftOf(later)).Answers)["name"].IsNothing);
    }

    [Fact]
    public async Task What_is_kept_is_listed_and_removed_one_by_one_or_all_at_once()
    {
        var ada = await Sent(await _app.SignInAs(Role.Citizen), "library-card-close");
        var all = ada.Browser.Page.QuerySelectorAll<IHtmlInputElement>("input[name=keep]").Select(b => b.Value).ToList();
        await ada.Browser.Post($"{ada.Draft}/keep", all.Select(a => ("keep", a)));
        Assert.Equal(all.Order(StringComparer.Ordinal), await Kept());
        // What is kept as it was said is not asked for again.
        Assert.Null((await ada.Browser.Open($"{ada.Draft}/sent")).Page.QuerySelector("input[name=keep]"));

        await ada.Browser.Open("/my-details");
        await ada.Browser.Press("Remove full name");
        Assert.Equal(all.Where(a => a != Name).Order(StringComparer.Ordinal), await Kept());
        await ada.Browser.Press("Remove all");

        Assert.Contains("We keep none of your details", ada.Browser.Text, StringComparison.Ordinal);
        Assert.Empty(await Kept());
        var facts = await Facts();
        Assert.Equal([1, all.Count - 1], facts.Where(f => f.Change == AgreedChange.Removed).Select(f => f.Particulars.Count).Order());
        var text = string.Concat(await _app.Db(db => db.Facts.Where(f => f.Kind == "agreed-record-changed").Select(f => f.Data).ToListAsync()));
        Assert.DoesNotContain($"{AnswersOf("library-card-close")["name"]}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_was_said_can_be_kept_and_only_by_who_said_it()
    {
        var ada = await Sent(await _app.SignInAs(Role.Citizen), "library-card-close");
        await ada.Browser.Post($"{ada.Draft}/keep", [("keep", "person.national-insurance-number"), ("keep", "nonsense")]);
        Assert.Empty(await Kept());
        var other = await _app.SignInAs(Role.Citizen);
        await other.Open("/forms/compliment");
        await other.Post($"{ada.Draft}/keep", [("keep", Name)]);
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        // Nothing is ticked: nothing is kept.
        await ada.Browser.Open($"{ada.Draft}/sent");
        await ada.Browser.Press("Keep what I ticked");

        Assert.Empty(await Kept());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _app.SignInAs(Role.Adviser)).Open("/my-details")).Status);
        var stranger = await Sent(_app.Browse(), "library-card-close");
        Assert.Null(stranger.Browser.Page.QuerySelector("input[name=keep]"));
        var asha = await Sent(await _app.SignInAs(Role.Adviser), "library-card-close");
        Assert.Null(asha.Browser.Page.QuerySelector("input[name=keep]"));
    }

    [Fact]
    public async Task It_goes_with_the_person()
    {
        var ada = await Sent(await _app.SignInAs(Role.Citizen), "library-card-close");
        await ada.Browser.Press("Keep what I ticked", ("keep", Name));
        Assert.Single(await Kept());

        await _app.Write(async db =>
        {
            var person = await db.AgreedParticulars.Select(a => a.PersonId).SingleAsync();
            await db.Set<Session>().Where(s => s.PersonId == person).ExecuteDeleteAsync();
            await db.Set<Person>().Where(p => p.Id == person).ExecuteDeleteAsync();
        });

        Assert.Empty(await Kept());
    }

    [Fact]
    public async Task What_was_said_earlier_in_the_same_browser_is_offered_for_an_hour()
    {
        var ada = await Sent(_app.Browse(), "library-card-close");
        Assert.Contains("name", await Offered(ada.Browser, "compliment"));
        Assert.Empty(await Offered(_app.Browse(), "compliment"));
        _app.Clock.Now += TimeSpan.FromMinutes(61);

        Assert.Empty(await Offered(ada.Browser, "compliment"));
    }

    [Fact]
    public async Task Whoever_comes_to_the_browser_after_signing_out_is_offered_nothing_and_opens_nothing()
    {
        var ada = await Sent(await _app.SignInAs(Role.Citizen), "library-card-close");
        var half = await Begun(ada.Browser, "compliment");
        Assert.Contains("name", Answers.Read(Shipped("compliment"), (await DraftOf(half)).Offered!).Values.Keys);
        await ada.Browser.Open("/my-details");

        await ada.Browser.Press("Sign out");

        await ada.Browser.Open($"{half.Draft}/name");
        Assert.Equal(HttpStatusCode.NotFound, ada.Browser.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Browser.Open($"{ada.Draft}/sent")).Status);
        Assert.Empty(await Offered(ada.Browser, "compliment"));
    }

    [Fact]
    public async Task Of_a_form_that_is_not_sent_yet_what_was_continued_from_is_offered_in_another()
    {
        var ada = await Begun(_app.Browse(), "library-card-close");
        await ada.GoTo();

        Assert.Contains("name", await Offered(ada.Browser, "compliment"));
    }

    [Fact]
    public async Task Nothing_of_a_sensitive_form_shows_in_another()
    {
        var ada = await Begun(_app.Browse(), "homelessness-first-contact");
        await ada.GoTo();
        Assert.Contains("person.name", Shipped("homelessness-first-contact").Questions.Select(q => q.Particular));

        Assert.Empty(await Offered(ada.Browser, "compliment"));
    }

    public void Dispose() => _app.Dispose();

    private static Form Shipped(string id) => Library.Forms.Single(f => f.Id == id);

    private Answers AnswersOf(string id) => FindAnswers.Complete(Shipped(id), Say.DayOf(_app.Clock.Now))!;

    private async Task<FillsIn> Begun(Browser browser, string id) => await new FillsIn(browser, Shipped(id), AnswersOf(id)).Begin();

    private async Task<FillsIn> Sent(Browser browser, string id)
    {
        var ada = await Begun(browser, id);
        await ada.GoTo();
        await ada.Send();
        Assert.Equal("sent", ada.Here);
        return ada;
    }

    private async Task<IEnumerable<string>> Offered(Browser browser, string form) =>
        (await DraftOf(await Begun(browser, form))).Offered is { } offered ? Answers.Read(Shipped(form), offered).Values.Keys : [];

    private Task<Draft> DraftOf(FillsIn ada)
    {
        var id = Guid.ParseExact(ada.Draft.Split('/')[^1], "N");
        return _app.Db(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Id == id));
    }

    private async Task<IEnumerable<string>> Kept() => (await _app.Db(db => db.AgreedParticulars.Select(a => a.Particular).ToListAsync())).Order(StringComparer.Ordinal);

    private async Task<List<AgreedRecordChanged>> Facts() =>
        [.. (await _app.Db(db => db.Facts.Where(f => f.Kind == "agreed-record-changed").ToListAsync())).Select(f => f.As<AgreedRecordChanged>())];
}
