using System.Net;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Exploring;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure;

/// <summary>Views of Explore under a name: kept, shared, renamed, deleted, opened first.</summary>
public sealed class KeepViewsTests : IDisposable
{
    private const string Asked = "/measure/explore/views?asked=%3Fmeasure%3Dfailure-share%26by%3Dweek%26channel%3Dweb%26chart%3Dlines";
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_view_is_saved_listed_renamed_and_deleted_and_each_change_is_a_fact()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await (await grace.Open(Asked)).Press("Save the view", ("Name", "Web failure by week"));
        var link = grace.Page.QuerySelectorAll("h3 a").Single();
        Assert.Equal(("Web failure by week", "/measure/explore?measure=failure-share&by=week&channel=web&chart=lines"), (link.TextContent, link.GetAttribute("href")));

        _app.Clock.Now += TimeSpan.FromSeconds(1);
        await grace.Press("Rename", ("Name", "Failure on the web"));
        Assert.Equal("Failure on the web", grace.Page.QuerySelectorAll("h3 a").Single().TextContent);
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        await grace.Press("Delete Failure on the web");

        Assert.Contains("There are no saved views yet", grace.Text, StringComparison.Ordinal);
        Assert.Equal(["saved Web failure by week", "renamed Failure on the web", "deleted Failure on the web"], await Facts());
    }

    [Fact]
    public async Task A_shared_view_is_opened_by_others_and_changed_by_nobody_else()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await (await grace.Open(Asked)).Press("Save the view", ("Name", "Own"));
        await (await grace.Open(Asked)).Press("Save the view", ("Name", "For all"), ("Shared", "yes"));
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/explore/views");

        Assert.Equal(["For all"], lewis.Page.QuerySelectorAll("h3 a").Select(a => a.TextContent));
        Assert.DoesNotContain(lewis.Page.QuerySelectorAll("form"), f => f.GetAttribute("action")!.EndsWith("/delete", StringComparison.Ordinal));
        var shared = await _app.Db(db => db.Set<SavedView>().SingleAsync(v => v.Name == "For all"));
        var token = lewis.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var refused = await lewis.Http.PostAsync($"/measure/explore/views/{shared.Id}/delete", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Explore_opens_with_the_view_that_a_person_chose_until_it_is_gone()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await (await grace.Open(Asked)).Press("Save the view", ("Name", "Mine"));
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        await grace.Press("Open Explore with it: Mine");
        Assert.Contains("Opens first", grace.Text, StringComparison.Ordinal);

        using var opened = await grace.Http.GetAsync("/measure/explore");
        Assert.Equal("/measure/explore?measure=failure-share&by=week&channel=web&chart=lines", opened.RequestMessage!.RequestUri!.PathAndQuery);
        await grace.Open("/measure/explore/views");
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        await grace.Press("Delete Mine");

        Assert.Empty(await _app.Db(db => db.Set<FirstView>().ToListAsync()));
        Assert.Equal(["saved Mine", "pinned Mine", "deleted Mine"], await Facts());
    }

    [Fact]
    public async Task A_view_without_a_name_or_with_a_wrong_question_is_not_saved()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);

        await (await grace.Open(Asked)).Press("Save the view", ("Name", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("Enter a name for the view", grace.Text, StringComparison.Ordinal);
        await (await grace.Open("/measure/explore/views?asked=%3Fmeasure%3Dsmiles")).Press("Save the view", ("Name", "Smiles"));

        Assert.Contains("There is no measure called “smiles”", grace.Text, StringComparison.Ordinal);
        Assert.Empty(await Facts());
    }

    private Task<List<string>> Facts() => _app.Db(async db =>
        (await db.Facts.Where(f => f.Kind == "saved-view-changed").ToListAsync()).OrderBy(f => f.At).Select(f => f.As<SavedViewChanged>()).Select(f => $"{f.Action} {f.Name}").ToList());
}
