using Concentric.Measure.Journeys;
using Concentric.Measure.Journeys.Reading;

namespace Concentric.Tests.Measure.Journeys;

/// <summary>Real logs, read whole.</summary>
[Trait("Database", "none")]
public sealed class RealLogTests
{
    [Theory]
    [InlineData("receipt.xes.gz", 1434, 8577, 116)]
    [InlineData("receipt.csv.gz", 1434, 8577, 116)]
    [InlineData("bpic15-1.xes.gz", 1199, 52217, 1170)]
    [InlineData("helpdesk.xes.gz", 4580, 21348, 226)]
    public void A_real_log_has_the_cases_events_and_orders_that_are_known_of_it(string file, int cases, int events, int variants)
    {
        var read = Read(file);

        Assert.Equal((cases, events, variants), (read.Log.Cases, read.Log.Events, Variants.Of(read.Log).Count));
        var graph = DirectlyFollows.Of(read.Log);
        Assert.Equal(events - cases, graph.Edges.Sum(e => e.Count));
        Assert.Equal(cases, graph.Activities.Sum(a => a.Starts));
    }

    [Fact]
    public void Half_of_the_permits_were_received_within_the_hour_and_the_mean_says_five_days()
    {
        var took = CaseTimes.Of(Read("receipt.xes.gz").Log)!;

        Assert.Equal(2_868, took.Median, 1.0);
        Assert.Equal(467_264, took.Mean, 1.0);
    }

    private static ReadLog Read(string file)
    {
        using var stream = File.OpenRead(SharedData.Find($"journeys/{file}"));
        return ReadJourneys.Read(stream, new());
    }
}
