using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Concentric.Measure.Staffing;

/// <summary>Exponential smoothing as a model of chance: errors and seasons are parts of the level, the trend is an amount, ETS(M,A,M). What fits best is what makes the history likeliest.</summary>
/// <remarks>
/// R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder, Forecasting with Exponential Smoothing (Springer 2008), chapters 2, 5 and 6: y = (l + b)s(1 + ε), l′ = (l + b)(1 + αε), b′ = b + β(l + b)ε,
/// s′ = s(1 + γε). Parameters and starts are searched for together, from one fixed place, so that the same history gives the same forecast.
/// </remarks>
/// <param name="Level">At the end of the history; likewise the two that follow, the season from the next period on.</param>
/// <param name="Variance">Of an error, as a part of what was expected.</param>
/// <param name="Aicc">Akaike's criterion with the correction for short histories: less is better.</param>
public sealed record Ets(Smoothing Smoothing, double Level, double Trend, IReadOnlyList<double> Season, double Variance, double Aicc) : IForecast
{
    private const double Edge = 0.0001;
    private const int MostRounds = 300;

    /// <param name="by">Smoothing that is given; null to search for it together with the starts.</param>
    /// <exception cref="ArgumentException">Too little history for its parameters, a value that is not above 0, or nowhere to begin the search.</exception>
    public static Ets Of(IReadOnlyList<double> history, int season, Smoothing? by = null)
    {
        if (!IsPossible(history, season)) throw new ArgumentException("There must be two seasons of history, more values than parameters, and every value above 0, because seasons are parts.", nameof(history));
        var parameters = Parameters(season);
        if (Begin(history, season, by) is not { } start) throw new ArgumentException("No line through this history stays above 0.", nameof(history));
        var found = Fit(history, start, by);
        var run = Run(history, found);
        return new(found.Smoothing, run.Level, run.Trend, run.Season, run.Squares / (history.Count - parameters + 1), run.Unlikely + 2.0 * parameters + 2.0 * parameters * (parameters + 1) / (history.Count - parameters - 1));
    }

    /// <summary>Whether there is enough history, and nothing in it of which no season is a part.</summary>
    public static bool IsPossible(IReadOnlyList<double> history, int season) => season >= 2 && history.Count >= 2 * season && history.Count > Parameters(season) + 1 && history.All(v => v > 0);

    /// <summary>Whether the search has somewhere to begin.</summary>
    internal static bool HasBegin(IReadOnlyList<double> history, int season) => Begin(history, season, by: null) is not null;

    public double At(int ahead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        return (Level + ahead * Trend) * Season[(ahead - 1) % Season.Count];
    }

    public double Quantile(int ahead, double probability) => At(ahead) + Statistics.Quantiles.Normal(probability) * Math.Sqrt(Spread(ahead));

    /// <summary>Variance of the value so many periods ahead.</summary>
    /// <remarks>
    /// Level and trend are carried on by x′ = (F + Gε)x, and a period that is one or more seasons ahead takes (1 + γε) of each such period before it: first and second moments of both are exact
    /// for normal ε, whose third moment is 0 and whose fourth is 3σ⁴.
    /// </remarks>
    internal double Spread(int ahead)
    {
        var (f, g) = (new Pair(1, 1, 0, 1), new Pair(Smoothing.Alpha, Smoothing.Alpha, Smoothing.Beta, Smoothing.Beta));
        var (c, v) = (Smoothing.Gamma, Variance);
        var (first, second) = ((L: Level, B: Trend), Pair.Outer(Level, Trend));
        for (var j = 1; j < ahead; j++)
        {
            var own = (ahead - j) % Season.Count == 0 ? c : 0;
            var (fx, gx) = (f.Times(first), g.Times(first));
            first = (fx.L + own * v * gx.L, fx.B + own * v * gx.B);
            var cross = f.Around(second, g);
            second = f.Around(second, f).Times(1 + own * own * v).Plus(cross.Plus(cross.Turned).Times(2 * own * v)).Plus(g.Around(second, g).Times(v + 3 * own * own * v * v));
        }
        var part = Season[(ahead - 1) % Season.Count];
        var mean = first.L + first.B;
        return part * part * ((1 + v) * (second.A + second.B + second.C + second.D) - mean * mean);
    }

    // Three of smoothing, level, trend, the seasons but one, and the variance.
    private static int Parameters(int season) => season + 5;

    private sealed record Start(Smoothing Smoothing, double Level, double Trend, double[] Season);

    /// <summary>The line of the first two seasons, or where that runs below 0 the mean of all without a trend: from a place where no value could be, a search by slopes finds no way out.</summary>
    private static SmoothingStart? Begin(IReadOnlyList<double> history, int season, Smoothing? by)
    {
        var line = HoltWinters.Start(history, season, multiplicative: true);
        return new[] { line, line with { Level = history.Average(), Trend = 0 } }.FirstOrDefault(s => double.IsFinite(Run(history, At(s, by, First(season), 0)).Unlikely));
    }

    /// <summary>Where the search begins: little smoothing, and the level, trend and season of the start as they are.</summary>
    private static Vector<double> First(int season)
    {
        var first = Vector<double>.Build.Dense(4 + season);
        (first[0], first[1], first[2]) = (-1, -3, -2);
        return first;
    }

    /// <summary>A place of the search as what it stands for.</summary>
    /// <param name="scale">What one step of the trend is.</param>
    private static Start At(SmoothingStart from, Smoothing? by, Vector<double> x, double scale)
    {
        var alpha = Within(x[0], Edge, 1 - Edge);
        var seasons = from.Season.Select((s, i) => s * Math.Exp(i < from.Season.Count - 1 ? x[5 + i] : 0)).ToArray();
        var mean = seasons.Average();
        return new(by ?? new(alpha, Within(x[1], Edge, Math.Max(alpha, 2 * Edge)), Within(x[2], Edge, Math.Max(1 - alpha, 2 * Edge))), from.Level * Math.Exp(x[3]), from.Trend + scale * x[4], [.. seasons.Select(s => s / mean)]);
    }

    private static Start Fit(IReadOnlyList<double> history, SmoothingStart from, Smoothing? by)
    {
        var scale = history.Average();
        var first = First(from.Season.Count);
        var (best, least) = (first.Clone(), double.PositiveInfinity);
        double Cost(Vector<double> x)
        {
            var cost = Run(history, At(from, by, x, scale)).Unlikely;
            if (!double.IsFinite(cost)) return 1e12;
            if (cost < least) (best, least) = (x.Clone(), cost);
            return cost;
        }

        Vector<double> Slope(Vector<double> x)
        {
            const double step = 1e-5;
            var (slope, at) = (Vector<double>.Build.Dense(x.Count), x.Clone());
            for (var i = 0; i < x.Count; i++)
            {
                at[i] = x[i] + step;
                var up = Cost(at);
                at[i] = x[i] - step;
                slope[i] = (up - Cost(at)) / (2 * step);
                at[i] = x[i];
            }
            return slope;
        }

        Cost(first);
        // A search that ends for want of a better step begins again from the best place so far, which makes it forget a bent memory of slopes.
        for (var again = 0; again < 4; again++)
        {
            var before = least;
            try { new BfgsMinimizer(1e-6, 1e-9, 1e-10, MostRounds).FindMinimum(ObjectiveFunction.Gradient(Cost, Slope), best.Clone()); }
            catch (OptimizationException) { }
            if (!(least < before - 1e-7)) break;
        }
        return At(from, by, best, scale);
    }

    private static (double Level, double Trend, double[] Season, double Squares, double Unlikely) Run(IReadOnlyList<double> history, Start start)
    {
        var (level, trend, seasons) = (start.Level, start.Trend, (double[])start.Season.Clone());
        var (a, b, c) = (start.Smoothing.Alpha, start.Smoothing.Beta, start.Smoothing.Gamma);
        var (squares, logs) = (0.0, 0.0);
        for (var t = 0; t < history.Count; t++)
        {
            var k = t % seasons.Length;
            var (next, own) = (level + trend, seasons[k]);
            var expected = next * own;
            if (!(expected > 0)) return (level, trend, seasons, double.PositiveInfinity, double.PositiveInfinity);
            var error = history[t] / expected - 1;
            squares += error * error;
            logs += Math.Log(expected);
            level = next * (1 + a * error);
            trend += b * next * error;
            seasons[k] = own * (1 + c * error);
        }
        return (level, trend, [.. Enumerable.Range(0, seasons.Length).Select(i => seasons[(history.Count + i) % seasons.Length])], squares, history.Count * Math.Log(Math.Max(squares, 1e-300)) + 2 * logs);
    }

    private static double Within(double x, double low, double high) => low + (high - low) / (1 + Math.Exp(-x));

    /// <summary>Two rows of two.</summary>
    private readonly record struct Pair(double A, double B, double C, double D)
    {
        public static Pair Outer(double x, double y) => new(x * x, x * y, x * y, y * y);

        public Pair Turned => new(A, C, B, D);

        public Pair Plus(Pair other) => new(A + other.A, B + other.B, C + other.C, D + other.D);

        public Pair Times(double by) => new(A * by, B * by, C * by, D * by);

        public (double L, double B) Times((double L, double B) x) => (A * x.L + B * x.B, C * x.L + D * x.B);

        /// <summary>This, what stands between, and the other turned.</summary>
        public Pair Around(Pair between, Pair other) => Product(Product(this, between), other.Turned);

        private static Pair Product(Pair x, Pair y) => new(x.A * y.A + x.B * y.C, x.A * y.B + x.B * y.D, x.C * y.A + x.D * y.C, x.C * y.B + x.D * y.D);
    }
}
