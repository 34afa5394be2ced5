using System.Diagnostics;

namespace Concentric.Bench.Load;

/// <summary>What a closed loop of connections saw: each sends again as soon as it has its answer.</summary>
/// <param name="Rate">Answers a second in the measured time.</param>
/// <param name="P50">Milliseconds, as are the others.</param>
/// <param name="Answered">Right answers over the whole run, the warm-up included.</param>
/// <param name="Wrong">Answers with another status, over the whole run.</param>
internal sealed record Measured(double Rate, double P50, double P95, double P99, double Max, long Answered, long Wrong)
{
    /// <param name="sendings">One for each connection: sends and returns the status.</param>
    /// <param name="expected">The status of a right answer.</param>
    public static async Task<Measured> Of(IReadOnlyList<Func<ValueTask<int>>> sendings, int expected, TimeSpan warmUp, TimeSpan measured)
    {
        var from = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var to = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var loops = await Task.WhenAll(sendings.Select(send => Task.Run(() => Loop(send, expected, from, to))));

        var times = loops.SelectMany(l => l.Times).ToArray();
        Array.Sort(times);
        double At(double share) => times.Length == 0 ? double.NaN : Stopwatch.GetElapsedTime(0, times[Math.Min(times.Length - 1, (int)(times.Length * share))]).TotalMilliseconds;
        return new(times.Length / measured.TotalSeconds, At(0.5), At(0.95), At(0.99), At(1), loops.Sum(l => l.Answered), loops.Sum(l => l.Wrong));
    }

    private static async Task<(List<long> Times, long Answered, long Wrong)> Loop(Func<ValueTask<int>> send, int expected, long from, long to)
    {
        var times = new List<long>(100_000);
        long answered = 0, wrong = 0;
        for (var began = Stopwatch.GetTimestamp(); began < to;)
        {
            var status = await send();
            var ended = Stopwatch.GetTimestamp();
            if (status == expected) answered++;
            else wrong++;
            if (status == expected && ended >= from && ended < to) times.Add(ended - began);
            began = ended;
        }
        return (times, answered, wrong);
    }
}
