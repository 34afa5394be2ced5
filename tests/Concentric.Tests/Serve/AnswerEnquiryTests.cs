using System.Net;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve;
using Concentric.Serve.DemandTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve;

public sealed class AnswerEnquiryTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task An_adviser_answers_and_codes_with_one_choice()
    {
        var reference = await Send("My bin was missed, ring 07700 900123");
        var type = await WriteType("My bin was missed", Demand.Failure);
        var asha = await _app.SignInAs(Role.Adviser);

        await asha.Open("/desk");
        await asha.Follow(reference);
        Assert.Equal("My bin was missed, ring [telephone number]", asha.Page.GetElementById("OwnWords")!.TextContent);
        _app.Clock.Now += TimeSpan.FromSeconds(95);
        await asha.Press("Answer", ("Answer", "We come tomorrow."), ("Demand", $"{type}"));

        Assert.Equal(HttpStatusCode.OK, asha.Status);
        var enquiry = await _app.Db(db => db.Enquiries.Whole.SingleAsync());
        Assert.False(enquiry.IsOpen);
        Assert.Equal((Demand.Failure, (Guid?)type), (enquiry.Coding!.Demand, enquiry.Coding.DemandTypeId));
        Assert.Equal(95, (await Fact<EnquiryAnswered>()).HandlingSeconds);
        Assert.Equal(Demand.Failure, (await Fact<ContactCoded>()).Demand);
    }

    [Fact]
    public async Task What_an_adviser_leaves_in_the_words_is_masked_once_more()
    {
        var reference = await Send("Bins");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");

        await asha.Press("Answer", ("Answer", "Yes."), ("OwnWords", "Mrs Marsh of 14 Elm Road wants her bin"), ("Demand", "value"));

        Assert.Equal("[name] of [address] wants her bin", (await _app.Db(db => db.Codings.SingleAsync())).Words);
    }

    [Fact]
    public async Task Not_knowing_is_allowed_and_not_saying_is_not()
    {
        var reference = await Send("Bins");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");

        await asha.Press("Answer", ("Answer", "Yes."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.Equal("Yes.", asha.Page.GetElementById("Answer")!.TextContent);
        await asha.Press("Answer", ("Demand", "unknown"));

        Assert.Equal(Demand.Unknown, (await _app.Db(db => db.Codings.SingleAsync())).Demand);
    }

    [Fact]
    public async Task A_demand_type_of_another_service_is_refused()
    {
        var reference = await Send("Bins");
        var foreign = await WriteType("Where is my benefit?", Demand.Failure, "69");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");

        await asha.Press("Answer", ("Answer", "Yes."), ("Demand", $"{foreign}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asha.Status);
        Assert.True((await _app.Db(db => db.Enquiries.SingleAsync())).IsOpen);
    }

    [Fact]
    public async Task Of_two_advisers_at_once_the_second_is_told_and_keeps_what_they_wrote()
    {
        var reference = await Send("Bins");
        var asha = await _app.SignInAs(Role.Adviser);
        var tom = await _app.SignInAs(Role.Officer);
        await asha.Open($"/desk/enquiries/{reference}");
        await tom.Open($"/desk/enquiries/{reference}");

        await asha.Press("Answer", ("Answer", "From Asha."), ("Demand", "value"));
        await tom.Press("Answer", ("Answer", "From Tom."), ("Demand", "value"));

        Assert.Contains("Somebody else has answered", tom.Text, StringComparison.Ordinal);
        Assert.Equal("From Asha.", (await _app.Db(db => db.Enquiries.Whole.SingleAsync())).Answer!.Text);
    }

    [Fact]
    public async Task The_cause_is_set_later_by_the_service_manager_and_by_nobody_else()
    {
        var reference = await Send("Bins");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "Yes."), ("Demand", "failure"));
        Assert.Null(asha.Page.GetElementById("Cause"));

        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk?list=without-cause");
        await grace.Follow(reference);
        await grace.Press("Save the cause", ("Cause", "not-done"));
        await grace.Press("Save the cause", ("Cause", "progress-chasing"));

        Assert.Equal("progress-chasing", (await _app.Db(db => db.Enquiries.Whole.SingleAsync())).Cause!.Name);
        Assert.Equal(2, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "cause-set")));
        Assert.DoesNotContain(reference, (await grace.Open("/desk?list=without-cause")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_are_gone_when_their_time_is_over()
    {
        var reference = await Send("Bins");
        var asha = await _app.SignInAs(Role.Adviser);
        await asha.Open($"/desk/enquiries/{reference}");
        await asha.Press("Answer", ("Answer", "Yes."), ("Demand", "value"));
        var writer = _app.Services.GetRequiredService<IWriter>();

        Assert.Equal(0, await ForgetWords.Forget(writer, new DateOnly(2027, 3, 2)));
        Assert.Equal(1, await ForgetWords.Forget(writer, new DateOnly(2027, 3, 3)));

        Assert.Null((await _app.Db(db => db.Codings.SingleAsync())).Words);
    }

    [Fact]
    public async Task The_queue_pages_through_everything_once_the_longest_waiting_first()
    {
        await _app.Seed();
        await _app.Write(db =>
        {
            for (var i = 0; i < 60; i++)
            {
                // Several at the same moment, where a page must not skip or repeat one.
                var at = _app.Clock.Now.AddMinutes(i / 7);
                db.Enquiries.Add(new() { Id = Guid.CreateVersion7(at), Reference = Concentric.Core.Reference.Of((ulong)i), Token = Guid.CreateVersion7(at), Service = null, Words = $"Number {i}", Email = "a@example.com", Channel = "web", RaisedAt = at });
            }
            return Task.CompletedTask;
        });
        var asha = await _app.SignInAs(Role.Adviser);
        var seen = new List<string>();

        for (var page = await asha.Open("/desk"); ; page = await asha.Open(page.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!))
        {
            seen.AddRange(page.Page.QuerySelectorAll("tbody th").Select(c => c.TextContent.Trim()));
            if (page.Page.QuerySelector("a[rel=next]") is null) break;
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("/desk?after=nonsense")]
    [InlineData("/desk?after=99999999999999999999_0")]
    [InlineData("/desk?list=%27%20OR%201=1--")]
    public async Task A_made_up_address_of_the_queue_is_its_beginning(string path) => Assert.Equal(HttpStatusCode.OK, (await (await _app.SignInAs(Role.Adviser)).Open(path)).Status);

    [Fact]
    public async Task A_service_manager_writes_the_purpose_and_the_kinds_of_demand()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await grace.Open("/desk/services/524/demand");
        await grace.Press("Save the purpose", ("Purpose", "Empty my bin on the day you said"));
        await grace.Press("Add", ("Words", "Where is my bin?"), ("Demand", "failure"));
        await grace.Press("Stop using Where is my bin?");

        var type = await _app.Db(db => db.DemandTypes.SingleAsync());
        Assert.Equal(("Where is my bin?", Demand.Failure, false), (type.Words, type.Demand, type.InUse));
        Assert.Equal("Empty my bin on the day you said", (await _app.Db(db => db.Purposes.SingleAsync())).Text);
        Assert.Equal(2, await _app.Db(db => db.Facts.CountAsync(f => f.Kind == "demand-type-written")));
    }

    public void Dispose() => _app.Dispose();

    private async Task<string> Send(string words)
    {
        await _app.Seed();
        await (await _app.Browse().Open("/enquiries/new?service=524")).Press("Send", ("Words", words), ("Email", "ada@example.com"));
        return await _app.Db(async db => $"{(await db.Enquiries.SingleAsync()).Reference}");
    }

    private async Task<Guid> WriteType(string words, Demand demand, string service = "524")
    {
        var type = new DemandType { Id = Guid.CreateVersion7(_app.Clock.Now), Service = service, Words = words, Demand = demand };
        await _app.Write(db => { db.DemandTypes.Add(type); return Task.CompletedTask; });
        return type.Id;
    }

    private async Task<T> Fact<T>() where T : IFact
    {
        var kind = Journal.KindOf(typeof(T));
        return (await _app.Db(db => db.Facts.SingleAsync(f => f.Kind == kind))).As<T>();
    }
}
