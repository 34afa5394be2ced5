using System.Text.RegularExpressions;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Tests.Design;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Journeys;

/// <summary>Somebody has died: five services are told in one conversation, by keyboard alone, without JavaScript, on a screen of 320 pixels.</summary>
[Collection(CitizenWalks.Name)]
public sealed partial class BundleWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Id = "someone-has-died";
    private const int Narrow = 320;

    // What the boxes of a page are called, less the parts of an answer: "born.Day" is of the question "born".
    private const string Asked = "() => [...new Set([...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')].map(e => e.name.split('.')[0]).filter(n => n && !n.startsWith('_')))]";

    // The day on which the clock of the served program stands.
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task Five_services_are_told_in_one_conversation_that_asks_everything_once()
    {
        var program = await app.Program();
        var bundle = Library.Bundles.Single(b => b.Id == Id);
        var joined = Bundle.Join(bundle, Library.Forms);
        var answers = AnswersFor(joined);
        var ada = await Somebody(await app.Address(), Way.NoScriptArrives);
        await ada.Page.SetViewportSizeAsync(Narrow, 640);
        var complaints = new List<string>();
        ada.Page.PageError += (_, error) => complaints.Add(error);
        var (pages, asked, needed, draft) = (0, new List<string>(), new Dictionary<string, string>(), Guid.Empty);

        await new FillsByKeyboard(ada, joined.Form, answers, Language.English).Send(async (step, questions) =>
        {
            pages++;
            var widest = await ada.Page.Locator("html").EvaluateAsync<int>("html => html.scrollWidth");
            Assert.True(widest <= Narrow, $"{ada.Page.Url} is {widest} pixels wide on a screen of {Narrow}");
            if (!TestDatabase.IsPostgres) Assert.Equal([], await Axe.Findings(ada.Page));
            if (questions.Count == 0) return;
            draft = Guid.ParseExact(ada.Page.Url.Split('/')[5], "N");
            asked.AddRange(await ada.Page.EvaluateAsync<string[]>(Asked));
            if (await ada.Page.Locator(".app-needed-for").CountAsync() > 0) needed[step] = await ada.Page.Locator(".app-needed-for").InnerTextAsync();
        });

        // No question was asked twice, and no fact by two questions.
        Assert.Equal(asked.Distinct(), asked);
        var questions = joined.Form.Questions.Where(q => asked.Contains(q.Id)).ToList();
        Assert.All(questions.Where(q => q.Particular is not null && joined.Needs(q.Id, answers).Count > 1).GroupBy(q => (q.Particular, q.Kind)), g => Assert.Single(g));
        // Asked each by itself, the five would have asked a good deal more.
        var split = joined.Split(answers, Today);
        var alone = split.Sum(s => Concentric.Serve.Forms.Journey.Of(s.Form, s.Answers, Today).Path.Sum(p => p.Questions.Count));
        Assert.True(alone - asked.Count > 8, $"The conversation asked {asked.Count} questions, the forms each by itself {alone}");
        // What the life event answers is not asked.
        var given = joined.Given.Done.SelectMany(p => joined.Form.Page(p)!.Questions).Select(q => q.Id).ToList();
        Assert.NotEmpty(given);
        Assert.Empty(given.Intersect(asked));
        Assert.Contains(needed.Values, n => bundle.Forms.All(f => n.Contains(f.Offer.En, StringComparison.Ordinal)));

        var references = Reference().Matches(await ada.Page.Locator(".govuk-panel").InnerTextAsync()).Select(m => m.Value).ToList();
        Assert.Equal(5, references.Distinct().Count());
        var sent = await program.Db(db => db.Submissions.Where(s => s.DraftId == draft).OrderBy(s => s.Id).ToListAsync());
        Assert.Equal(bundle.Forms.Select(f => f.Form), sent.Select(s => s.Form));
        Assert.Equal(references, sent.Select(s => $"{s.Reference}"));
        foreach (var one in sent)
        {
            Assert.Equal((Id, "web", null), (one.Bundle, one.Channel, one.MediatedBy));
            // Each service has what its own form asks, and no more; and the citizen sees which reference is whose.
            Assert.Equal(split.Single(s => s.Form.Id == one.Form).Answers.Write(), one.Answers);
            await ada.SeeWords($"{Library.Forms.Single(f => f.Id == one.Form).Title.En}: {one.Reference}");
        }
        var enquiries = await program.Db(db => db.Enquiries.Where(e => sent.Select(s => s.Id).Contains(e.Id)).ToListAsync());
        Assert.Equal(references.Order(StringComparer.Ordinal), enquiries.Select(e => $"{e.Reference}").Order(StringComparer.Ordinal));
        Assert.Equal([], complaints);
        TestContext.Current.TestOutputHelper?.WriteLine($"{pages} pages, all seen by axe; {asked.Count} questions in place of {alone}");
    }

    /// <summary>Answers with which all five are wanted; what the life event answers stands in them as it does in the draft.</summary>
    private static Answers AnswersFor(JoinedForm joined)
    {
        var given = joined.Given;
        FormItem Narrowed(FormItem item) => item switch
        {
            Question { Id: JoinedForm.Services } q => q with { AtLeast = q.Choices.Count },
            Question q when given[q.Id] is { IsNothing: false } value => q with { Choices = [.. q.Choices.Where(c => c.Value == $"{value}")] },
            _ => item,
        };
        return FindAnswers.Complete(joined.Form with { Pages = [.. joined.Form.Pages.Select(p => p with { Items = [.. p.Items.Select(Narrowed)] })] }, Today)!;
    }

    [GeneratedRegex("CN-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Reference();
}
