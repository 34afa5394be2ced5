namespace Concentric.Measure.Staffing;

/// <summary>What is promised of calls in one interval.</summary>
/// <param name="Share">The part of calls that is to be answered in time, as 0.8.</param>
/// <param name="Within">In how many seconds.</param>
/// <param name="MostOccupancy">The part of the time for which an agent may be busy, as 0.85; nobody can be for the whole of it.</param>
public readonly record struct CallPromise(double Share, double Within, double MostOccupancy = 1);

/// <summary>The fewest agents with which a promise is kept.</summary>
public static class StaffNeeded
{
    private const int Most = 100_000;

    /// <summary>The fewest agents who answer in time; of no calls none. With few calls one erlang still takes two or three.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share or occupancy outside 0 to 1, or more agents than anybody has.</exception>
    public static ErlangC Of(double calls, double interval, double seconds, CallPromise promise)
    {
        if (promise.Share is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(promise), "The share to be answered in time is from 0 to less than 1: all of them can never be promised.");
        if (promise.MostOccupancy is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(promise), "Occupancy is above 0 and at most 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(promise.Within);
        var load = ErlangC.LoadOf(calls, interval, seconds);
        if (load > Most / 2) throw new ArgumentOutOfRangeException(nameof(calls), $"There would be more than {Most} agents.");
        var blocked = 1.0;
        for (var agents = 0; ; agents++)
        {
            if (agents > 0) blocked = ErlangC.Next(blocked, load, agents);
            if (load == 0) return ErlangC.With(0, seconds, 0, 1);
            if (agents <= load) continue;
            var stands = ErlangC.With(load, seconds, agents, blocked);
            if (stands.AnsweredWithin(promise.Within) >= promise.Share && stands.Occupancy <= promise.MostOccupancy) return stands;
        }
    }

    /// <summary>How many must be on the rota for so many at the phone: N / (1 − s), rounded up. N(1 + s) is too few.</summary>
    /// <param name="shrinkage">The part of paid time in which somebody is not at the phone: leave, illness, training, breaks. As 0.3.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to less than 1.</exception>
    public static int OnRota(int agents, double shrinkage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        if (shrinkage is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(shrinkage), "Shrinkage is from 0 to less than 1.");
        // 7 of 0.3 is 10 and not 11: what is left of a double is not a person.
        return (int)Math.Ceiling(agents / (1 - shrinkage) - 1e-9);
    }
}
