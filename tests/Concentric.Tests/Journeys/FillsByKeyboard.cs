using System.Text.Json;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Attachments;
using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>Somebody who fills in a form with the keys of a keyboard alone, from one field to the next by Tab, with answers that are known to lead through it.</summary>
internal sealed class FillsByKeyboard(Walker walker, Form form, Answers answers, Language language)
{
    private const int MostSteps = 150;
    private const int MostTabs = 300;

    /// <summary>What has the focus.</summary>
    private sealed record Focus(string Tag, string Type, string Name, string Value, bool Checked, string Href, string Class, string Task, bool HasLines, int Rows);

    private const string Focused = """
        () => {
          const e = document.activeElement
          return JSON.stringify({ Tag: e.tagName, Type: e.type ?? '', Name: e.name ?? '', Value: e.value ?? '', Checked: !!e.checked, Href: e.getAttribute('href') ?? '', Class: e.className ?? '',
            Task: e.closest('.govuk-task-list__item')?.innerText ?? '', HasLines: !!document.querySelector('main input[name$=".line1"]'), Rows: document.querySelectorAll('main .govuk-summary-list__row').length })
        }
        """;

    /// <summary>Fills in the whole form and sends it.</summary>
    /// <param name="look">Looks at each page before anything is typed; it is given the questions that stand on it.</param>
    public async Task Send(Func<string, IReadOnlyList<Question>, Task> look)
    {
        await Page.GotoAsync($"/forms/{form.Id}{(language == Language.Welsh ? "?lang=cy" : "")}");
        var last = "";
        for (var steps = 0; !Here.EndsWith("/sent", StringComparison.Ordinal); steps++)
        {
            Assert.True(steps < MostSteps, $"{form.Id} does not end: {Page.Url}");
            var mistakes = await Page.Locator(".govuk-error-summary li").AllInnerTextsAsync();
            Assert.True(mistakes.Count == 0, $"{Page.Url}: {string.Join("; ", mistakes)}");
            if (Here != last) await look(Step, QuestionsHere);
            last = Here;
            await GoOn();
        }
        await look("sent", []);
    }

    private IPage Page => walker.Page;

    private string Here => new Uri(Page.Url).AbsolutePath;

    private string Step => Here.Split('/') is [_, _, _, _, var step, ..] ? step : "start";

    private bool IsRow => Here.Contains("/rows/", StringComparison.Ordinal);

    private Question? Group => form.Page(Step)?.Questions.FirstOrDefault(q => q.Kind == QuestionKind.Repeat);

    private IReadOnlyList<Question> QuestionsHere => IsRow ? Group!.Fields : [.. form.Page(Step)?.Questions ?? []];

    /// <summary>From the top of the page by its skip link through its fields, to what leads on.</summary>
    private async Task GoOn()
    {
        var typed = Typed();
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");
        var start = Page.Url;
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focus = JsonSerializer.Deserialize<Focus>(await Page.EvaluateAsync<string>(Focused))!;
            if (IsWayOn(focus))
            {
                await walker.Leave(() => Page.Keyboard.PressAsync("Enter"));
                return;
            }
            await Fill(focus, typed);
        }
        Assert.Fail($"Tab does not come to a way on from {start}");
    }

    /// <summary>What is pressed with Enter: an address's lines first, then rows that are still missing, then "Continue".</summary>
    private bool IsWayOn(Focus focus) => focus.Tag switch
    {
        "BUTTON" when focus.Name == "_address" => focus.Value.EndsWith(":manual", StringComparison.Ordinal) && !focus.HasLines,
        "BUTTON" => focus.Class.Contains("govuk-button", StringComparison.Ordinal) && !focus.Class.Contains("--secondary", StringComparison.Ordinal) && !focus.Class.Contains("--warning", StringComparison.Ordinal),
        "A" when Step == "tasks" => focus.Task.Length > 0 && !focus.Task.Contains(Phrases.Of("done", language), StringComparison.Ordinal),
        "A" => !IsRow && Group is { } group && focus.Href.Contains("/rows/", StringComparison.Ordinal) && focus.Class.Contains("govuk-button", StringComparison.Ordinal) && focus.Rows < answers[group.Id].AsItems.Length,
        _ => false,
    };

    private async Task Fill(Focus focus, Fields typed)
    {
        if (focus.Name.Length == 0 || !typed.Has(focus.Name) && focus.Type != "file") return;
        var wanted = typed.All(focus.Name);
        switch (focus.Type)
        {
            case "file":
                // The window in which a file is chosen is the system's own.
                if (answers[focus.Name] is { IsNothing: false } files)
                    await Page.Locator("input[type=file]:focus").SetInputFilesAsync(files.AsItems.Select(f => $"{f.Part("name")}").Select(n => new FilePayload { Name = n, MimeType = n.EndsWith(".pdf", StringComparison.Ordinal) ? "application/pdf" : "image/jpeg", Buffer = n.EndsWith(".pdf", StringComparison.Ordinal) ? Made.Pdf(before: $"%{n}\n") : Made.Jpeg(Made.Utf8(n)) }));
                break;
            case "checkbox":
                if (wanted.Contains(focus.Value) != focus.Checked) await Page.Keyboard.PressAsync("Space");
                break;
            case "radio":
                for (var presses = 0; focus.Value != wanted[0] && presses < 80; presses++) focus = await After("ArrowDown");
                Assert.Equal(wanted[0], focus.Value);
                if (!focus.Checked) await Page.Keyboard.PressAsync("Space");
                break;
            case "select-one":
                if (focus.Value != wanted[0]) await Page.Keyboard.PressAsync("Home");
                for (var presses = 0; (focus = await Now()).Value != wanted[0] && presses < 200; presses++) await Page.Keyboard.PressAsync("ArrowDown");
                Assert.Equal(wanted[0], focus.Value);
                break;
            case "hidden":
                break;
            default:
                await Page.Keyboard.PressAsync("Control+A");
                await Page.Keyboard.InsertTextAsync(wanted[0]);
                break;
        }
    }

    private async Task<Focus> Now() => JsonSerializer.Deserialize<Focus>(await Page.EvaluateAsync<string>(Focused))!;

    private async Task<Focus> After(string key)
    {
        await Page.Keyboard.PressAsync(key);
        return await Now();
    }

    /// <summary>What belongs into the fields of this page.</summary>
    private Fields Typed()
    {
        var typed = new Fields();
        if (IsRow)
        {
            var row = answers[Group!.Id].AsItems[int.Parse(Here.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture) - 1];
            foreach (var field in Group.Fields) ReadAnswer.Write(field, row.Part(field.Id), typed);
        }
        else
        {
            foreach (var question in QuestionsHere.Where(q => q.Kind is not (QuestionKind.Repeat or QuestionKind.File))) ReadAnswer.Write(question, answers[question.Id], typed);
        }
        return typed;
    }
}
