namespace Concentric.Needs.Anticipation.Figures;

/// <summary>The rising curve that comes nearest to what came true, by pooling neighbours that fall (M. Ayer and others, Annals of Mathematical Statistics 26, 1955).</summary>
internal sealed class Isotonic
{
    private readonly List<(double From, double To, double Value)> _steps = [];

    public Isotonic(Calibration of)
    {
        var pools = new List<(double From, double To, long N, long Happened)>();
        foreach (var f in of.Forecasts)
        {
            pools.Add((f.P, f.P, f.N, f.Happened));
            // A pool that is not above the one before is put together with it; cross-multiplied, so that no rounding decides.
            while (pools.Count > 1 && pools[^1].Happened * pools[^2].N <= pools[^2].Happened * pools[^1].N)
            {
                var (last, before) = (pools[^1], pools[^2]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((before.From, last.To, before.N + last.N, before.Happened + last.Happened));
            }
        }
        _steps.AddRange(pools.Select(p => (p.From, p.To, (double)p.Happened / p.N)));
    }

    /// <summary>The corners of the curve: each step's first and last probability, and its value.</summary>
    public IReadOnlyList<(double P, double Value)> Corners => [.. _steps.SelectMany(s => s.From == s.To ? [(s.From, s.Value)] : ((double, double)[])[(s.From, s.Value), (s.To, s.Value)])];

    /// <summary>The curve at a probability: a straight line between corners, level beyond the ends.</summary>
    public double At(double p)
    {
        var corners = Corners;
        if (p <= corners[0].P) return corners[0].Value;
        for (var i = 1; i < corners.Count; i++)
        {
            var ((x0, y0), (x1, y1)) = (corners[i - 1], corners[i]);
            if (p <= x1) return y0 + (y1 - y0) * (p - x0) / (x1 - x0);
        }
        return corners[^1].Value;
    }
}
