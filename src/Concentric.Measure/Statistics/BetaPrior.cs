namespace Concentric.Measure.Statistics;

/// <summary>How much a share differs between areas before any one of them is looked at: a beta distribution.</summary>
/// <param name="Alpha">As if that many had been seen to do it.</param>
/// <param name="Beta">As if that many had been seen not to.</param>
public readonly record struct BetaPrior(double Alpha, double Beta)
{
    /// <summary>The average share.</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>How many people the prior is worth. An area with as many of its own is drawn half way to the average.</summary>
    public double Weight => Alpha + Beta;

    /// <summary>What is known of an area's share after counting in it.</summary>
    public BetaPosterior After(long part, long whole) => new(this, part, whole);

    /// <summary>Worth two people at the pooled share: where there are too few areas to learn from them how much areas differ.</summary>
    public static BetaPrior Weak(long part, long whole)
    {
        var mean = (part + 0.5) / (whole + 1.0);
        return new(2 * mean, 2 * (1 - mean));
    }
}

/// <summary>An area's share, drawn towards the average the more, the fewer people it is counted of.</summary>
/// <param name="Part">How many of the area.</param>
/// <param name="Whole">Of how many.</param>
public readonly record struct BetaPosterior(BetaPrior Prior, long Part, long Whole)
{
    private double Alpha => Prior.Alpha + Part;

    private double Beta => Prior.Beta + (Whole - Part);

    /// <summary>The share: between the area's own and the average.</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>How much of <see cref="Mean"/> is the area's own share and not the average, 0 to 1.</summary>
    public double WeightOnData => Whole / (Whole + Prior.Weight);

    /// <summary>The interval of 95 per cent with equal tails.</summary>
    /// <remarks>The prior is taken as known: where it comes from fewer than ten areas the interval is too narrow.</remarks>
    public Interval Interval => new(Quantiles.Beta(Alpha, Beta, Confidence.Tail95), Quantiles.Beta(Alpha, Beta, 1 - Confidence.Tail95));

    /// <summary>The probability that the area's share is above that one.</summary>
    public double ChanceAbove(double share) => 1 - Quantiles.BetaBelow(Alpha, Beta, share);
}
