using MathNet.Numerics;

namespace Concentric.Measure.Statistics;

/// <summary>A count of so many.</summary>
public readonly record struct Counted(long Part, long Whole);

/// <summary>How a <see cref="BetaPrior"/> was come by.</summary>
public enum PriorBy
{
    /// <summary>The most likely one (maximum likelihood).</summary>
    Likelihood,

    /// <summary>Areas differ no more than by chance, so the prior is as strong as is allowed and each is drawn to the average.</summary>
    Cap,

    /// <summary>There are too few areas, or nobody or everybody does it: a weak prior that is not learnt from them.</summary>
    Weak,
}

/// <summary>Learns from many areas how much their shares differ: empirical Bayes with beta and binomial.</summary>
public static class BetaBinomial
{
    /// <summary>The strongest prior. Where areas differ no more than by chance the likelihood rises without end.</summary>
    public const double MostWeight = 1e6;

    /// <summary>Fewer areas say too little about how much areas differ.</summary>
    public const int FewestAreas = 10;

    /// <summary>The prior to use: the most likely one, or a weak one that is said to be so.</summary>
    public static (BetaPrior Prior, PriorBy By) Of(IReadOnlyList<Counted> areas)
    {
        var counted = areas.Where(a => a.Whole > 0).ToList();
        var (part, whole) = (counted.Sum(a => a.Part), counted.Sum(a => a.Whole));
        if (counted.Count < FewestAreas || part == 0 || part == whole) return (BetaPrior.Weak(part, whole), PriorBy.Weak);
        var prior = MostLikely(counted);
        return (prior, prior.Weight >= MostWeight * (1 - 1e-9) ? PriorBy.Cap : PriorBy.Likelihood);
    }

    /// <summary>The most likely prior, its weight at most <see cref="MostWeight"/>.</summary>
    /// <exception cref="ArgumentException">No areas, or nobody or everybody does it: nothing is most likely.</exception>
    /// <remarks>Newton's steps in the logarithm of the weight and the log odds of the mean, halved where they lead down, from the best of several starts.</remarks>
    public static BetaPrior MostLikely(IReadOnlyList<Counted> areas)
    {
        var (part, whole) = (areas.Sum(a => a.Part), areas.Sum(a => a.Whole));
        if (part == 0 || part >= whole) throw new ArgumentException("Nobody or everybody does it.", nameof(areas));
        var top = Math.Log(MostWeight);
        var odds = Math.Log((double)part / (whole - part));
        var at = Enumerable.Range(0, 9).Select(i => (U: top * i / 8, V: odds)).MaxBy(s => LogLikelihood(areas, Prior(s.U, s.V)));
        for (var step = 0; step < 200; step++)
        {
            var (u, v) = Step(areas, at.U, at.V, top);
            var (value, share) = (LogLikelihood(areas, Prior(at.U, at.V)), 1.0);
            var next = (U: Math.Min(top, at.U + u), V: at.V + v);
            while (share > 1e-6 && LogLikelihood(areas, Prior(next.U, next.V)) < value - 1e-9)
            {
                share /= 2;
                next = (Math.Min(top, at.U + share * u), at.V + share * v);
            }
            var moved = Math.Abs(next.U - at.U) + Math.Abs(next.V - at.V);
            at = next;
            if (moved < 1e-11) break;
        }
        return Prior(at.U, at.V);
    }

    /// <summary>The prior by moments: nothing is fitted. Its correlation is kept within 0 to 1, and its weight to <see cref="MostWeight"/>.</summary>
    /// <remarks>J. C. Kleinman, Journal of the American Statistical Association 68 (1973), 46, each area weighted by its size.</remarks>
    public static (BetaPrior Prior, double Correlation) ByMoments(IReadOnlyList<Counted> areas)
    {
        var counted = areas.Where(a => a.Whole > 0).ToList();
        double n = counted.Sum(a => a.Whole);
        var p = counted.Sum(a => a.Part) / n;
        var spread = counted.Sum(a => a.Whole * Math.Pow((double)a.Part / a.Whole - p, 2));
        var (few, many) = (counted.Sum(a => 1 - a.Whole / n), counted.Sum(a => a.Whole * (1 - a.Whole / n)));
        var (chance, most) = (p * (1 - p) * few, p * (1 - p) * (many - few));
        var correlation = most > 0 ? Math.Clamp((spread - chance) / most, 0, 1) : 0;
        var weight = Math.Min(MostWeight, correlation > 0 ? (1 - correlation) / correlation : MostWeight);
        return (new(p * weight, (1 - p) * weight), correlation);
    }

    /// <summary>The logarithm of the likelihood but for a constant that does not depend on the prior.</summary>
    public static double LogLikelihood(IReadOnlyList<Counted> areas, BetaPrior prior)
    {
        var (a, b) = (prior.Alpha, prior.Beta);
        var none = SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        return areas.Sum(x => SpecialFunctions.GammaLn(a + x.Part) + SpecialFunctions.GammaLn(b + x.Whole - x.Part) - SpecialFunctions.GammaLn(a + b + x.Whole) - none);
    }

    private static BetaPrior Prior(double logWeight, double logOdds)
    {
        var weight = Math.Exp(logWeight);
        return new(weight / (1 + Math.Exp(-logOdds)), weight / (1 + Math.Exp(logOdds)));
    }

    /// <summary>Where to go from there: Newton's step where the hill is round, otherwise uphill; never further than one.</summary>
    private static (double U, double V) Step(IReadOnlyList<Counted> areas, double u, double v, double top)
    {
        var (a, b) = Prior(u, v);
        var m = a + b;
        double ga = 0, gb = 0, haa = 0, hbb = 0, both = 0;
        var (da, db, dm, ta, tb, tm) = (PolyGamma.Di(a), PolyGamma.Di(b), PolyGamma.Di(m), PolyGamma.Tri(a), PolyGamma.Tri(b), PolyGamma.Tri(m));
        foreach (var (x, n) in areas)
        {
            var of = dm - PolyGamma.Di(m + n);
            ga += PolyGamma.Di(a + x) - da + of;
            gb += PolyGamma.Di(b + n - x) - db + of;
            haa += PolyGamma.Tri(a + x) - ta;
            hbb += PolyGamma.Tri(b + n - x) - tb;
            both += tm - PolyGamma.Tri(m + n);
        }
        (haa, hbb) = (haa + both, hbb + both);
        var c = a * b / m;
        var (gu, gv) = (a * ga + b * gb, c * (ga - gb));
        var huu = a * a * haa + 2 * a * b * both + b * b * hbb + gu;
        var hvv = c * c * (haa - 2 * both + hbb) + c * (b - a) / m * (ga - gb);
        var huv = c * (a * (haa - both) + b * (both - hbb)) + gv;
        double Alone(double gradient, double curve) => Math.Clamp(curve < 0 ? -gradient / curve : gradient, -1, 1);
        // At the cap only the mean is left to be found.
        if (u >= top && gu >= 0) return (0, Alone(gv, hvv));
        var determinant = huu * hvv - huv * huv;
        if (huu >= 0 || determinant <= 0) return (Alone(gu, huu), Alone(gv, hvv));
        return (Math.Clamp((huv * gv - hvv * gu) / determinant, -1, 1), Math.Clamp((huv * gu - huu * gv) / determinant, -1, 1));
    }
}
