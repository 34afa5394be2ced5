using System.Net;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve;

/// <summary>What somebody dictates to an adviser, or has typed before, stays text on the adviser's screen.</summary>
public sealed class ConversationsHostileTests(SharedApp app) : IClassFixture<SharedApp>
{
    private DateOnly Today => Say.DayOf(app.Clock.Now);

    public static TheoryData<string> Forms => HostileFormTests.Forms;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_script_in_any_answer_stays_text_on_the_screen(string id)
    {
        var (asha, screen, draft) = await Begun(id);
        var form = Library.Forms.Single(f => f.Id == id);
        var whole = FindAnswers.Complete(form, Today)!;
        foreach (var box in form.Questions.Where(q => q.Kind == QuestionKind.File)) whole = whole.With(box.Id, Value.Nothing);

        // Each of them in each field, all of which are on one screen: in the boxes, and among the answers that are read back.
        foreach (var turn in HostileFormTests.Turns(id))
        {
            var json = HostileFormTests.With(form, whole, turn).Write();
            await app.Write(db => db.Drafts.Where(d => d.Id == draft).ExecuteUpdateAsync(d => d.SetProperty(x => x.Answers, json)));
            using var response = await asha.Http.GetAsync(screen);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            HostileFormTests.Nowhere(await response.Content.ReadAsStringAsync(), $"{id} {turn}");
        }
        await asha.Open(screen);
        HostileFormTests.IsHarmless(asha);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_script_that_is_refused_is_shown_again_as_text(string id)
    {
        var (asha, screen, _) = await Begun(id);
        foreach (var polyglot in Polyglots.All.Where((_, n) => id == "missed-bin" || n % 8 == id.Length % 8))
        {
            var names = asha.Page.QuerySelectorAll(".app-compact [name]").Select(e => e.GetAttribute("name")!).Where(n => n[0] != '_').Distinct().ToList();
            var pages = asha.Page.QuerySelector("input[name=_pages]")!.GetAttribute("value")!;
            await asha.Post(screen, names.Select(n => (n, polyglot + polyglot)).Append(("_pages", pages)).Append(("_drop", polyglot)).Append(("extra", polyglot)));
            Assert.True(asha.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{polyglot}: {asha.Status}");
            HostileFormTests.IsHarmless(asha);
            await asha.Open(screen);
        }
    }

    [Fact]
    public async Task A_script_in_the_screens_own_fields_stays_text()
    {
        var (asha, screen, _) = await Begun("missed-bin");
        var conversation = screen[..screen.IndexOf("/forms/", StringComparison.Ordinal)];
        var token = asha.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        async Task<HttpStatusCode> Post(string path, params (string Field, string Value)[] fields)
        {
            using var body = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            await asha.Take(await asha.Http.PostAsync(path, body));
            HostileFormTests.IsHarmless(asha);
            return asha.Status;
        }

        foreach (var polyglot in Polyglots.All)
        {
            await asha.Open($"{screen}?words={Uri.EscapeDataString(polyglot)}&other={Uri.EscapeDataString(polyglot)}");
            Assert.Equal(polyglot, asha.Page.GetElementById("Words")!.GetAttribute("value"));
            HostileFormTests.IsHarmless(asha);
            Assert.NotEqual(HttpStatusCode.InternalServerError, await Post($"{conversation}/person", ("find", polyglot)));
            Assert.Equal(HttpStatusCode.NotFound, await Post($"{conversation}/forms", ("_form", polyglot)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Post($"{screen}/hand-over", ("_to", polyglot)));
            // What nobody can have chosen does not end it.
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await Post($"{conversation}/end", ("Outcome", polyglot), ("Demand", polyglot), ("Service", polyglot), ("OwnWords", polyglot)));
        }
    }

    [Fact]
    public async Task What_is_known_from_one_form_stays_text_where_it_is_offered_to_the_next()
    {
        var name = string.Join(' ', Polyglots.All.Take(3));
        var (asha, screen, draft) = await Begun("complaint");
        var form = Library.Forms.Single(f => f.Id == "complaint");
        var json = HostileFormTests.With(form, FindAnswers.Complete(form, Today, 1)!, 0).With("name", Value.Of(name)).Write();
        await app.Write(db => db.Drafts.Where(d => d.Id == draft).ExecuteUpdateAsync(d => d.SetProperty(x => x.Answers, json)));
        await asha.Open(screen);
        await asha.Press("Save and go on");
        await asha.Press("Send");
        HostileFormTests.IsHarmless(asha);
        await asha.Press("Report a missed bin");

        Assert.Contains(name, asha.Text, StringComparison.Ordinal);
        HostileFormTests.IsHarmless(asha);
    }

    private async Task<(Browser Asha, string Screen, Guid Draft)> Begun(string form)
    {
        var asha = await app.SignInAs(Role.Adviser);
        await asha.Open("/desk");
        await asha.Press("Phone");
        await asha.Post($"{new Uri(asha.Page.Url).AbsolutePath}/forms", [("_form", form)]);
        var screen = new Uri(asha.Page.Url).AbsolutePath;
        return (asha, screen, Guid.ParseExact(screen.Split('/')[^1], "N"));
    }
}
