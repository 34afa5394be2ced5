using System.Net;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Variation;

/// <summary>Teams compared on one figure, as people meet it.</summary>
public sealed class CompareTeamsTests : IAsyncDisposable
{
    private readonly TestApp _app = new();
    private int _facts;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Teams_are_compared_by_who_answered_and_a_chase_counts_for_whom_it_chases()
    {
        // Of Waste 25 + 5 coded, of which 5 were coded so by themselves and 5 chase it; one more was never answered.
        await Answered(("Waste", 25, 5), ("Parks", 40, 10), ("", 30, 20), ("Roads", 12, 1));
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/compare?by=team&figure=failure");

        Assert.Equal([("Parks", "25.0", "40"), ("Roads", "8.3", "12"), ("The desk", "66.7", "30"), ("Waste", "33.3", "30")], Rows(lewis));
        Assert.Contains("that which had the enquiry when it was answered last", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Contacts of no team: not answered yet", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("n = 112", lewis.Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        await lewis.Open("/measure/compare?by=team&figure=resolved");
        // The chases were resolved by nobody, and are not in it.
        Assert.Equal([("Parks", "100.0", "40"), ("Roads", "100.0", "12"), ("The desk", "100.0", "30"), ("Waste", "100.0", "25")], Rows(lewis));
    }

    [Fact]
    public async Task What_people_said_is_compared_by_team_with_the_last_answer_of_each_contact()
    {
        await Felt(("Waste", 40, 10), ("Parks", 30, 9), ("", 20, 12));
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/compare?by=team&figure=poor");

        Assert.Equal([("Parks", "30.0", "30"), ("The desk", "60.0", "20"), ("Waste", "25.0", "40")], Rows(lewis));
        Assert.Contains("when they were asked or said it", lewis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_manager_sees_no_small_count_of_a_team()
    {
        await Answered(("Waste", 42, 12), ("Parks", 41, 11), ("Roads", 33, 3));
        await Felt(("Waste", 42, 12), ("Parks", 41, 3), ("Roads", 60, 20));
        var grace = await _app.SignInAs(Role.ServiceManager);

        foreach (var figure in (string[])["failure", "poor"])
        {
            await grace.Open($"/measure/compare?by=team&figure={figure}");
            var rows = Rows(grace);
            Assert.DoesNotContain(rows, r => r.Name == (figure == "failure" ? "Roads" : "Parks"));
            Assert.All(rows, r => Assert.Equal('0', r.Size[^1] == '5' ? '0' : r.Size[^1]));
            Assert.Contains("left out", grace.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_figure_that_is_not_known_by_team_says_what_to_choose_instead()
    {
        await Answered(("Waste", 20, 5), ("Parks", 20, 5));
        var lewis = await _app.SignInAs(Role.Analyst);

        await lewis.Open("/measure/compare?by=team&figure=rate");
        Assert.Equal(HttpStatusCode.OK, lewis.Status);
        Assert.Contains("Nobody lives in a team. Choose another figure, or compare wards or areas or councils.", lewis.Text, StringComparison.Ordinal);

        await lewis.Open("/measure/compare?by=ward&figure=poor");
        Assert.Contains("is not known by ward", lewis.Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<(string Name, string Value, string Size)> Rows(Browser browser) =>
        [.. browser.Page.QuerySelectorAll("figure[data-chart=funnel] tbody:not([data-curve]) tr").Select(r => (r.Children[0].TextContent.Trim(), r.Children[1].TextContent.Trim(), r.Children[2].TextContent.Trim()))];

    private async Task Answered(params (string Team, int Coded, int Failure)[] teams)
    {
        await _app.Seed();
        var facts = new List<IFact>();
        var number = 5_000UL;
        string Reference() => $"{Concentric.Core.Reference.Of(number++)}";
        foreach (var (team, coded, failure) in teams)
        {
            for (var i = 0; i < coded; i++)
            {
                var reference = Reference();
                facts.AddRange([Raised(reference), new ContactCoded(reference, null, i < failure ? Demand.Failure : Demand.Value), new EnquiryAnswered(reference, 60, true, team)]);
                if (team != "Waste" || i >= 5) continue;
                var chase = Reference();
                facts.AddRange([Raised(chase, reference), new ContactCoded(chase, null, Demand.Failure)]);
            }
        }
        var open = Reference();
        facts.AddRange([Raised(open), new ContactCoded(open, null, Demand.Failure)]);
        await Write(facts);
    }

    private async Task Felt(params (string Team, int Answers, int Poor)[] teams)
    {
        await _app.Seed();
        // Of a council without a contact there is no page.
        var (facts, number) = (new List<IFact> { Raised($"{Reference.Of(8_999)}") }, 9_000UL);
        foreach (var (team, answers, poor) in teams)
        {
            for (var i = 0; i < answers; i++)
            {
                FeedbackGiven Said(FeedbackSaid said, DateTimeOffset at) => new(Guid.CreateVersion7(at), Council, "524", "web", $"{Reference.Of(number)}", team, "email", said, at);
                // Every third thought again: only what they said last counts.
                if (i % 3 == 0) facts.Add(Said(FeedbackSaid.Good, At.AddHours(-1)));
                facts.Add(Said(i < poor ? FeedbackSaid.Poor : FeedbackSaid.Average, At));
                number++;
            }
        }
        await Write(facts);
    }

    private void Record<T>(Concentric.Core.Data.ConcentricDb db, T fact) where T : IFact => db.Record(fact, Actor.System, At.AddMilliseconds(_facts++));

    private string Council => _app.Services.GetRequiredService<Settings>().Council;

    private DateTimeOffset At => _app.Clock.Now.AddDays(-10);

    private EnquiryRaised Raised(string reference, string? follows = null) => new(reference, Council, "524", "web", 0, At, follows);

    private async Task Write(List<IFact> facts)
    {
        await _app.Write(db =>
        {
            foreach (var fact in facts) Record(db, (dynamic)fact);
            return Task.CompletedTask;
        });
        var sealer = _app.Services.GetRequiredService<Sealer>();
        while (await sealer.Seal(TestContext.Current.CancellationToken) > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp(TestContext.Current.CancellationToken);
    }
}
