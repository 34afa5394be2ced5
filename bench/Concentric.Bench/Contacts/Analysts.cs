using System.Diagnostics;
using Concentric.Bench.Running;
using Concentric.Measure.Contacts;

namespace Concentric.Bench.Contacts;

/// <summary>Eight analysts with two seconds of thinking time, while contacts arrive.</summary>
internal static class Analysts
{
    private const int People = 8, ContactsASecond = 500;
    private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(2), Lasting = TimeSpan.FromSeconds(60), Sealing = TimeSpan.FromMilliseconds(100);

    public static async Task Run(DuckContactStore store, long rows, bool markdown, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(Lasting);
        var applied = new List<double>();
        var arriving = Task.Run(() => Arrive(store, rows, applied, end.Token), stop);
        var asked = await Task.WhenAll(Enumerable.Range(0, People).Select(person => Task.Run(() => Ask(store, new SeededChance((ulong)person + 1), end.Token), stop)));
        var sent = await arriving;
        var all = asked.SelectMany(a => a).ToList();
        var table = new Figures("analysts at work", "n", "p50 ms", "p95 ms", "most ms", "wanted");
        table.Add($"{People} with {Thinking.TotalSeconds:0} s of thinking", Figures.Count(all.Count), Figures.Of(CubeBench.Median(all)), Figures.Of(CubeBench.Percentile(all, 0.95)), Figures.Of(all.Max()), CubeBench.Percentile(all, 0.95) <= 1000 ? "p95 1,000 ms: met" : "p95 1,000 ms: missed");
        table.Add($"contacts counted, {Figures.Count(sent / Lasting.TotalSeconds)} a second", Figures.Count(applied.Count), Figures.Of(CubeBench.Median(applied)), Figures.Of(CubeBench.Percentile(applied, 0.95)), Figures.Of(applied.Max()), $"{ContactsASecond} a second: {(sent >= 0.95 * ContactsASecond * Lasting.TotalSeconds ? "met" : "missed")}");
        table.Print(Console.Out, markdown);
    }

    private static async Task<List<double>> Ask(DuckContactStore store, SeededChance chance, CancellationToken stop)
    {
        var times = new List<double>();
        var questions = SixteenQueries.All.Where(q => q.Cube is not null).ToList();
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Below(2000)), stop);
            while (true)
            {
                var watch = Stopwatch.StartNew();
                await store.Query(questions[chance.Below(questions.Count)].Cube!, stop);
                times.Add(watch.Elapsed.TotalMilliseconds);
                await Task.Delay(Thinking, stop);
            }
        }
        catch (OperationCanceledException)
        {
            return times;
        }
    }

    private static async Task<long> Arrive(DuckContactStore store, long rows, List<double> times, CancellationToken stop)
    {
        var council = new CouncilAttributes("bench", "Bench", true, "Europe/London");
        var chance = new SeededChance(99);
        var (fact, sent) = (1L, 0L);
        var at = ContactCalendar.DateOfDay(GeneratedContacts.LastYearFrom + 364).ToDateTime(new(9, 0), DateTimeKind.Utc);
        var watch = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            // As the projector does: all that have come since, and then a rest.
            var each = (int)Math.Min(Projector.Together, ContactsASecond * watch.Elapsed.TotalSeconds - sent);
            // Half of them by persons who are known, of whom some have asked before.
            var raised = Enumerable.Range(0, each).Select(i => new RaisedContact(rows + fact + i, council, (ulong)(rows + fact + i), $"{1 + chance.Below(GeneratedContacts.Services)}", (byte)(1 + chance.Below(4)),
                chance.Below(2) == 0 ? 0 : (ulong)chance.Below(1_000_000) + 1, at.AddSeconds(watch.Elapsed.TotalSeconds))).ToList();
            fact += each;
            var one = Stopwatch.StartNew();
            if (each > 0)
            {
                await store.Apply(new(rows + fact, "", raised, [], []) { Own = council }, CancellationToken.None);
                times.Add(one.Elapsed.TotalMilliseconds);
                sent += each;
            }
            var rest = Projector.Rest(one.Elapsed);
            await Task.Delay(rest > Sealing ? rest : Sealing, CancellationToken.None);
        }
        return sent;
    }
}
