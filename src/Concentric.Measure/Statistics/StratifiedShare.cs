using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Statistics;

/// <summary>A share of all contacts, estimated from samples of their parts, each part weighing as many contacts as it has.</summary>
/// <param name="Value">p = Σ W p over the parts, W their share of all contacts.</param>
/// <param name="StandardError">The root of Σ W²(1 − n/N) p(1 − p)/(n − 1), as R's survey package gives it.</param>
/// <param name="CarefulError">As <paramref name="StandardError"/>, where a part with all or none in it counts with (a + 2)/(n + 4), so that it is not taken for certain.</param>
/// <param name="Size">All contacts of parts with a sample.</param>
/// <param name="Sampled">Contacts in the samples.</param>
/// <param name="Naive">The share in all samples together, which counts a part by how much was sampled and not by how large it is: shown to warn, never as the figure.</param>
/// <param name="Parts">Parts that stand by themselves in the variance, after those of one were put together.</param>
/// <param name="Collapsed">Parts with a sample of one, in words: alone they have no variance and were put together with another of their group.</param>
/// <param name="Unsampled">Contacts of parts without a sample, of which the estimate says nothing.</param>
/// <remarks>W. G. Cochran, Sampling Techniques (1977), chapter 5; small samples: A. Agresti and B. A. Coull, The American Statistician 52 (1998), 119.</remarks>
public sealed record StratifiedShare(double Value, double StandardError, double CarefulError, long Size, long Sampled, double Naive, int Parts, IReadOnlyList<string> Collapsed, long Unsampled)
{
    /// <summary>The symmetric interval. It may leave 0 to 1: shown nowhere.</summary>
    public Interval Wald => new(Value - Confidence.Z95 * StandardError, Value + Confidence.Z95 * StandardError);

    /// <summary>How much larger the variance is than in a plain sample of as many.</summary>
    public double DesignEffect => Value is > 0 and < 1 ? StandardError * StandardError / (Value * (1 - Value) / Sampled) : double.NaN;

    /// <summary>The plain sample that would tell as much.</summary>
    public double EffectiveSize => Sampled / DesignEffect;

    private int Freedom => (int)Sampled - Parts;

    /// <summary>The interval made on the log odds with Student's t; null at none, at all, or without a degree of freedom.</summary>
    public Interval? Logit => LogitOf(StandardError);

    /// <summary>As <see cref="Logit"/> with the careful error: what pages show.</summary>
    public Interval? Careful => LogitOf(CarefulError) ?? KornGraubard;

    /// <summary>The exact interval on the effective size: holds for shares near none or all.</summary>
    /// <remarks>E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998), 193, with Clopper and Pearson's quantiles of beta.</remarks>
    public Interval? KornGraubard
    {
        get
        {
            if (Freedom < 1) return null;
            if (Value is <= 0 or >= 1) return BinomialIntervals.ClopperPearson(Value <= 0 ? 0 : Sampled, Sampled);
            var ratio = StudentT.InvCDF(0, 1, Sampled - 1, Confidence.Tail95) / StudentT.InvCDF(0, 1, Freedom, Confidence.Tail95);
            var n = Value * (1 - Value) / (StandardError * StandardError) * ratio * ratio;
            return new(Quantiles.Beta(n * Value, n * (1 - Value) + 1, Confidence.Tail95), Quantiles.Beta(n * Value + 1, n * (1 - Value), 1 - Confidence.Tail95));
        }
    }

    /// <summary>The estimate; null where no part has a sample of two or more.</summary>
    /// <exception cref="ArgumentException">A part has more sampled than there are, or more counted than sampled.</exception>
    public static StratifiedShare? Of(IReadOnlyList<Stratum> strata)
    {
        foreach (var stratum in strata) stratum.Check();
        var sampled = strata.Where(s => s.Sampled > 0).ToList();
        var groups = Collapse(sampled);
        if (groups.Exists(g => g.Sampled < 2) || groups.Count == 0) return null;
        double size = sampled.Sum(s => s.Size);
        double Square(Func<Stratum, double> variance) => groups.Sum(g => Math.Pow(g.Size / size, 2) * variance(g));
        return new(
            sampled.Sum(s => s.Size / size * s.Share!.Value),
            Math.Sqrt(Square(g => Stratum.Variance(g.Size, g.Sampled, g.Part))),
            Math.Sqrt(Square(Careful)),
            (long)size, sampled.Sum(s => s.Sampled), (double)sampled.Sum(s => s.Part) / sampled.Sum(s => s.Sampled), groups.Count,
            [.. sampled.Where(s => s.Sampled == 1).Select(s => $"{s.Group}, {s.Name}")],
            strata.Sum(s => s.Size) - (long)size);

        static double Careful(Stratum g) => g.IsAllOrNone ? (1 - g.Sampled / (double)g.Size) * ((g.Part + 2.0) / (g.Sampled + 4)) * (1 - (g.Part + 2.0) / (g.Sampled + 4)) / (g.Sampled + 4) : Stratum.Variance(g.Size, g.Sampled, g.Part);
    }

    /// <summary>The parts as they stand in the variance: each with a sample of one goes together with the smallest other of its group, or of all where the group has no other.</summary>
    internal static List<Stratum> Collapse(IReadOnlyList<Stratum> strata)
    {
        var groups = strata.ToList();
        while (groups.Count > 1 && groups.FindIndex(s => s.Sampled == 1) is >= 0 and var at)
        {
            var lone = groups[at];
            groups.RemoveAt(at);
            var with = groups.OrderBy(g => g.Group == lone.Group ? 0 : 1).ThenBy(g => g.Sampled).ThenBy(g => g.Name, StringComparer.Ordinal).First();
            groups[groups.IndexOf(with)] = with with { Size = with.Size + lone.Size, Sampled = with.Sampled + 1, Part = with.Part + lone.Part };
        }
        return groups;
    }

    private Interval? LogitOf(double error)
    {
        if (Value is <= 0 or >= 1 || Freedom < 1) return null;
        var (odds, reach) = (Math.Log(Value / (1 - Value)), -StudentT.InvCDF(0, 1, Freedom, Confidence.Tail95) * error / (Value * (1 - Value)));
        return new(1 / (1 + Math.Exp(-(odds - reach))), 1 / (1 + Math.Exp(-(odds + reach))));
    }
}

/// <summary>What the counted contacts cost: Σ N c p, with its own error.</summary>
/// <param name="Pounds">The estimate.</param>
/// <param name="StandardError">The root of Σ (N c)²(1 − n/N) p(1 − p)/(n − 1). What a contact costs is taken as known.</param>
public sealed record StratifiedCost(double Pounds, double StandardError)
{
    /// <summary>95 per cent, never below nothing.</summary>
    public Interval Interval => new(Math.Max(0, Pounds - Confidence.Z95 * StandardError), Pounds + Confidence.Z95 * StandardError);

    /// <param name="cost">Pounds a contact of a part.</param>
    /// <remarks>A part with a sample of one adds its cost and, having no variance of its own, that of a share that may be anything: a quarter.</remarks>
    public static StratifiedCost Of(IReadOnlyList<Stratum> strata, Func<Stratum, double> cost)
    {
        var sampled = strata.Where(s => s.Sampled > 0).ToList();
        return new(sampled.Sum(s => s.Size * cost(s) * s.Share!.Value),
            Math.Sqrt(sampled.Sum(s => Math.Pow(s.Size * cost(s), 2) * (s.Sampled == 1 ? 0.25 : Stratum.Variance(s.Size, s.Sampled, s.Part)))));
    }
}
