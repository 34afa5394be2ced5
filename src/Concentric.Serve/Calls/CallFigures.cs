using Concentric.Core;

namespace Concentric.Serve.Calls;

/// <summary>What is counted of a number of calls. Times are in seconds, and null where none was reported.</summary>
/// <param name="Answered">Somebody answered.</param>
/// <param name="Abandoned">They ended before anybody answered.</param>
/// <param name="NotEnded">No end was reported: they go on, or the phone system did not say.</param>
/// <param name="Transferred">They were handed on at least once.</param>
/// <param name="Waits">Answered calls whose start was reported: those whose wait is known.</param>
/// <param name="MedianWait">Half of these were answered in this time or less.</param>
/// <param name="LongWait">Nine in ten of these were answered in this time or less; null of fewer than <see cref="FewestForLongWait"/>.</param>
/// <param name="Talks">Answered calls whose end was reported.</param>
public sealed record CallFigures(int Calls, int Answered, int Abandoned, int NotEnded, int Transferred, int Waits, int? MedianWait, int? LongWait, int Talks, int? MedianTalk)
{
    /// <summary>One in ten of fewer is no call.</summary>
    public const int FewestForLongWait = 10;

    /// <summary>Of the calls of which it is known whether anybody answered.</summary>
    public Share? ShareAbandoned => Share.Of(Abandoned, Answered + Abandoned);

    internal static CallFigures Of(IReadOnlyCollection<CallState> calls)
    {
        var answered = calls.Where(c => c.AnsweredAt is not null).ToList();
        int[] waits = [.. answered.Select(c => c.Wait).OfType<int>().Order()], talks = [.. answered.Select(c => c.Talk).OfType<int>().Order()];
        return new(calls.Count, answered.Count, calls.Count(c => c.IsAbandoned), calls.Count(c => c.EndedAt is null), calls.Count(c => c.Transfers > 0),
            waits.Length, AtMost(waits, 0.5), waits.Length < FewestForLongWait ? null : AtMost(waits, 0.9), talks.Length, AtMost(talks, 0.5));
    }

    /// <summary>The smallest of the sorted values that at least that share of them do not exceed (nearest rank).</summary>
    private static int? AtMost(int[] sorted, double share) => sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
