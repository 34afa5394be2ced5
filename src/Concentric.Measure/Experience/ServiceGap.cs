namespace Concentric.Measure.Experience;

/// <summary>One side of a service, as reliability: what people expect, what the council means to give, and what they get, on one scale.</summary>
/// <param name="Importance">How much it counts, on any scale that is the same for all; at least 0.</param>
/// <remarks>After A. Parasuraman, V. A. Zeithaml and L. L. Berry, Journal of Retailing 64 (1988), 12: what is received less what is expected.</remarks>
public sealed record ServiceGap(string Dimension, double Importance, double Expected, double Intended, double Received)
{
    /// <summary>Received less expected: below 0 people get less than they look for.</summary>
    public double Overall => Received - Expected;

    /// <summary>Intended less expected: below 0 the council means to give less than people look for. It does not know, or has decided otherwise.</summary>
    public double Knowledge => Intended - Expected;

    /// <summary>Received less intended: below 0 people get less than the council means to give.</summary>
    public double Delivery => Received - Intended;

    /// <summary>Importance times what is missing. Where people get more than they expect there is nothing to do first.</summary>
    public double Priority => Importance * Math.Max(0, Expected - Received);

    /// <summary>Each with its part of all priorities; they sum to 1. All 0 where nothing is missing anywhere. In the order given.</summary>
    public static IReadOnlyList<(ServiceGap Gap, double Share)> Priorities(IReadOnlyCollection<ServiceGap> gaps)
    {
        var all = gaps.Sum(g => g.Priority);
        return [.. gaps.Select(g => (g, all > 0 ? g.Priority / all : 0))];
    }
}

/// <summary>How much something counts for people, in two ways that may say opposite things; both are shown.</summary>
public static class Importance
{
    /// <summary>Derived: Pearson's correlation of what people got on this side with how they judge the whole, from −1 to 1. Null below 10 people, or where all said the same.</summary>
    /// <remarks>What people say counts most is often what they take for granted; what goes with their judgement may be another thing.</remarks>
    /// <exception cref="ArgumentException">Not as many of one as of the other.</exception>
    public static double? Derived(IReadOnlyList<double> received, IReadOnlyList<double> overall)
    {
        if (received.Count != overall.Count) throw new ArgumentException("Each person says both.", nameof(overall));
        if (received.Count < Statistics.MeanOfScale.Fewest) return null;
        var (x, y) = (received.Average(), overall.Average());
        var (xx, yy) = (received.Sum(r => (r - x) * (r - x)), overall.Sum(o => (o - y) * (o - y)));
        return xx <= 0 || yy <= 0 ? null : received.Zip(overall, (r, o) => (r - x) * (o - y)).Sum() / Math.Sqrt(xx * yy);
    }
}
