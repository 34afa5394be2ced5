using System.Net;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Building a form in the browser, from nothing to what people get.</summary>
public sealed partial class BuildingStoryTests : IDisposable
{
    private const string At = "/forms-design/report-a-wasp-nest";
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_form_is_built_reviewed_by_another_published_changed_and_put_back()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/review");
        await maya.Press("Ask for a review", ("Note", "A new form"));
        Assert.Contains("somebody else reviews it", maya.Text, StringComparison.Ordinal);

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"{At}/1/review");
        await grace.Press("Approve and publish");
        Assert.Contains("In use", grace.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _app.Browse().Open("/forms/report-a-wasp-nest")).Status);

        await maya.Open(At);
        await maya.Press("Start a draft");
        await maya.Open($"{At}/2/settings");
        await maya.Press("Save the settings", ("PromiseDays", "9"));
        await maya.Open($"{At}/2/review");
        Assert.Contains("promise in working days", maya.Text, StringComparison.Ordinal);
        await maya.Press("Ask for a review", ("Note", "More time"));
        await grace.Open($"{At}/2/review");
        await grace.Press("Approve and publish");
        Assert.Equal(2, await InUse());

        await grace.Press("Put back into use");
        Assert.Equal(1, await InUse());
        Assert.Equal(3, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "form-published" && f.Subject == "form-report-a-wasp-nest")));
    }

    [Fact]
    public async Task Routing_is_seen_on_the_map_and_in_its_table()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/map");

        Assert.Equal(3, maya.Page.QuerySelectorAll("svg.app-map polyline").Length);
        Assert.Equal(3, maya.Page.QuerySelectorAll("table tbody tr").Length);
        Assert.Contains("“Is the nest inside?” is yes", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_approves_what_they_wrote_and_nothing_that_changed_since_they_looked()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/review");
        await maya.Press("Ask for a review", ("Note", "A new form"));
        await Post(maya, $"{At}/1/review", ("Do", "approve"), ("Revision", await Revision(1)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("Somebody else has to review it", maya.Text, StringComparison.Ordinal);

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"{At}/1/review");
        await maya.Open($"{At}/1/review");
        await maya.Press("Take it back into the draft");
        await grace.Press("Approve and publish");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Null(await InUse());
    }

    [Fact]
    public async Task A_reviewer_sends_it_back_with_a_note_that_its_author_reads()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/review");
        await maya.Press("Ask for a review", ("Note", ""));
        Assert.Contains("Enter what is new in it", maya.Text, StringComparison.Ordinal);
        await maya.Press("Ask for a review", ("Note", "A new form"));
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"{At}/1/review");
        await grace.Press("Send back");
        Assert.Contains("Enter what has to be changed", grace.Text, StringComparison.Ordinal);
        await grace.Press("Send back", ("Note", "Say what a nest is"));

        await maya.Open($"{At}/1");
        Assert.Contains("Grace Okoro sent it back: Say what a nest is", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_purpose_and_basis_is_not_reviewed()
    {
        var maya = await Begun();
        await maya.Open($"{At}/1/review");
        Assert.Contains("Say what the answers are used for", maya.Text, StringComparison.Ordinal);

        await Post(maya, $"{At}/1/review", ("Do", "ask"), ("Note", "x"), ("Revision", await Revision(1)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Equal(FormState.Draft, (await Version(1)).State);
    }

    [Fact]
    public async Task An_example_that_fails_blocks_the_review_until_it_is_removed_with_a_reason()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/try");
        await maya.Press("Continue", ("is-the-nest-inside", "no"));
        await maya.Press("Continue", ("how-many-wasps-did-you-see", "12"));
        Assert.Contains("This is the end", maya.Text, StringComparison.Ordinal);
        await maya.Press("Keep as an example", ("Name", "Twelve outside"));
        Assert.Contains("Passes", maya.Text, StringComparison.Ordinal);
        await Press(maya, $"{At}/1/questions/how-many-wasps-did-you-see", "Save the question", ("Max", "10"));
        await maya.Open($"{At}/1/review");
        Assert.Contains("example “Twelve outside”", maya.Text, StringComparison.Ordinal);

        await maya.Open($"{At}/1/examples");
        await maya.Press("Remove “Twelve outside”");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        var reason = maya.Page.QuerySelector("input[name^=Reason]")!.GetAttribute("name")!;
        await maya.Press("Remove “Twelve outside”", (reason, "Nobody counts so many"));

        await maya.Open($"{At}/1/review");
        Assert.Contains("Nobody counts so many", maya.Text, StringComparison.Ordinal);
        Assert.Contains("What is new in it?", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_saves_over_somebody_else_is_told_and_loses_nothing()
    {
        var maya = await Built();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await maya.Open($"{At}/1/questions/is-the-nest-inside");
        await grace.Open($"{At}/1/questions/is-the-nest-inside");
        await grace.Press("Save the question", ("Title", "Is it in the house?"));

        await maya.Press("Save the question", ("Title", "Is it indoors?"));

        Assert.Equal(HttpStatusCode.Conflict, maya.Status);
        Assert.Contains("Grace Okoro has saved this draft", maya.Text, StringComparison.Ordinal);
        Assert.Equal("Is it indoors?", maya.Page.GetElementById("Title")!.GetAttribute("value"));
        Assert.Contains("Saving again replaces what was changed in this question", maya.Text, StringComparison.Ordinal);
        Assert.Equal("Is it in the house?", (await Now(1)).Find("is-the-nest-inside")!.Question.Title.En);
        await maya.Press("Save the question");
        Assert.Equal("Is it indoors?", (await Now(1)).Find("is-the-nest-inside")!.Question.Title.En);
    }

    [Fact]
    public async Task A_published_version_is_never_changed()
    {
        var maya = await Built();
        await _app.Write(async db => (await db.FormVersions.SingleAsync(v => v.Form == "report-a-wasp-nest")).State = FormState.Published);

        await Post(maya, $"{At}/1/settings", ("Title", "Other"), ("Revision", await Revision(1)));

        Assert.Equal(HttpStatusCode.Conflict, maya.Status);
        Assert.Equal("Report a wasp nest", (await Now(1)).Title.En);
    }

    private async Task<Browser> Begun()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/forms-design/new");
        await maya.Send("Begin", "File", [], ("Title", "Report a wasp nest"));
        Assert.EndsWith($"{At}/1", maya.Page.Url, StringComparison.Ordinal);
        return maya;
    }

    /// <summary>A form that could be reviewed: a question, another, and a page that ends it for some.</summary>
    private async Task<Browser> Built()
    {
        var maya = await Begun();
        await Press(maya, $"{At}/1/new-page", "Add the page", ("Title", "Is the nest inside?"), ("Kind", "YesNo"));
        await maya.Press("Save the question", ("Name", "the nest is inside"));
        await Press(maya, $"{At}/1/new-page", "Add the page", ("Title", "How many wasps did you see?"), ("Kind", "Number"));
        await maya.Press("Save the question", ("Name", "how many wasps you saw"));
        await Press(maya, $"{At}/1/new-page", "Add the page", ("Title", "Call us"), ("Kind", "none"));
        await maya.Press("Save the page", ("Stop", "yes"));
        await Press(maya, $"{At}/1/pages/is-the-nest-inside", "Save the page", ("Way0", "call-us"), ("Way0If", "is-the-nest-inside = true"));
        await Press(maya, $"{At}/1/pages/how-many-wasps-did-you-see", "Save the page", ("Way0", "check"));
        await Press(maya, $"{At}/1/settings", "Save the settings", ("Service", "524"), ("Interaction", "0"), ("Team", "Pests"), ("PromiseDays", "3"), ("Process", "wasp-nest"), ("Purpose", "To find the nest"),
            ("LawfulBasis", "public-task"), ("RetentionMonths", "12"), ("Privacy", "We keep it for a year."));
        Assert.Equal(HttpStatusCode.OK, maya.Status);
        return maya;
    }

    private static async Task<Browser> Press(Browser browser, string page, string button, params (string, string)[] answers)
    {
        await browser.Open(page);
        return await browser.Press(button, answers);
    }

    /// <summary>Sends what no page offers, with the page's own token.</summary>
    private static async Task Post(Browser browser, string path, params (string Name, string Value)[] fields)
    {
        var token = browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.Take(await browser.Http.PostAsync(path, new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", token)])));
    }

    private Task<int?> InUse() => _app.Db(db => db.KnownForms.Where(f => f.Id == "report-a-wasp-nest").Select(f => f.Published).SingleAsync());

    private Task<FormVersion> Version(int number) => _app.Db(db => db.FormVersions.SingleAsync(v => v.Form == "report-a-wasp-nest" && v.Number == number));

    private async Task<Form> Now(int number) => Form.Read((await Version(number)).Definition);

    private async Task<string> Revision(int number) => $"{(await Version(number)).Revision}";
}
