using System.Net;
using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Demo;
using Concentric.Needs;
using Concentric.Serve;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs.Anticipation;

/// <summary>From the contact store to the desk: learnt, tried, approved, shown.</summary>
public sealed class AnticipationPagesTests : IDisposable
{
    private readonly TestApp _app = new();

    [Fact]
    public async Task Counts_reach_the_desk_once_an_analyst_has_approved_them_and_leave_it_when_withdrawn()
    {
        await _app.Seed();
        await SeedNorthmoor.Run(_app.Services, default);
        var lewis = await _app.SignInAs(Role.Analyst);
        await lewis.Open("/needs/anticipation");
        await lewis.Press("Learn again now");
        Assert.Contains("The counts anticipate better than popularity does", lewis.Text, StringComparison.Ordinal);
        await (await _app.Browse().Open("/enquiries/new?service=321")).Press("Send", ("Words", "My mother has died."), ("Email", "ada@example.com"));
        var reference = await _app.Db(async db => $"{(await db.Enquiries.SingleAsync()).Reference}");
        var asha = await _app.SignInAs(Role.Adviser);
        Assert.DoesNotContain("Counts:", (await asha.Open($"/desk/enquiries/{reference}")).Text, StringComparison.Ordinal);

        await lewis.Open("/needs/anticipation/services/321");
        await lewis.Press("Save the decision");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        await lewis.Press("Save the decision", ("Decision", "approve"), ("Reason", "Better than popularity here."));
        Assert.StartsWith("Approved", lewis.Page.QuerySelector(".govuk-summary-list__value")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("of 10 who ask about “Register a death” also ask about this within 90 days. Also asked for. Counts:", (await asha.Open($"/desk/enquiries/{reference}")).Text, StringComparison.Ordinal);
        var record = await _app.Browse().Open("/needs/anticipation/record");
        Assert.Contains("Counts are approved for those who ask for 1 service: 321", record.Text, StringComparison.Ordinal);

        await lewis.Open("/needs/anticipation/services/321");
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        await lewis.Press("Save the decision", ("Decision", "withdraw"), ("Reason", "To be looked at again."));
        Assert.DoesNotContain("Counts:", (await asha.Open($"/desk/enquiries/{reference}")).Text, StringComparison.Ordinal);
        var decision = await _app.Db(db => db.Decisions.SingleAsync());
        Assert.Equal((false, "To be looked at again."), (decision.Approved, decision.Reason));
        Assert.Equal([true, false], (await _app.Db(db => db.Facts.Where(f => f.Kind == "anticipation-decided").OrderBy(f => f.At).ToListAsync())).Select(f => f.As<AnticipationDecided>().Approved));
    }

    [Fact]
    public async Task Without_contacts_there_is_nothing_to_approve_and_the_pages_say_so()
    {
        var lewis = await _app.SignInAs(Role.Analyst);

        Assert.Contains("Nothing has been learnt yet", (await lewis.Open("/needs/anticipation")).Text, StringComparison.Ordinal);
        await lewis.Open("/needs/anticipation/services/321");
        await lewis.Press("Save the decision", ("Decision", "approve"), ("Reason", "I should like to."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, lewis.Status);
        Assert.Contains("Nothing of this service could be tried", lewis.Text, StringComparison.Ordinal);
        Assert.False(await _app.Db(db => db.Decisions.AnyAsync()));
    }

    [Fact]
    public async Task Only_an_analyst_decides()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);

        await grace.Open("/needs/anticipation/services/321");

        Assert.Empty(grace.Page.QuerySelectorAll("textarea[name=Reason]"));
    }

    [Fact]
    public async Task The_record_is_public_and_comes_as_a_page_as_JSON_and_as_Markdown()
    {
        await _app.Seed();
        var http = _app.Browse().Http;

        using var json = JsonDocument.Parse(await http.GetStringAsync("/needs/anticipation/record.json"));
        var markdown = await http.GetStringAsync("/needs/anticipation/record.md");

        Assert.Equal(["Tier 1", "Tier 2"], json.RootElement.GetProperty("tiers").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Contains("Counts are approved for no service, so advisers are shown rules only.", markdown, StringComparison.Ordinal);
        Assert.Contains("need model (edition 1)", (await _app.Browse().Open("/needs/anticipation/record")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_of_a_suggestion_is_kept_with_its_reason_and_what_was_said_is_not()
    {
        await _app.Seed();
        await (await _app.Browse().Open("/enquiries/new?service=321")).Press("Send", ("Words", "My mother has died."), ("Email", "ada@example.com"));
        var reference = await _app.Db(async db => $"{(await db.Enquiries.SingleAsync()).Reference}");
        var asha = await _app.SignInAs(Role.Adviser);

        await asha.Open($"/desk/enquiries/{reference}?said=living-alone");
        await asha.Press("Offer Council tax discounts");
        Assert.Contains("Offered on 2 March 2026", asha.Text, StringComparison.Ordinal);
        // A moment later, or nobody knows which of two facts came first.
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        await asha.Press("Already has Council tax discounts");

        var kept = await _app.Db(db => db.Suggestions.SingleAsync());
        Assert.Equal(("59", SuggestionResponse.AlreadyHas, SuggestionBasis.Rule), (kept.Service, kept.Response, kept.Basis));
        Assert.StartsWith("Said: “Living alone”.", kept.Reason, StringComparison.Ordinal);
        var facts = await _app.Db(db => db.Facts.Where(f => f.Kind == "suggestion-answered").OrderBy(f => f.At).ToListAsync());
        Assert.Equal([SuggestionResponse.Offered, SuggestionResponse.AlreadyHas], facts.Select(f => f.As<SuggestionAnswered>().Response));
        Assert.DoesNotContain(facts, f => f.Data!.Contains("alone", StringComparison.Ordinal));
        // What came of it stays, with or without the tick.
        Assert.Contains("Already has it on 2 March 2026", (await asha.Open($"/desk/enquiries/{reference}")).Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();
}
