namespace Concentric.Measure.Variation;

/// <summary>What a period counted, and out of how much: 12 of 50 letters, 7 complaints of 1,300 households.</summary>
/// <param name="Count">Counted things, 0 or more.</param>
/// <param name="Size">What they were counted out of; 1 where there is no such thing.</param>
public readonly record struct Amount(double Count, double Size)
{
    public double Value => Count / Size;
}

/// <summary>A chart of counts: what the limits of a period come from.</summary>
public enum CountChartKind
{
    /// <summary>Share of things that have something: binomial.</summary>
    P,

    /// <summary>The same, with limits as wide as periods really differ (Laney).</summary>
    PPrime,

    /// <summary>Rate of events to a size that differs: Poisson.</summary>
    U,
    UPrime,

    /// <summary>Events in periods of one size: Poisson.</summary>
    C,

    /// <summary>Things between one event and the next: geometric, for what happens seldom.</summary>
    G,

    /// <summary>Figures of any distribution, each counted or measured out of a size that differs: as wide as neighbours really differ (Taylor).</summary>
    IPrime,
}

/// <summary>Where counts lie while nothing changes, as their distribution has it.</summary>
/// <param name="Periods">Periods that the limits come from.</param>
/// <param name="Mean">All counted together over all sizes together; null where there is none.</param>
/// <param name="SigmaZ">How far neighbouring periods lie from each other, where 1 is what chance alone explains; of an I′ chart the standard deviation of a figure out of one. Null where it cannot be computed.</param>
/// <remarks>
/// p̄ ± 3√(p̄(1−p̄)/nᵢ), ū ± 3√(ū/nᵢ), c̄ ± 3√c̄, ḡ ± 3√(ḡ(ḡ+1)), each about its mean (D. C. Montgomery, Introduction to Statistical Quality Control). p′ and u′ multiply the
/// width by σ_z = mR̄(z)/1.128 (D. B. Laney, Quality Engineering 14 (2002), 531), whether that widens or narrows it. I′ (W. Taylor, Normalized Individuals Control Chart, 2018) takes x̄ ± 3s/√nᵢ about the mean of all,
/// s the mean of √(π/2)·|xᵢ − xᵢ₋₁| / √(1/nᵢ + 1/nᵢ₋₁) over neighbours: it supposes no distribution, only that more to count makes a figure steadier.
/// </remarks>
public sealed record CountLimits(CountChartKind Kind, int Periods, double? Mean, double? SigmaZ)
{
    private const double Reach = 3;

    public bool HasLimits => Periods >= 2 && (IsOfAny ? Mean is not null : Mean is > 0) && !(IsShare && Mean >= 1) && (!IsPrime || SigmaZ > 1e-12 * Math.Abs(IsOfAny ? Mean!.Value : 0));

    public bool IsProvisional => Periods < XmrLimits.FirmFrom;

    private bool IsShare => Kind is CountChartKind.P or CountChartKind.PPrime;

    private bool IsPrime => Kind is CountChartKind.PPrime or CountChartKind.UPrime or CountChartKind.IPrime;

    /// <summary>Of any distribution: a figure may be 0 or less.</summary>
    private bool IsOfAny => Kind == CountChartKind.IPrime;

    /// <summary>What the figure can be at all.</summary>
    public NaturalBounds Bounds => IsOfAny ? NaturalBounds.None : new(0, IsShare ? 1 : null);

    /// <summary>Limits of a row of amounts, null for a gap.</summary>
    /// <param name="screen">Of an I′ chart: leave out distances of neighbours out of the ordinary, once, as <see cref="XmrLimits.Of"/> does.</param>
    /// <exception cref="ArgumentException">A count below 0 (but of an I′ chart), a size of 0 or less, or a part larger than its whole.</exception>
    public static CountLimits Of(CountChartKind kind, IReadOnlyList<Amount?> amounts, bool screen = false)
    {
        var known = amounts.Where(a => a is not null).Select(a => a!.Value).ToList();
        if (known.Exists(a => !(a.Count >= 0 || kind == CountChartKind.IPrime) || !(a.Size > 0) || !double.IsFinite(a.Count) || !double.IsFinite(a.Size))) throw new ArgumentException("A count is 0 or more, and what it is counted out of more than 0.", nameof(amounts));
        if (kind is CountChartKind.P or CountChartKind.PPrime && known.Exists(a => a.Count > a.Size)) throw new ArgumentException("A part is no larger than its whole.", nameof(amounts));
        var bare = new CountLimits(kind, known.Count, known.Count == 0 ? null : known.Sum(a => a.Count) / known.Sum(a => a.Size), null);
        if (bare.IsOfAny) return bare with { SigmaZ = Apart(amounts, screen) };
        if (bare.Mean is null or 0 || bare.IsShare && bare.Mean >= 1) return bare;
        var ranges = XmrLimits.MovingRanges([.. amounts.Select(a => a is { } of ? (of.Value - bare.Mean) / bare.ByChance(of.Size) : (double?)null)]).Where(r => r is not null).ToList();
        return ranges.Count == 0 ? bare : bare with { SigmaZ = ranges.Average()!.Value / XmrLimits.ToSigma };
    }

    /// <summary>The standard deviation of a figure out of one, from neighbours; null where no two stand side by side.</summary>
    private static double? Apart(IReadOnlyList<Amount?> amounts, bool screen)
    {
        var apart = amounts.Zip(amounts.Skip(1), (a, b) => a is { } x && b is { } y ? Math.Sqrt(Math.PI / 2) * Math.Abs(y.Value - x.Value) / Math.Sqrt(1 / x.Size + 1 / y.Size) : (double?)null).OfType<double>().ToList();
        if (apart.Count == 0) return null;
        var mean = apart.Average();
        var kept = apart.Where(a => a < XmrLimits.ToRangeLimit * mean).ToList();
        return screen && kept.Count > 0 && kept.Average() > 0 ? kept.Average() : mean;
    }

    /// <summary>How many standard deviations an amount lies from the mean; null where there are no limits.</summary>
    public double? Z(Amount? amount) => HasLimits && amount is { } of ? (of.Value - Mean!.Value) / Deviation(of.Size) : null;

    /// <summary>The value so many standard deviations from the mean in a period of that size, unclipped.</summary>
    public double? At(double size, double deviations = Reach) => HasLimits ? Mean + deviations * Deviation(size) : null;

    private double Deviation(double size) => ByChance(size) * (IsPrime ? SigmaZ ?? 1 : 1);

    private double ByChance(double size) => Kind switch
    {
        CountChartKind.P or CountChartKind.PPrime => Math.Sqrt(Mean!.Value * (1 - Mean.Value) / size),
        CountChartKind.IPrime => 1 / Math.Sqrt(size),
        CountChartKind.G => Math.Sqrt(Mean!.Value * (Mean.Value + 1) / size),
        _ => Math.Sqrt(Mean!.Value / size),
    };
}
