using System.Net;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.Forms;

// Several people change and review the same forms.
public sealed partial class BuildingStoryTests
{
    [Theory]
    [InlineData("questions/is-the-nest-inside", "Show the settings of this kind", "Save the question")]
    [InlineData("questions/is-the-nest-inside", "Put the condition in", "Save the question")]
    [InlineData("new-question?page=call-us", "Show the settings of this kind", "Add the question")]
    [InlineData("pages/how-many-wasps-did-you-see", "Put the condition in", "Save the page")]
    [InlineData("pages/call-us/guidance/0", "Put the condition in", "Save the guidance")]
    public async Task A_button_that_saves_nothing_does_not_hide_that_somebody_else_has_saved(string page, string button, string save)
    {
        var maya = await Built();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await maya.Open($"{At}/1/{page}");
        await Press(grace, $"{At}/1/settings", "Save the settings", ("PromiseDays", "9"));
        var saved = (await Version(1)).Definition;

        await maya.Press(button);
        Assert.NotEqual(await Revision(1), maya.Page.QuerySelector("input[name=Revision]")!.GetAttribute("value"));
        await maya.Press(save);

        Assert.Equal(HttpStatusCode.Conflict, maya.Status);
        Assert.Contains("Grace Okoro has saved this draft", maya.Text, StringComparison.Ordinal);
        Assert.Equal(saved, (await Version(1)).Definition);
    }

    [Theory]
    [InlineData("json", "Save and check", "Json", "{ \"mine\": 1 }")]
    [InlineData("parts", "Save", "Sections", "mine | My own section")]
    [InlineData("pages/call-us/guidance/0", "Save the guidance", "Text", "My own words")]
    public async Task What_would_replace_more_than_was_looked_at_is_shown_and_not_offered_to_be_saved_again(string page, string button, string field, string typed)
    {
        var maya = await Built();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await maya.Open($"{At}/1/{page}");
        await Press(grace, $"{At}/1/settings", "Save the settings", ("PromiseDays", "9"));
        var saved = (await Version(1)).Definition;

        await maya.Press(button, (field, typed));

        Assert.Equal(HttpStatusCode.Conflict, maya.Status);
        Assert.Contains("Grace Okoro has saved this draft", maya.Text, StringComparison.Ordinal);
        Assert.Contains(typed, maya.Page.QuerySelector("main dl")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(maya.Page.QuerySelectorAll("main form"));
        Assert.Equal(saved, (await Version(1)).Definition);
    }

    [Fact]
    public async Task Who_wrote_an_unpublished_form_cannot_review_its_copy()
    {
        var maya = await Built();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/forms-design/new");
        await Post(grace, "/forms-design/new", ("From", "copy"), ("Copy", "report-a-wasp-nest"), ("Title", "Report a hornet"));
        await grace.Open("/forms-design/report-a-hornet/1/review");
        await grace.Press("Ask for a review", ("Note", "A copy"));

        await maya.Open("/forms-design/report-a-hornet/1/review");
        await Post(maya, "/forms-design/report-a-hornet/1/review", ("Do", "approve"), ("Revision", "1"));

        Assert.Contains("Somebody else has to review it", maya.Text, StringComparison.Ordinal);
        Assert.Null(await _app.Db(db => db.KnownForms.Where(f => f.Id == "report-a-hornet").Select(f => f.Published).SingleAsync()));
    }

    [Fact]
    public async Task Who_wrote_a_published_form_can_review_its_copy()
    {
        var maya = await Built();
        await _app.Write(async db => (await db.FormVersions.SingleAsync(v => v.Form == "report-a-wasp-nest")).State = FormState.Published);
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/forms-design/new");
        await Post(grace, "/forms-design/new", ("From", "copy"), ("Copy", "report-a-wasp-nest"), ("Title", "Report a hornet"));
        await grace.Open("/forms-design/report-a-hornet/1/review");
        await grace.Press("Ask for a review", ("Note", "A copy"));

        await maya.Open("/forms-design/report-a-hornet/1/review");
        await maya.Press("Approve and publish");

        Assert.Equal(1, await _app.Db(db => db.KnownForms.Where(f => f.Id == "report-a-hornet").Select(f => f.Published).SingleAsync()));
    }

    [Fact]
    public async Task The_reviewer_of_a_new_form_reads_its_conditions_and_ways()
    {
        var maya = await Built();

        await maya.Open($"{At}/1/review");

        Assert.Contains("is-the-nest-inside = true", maya.Text, StringComparison.Ordinal);
        Assert.Contains("ends the form", maya.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.ServiceDesigner, false)]
    [InlineData(Role.ServiceManager, true)]
    public async Task How_forms_go_is_linked_for_those_who_may_open_it(Role role, bool isLinked)
    {
        var somebody = await _app.SignInAs(role);
        await somebody.Open("/forms-design");

        var link = somebody.Page.QuerySelector("a[href^='/measure/']");

        Assert.Equal(isLinked, link is not null);
        if (link is not null) Assert.Equal(HttpStatusCode.OK, (await somebody.Open(link.GetAttribute("href")!)).Status);
    }
}
