namespace Concentric.Measure.Staffing;

/// <summary>How a queue of calls stands where whoever waits hangs up after an exponential time (M/M/N+M). It is finite at overload too, and nearer to what happens than <see cref="ErlangC"/>.</summary>
/// <remarks>C. Palm (1946). The birth–death chain, begun at its most likely state so that nothing overflows, and ended where states add nothing.</remarks>
/// <param name="Waits">The part of calls that wait.</param>
/// <param name="Abandons">The part of calls whose callers hang up.</param>
/// <param name="MeanWait">Mean seconds of waiting, of all calls, of those too that are given up.</param>
/// <param name="Occupancy">The part of the time for which an agent is busy.</param>
/// <param name="MeanQueue">Mean number of callers that wait.</param>
public sealed record ErlangA(double Waits, double Abandons, double MeanWait, double Occupancy, double MeanQueue)
{
    private const double Nothing = 1e-18;

    /// <summary>The part of those that wait who hang up; 0 where nobody waits.</summary>
    public double AbandonsOfWaiting => Waits > 0 ? Abandons / Waits : 0;

    /// <param name="perHour">Calls an hour.</param>
    /// <param name="seconds">Mean handling time in seconds.</param>
    /// <param name="patience">Mean seconds after which whoever waits hangs up.</param>
    /// <exception cref="ArgumentOutOfRangeException">No calls, no agents, or a time that is not above 0.</exception>
    public static ErlangA Of(double perHour, double seconds, double patience, int agents)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perHour);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patience);
        ArgumentOutOfRangeException.ThrowIfLessThan(agents, 1);
        // All by the hour: how fast calls come, are dealt with, and are given up.
        var (come, done, left) = (perHour, 3600 / seconds, 3600 / patience);
        double Ends(long inside) => Math.Min(inside, agents) * done + Math.Max(0, inside - agents) * left;
        var likely = come / done <= agents ? (long)(come / done) : agents + (long)((come - agents * done) / left);
        var (all, waiting, queue, busy) = (0.0, 0.0, 0.0, 0.0);
        void Add(long inside, double weight)
        {
            all += weight;
            busy += weight * Math.Min(inside, agents);
            if (inside < agents) return;
            waiting += weight;
            queue += weight * (inside - agents);
        }
        Add(likely, 1);
        for (var (k, weight) = (likely, 1.0); k > 0 && weight > Nothing; k--) Add(k - 1, weight *= Ends(k) / come);
        for (var (k, weight) = (likely + 1, come / Ends(likely + 1)); weight > Nothing; k++, weight *= come / Ends(k)) Add(k, weight);
        var mean = queue / all;
        return new(waiting / all, left * mean / come, 3600 * mean / come, busy / all / agents, mean);
    }
}
