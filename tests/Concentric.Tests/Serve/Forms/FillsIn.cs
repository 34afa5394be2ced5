using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Attachments;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Somebody who fills in a form in a browser without JavaScript, with answers that are known to lead through it.</summary>
internal sealed class FillsIn(Browser browser, Form form, Answers answers, Language language = Language.English)
{
    private const int MostPages = 120;

    private string Lang => language == Language.Welsh ? "?lang=cy" : "";

    /// <summary>Address of the draft, without a page.</summary>
    public string Draft { get; private set; } = "";

    /// <summary>Pages that were continued from, in order.</summary>
    public List<string> Walked { get; } = [];

    public Browser Browser => browser;

    /// <summary>The page or step that is open now.</summary>
    public string Here => Path.Split('/')[^1];

    private string Path => browser.Response.RequestMessage!.RequestUri!.AbsolutePath;

    public async Task<FillsIn> Begin()
    {
        await browser.Open($"/forms/{form.Id}{Lang}");
        await browser.Press(language == Language.Welsh ? "Dechrau nawr" : "Start now");
        Draft = Path[..Path.LastIndexOf('/')];
        return this;
    }

    /// <summary>Fills in page after page until it is at one of that name, or at "check".</summary>
    public async Task<FillsIn> GoTo(string until = Jump.Check)
    {
        for (var pages = 0; Here != until; pages++)
        {
            Assert.True(pages < MostPages, $"{form.Id} does not end: {string.Join(' ', Walked)}");
            if (Here == Jump.Check) Assert.Fail($"{form.Id} does not come to {until}");
            if (Here == "tasks") await browser.Open(NextTask());
            else await Continue();
        }
        return this;
    }

    /// <summary>Goes through a draft that was begun before from its first page, whatever is done of it, until all is answered.</summary>
    public async Task<FillsIn> GoAgain(string draft)
    {
        Draft = draft;
        if (!form.TaskList)
        {
            await browser.Open($"{draft}/{form.Pages[0].Id}{Lang}");
            return await GoTo();
        }
        for (var task = 0; ; task++)
        {
            await browser.Open($"{draft}/tasks{Lang}");
            var tasks = browser.Page.QuerySelectorAll<IHtmlAnchorElement>(".govuk-task-list__item a").ToList();
            await browser.Open(tasks[task].Href);
            if (Here == Jump.Check) return this;
            while (Here != "tasks") await Continue();
        }
    }

    /// <summary>Continues from the page that is open with its answers.</summary>
    public async Task Continue()
    {
        var id = Here;
        var page = form.Page(id) ?? throw new InvalidOperationException($"{Path} is no page of {form.Id}: {browser.Text}");
        Assert.Equal(200, (int)browser.Status);
        foreach (var group in page.Questions.Where(q => q.Kind == QuestionKind.Repeat)) await Rows(id, group);
        foreach (var box in page.Questions.Where(q => q.Kind == QuestionKind.File)) await RemoveFiles();
        var action = Action();
        await browser.Post(action, FieldsOf(page.Questions), FilesOf(page.Questions));
        Assert.True((int)browser.Status == 200, $"{form.Id} {id}: {(int)browser.Status} {browser.Page.QuerySelector(".govuk-error-summary")?.TextContent}");
        Assert.True(Here != id, $"{form.Id} {id} is shown again: {action} {browser.Text}");
        Walked.Add(id);
    }

    public Task<Browser> Send() => browser.Press(form.Payment is null ? Words("send") : browser.Page.QuerySelector("main form .govuk-button")!.TextContent.Trim());

    /// <summary>The fields of these questions as this person answers them.</summary>
    public IEnumerable<(string, string)> FieldsOf(IEnumerable<Question> questions)
    {
        var fields = new Fields();
        foreach (var question in questions.Where(q => q.Kind is not (QuestionKind.Repeat or QuestionKind.File))) ReadAnswer.Write(question, answers[question.Id], fields);
        return fields.Typed.SelectMany(f => f.Value.Select(v => (f.Key, v)));
    }

    private List<(string, string, byte[])> FilesOf(IEnumerable<Question> questions) =>
        [.. questions.Where(q => q.Kind == QuestionKind.File).SelectMany(q => answers[q.Id].AsItems.Select(f => (q.Id, $"{f.Part("name")}", ContentOf($"{f.Part("name")}"))))];

    // Each another: the same file twice is one file.
    private static byte[] ContentOf(string name) => name.EndsWith(".pdf", StringComparison.Ordinal) ? Made.Pdf(before: $"%{name}\n") : Made.Jpeg(Made.Utf8(name));

    private async Task Rows(string page, Question group)
    {
        var rows = answers[group.Id].AsItems;
        var listed = Path + Lang;
        while (browser.Page.QuerySelector($".govuk-summary-list a[href*='/{page}/rows/1']") is IHtmlAnchorElement first)
        {
            await browser.Open(first.Href);
            await browser.Press(Words("row-remove"));
        }
        foreach (var (i, row) in rows.Index())
        {
            await browser.Open($"{Draft}/{page}/rows/{i + 1}{Lang}");
            var fields = new Fields();
            foreach (var field in group.Fields) ReadAnswer.Write(field, row.Part(field.Id), fields);
            await browser.Post(Action(), fields.Typed.SelectMany(f => f.Value.Select(v => (f.Key, v))));
            Assert.True((int)browser.Status == 200 && Here == page, $"{form.Id} {page} row {i + 1}: {browser.Page.QuerySelector(".govuk-error-summary")?.TextContent}");
        }
        if (rows.Length == 0) await browser.Open(listed);
    }

    private async Task RemoveFiles()
    {
        while (browser.Page.QuerySelector("button[name=_remove]") is { } first)
        {
            await browser.Post(Action(), [("_remove", first.GetAttribute("value")!)]);
            Assert.Equal(200, (int)browser.Status);
        }
    }

    public string Action() => browser.Page.QuerySelector("main form")!.GetAttribute("action")!;

    private string NextTask() => browser.Page.QuerySelectorAll(".govuk-task-list__item").First(i => i.QuerySelector("a") is not null && !i.TextContent.Contains(Words("done"), StringComparison.Ordinal))
        .QuerySelector<IHtmlAnchorElement>("a")!.Href;

    private string Words(string phrase) => Phrases.Of(phrase, language);
}
