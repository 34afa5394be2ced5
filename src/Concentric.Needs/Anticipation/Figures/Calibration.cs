namespace Concentric.Needs.Anticipation.Figures;

/// <summary>Observations to which the same probability was given.</summary>
/// <param name="P">The probability, 0 to 1.</param>
/// <param name="Happened">Of these, how many came true.</param>
internal readonly record struct Forecast(double P, long N, long Happened);

/// <summary>One tenth of the scale.</summary>
/// <param name="From">Its lower end; the upper is 0.1 above.</param>
/// <param name="MeanP">Mean probability given.</param>
/// <param name="Observed">Share that came true.</param>
internal sealed record CalibrationBin(double From, long N, double MeanP, double Observed);

/// <summary>Whether probabilities mean what they say: of all that were called 30 per cent, 30 per cent come true.</summary>
internal sealed class Calibration
{
    private const int Bins = 10;
    private readonly List<Forecast> _forecasts;

    public Calibration(IEnumerable<Forecast> forecasts)
    {
        _forecasts = [.. forecasts.Where(f => f.N > 0).GroupBy(f => f.P).Select(g => new Forecast(g.Key, g.Sum(f => f.N), g.Sum(f => f.Happened))).OrderBy(f => f.P)];
        (N, Happened) = (_forecasts.Sum(f => f.N), _forecasts.Sum(f => f.Happened));
        Table = [.. from f in _forecasts
                    group f by Math.Min(Bins - 1, (int)(f.P * Bins)) into bin
                    let n = bin.Sum(f => f.N)
                    select new CalibrationBin((double)bin.Key / Bins, n, bin.Sum(f => f.N * f.P) / n, (double)bin.Sum(f => f.Happened) / n)];
    }

    public long N { get; }
    public long Happened { get; }

    /// <summary>The tenths that hold anything.</summary>
    public IReadOnlyList<CalibrationBin> Table { get; }

    /// <summary>Share that came true.</summary>
    public double Observed => (double)Happened / N;

    /// <summary>Mean of (p − y)²: 0 is perfect (G. Brier, Monthly Weather Review 78, 1950).</summary>
    public double Brier => _forecasts.Sum(f => f.Happened * (1 - f.P) * (1 - f.P) + (f.N - f.Happened) * f.P * f.P) / N;

    /// <summary>Brier over tenths = reliability − resolution + uncertainty (A. Murphy, Journal of Applied Meteorology 12, 1973).</summary>
    public (double Reliability, double Resolution, double Uncertainty) Murphy => (
        Table.Sum(b => b.N * Square(b.MeanP - b.Observed)) / N, Table.Sum(b => b.N * Square(b.Observed - Observed)) / N, Observed * (1 - Observed));

    /// <summary>Expected calibration error over ten tenths of equal width: mean distance of what was said from what came true.</summary>
    public double Error => Table.Sum(b => b.N * Math.Abs(b.MeanP - b.Observed)) / N;

    /// <summary>Mean of −ln of the probability given to what came about.</summary>
    public double LogLoss => -_forecasts.Sum(f => (f.Happened == 0 ? 0 : f.Happened * Math.Log(f.P)) + (f.N == f.Happened ? 0 : (f.N - f.Happened) * Math.Log(1 - f.P))) / N;

    /// <summary>The chance that something that came true was given a higher probability than something that did not: the area under the ROC curve. 0 where one of the two is missing.</summary>
    public double Auc
    {
        get
        {
            double below = 0, won = 0;
            foreach (var f in _forecasts)
            {
                won += f.Happened * (below + (f.N - f.Happened) / 2.0);
                below += f.N - f.Happened;
            }
            return Happened == 0 || below == 0 ? 0 : won / (Happened * below);
        }
    }

    /// <summary>Mean of the precision at each step of recall, highest probabilities first.</summary>
    public double AveragePrecision
    {
        get
        {
            double taken = 0, found = 0, sum = 0;
            foreach (var f in Enumerable.Reverse(_forecasts))
            {
                taken += f.N;
                found += f.Happened;
                sum += f.Happened * (found / taken);
            }
            return Happened == 0 ? 0 : sum / Happened;
        }
    }

    /// <summary>
    /// Logistic recalibration: logit P(y) = intercept + slope·logit p, by Newton's method. Slope 1 and intercept 0 are perfect; a slope below 1 says that
    /// high probabilities are too high and low ones too low (D. Cox, Biometrika 45, 1958).
    /// </summary>
    /// <returns>Null where all or nothing came true, where all probabilities are alike, or where it does not converge.</returns>
    public (double Intercept, double Slope)? Recalibration
    {
        get
        {
            if (Happened == 0 || Happened == N) return null;
            double a = Logit(Observed), b = 0;
            for (var step = 0; step < 100; step++)
            {
                double ga = 0, gb = 0, aa = 0, ab = 0, bb = 0;
                foreach (var f in _forecasts)
                {
                    var x = Logit(f.P);
                    var p = 1 / (1 + Math.Exp(-a - b * x));
                    var (miss, weight) = (f.Happened - f.N * p, f.N * p * (1 - p));
                    (ga, gb, aa, ab, bb) = (ga + miss, gb + miss * x, aa + weight, ab + weight * x, bb + weight * x * x);
                }
                var det = aa * bb - ab * ab;
                if (!(det > 1e-12 * aa * bb)) return null;
                var (da, db) = ((bb * ga - ab * gb) / det, (aa * gb - ab * ga) / det);
                (a, b) = (a + da, b + db);
                if (!double.IsFinite(a) || !double.IsFinite(b)) return null;
                if (Math.Abs(da) + Math.Abs(db) < 1e-12) return (a, b);
            }
            return null;
        }
    }

    /// <summary>The intercept alone, with the slope held at 1: above 0, too little was expected. Null where all or nothing came true.</summary>
    public double? InTheLarge
    {
        get
        {
            if (Happened == 0 || Happened == N) return null;
            var a = 0.0;
            for (var step = 0; step < 100; step++)
            {
                double gradient = 0, weight = 0;
                foreach (var f in _forecasts)
                {
                    var p = 1 / (1 + Math.Exp(-a - Logit(f.P)));
                    (gradient, weight) = (gradient + f.Happened - f.N * p, weight + f.N * p * (1 - p));
                }
                a += gradient / weight;
                if (Math.Abs(gradient / weight) < 1e-12) return a;
            }
            return null;
        }
    }

    // Certainty has no logit; nothing that we say is certain.
    private static double Logit(double p) => Math.Log(Math.Clamp(p, 1e-12, 1 - 1e-12) / (1 - Math.Clamp(p, 1e-12, 1 - 1e-12)));

    private static double Square(double x) => x * x;

    /// <summary>The forecasts, each probability once, from the lowest.</summary>
    public IReadOnlyList<Forecast> Forecasts => _forecasts;
}
