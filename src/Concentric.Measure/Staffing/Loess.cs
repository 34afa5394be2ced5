namespace Concentric.Measure.Staffing;

/// <summary>A curve through values at equal steps, each of its points a line (or a mean) through the values near it.</summary>
/// <remarks>W. S. Cleveland, Journal of the American Statistical Association 74 (1979), 829, with the tricube weight; the windows and the steps between points are those of STL (see <see cref="Stl"/>).</remarks>
/// <param name="Window">How many values are near.</param>
/// <param name="Degree">0 for a mean, 1 for a line.</param>
internal readonly record struct Loess(int Window, int Degree)
{
    /// <summary>Only one in so many points is worked out, and those between lie on the line: what differs is far below the noise.</summary>
    private int Jump => (Window + 9) / 10;

    public double[] Smooth(IReadOnlyList<double> values)
    {
        var (n, smooth) = (values.Count, new double[values.Count]);
        if (n < 2) return [.. values];
        var jump = Math.Min(Jump, n - 1);
        var last = (n - 1) / jump * jump;
        for (var i = 0; i <= last; i += jump) smooth[i] = At(values, i, First(i, n));
        for (var i = 0; i < last; i += jump) Between(smooth, i, i + jump);
        if (last < n - 1)
        {
            smooth[n - 1] = At(values, n - 1, First(last, n));
            Between(smooth, last, n - 1);
        }
        return smooth;
    }

    /// <summary>The curve at a place, which may lie beside the values, from a window that begins there.</summary>
    public double At(IReadOnlyList<double> values, int at, int first)
    {
        var n = values.Count;
        var end = Math.Min(n, first + Window) - 1;
        var reach = (double)Math.Max(at - first, end - at);
        if (Window > n) reach += (Window - n) / 2;
        var (weights, sum) = (new double[end - first + 1], 0.0);
        for (var j = first; j <= end; j++)
        {
            var away = Math.Abs(j - at);
            if (away > 0.999 * reach) continue;
            var part = away / reach;
            sum += weights[j - first] = away <= 0.001 * reach ? 1 : Math.Pow(1 - part * part * part, 3);
        }
        if (sum <= 0) return values[Math.Clamp(at, 0, n - 1)];
        for (var j = 0; j < weights.Length; j++) weights[j] /= sum;
        if (reach > 0 && Degree > 0)
        {
            var (mean, spread) = (0.0, 0.0);
            for (var j = 0; j < weights.Length; j++) mean += weights[j] * (first + j);
            for (var j = 0; j < weights.Length; j++) spread += weights[j] * (first + j - mean) * (first + j - mean);
            if (Math.Sqrt(spread) > 0.001 * (n - 1))
                for (var j = 0; j < weights.Length; j++) weights[j] *= (at - mean) / spread * (first + j - mean) + 1;
        }
        var found = 0.0;
        for (var j = 0; j < weights.Length; j++) found += weights[j] * values[first + j];
        return found;
    }

    /// <summary>Where the window of a place begins.</summary>
    private int First(int at, int n) => Window >= n ? 0 : Math.Clamp(at - (Window - 1) / 2, 0, n - Window);

    private static void Between(double[] smooth, int from, int to)
    {
        var step = (smooth[to] - smooth[from]) / (to - from);
        for (var i = from + 1; i < to; i++) smooth[i] = smooth[from] + step * (i - from);
    }
}
