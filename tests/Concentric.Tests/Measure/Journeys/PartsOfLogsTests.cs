using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Seeing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>Figures of some cases, taken from those of all, tell nothing of the few others.</summary>
public sealed class PartsOfLogsTests : IDisposable
{
    private static readonly DateTimeOffset _at = new(2026, 2, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TestApp _app = new();
    private ulong _cases = 1000;

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Time_in_all_is_made_of_counts_as_they_are_shown(bool isPart)
    {
        // 12 cases of an hour and one of 90 days: the sum less that of the 12 would be how long the one took.
        var (log, council) = (new EventLogBuilder(), new CouncilCode(1, "c", "C", false, "Europe/London"));
        for (var c = 0; c < 13; c++)
        {
            log.Add(new(log.Case($"{c}"), log.Activity("inspect"), 0, 0));
            log.Add(new(log.Case($"{c}"), log.Activity("done"), c < 12 ? 3_600_000_000 : 90L * 86_400_000_000, 1));
        }
        var built = log.Build(new(new int[13], new List<(long, bool)>?[13], [.. Enumerable.Repeat(new HandledContacts(1, 1, 600), 13)]));
        var asked = new AskedJourneys([], new("1", council, null, [], 0, default, default) { StepsOf = new Dictionary<int, long>() }, built, [], IsExact: true) { IsPart = isPart };

        var view = JourneysView.Of(asked, TestContext.Current.CancellationToken);

        var way = view.Map.Paths.Single(p => p.From == "inspect" && p.To == "done");
        Assert.Equal(15, way.Times.Value);
        Assert.Equal(15 * (isPart ? way.Seconds!.Median : way.Seconds!.Mean), way.Waiting, 1e-6);
        Assert.Equal(isPart, view.CaseHands!.Handling is null);
        var usual = UsualTimes.Of(asked, view.Map, 3, TestContext.Current.CancellationToken);
        Assert.Equal(isPart, Assert.Single(usual.Pairs).Time is null);
    }

    [Fact]
    public async Task A_service_that_leaves_few_of_another_is_not_shown_by_itself()
    {
        await Begin(37, "524");
        await Begin(3, "525");
        await Told();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys");
        Assert.Equal("40", lewis.Page.QuerySelector(".app-tiles__number")!.TextContent);
        await lewis.Open("/measure/journeys?service=525");
        Assert.Contains("Fewer than 5 cases: nothing is shown", lewis.Text, StringComparison.Ordinal);
        await lewis.Open("/measure/journeys?service=524");
        Assert.Contains("Nothing is shown of these cases by themselves: taken from all, they would tell of fewer than 5 others.", lewis.Text, StringComparison.Ordinal);
        Assert.Empty(lewis.Page.QuerySelectorAll(".app-tiles"));
    }

    [Fact]
    public async Task How_many_there_are_of_a_service_or_of_some_days_is_rounded_and_no_mean_is_shown()
    {
        await Begin(37, "524");
        await Begin(21, "525");
        await Told();

        var lewis = await (await _app.SignInAs(Role.Analyst)).Open("/measure/journeys");
        Assert.Equal("58", lewis.Page.QuerySelector(".app-tiles__number")!.TextContent);
        Assert.Contains("The mean, which a few long cases pull up", lewis.Text, StringComparison.Ordinal);
        Assert.Contains("Days in all, about", lewis.Text, StringComparison.Ordinal);
        foreach (var (part, cases) in ((string, string)[])[("service=524", "35"), ("service=525", "20"), ("from=2026-02-01", "60"), ("to=2026-02-03", "60")])
        {
            await lewis.Open($"/measure/journeys?{part}");
            Assert.Equal((part, cases), (part, lewis.Page.QuerySelector(".app-tiles__number")!.TextContent));
            Assert.DoesNotContain("The mean, which", lewis.Text, StringComparison.Ordinal);
            Assert.Contains("Times × median, days", lewis.Text, StringComparison.Ordinal);
            await lewis.Open($"/measure/journeys/check?{part}&deviations=3");
            Assert.Contains("Cases far from it", lewis.Text, StringComparison.Ordinal);
            Assert.Contains("How long is usual is shown for all cases of a log only", lewis.Text, StringComparison.Ordinal);
            Assert.Empty(lewis.Page.QuerySelectorAll("th").Where(h => h.TextContent.Trim() is "Mean" or "Usual, from"));
        }
    }

    /// <summary>Cases of five hours, all alike.</summary>
    private Task Begin(int cases, string service) => _app.Services.GetRequiredService<IWriter>().Write(db =>
    {
        var own = _app.Services.GetRequiredService<Settings>().Council;
        for (var i = 0; i < cases; i++)
        {
            var reference = Reference.Of(_cases++).ToString();
            db.Record(new EnquiryRaised(reference, own, service, "phone", 0, _at), Actor.System, _at);
            db.Record(new CaseBegun(reference, own, "missed-collection", 1, service, "Waste", new(2026, 3, 9), _at), Actor.System, _at);
            db.Record(new CaseMoved(reference, 2, "StepDone", "inspect", null, "Waste", null, _at.AddHours(5)), Actor.System, _at.AddHours(5));
        }
        return Task.CompletedTask;
    });

    private async Task Told()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
        await _app.Services.GetRequiredService<Projector>().CatchUp();
    }
}
