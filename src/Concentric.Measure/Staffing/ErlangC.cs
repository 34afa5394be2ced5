namespace Concentric.Measure.Staffing;

/// <summary>How a queue of calls stands where nobody hangs up: calls come by chance (Poisson), take exponential times, and wait in the order in which they came.</summary>
/// <remarks>
/// A. K. Erlang (1917). By the recursion B(0) = 1, B(k) = A·B / (k + A·B), which overflows nowhere; C = N·B / (N − A(1 − B)). Where callers hang up it staffs too many: see <see cref="ErlangA"/>.
/// </remarks>
public sealed record ErlangC
{
    private ErlangC(double load, double seconds, int agents, double blocked) => (Load, Seconds, Agents, Blocked) = (load, seconds, agents, blocked);

    /// <summary>Work offered, in erlangs: the agents that would be busy all the time.</summary>
    public double Load { get; }

    /// <summary>Mean handling time in seconds, with what is written afterwards.</summary>
    public double Seconds { get; }

    public int Agents { get; }

    /// <summary>Erlang B: the part of calls that would be lost were there no queue.</summary>
    public double Blocked { get; }

    /// <summary>Work grows without end: as many agents as erlangs, or fewer.</summary>
    public bool IsUnstable => Agents <= Load;

    /// <summary>The part of calls that wait at all; 1 where it is unstable.</summary>
    public double Waits => IsUnstable ? 1 : Agents * Blocked / (Agents - Load * (1 - Blocked));

    /// <summary>The part of the time for which an agent is busy, at most 1.</summary>
    public double Occupancy => Agents == 0 ? (Load > 0 ? 1 : 0) : Math.Min(1, Load / Agents);

    /// <summary>Mean seconds until a call is answered (ASA), of all calls; null where it is unstable.</summary>
    public double? MeanWait => IsUnstable ? null : Waits * Seconds / (Agents - Load);

    /// <summary>The same of those that wait.</summary>
    public double? MeanWaitOfWaiting => IsUnstable ? null : Seconds / (Agents - Load);

    /// <summary>Mean number of callers that wait.</summary>
    public double? MeanQueue => IsUnstable ? null : Waits * Load / (Agents - Load);

    /// <summary>The part of calls that is answered within so many seconds; 0 where it is unstable.</summary>
    public double AnsweredWithin(double seconds) => IsUnstable ? 0 : 1 - Waits * Math.Exp(-(Agents - Load) * seconds / Seconds);

    /// <param name="calls">In one interval.</param>
    /// <param name="interval">Its length in seconds.</param>
    /// <param name="seconds">Mean handling time in seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time that is not above 0, or less than none of anything.</exception>
    public static ErlangC Of(double calls, double interval, double seconds, int agents)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        var load = LoadOf(calls, interval, seconds);
        var blocked = 1.0;
        for (var k = 1; k <= agents; k++) blocked = Next(blocked, load, k);
        return new(load, seconds, agents, blocked);
    }

    /// <summary>Erlangs: calls times their length over the interval.</summary>
    internal static double LoadOf(double calls, double interval, double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        if (!double.IsFinite(calls * seconds / interval)) throw new ArgumentOutOfRangeException(nameof(calls), "Numbers must be finite.");
        return calls * seconds / interval;
    }

    internal static double Next(double blocked, double load, int k) => load * blocked / (k + load * blocked);

    internal static ErlangC With(double load, double seconds, int agents, double blocked) => new(load, seconds, agents, blocked);
}
