using System.Diagnostics;
using System.Net;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Building;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

// What is changed in a draft, and what is refused.
public sealed partial class BuildingStoryTests
{
    [Theory]
    [InlineData("pages/is-the-nest-inside", "Save the page", "Id", "Big Id", "Id")]
    [InlineData("pages/is-the-nest-inside", "Save the page", "ShowIf", "1 +", "ShowIf")]
    [InlineData("pages/how-many-wasps-did-you-see", "Save the page", "Way1If", "true", "Way1")]
    [InlineData("questions/is-the-nest-inside", "Save the question", "Title", "", "Title")]
    [InlineData("questions/is-the-nest-inside", "Save the question", "Id", "how-many-wasps-did-you-see", "Id")]
    [InlineData("questions/is-the-nest-inside", "Save the question", "Rules", "only a condition", "Rules")]
    [InlineData("questions/how-many-wasps-did-you-see", "Save the question", "Decimals", "many", "Decimals")]
    [InlineData("questions/is-the-nest-inside", "Save the question", "Hint.cy", "Dim ond Cymraeg", "Hint")]
    [InlineData("settings", "Save the settings", "Service", "999999", "Service")]
    [InlineData("settings", "Save the settings", "RetentionMonths", "0", "RetentionMonths")]
    [InlineData("parts", "Save", "Sections", "only-an-id", "Sections")]
    [InlineData("parts", "Save", "Calculations", "a | 1 +", "Calculations")]
    [InlineData("json", "Save and check", "Json", "{}", "Json")]
    [InlineData("welsh", "Sign", "Revision", "", "Read")]
    public async Task A_mistake_is_answered_beside_its_box_with_what_was_typed(string page, string button, string field, string typed, string message)
    {
        var maya = await Built();
        await maya.Open($"{At}/1/{page}");
        if (field == "Revision") await maya.Press(button);
        else await maya.Press(button, (field, typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.NotNull(maya.Page.QuerySelector($".govuk-error-summary a[href='#{message}']"));
        if (typed.Length > 0) Assert.Contains(typed, maya.Page.GetElementById(field) is { LocalName: "textarea" } area ? area.TextContent : maya.Page.GetElementById(field)!.GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal("Report a wasp nest", (await Now(1)).Title.En);
    }

    [Fact]
    public async Task A_condition_that_was_picked_stands_in_its_box_before_anything_is_saved()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/pages/how-many-wasps-did-you-see");

        await maya.Press("Put the condition in", ("PickQuestion", "is-the-nest-inside"), ("PickBy", "is"), ("PickValue", "no"));

        Assert.Equal("is-the-nest-inside = false", maya.Page.GetElementById("ShowIf")!.TextContent);
        Assert.Null((await Now(1)).Page("how-many-wasps-did-you-see")!.ShowIf);
    }

    [Fact]
    public async Task Removing_a_page_names_what_leads_to_it()
    {
        var maya = await Built();
        await maya.Open($"{At}/1/remove?page=call-us");
        Assert.Contains("“is-the-nest-inside” leads to it", maya.Text, StringComparison.Ordinal);

        await maya.Press("Remove");

        Assert.Null((await Now(1)).Page("call-us"));
    }

    [Fact]
    public async Task Pages_are_moved_up_and_down()
    {
        var maya = await Built();
        await maya.Open($"{At}/1");

        await Post(maya, $"{At}/1/move", ("Page", "call-us"), ("Up", "yes"), ("Revision", await Revision(1)));

        Assert.Equal(["is-the-nest-inside", "call-us", "how-many-wasps-did-you-see"], (await Now(1)).Pages.Select(p => p.Id));
    }

    [Fact]
    public async Task Welsh_is_signed_by_name_and_the_signature_goes_with_the_next_text()
    {
        var maya = await Begun();
        await Press(maya, $"{At}/1/settings", "Save the settings", ("Title.cy", "Rhoi gwybod am nyth"));
        await maya.Open($"{At}/1/welsh");
        await Post(maya, $"{At}/1/welsh", ("Read", "yes"), ("Revision", await Revision(1)));
        Assert.Equal(new WelshReview("Maya Lind", new(2026, 3, 2)), (await Now(1)).Welsh);

        await Press(maya, $"{At}/1/settings", "Save the settings", ("Title.cy", "Dweud am nyth"));

        Assert.Null((await Now(1)).Welsh);
    }

    [Fact]
    public async Task Json_cannot_sign_the_welsh_or_take_another_form_s_place()
    {
        var maya = await Begun();
        var form = await Now(1);
        await Press(maya, $"{At}/1/json", "Save and check", ("Json", (form with { Welsh = new("Nobody", new(2026, 1, 1)), PromiseDays = 7 }).Write()));
        Assert.Equal((null, 7), ((await Now(1)).Welsh, (await Now(1)).PromiseDays));

        await Press(maya, $"{At}/1/json", "Save and check", ("Json", (form with { Id = "other" }).Write()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
    }

    [Fact]
    public async Task A_copy_and_a_file_begin_forms_of_their_own()
    {
        var maya = await Built();
        var json = await maya.Http.GetStringAsync($"{At}/1/export");
        await maya.Open("/forms-design/new");
        await maya.Send("Begin", "File", [("form.json", System.Text.Encoding.UTF8.GetBytes(json))], ("From", "file"), ("Id", "from-a-file"));
        Assert.EndsWith("/forms-design/from-a-file/1", maya.Page.Url, StringComparison.Ordinal);
        await maya.Open("/forms-design/new");
        await maya.Send("Begin", "File", [], ("From", "copy"), ("Copy", "from-a-file"), ("Title", "Report a hornet"));
        Assert.EndsWith("/forms-design/report-a-hornet/1", maya.Page.Url, StringComparison.Ordinal);
        await maya.Open("/forms-design/new");
        await maya.Send("Begin", "File", [("form.json", "[1"u8.ToArray())], ("From", "file"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        await maya.Send("Begin", "File", [], ("From", "blank"), ("Title", "Report a wasp nest"));
        Assert.Contains("There is a form “report-a-wasp-nest” already", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_draft_at_a_time_and_it_can_be_thrown_away()
    {
        var maya = await Built();
        await Post(maya, $"{At}/drafts", ("from", "1"));
        Assert.Contains("Version 1 is being changed already", maya.Text, StringComparison.Ordinal);

        await maya.Open(At);
        await maya.Press("Delete the draft");

        Assert.Equal(0, await _app.Db(db => db.FormVersions.CountAsync(v => v.Form == "report-a-wasp-nest")));
    }

    [Fact]
    public async Task A_form_of_150_questions_is_saved_within_300_milliseconds()
    {
        var maya = await Begun();
        var form = (await Now(1)) with { Pages = [.. Enumerable.Range(0, 150).Select(n => new FormPage { Id = $"p{n}", Items = [new Question { Id = $"q{n}", Kind = QuestionKind.Text, Title = new($"Question {n}?", $"Cwestiwn {n}?"), Hint = "A hint" }] })] };
        await Press(maya, $"{At}/1/json", "Save and check", ("Json", form.Write()));

        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            await maya.Open($"{At}/1/questions/q{i}");
            var watch = Stopwatch.StartNew();
            await maya.Press("Save the question", ("Title", $"Changed {i}?"));
            if (watch.Elapsed < fastest) fastest = watch.Elapsed;
        }

        Assert.Equal("Changed 4?", (await Now(1)).Find("q4")!.Question.Title.En);
        TestContext.Current.TestOutputHelper?.WriteLine($"Saved and shown in {fastest.TotalMilliseconds:0} ms");
        Assert.True(fastest < TimeSpan.FromMilliseconds(300), $"{fastest.TotalMilliseconds:0} ms");
    }
}
