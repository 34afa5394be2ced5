using System.Net;
using AngleSharp.Dom;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Definitions are data: whatever is written into a form, nothing of it runs and nothing beside the form is changed.</summary>
public sealed class BuildingHostileTests : IDisposable
{
    // Beside those that are for any field, those that are for texts in which signs have a meaning.
    private static readonly string[] Scripts =
    [
        .. Polyglots.All, "[x](javascript:alert(1))", "![x](javascript:alert(1))", "<javascript:alert(1)>", "{{7*7}} ((x)) @alert(1)", "[x](data:text/html,<script>alert(1)</script>)", "\u202Ealert",
    ];

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task No_script_runs_wherever_it_was_written()
    {
        var all = string.Join(' ', Scripts);
        var text = new LocalText(all, all);
        var form = new Form
        {
            Id = "hostile", Title = text, Start = text, Service = "524", Interaction = "0", Team = all, PromiseDays = 1, Process = "x", Confirmation = text, Data = new(all, "public-task", 12, text),
            Sections = [new("s", text)], Lists = [new("l", [new(all, text) { Hint = text }])], Calculations = [new("c", "1", text)], Payment = new("1", text),
            Pages =
            [
                .. Enum.GetValues<GuidanceKind>().Select(kind => new FormPage { Id = $"{kind}".ToLowerInvariant(), Title = text, Section = "s", ShowIf = "1 = 1", Items = [new Guidance { Kind = kind, Text = text, Title = text }] }),
                .. Enum.GetValues<QuestionKind>().Select(kind => new FormPage { Id = $"p-{kind}".ToLowerInvariant(), Section = "s", Items = [Question($"q{(int)kind}", kind, text)], Next = [new(Jump.Check, $"c = {Expression.Quote(all)}")] }),
            ],
        };
        await Put(form);
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        const string at = "/forms-design/hostile";
        var pages = new[] { "/forms-design", "/forms-design/new", at, $"{at}/1", $"{at}/1/map", $"{at}/1/checks", $"{at}/1/preview", $"{at}/1/preview?lang=cy", $"{at}/1/settings", $"{at}/1/parts", $"{at}/1/welsh", $"{at}/1/examples", $"{at}/1/json", $"{at}/1/review", $"{at}/1/try", $"{at}/1/new-page" }
            .Concat(form.Pages.Select(p => $"{at}/1/pages/{p.Id}")).Concat(form.Questions.Select(q => $"{at}/1/questions/{q.Id}")).Append($"{at}/1/pages/text/guidance/0").Append($"{at}/1/remove?page=text");

        foreach (var page in pages)
        {
            await maya.Open(page);
            Assert.True(maya.Status == HttpStatusCode.OK, $"{page} answered {maya.Status}");
            AssertHarmless(maya.Page, page);
        }
    }

    [Fact]
    public async Task Scripts_typed_into_an_editor_are_shown_again_as_they_were_typed()
    {
        await Put(new() { Id = "hostile", Title = "Plain", Service = "524", Interaction = "0", Team = "x", PromiseDays = 1, Process = "x", Pages = [new() { Id = "a", Items = [Question("q", QuestionKind.Text, "What?")] }] });
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        foreach (var script in Scripts.Where(s => !s.Contains('\u202E', StringComparison.Ordinal)))
        {
            await maya.Open("/forms-design/hostile/1/questions/q");
            await maya.Press("Save the question", ("Title", script), ("Hint", script), ("ShowIf", script));
            // By its quotes one of them is a condition: it is kept, and shown when the editor is opened again.
            var isCondition = script.StartsWith('\'') && script.EndsWith('\'');
            Assert.True(maya.Status == (isCondition ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity), $"{script} answered {maya.Status}");
            if (isCondition) await maya.Open("/forms-design/hostile/1/questions/q");
            Assert.Equal(script, maya.Page.GetElementById("Title")!.GetAttribute("value"));
            AssertHarmless(maya.Page, script);
        }
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_taken()
    {
        await Put(new() { Id = "hostile", Title = "Plain", Service = "524", Interaction = "0", Team = "x", PromiseDays = 1, Process = "x", Pages = [new() { Id = "a", Items = [Question("q", QuestionKind.Text, "What?")] }] });
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/forms-design/hostile/1/settings");
        var token = maya.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (string Name, string Value)[] more = [("State", "Published"), ("Number", "9"), ("Form", "missed-bin"), ("Id", "other"), ("By", "x"), ("ReviewedBy", "x"), ("Published", "1"), ("Welsh.By", "x"), ("Schema", "2"), ("Pages", "[]"), ("Digest", "x")];

        using var response = await maya.Http.PostAsync("/forms-design/hostile/1/settings", new FormUrlEncodedContent(
            [.. more.Select(m => KeyValuePair.Create(m.Name, m.Value)), new("Title", "Other"), new("PromiseDays", "2"), new("Revision", "0"), new("__RequestVerificationToken", token)]));

        var version = await _app.Db(db => db.FormVersions.SingleAsync(v => v.Form == "hostile"));
        Assert.Equal((1, FormState.Draft, 1, (string?)null), (version.Number, version.State, version.Revision, version.ReviewedBy));
        var form = Form.Read(version.Definition);
        Assert.Equal(("hostile", "Other", 1, 1, (WelshReview?)null), (form.Id, form.Title.En, form.Schema, form.Pages.Count, form.Welsh));
        Assert.Null(await _app.Db(db => db.KnownForms.Where(f => f.Id == "hostile").Select(f => f.Published).SingleAsync()));
    }

    [Theory]
    [InlineData(Role.Adviser)]
    [InlineData(Role.Officer)]
    [InlineData(Role.Administrator)]
    public async Task Only_designers_come_in(Role role)
    {
        var somebody = await _app.SignInAs(role);
        await somebody.Open("/forms-design");

        Assert.Equal(HttpStatusCode.Forbidden, somebody.Status);
    }

    [Fact]
    public async Task Made_up_answers_of_somebody_who_tries_a_form_begin_it_anew()
    {
        await Put(new() { Id = "hostile", Title = "Plain", Service = "524", Interaction = "0", Team = "x", PromiseDays = 1, Process = "x", Pages = [new() { Id = "a", Items = [Question("q", QuestionKind.Text, "What?")] }] });
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        foreach (var answers in new[] { "", "[", "{\"values\":[],\"done\":{}}", "{\"values\":{\"q\":{\"a\":[1]}},\"done\":[null]}", "{\"values\":{\"q\":1e999},\"done\":[]}", "null", "{\"q\":null}" })
        {
            await maya.Open("/forms-design/hostile/1/try");
            await maya.Press("Continue", ("Answers", answers), ("q", "x"));
            Assert.True(maya.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{answers}: {maya.Status}");
        }
    }

    private static Question Question(string id, QuestionKind kind, LocalText text) => new()
    {
        Id = id, Kind = kind, Title = text, Name = text, Short = text, Hint = text, Say = new(text, text, text), Prefix = text, Suffix = text, RowName = text,
        Rules = [new("1 = 1", text)], Messages = new Dictionary<string, LocalText> { ["missing"] = text }, Choices = [new(text.En, text) { Hint = text }],
        Fields = kind == QuestionKind.Repeat ? [new() { Id = "f", Kind = QuestionKind.Text, Title = text }] : [],
    };

    private static void AssertHarmless(IDocument page, string where)
    {
        Assert.All(page.QuerySelectorAll("script"), s => Assert.StartsWith("/assets/", s.GetAttribute("src") ?? "inline", StringComparison.Ordinal));
        foreach (var element in page.All)
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{where}: {element.LocalName} has {attribute.Name}");
                if (attribute.Name is "href" or "src" or "action" or "xlink:href" or "formaction")
                    Assert.False(attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || attribute.Value.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase), $"{where}: {attribute.Value}");
            }
        Assert.Empty(page.QuerySelectorAll("iframe, object, embed, main img, [srcdoc], [autofocus]"));
    }

    private Task Put(Form form) => _app.Write(db =>
    {
        var now = _app.Clock.Now;
        db.Add(new KnownForm { Id = form.Id, Title = form.Title.En, Service = form.Service, Team = form.Team });
        db.Add(new FormVersion { Id = Guid.CreateVersion7(now), Form = form.Id, Number = 1, Definition = form.Write(), Digest = "x", State = FormState.Draft, By = "x", At = now });
        return Task.CompletedTask;
    });
}
