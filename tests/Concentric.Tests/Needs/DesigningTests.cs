using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

public sealed class DesigningTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_designer_edits_publishes_and_undoes()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await Edit(maya, "needs", "pay-rent", ("Label", "I am behind with my rent"), ("Why", "People say it so"));

        Assert.Equal("I am behind with my rent", maya.Heading);
        Assert.Contains("1 change", maya.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("I am behind with my rent", (await _app.Browse().Open("/needs/lost-my-job")).Text, StringComparison.Ordinal);

        await maya.Follow("Review and publish");
        Assert.Equal(("I cannot pay my rent", "I am behind with my rent"), (maya.Page.QuerySelector("del")!.TextContent, maya.Page.QuerySelector("ins")!.TextContent));
        Assert.Contains("Maya Lind", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Why: People say it so", maya.Text, StringComparison.Ordinal);
        await maya.Follow("The circle of “I have lost my job” with this draft");
        Assert.Contains("I am behind with my rent", maya.Text, StringComparison.Ordinal);
        await maya.Follow("Back to the draft");
        await maya.Press("Publish", ("Title", "Rent in people’s words"), ("Why", "From the contact centre"));

        Assert.Equal("Rent in people’s words", maya.Heading);
        Assert.Contains("I am behind with my rent", (await _app.Browse().Open("/needs/lost-my-job")).Text, StringComparison.Ordinal);
        var fact = (await _app.Db(db => db.Facts.SingleAsync(f => f.Subject == "model-edition-2"))).As<ModelPublished>();
        Assert.Equal((2, "edit", 1), (fact.Edition, fact.Kind, fact.Concepts));

        await maya.Follow("Undo this edition");
        Assert.Contains("Put back in the need I am behind with my rent: name", maya.Text, StringComparison.Ordinal);
        await maya.Press("Undo");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        await maya.Press("Undo", ("Why", "The panel liked the old name"));

        Assert.Equal("Undo of edition 2: Rent in people’s words", maya.Heading);
        Assert.Contains("I cannot pay my rent", (await _app.Browse().Open("/needs/lost-my-job")).Text, StringComparison.Ordinal);
        await maya.Open("/model/needs/pay-rent");
        Assert.Contains("The panel liked the old name", (await maya.Open("/model/editions/3")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_edited_twice_is_one_change_and_edited_back_is_none()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await Edit(maya, "needs", "pay-rent", ("Label", "One"));
        await Edit(maya, "needs", "pay-rent", ("Label", "Two"));

        var change = Assert.Single(await DraftChanges());
        Assert.Equal(("I cannot pay my rent", "Two"), (change.BeforeAs<Concept>()!.Label, change.AfterAs<Concept>()!.Label));

        await Edit(maya, "needs", "pay-rent", ("Label", "I cannot pay my rent"));
        Assert.Empty(await DraftChanges());
    }

    [Fact]
    public async Task Several_people_work_in_one_draft_and_each_change_keeps_its_author()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await maya.Open("/model/drafts");
        await maya.Press("Begin", ("Title", "School costs"));
        await Edit(maya, "needs", "pay-rent", ("Label", "Hers"));
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/model/drafts");
        await grace.Press("Work in it: School costs");
        await Edit(grace, "needs", "find-work", ("Label", "Work for me"));

        await maya.Open("/model");
        Assert.Contains("You are working in “School costs”: 2 changes", maya.Text, StringComparison.Ordinal);
        await maya.Follow("Review and publish");
        Assert.Contains("Grace Okoro", maya.Text, StringComparison.Ordinal);
        await maya.Press("Take this out of the draft: Work for me");
        Assert.Single(await DraftChanges());
        await maya.Press("Throw away");
        Assert.False(await _app.Db(db => db.Editions.AnyAsync(e => e.Number == null)));
        Assert.DoesNotContain("You are working", (await grace.Open("/model")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_published_meanwhile_is_named_and_the_draft_is_taken_anew()
    {
        var maya = await _app.SignInAs(Role.ServiceDesigner);
        await Edit(maya, "needs", "pay-rent", ("Definition", "Maya’s definition."));
        var grace = await _app.SignInAs(Role.ServiceManager);
        await Edit(grace, "needs", "pay-rent", ("Label", "Grace’s name"));
        await grace.Follow("Review and publish");
        await grace.Press("Publish", ("Title", "A name"), ("Why", "Better"));

        await maya.Open("/model");
        await maya.Follow("Review and publish");
        Assert.Contains("Changed by Grace Okoro in edition 2", maya.Text, StringComparison.Ordinal);
        await maya.Press("Publish", ("Title", "A definition"), ("Why", "Clearer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, maya.Status);
        Assert.Contains("Somebody else changed the same things meanwhile", maya.Text, StringComparison.Ordinal);
        Assert.Contains("Name from “I cannot pay my rent” to “Grace’s name”", maya.Text, StringComparison.Ordinal);
        await maya.Press("Take my changes anew");
        await maya.Press("Publish", ("Title", "A definition"), ("Why", "Clearer"));

        var need = await _app.Db(db => db.Concepts.SingleAsync(c => c.Identifier == "pay-rent"));
        Assert.Equal(("Grace’s name", "Maya’s definition."), (need.Label, need.Definition));
        await maya.Open("/model/editions/2/undo");
        Assert.Empty(maya.Page.QuerySelectorAll("form[action$=undo]"));
        Assert.Contains("changed again in edition 3, A definition", maya.Text, StringComparison.Ordinal);
        await maya.Open("/model/editions/1/compare/3");
        Assert.Contains("1 thing is different", maya.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_editions_are_there_for_programs_with_a_key()
    {
        await _app.Seed();
        using var without = await _app.Browse().Http.GetAsync("/api/v1/model/editions");
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);

        var http = _app.Browse().Http;
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now));
        var list = await http.GetFromJsonAsync<JsonElement>("/api/v1/model/editions");
        Assert.Equal((1, "seed"), (list[0].GetProperty("number").GetInt32(), list[0].GetProperty("kind").GetString()));
        var one = await http.GetFromJsonAsync<JsonElement>("/api/v1/model/editions/1?limit=2");
        Assert.Equal(2, one.GetProperty("changes").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("changes")[0].GetProperty("before").ValueKind);
        Assert.NotEqual("", one.GetProperty("changes")[0].GetProperty("after").GetProperty("label").GetString());
    }

    public void Dispose() => _app.Dispose();

    private static async Task Edit(Browser person, string kind, string identifier, params (string, string)[] fields)
    {
        await person.Open($"/model/{kind}/{identifier}/edit");
        await person.Press("Put into the draft", fields);
        Assert.Equal(HttpStatusCode.OK, person.Status);
    }

    private Task<List<ModelChange>> DraftChanges() => _app.Db(db => db.ModelChanges.AsNoTracking().Where(c => db.Set<Edition>().Any(e => e.Id == c.Edition && e.Number == null)).ToListAsync());
}
