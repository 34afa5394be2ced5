using System.Collections.Concurrent;
using Concentric.Serve.Forms;
using Concentric.Tests.Design;

namespace Concentric.Tests.Journeys;

/// <summary>Every shipped form filled in from its start page to its reference: by keyboard alone, without JavaScript, on a screen of 320 pixels.</summary>
/// <remarks>In the ordinary run half of the forms in English, on SQLite, and half in Welsh, on PostgreSQL, with axe where kinds of questions come together that it has not seen yet; with <c>CONCENTRIC_TEST_WHOLE=1</c> all in both on both, with axe on each page.</remarks>
[Collection(CitizenWalks.Name)]
public sealed class FormsWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const int Narrow = 320;

    private static readonly ConcurrentDictionary<string, bool> Looked = new(StringComparer.Ordinal);

    // The day on which the clock of the served program stands.
    private static readonly DateOnly Today = new(2026, 3, 2);

    public static TheoryData<string, Language> Forms
    {
        get
        {
            var all = new TheoryData<string, Language>();
            foreach (var (i, form) in Library.Forms.OrderBy(f => f.Id, StringComparer.Ordinal).Index())
            {
                if (Ways.IsWhole || i % 2 == 0 && !TestDatabase.IsPostgres) all.Add(form.Id, Language.English);
                if (Ways.IsWhole || i % 2 == 1 && TestDatabase.IsPostgres) all.Add(form.Id, Language.Welsh);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task By_keyboard_without_scripts_on_a_narrow_screen_it_comes_to_a_reference(string id, Language language)
    {
        var form = Library.Forms.Single(f => f.Id == id);
        var ada = await Somebody(await app.Address(), Way.NoScriptArrives);
        await ada.Page.SetViewportSizeAsync(Narrow, 640);
        var complaints = new List<string>();
        ada.Page.PageError += (_, error) => complaints.Add(error);
        var (pages, seenByAxe) = (0, 0);

        await new FillsByKeyboard(ada, form, FindAnswers.Complete(form, Today, (int)language)!, language).Send(async (step, questions) =>
        {
            pages++;
            var widest = await ada.Page.Locator("html").EvaluateAsync<int>("html => html.scrollWidth");
            Assert.True(widest <= Narrow, $"{ada.Page.Url} is {widest} pixels wide on a screen of {Narrow}");
            var kinds = string.Join(' ', questions.Select(q => $"{q.Kind}").Distinct().Order(StringComparer.Ordinal).Prepend(questions.Count > 0 ? "page" : form.Page(step) is null ? step : "guidance"));
            if (!Ways.IsWhole && !Looked.TryAdd(kinds, true)) return;
            seenByAxe++;
            var findings = await Axe.Findings(ada.Page);
            Assert.True(findings.Count == 0, $"{ada.Page.Url}: {string.Join('\n', findings)}");
        });

        Assert.Matches("CN-[0-9A-Z]{4}-[0-9A-Z]{4}", await ada.Page.Locator(".govuk-panel").InnerTextAsync());
        Assert.Equal(language == Language.Welsh ? "cy" : "en", await ada.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal([], complaints);
        TestContext.Current.TestOutputHelper?.WriteLine($"{id} {language}: {pages} pages, {seenByAxe} seen by axe");
    }
}
