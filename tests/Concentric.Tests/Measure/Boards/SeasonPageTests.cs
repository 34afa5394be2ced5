using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Measure.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure.Boards;

/// <summary>A service manager takes the season out of a chart, where there is a baseline to take it from.</summary>
public sealed class SeasonPageTests : IDisposable
{
    private const string Bins = "/measure/measures/failure-share@524";

    private readonly TestApp _app = new();

    [Fact]
    public async Task The_season_is_taken_out_where_there_are_two_years_and_refused_with_the_reason_where_there_are_not()
    {
        var grace = await _app.SignInAs(Role.ServiceManager);
        await Bring("rows.csv", 0, 40);
        await grace.Open(Bins);
        Assert.Contains("The season can be taken out when there are two whole years: there are 40 weeks.", grace.Text, StringComparison.Ordinal);

        await grace.Open($"{Bins}?season=2");
        Assert.Contains("The season was not taken out. 2 baseline years go to the week before week 22 of 2027: 105 weeks, and there are 40.", grace.Text, StringComparison.Ordinal);
        await grace.Open($"{Bins}?season=x");
        Assert.Contains("Baseline years are a whole number, 2 or more.", grace.Text, StringComparison.Ordinal);

        await Bring("earlier.csv", -75, 75);
        await grace.Open(Bins);
        await grace.Follow("the first 2 years");
        Assert.Contains("The season is taken out by the first 2 years", grace.Text, StringComparison.Ordinal);
        Assert.Contains("trust a shift more than one point", grace.Text, StringComparison.Ordinal);
        Assert.Contains("Of values without the season.", grace.Text, StringComparison.Ordinal);
        await grace.Follow("Leave the season in");
        Assert.DoesNotContain("Of values without the season.", grace.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    /// <summary>Forty contacts a week, of which more or fewer are failure demand.</summary>
    private async Task Bring(string file, int from, int weeks) =>
        await _app.Services.GetRequiredService<ContactImport>().RunRows(
            [.. Enumerable.Range(from, weeks).SelectMany(week => Enumerable.Range(0, 40).Select(i => new ContactRow($"{week}-{i}", new DateTime(2025, 5, 26, 9, 0, 0, DateTimeKind.Utc).AddDays(7 * week).AddHours(i))
            {
                Service = "524", Channel = (byte)(1 + i % 2), Demand = i < (Math.Abs(week) % 4 < 2 ? 14 : 18) ? Demand.Failure : Demand.Value,
            }))],
            new(new CouncilAttributes(_app.Services.GetRequiredService<Settings>().Council, "Northmoor", IsSynthetic: false), "test", file), Actor.System, stop: TestContext.Current.CancellationToken);
}
