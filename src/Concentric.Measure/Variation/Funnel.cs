using Concentric.Measure.Statistics;

namespace Concentric.Measure.Variation;

/// <summary>A council, ward or team to be compared.</summary>
/// <param name="Count">What was counted.</param>
/// <param name="Size">Out of what, or to what size.</param>
public readonly record struct FunnelUnit(string Key, string Label, double Count, double Size)
{
    public double Value => Count / Size;
}

/// <summary>Where a unit lies.</summary>
public enum FunnelPlace { Within, BetweenLimits, Beyond }

/// <summary>A unit in the funnel.</summary>
/// <param name="Inner">95 per cent of units of its size lie here while none differs.</param>
/// <param name="Outer">99.8 per cent do.</param>
/// <param name="Z">Distance from the centre in standard deviations, widened where the funnel is.</param>
public sealed record FunnelPoint(FunnelUnit Unit, Interval Inner, Interval Outer, double Z)
{
    public FunnelPlace Place => !Outer.Contains(Unit.Value) ? FunnelPlace.Beyond : !Inner.Contains(Unit.Value) ? FunnelPlace.BetweenLimits : FunnelPlace.Within;

    public bool IsHigh => Z > 0;
}

/// <summary>A funnel plot: units of different size around what they have in common, with limits that are the wider, the smaller a unit is. It tells which differ, and ranks nobody.</summary>
/// <param name="Centre">All counted together over all sizes.</param>
/// <param name="Phi">How far units lie apart, where 1 is what chance explains; the mean square of their distances, the outermost tenth on each side drawn in.</param>
/// <param name="Tau2">Variance between units beyond chance, on the transformed scale; 0 where there is none or too few units tell.</param>
/// <remarks>D. J. Spiegelhalter, Statistics in Medicine 24 (2005), 1185, and BMJ Quality and Safety 14 (2005), 347. Distances beyond the 10th and 90th percentile (type 7) count as these.</remarks>
public sealed record Funnel(FunnelKind Kind, double Centre, double? Phi, double Tau2, IReadOnlyList<FunnelPoint> Points)
{
    /// <summary>Units from which it can be told whether they differ by more than chance.</summary>
    public const int FewestForSpread = 5;

    private const double Trimmed = 0.1;

    public bool IsWidened => Tau2 > 0;

    /// <summary>The funnel of units; null where nothing was counted out of anything.</summary>
    /// <exception cref="ArgumentException">A count below 0, a size that is not above 0, or a part larger than its whole.</exception>
    public static Funnel? Of(FunnelKind kind, IReadOnlyList<FunnelUnit> units)
    {
        if (units.Any(u => !(u.Count >= 0) || !(u.Size > 0) || kind == FunnelKind.Share && u.Count > u.Size))
            throw new ArgumentException("A unit has a count of 0 or more and a size above 0, and a part is no larger than its whole.", nameof(units));
        if (units.Count == 0) return null;
        var centre = units.Sum(u => u.Count) / units.Sum(u => u.Size);
        var z = units.Select(u => Distance(kind, centre, u) / Math.Sqrt(FunnelLimits.Variance(u.Size))).ToList();
        double? phi = units.Count < FewestForSpread || centre == 0 || kind == FunnelKind.Share && centre >= 1 ? null : Spread(z);
        // Widened only where units differ by more than chance.
        var tau2 = phi is > 1 and var p ? Between(p, [.. units.Select(u => 1 / FunnelLimits.Variance(u.Size))]) : 0;
        Interval Limits(double size, double tail) => LimitsOf(kind, centre, tau2, size, tail);
        return new(kind, centre, phi, tau2, [.. units.Select(u =>
            new FunnelPoint(u, Limits(u.Size, FunnelLimits.Inner), Limits(u.Size, FunnelLimits.Outer), Distance(kind, centre, u) / Math.Sqrt(FunnelLimits.Variance(u.Size) + tau2)))]);
    }

    /// <summary>The limits of a unit of any size, for the lines of the drawing.</summary>
    public Interval At(double size, double tail) => LimitsOf(Kind, Centre, Tau2, size, tail);

    private static Interval LimitsOf(FunnelKind kind, double centre, double tau2, double size, double tail) =>
        tau2 > 0 ? FunnelLimits.Widened(kind, centre, size, tail, tau2) : FunnelLimits.Exact(kind, centre, size, tail);

    private static double Distance(FunnelKind kind, double centre, FunnelUnit unit) => FunnelLimits.Transform(kind, unit.Value) - FunnelLimits.Transform(kind, centre);

    private static double Spread(List<double> z)
    {
        var sorted = z.Order().ToList();
        var (low, high) = (Quantiles.OfSorted(sorted, Trimmed), Quantiles.OfSorted(sorted, 1 - Trimmed));
        return z.Average(v => Math.Pow(Math.Clamp(v, low, high), 2));
    }

    private static double Between(double phi, List<double> weights) =>
        Math.Max(0, (weights.Count * phi - (weights.Count - 1)) / (weights.Sum() - weights.Sum(w => w * w) / weights.Sum()));
}
