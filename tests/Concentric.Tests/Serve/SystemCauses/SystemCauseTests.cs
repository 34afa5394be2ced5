using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.SystemCauses;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Serve.SystemCauses;

public sealed class SystemCauseTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task A_manager_writes_a_tree_renames_moves_and_takes_out_of_use()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/causes");
        await grace.Press("Add", ("Words", "How we tell people"));
        var above = await Only("How we tell people");
        await grace.Press("Add", ("Words", "The letter is hard to read"), ("Service", "524"));
        var own = await Only("The letter is hard to read");
        await grace.Open($"/desk/causes/{own.Id}");
        await grace.Press("Save", ("Words", "The letter does not say what happens next"), ("Parent", $"{above.Id}"));
        await grace.Open($"/desk/causes/{own.Id}");
        await grace.Press("Stop using");

        var now = await Only("The letter does not say what happens next");
        Assert.Equal((above.Id, "524", false), (now.ParentId, now.Service, now.InUse));
        var facts = (await _app.Db(db => db.Facts.Where(f => f.Kind == "system-cause-written").OrderBy(f => f.Id).ToListAsync())).ConvertAll(f => f.As<SystemCauseWritten>());
        Assert.Equal(4, facts.Count);
        Assert.Contains(new(own.Id, above.Id, "The letter does not say what happens next", "524", false), facts);
    }

    [Fact]
    public async Task A_cause_cannot_stand_under_itself_nor_too_deep_nor_twice_nor_name_anybody()
    {
        var ids = new List<Guid>();
        foreach (var words in (string[])["One", "Two", "Three", "Four"]) ids.Add(await Write(words, ids.Count == 0 ? null : ids[^1]));
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open($"/desk/causes/{ids[0]}");
        await grace.Press("Save", ("Parent", $"{ids[2]}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        await grace.Open("/desk/causes");
        await grace.Press("Add", ("Words", "Five"), ("Parent", $"{ids[3]}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("at most 4 levels", grace.Text, StringComparison.Ordinal);
        await grace.Open("/desk/causes");
        await grace.Press("Add", ("Words", "one"));
        Assert.Contains("There is a cause with these words", grace.Text, StringComparison.Ordinal);
        await grace.Press("Add", ("Words", "Mrs Marsh forgets to ring back"));
        Assert.Contains("Take out what tells of a person", grace.Text, StringComparison.Ordinal);

        Assert.Equal(4, await _app.Db(db => db.SystemCauses.CountAsync()));
    }

    [Fact]
    public async Task What_made_them_ask_is_set_with_the_service_and_the_step_apart_from_what_it_looked_like()
    {
        var cause = await Write("It goes to the wrong team first", null);
        var reference = await Failure();
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open("/desk?list=without-cause");
        await grace.Follow(reference);
        await grace.Press("Save the cause", ("SystemCause", $"{cause}"), ("Service", "57"), ("Step", "Sorting the post"));

        Assert.Contains("It goes to the wrong team first", grace.Text, StringComparison.Ordinal);
        var fact = (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "cause-set"))).As<CauseSet>();
        Assert.Equal(new(reference, null, cause, "57", "Sorting the post"), fact);
        Assert.DoesNotContain(reference, (await grace.Open("/desk?list=without-cause")).Text, StringComparison.Ordinal);
        // How often it was given is a count of contacts, and she is no analyst.
        Assert.Equal("1 to 7", (await grace.Open("/desk/causes")).Page.QuerySelector("tbody .govuk-table__cell--numeric")!.TextContent);

        // The symptom beside it changes nothing of it, and saving once more says nothing new.
        await grace.Open($"/desk/enquiries/{reference}");
        await grace.Press("Save the cause", ("Cause", "poor-signposting"));
        await grace.Press("Save the cause");
        Assert.Equal(2, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "cause-set")));
        Assert.Equal(cause, (await _app.Db(db => db.CausedBys.SingleAsync())).CauseId);

        await grace.Press("Save the cause", ("SystemCause", ""));
        Assert.Equal(0, await _app.Db(db => db.CausedBys.CountAsync()));
        Assert.Equal("poor-signposting", (await _app.Db(db => db.Enquiries.Whole.SingleAsync())).Cause!.Name);
    }

    [Fact]
    public async Task A_cause_out_of_use_is_given_to_nobody_and_a_step_with_a_name_in_it_is_sent_back()
    {
        var cause = await Write("It goes to the wrong team first", null);
        var reference = await Failure();
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open($"/desk/enquiries/{reference}");
        await grace.Press("Save the cause", ("SystemCause", $"{cause}"), ("Step", "Ringing Mrs Marsh"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, grace.Status);
        Assert.Contains("Take out what tells of a person", grace.Text, StringComparison.Ordinal);
        Assert.Equal("Ringing Mrs Marsh", grace.Page.GetElementById("step")!.GetAttribute("value"));

        await _app.Write(async db => (await db.SystemCauses.SingleAsync()).InUse = false);
        await grace.Press("Save the cause", ("Step", "Ringing back"));

        Assert.Equal(HttpStatusCode.BadRequest, grace.Status);
        Assert.Equal(0, await _app.Db(db => db.CausedBys.CountAsync()));
    }

    [Fact]
    public async Task The_demo_councils_contacts_are_caused_by_causes_of_its_tree()
    {
        await StarterCauses.Seed((IWriter)_app.Services.GetService(typeof(IWriter))!, _app.Clock.Now);

        var tree = await _app.Db(db => db.SystemCauses.Select(c => c.Words).ToListAsync());
        Assert.Empty(Concentric.Measure.Demo.NorthmoorCauses.Words.Except(tree));
        Assert.Equal(tree.Count, tree.Distinct().Count());
    }

    [Fact]
    public void Facts_from_before_are_read_as_they_were()
    {
        Assert.Equal(new CauseSet("CN-1", "not-done"), System.Text.Json.JsonSerializer.Deserialize<CauseSet>("""{"Reference":"CN-1","Cause":"not-done"}"""));
        Assert.Null(System.Text.Json.JsonSerializer.Deserialize<DemandTypeWritten>($$"""{"DemandType":"{{Guid.Empty}}","Service":"524","Demand":1,"InUse":true}""")!.Words);
    }

    [Fact]
    public async Task The_words_of_types_from_before_are_told_once()
    {
        await _app.Write(db => { db.DemandTypes.Add(new() { Id = Guid.CreateVersion7(_app.Clock.Now), Service = "524", Words = "Where is my bin?", Demand = Demand.Failure, IsTold = false }); return Task.CompletedTask; });
        var writer = (IWriter)_app.Services.GetService(typeof(IWriter))!;

        await TellDemands.Seed(writer, _app.Clock.Now);
        await TellDemands.Seed(writer, _app.Clock.Now);

        Assert.Equal("Where is my bin?", (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == "demand-type-written"))).As<DemandTypeWritten>().Words);
    }

    public void Dispose() => _app.Dispose();

    private Task<SystemCause> Only(string words) => _app.Db(db => db.SystemCauses.AsNoTracking().SingleAsync(c => c.Words == words));

    private async Task<Guid> Write(string words, Guid? parent)
    {
        await _app.Seed();
        var cause = new SystemCause { Id = Guid.CreateVersion7(_app.Clock.Now), ParentId = parent, Words = words };
        await _app.Write(db => { db.Add(cause); return Task.CompletedTask; });
        return cause.Id;
    }

    private async Task<string> Failure()
    {
        await (await _app.Browse().Open("/enquiries/new?service=524")).Press("Send", ("Words", "Where is my bin?"), ("Email", "ada@example.com"));
        var reference = await _app.Db(async db => $"{(await db.Enquiries.SingleAsync()).Reference}");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "We come tomorrow."), ("Demand", "failure"));
        return reference;
    }
}
