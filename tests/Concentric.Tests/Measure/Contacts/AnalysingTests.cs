using Concentric.Measure.Contacts;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>At most two analyse at once; who waits or runs can be stopped. And what questions over very many contacts are answered from.</summary>
[Trait("Database", "none")]
public sealed class AnalysingTests : IAsyncDisposable
{
    private readonly TestStore _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_third_analysis_waits_for_one_of_two_and_never_runs_if_it_is_stopped_before()
    {
        using var gate = new ManualResetEventSlim();
        using var begun = new CountdownEvent(DuckContactStore.MostAnalyses);
        var running = Enumerable.Range(0, DuckContactStore.MostAnalyses).Select(i => _test.Store.Analyse(_ =>
        {
            begun.Signal();
            gate.Wait(TimeSpan.FromSeconds(30));
            return i;
        }, TestContext.Current.CancellationToken)).ToList();
        Assert.True(begun.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        using var stop = new CancellationTokenSource();
        var ran = false;
        var stopped = _test.Store.Analyse(_ => ran = true, stop.Token);
        var waiting = _test.Store.Analyse(_ => "at last", TestContext.Current.CancellationToken);

        // What is no analysis has a connection all the same: the projector and the pages' small looks go on.
        var statistics = await _test.Store.Statistics(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.False(waiting.IsCompleted);
        gate.Set();

        Assert.Equal(0, statistics.Contacts);
        Assert.Equal("at last", await waiting);
        int[] both = await Task.WhenAll(running);
        Assert.Equal(1, both.Sum());
        Assert.False(ran);
    }

    [Fact]
    public async Task An_analysis_that_runs_is_stopped_and_its_connection_serves_on()
    {
        using var stop = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        var endless = _test.Store.Analyse(reader =>
        {
            begun.Set();
            // Longer than any patience, unless it is interrupted.
            return reader.Connection.Query("SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE hash(a.range, b.range) = 1", stop.Token).Columns;
        }, stop.Token);
        begun.Wait(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        for (var i = 0; i < 4; i++)
            Assert.Equal(0, (await _test.Store.Query(new(1, [], [Measured.Contacts], []), TestContext.Current.CancellationToken)).Count(0, Measured.Contacts));
    }

    [Fact]
    public async Task Quantiles_from_steps_are_within_four_per_cent_of_the_exact_ones_and_everything_else_is_the_same()
    {
        await using var steps = new TestStore(exactQuantileRows: 0);
        var rows = TestStore.Rows(5, 6_000);
        await _test.Put(rows, areas: TestStore.Areas());
        await steps.Put(rows, areas: TestStore.Areas());
        CubeQuery[] queries =
        [
            new(1, [], [Measured.MedianSeconds, Measured.Percentile90Seconds, Measured.Contacts], []),
            new(1, [Dimension.Service, Dimension.Channel], [Measured.Persons, Measured.MedianSeconds, Measured.MeanSeconds], []),
            new(1, [Dimension.Ward, Dimension.SecondsBin], [Measured.Percentile90Seconds, Measured.SecondsCount], [new(Dimension.Channel, 1, 2)]),
        ];

        foreach (var query in queries)
        {
            var exact = await _test.Store.Query(query, TestContext.Current.CancellationToken);
            var near = await steps.Store.Query(query, TestContext.Current.CancellationToken);
            Assert.Equal(exact.Rows, near.Rows);
            for (var row = 0; row < exact.Rows; row++)
            {
                foreach (var dimension in query.By) Assert.Equal(exact.Code(row, dimension), near.Code(row, dimension));
                foreach (var measure in query.Measures)
                {
                    var (right, got) = (exact.Value(row, measure), near.Value(row, measure));
                    if (measure is Measured.MedianSeconds or Measured.Percentile90Seconds && right is > 0) Assert.InRange(got!.Value / right.Value, 1 / 1.04, 1.04);
                    else Assert.Equal(right, got);
                }
            }
        }
    }

    [Fact]
    public async Task Quantiles_from_steps_are_sorted_and_cut_like_any_measure()
    {
        await using var steps = new TestStore(exactQuantileRows: 0);
        await steps.Put(TestStore.Rows(6, 4_000), areas: TestStore.Areas());

        var answer = await steps.Store.Query(new(1, [Dimension.Service], [Measured.MedianSeconds], [], Order: Order.ByLargest(Measured.MedianSeconds), Limit: 4), TestContext.Current.CancellationToken);

        var values = Enumerable.Range(0, answer.Rows).Select(r => answer.Value(r, Measured.MedianSeconds)!.Value).ToList();
        Assert.Equal(4, values.Count);
        Assert.Equal(values.OrderDescending(), values);
    }
}
