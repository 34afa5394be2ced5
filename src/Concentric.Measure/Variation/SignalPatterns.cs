namespace Concentric.Measure.Variation;

/// <summary>Signals as they are found, point by point.</summary>
internal sealed class FoundSignals(int count)
{
    private static readonly IReadOnlyList<Signal> None = [];

    public IReadOnlyList<Signal>[] ByPoint { get; } = [.. Enumerable.Repeat(None, count)];

    public int Count => ByPoint.Length;

    public void Add(int index, Signal signal)
    {
        if (ByPoint[index] is List<Signal> list) list.Add(signal);
        else ByPoint[index] = new List<Signal>(2) { signal };
    }
}

/// <summary>Rules that look at one point.</summary>
internal static class SinglePoints
{
    /// <summary>Strictly beyond: a point on a limit is within.</summary>
    public static void BeyondLimits(IReadOnlyList<double?> values, XmrLimits limits, FoundSignals found)
    {
        var (upper, lower, tolerance) = (limits.Upper!.Value, limits.Lower!.Value, limits.Tolerance);
        for (var i = 0; i < found.Count; i++)
        {
            if (values[i] is not { } value) continue;
            if (value - upper > tolerance) found.Add(i, new(SignalKind.BeyondLimit, Side.Above, 1));
            if (lower - value > tolerance) found.Add(i, new(SignalKind.BeyondLimit, Side.Below, 1));
        }
    }

    /// <summary>Where nothing varied there are no limits, and the only thing that can be told is that a value is another.</summary>
    public static void ChangedValues(IReadOnlyList<double?> values, XmrLimits limits, FoundSignals found)
    {
        var first = limits.FirstValue ?? limits.Mean!.Value;
        for (var i = 0; i < found.Count; i++)
            if (values[i] is { } value && Math.Abs(value - first) > limits.Tolerance)
                found.Add(i, new(SignalKind.ValueChanged, value > first ? Side.Above : Side.Below, 1));
    }
}

/// <summary>Rules that look at points in a row.</summary>
internal static class RunPatterns
{
    public static void Trends(IReadOnlyList<double?> values, int length, FoundSignals found) =>
        Runs(found, SignalKind.Trend, length, joins: 1, i => Step(values, i));

    public static void Shifts(IReadOnlyList<double?> values, XmrLimits limits, int length, FoundSignals found)
    {
        var (mean, tolerance) = (limits.Mean!.Value, limits.Tolerance);
        Runs(found, SignalKind.Shift, length, joins: 0, i => values[i] is not { } v || Math.Abs(v - mean) <= tolerance ? 0 : Math.Sign(v - mean));
    }

    /// <summary>Steps up and down in turn. A stretch is one sign once every second step is turned round.</summary>
    public static void Alternating(IReadOnlyList<double?> values, int length, FoundSignals found) =>
        Runs(found, SignalKind.Alternating, length, joins: 1, i => Step(values, i) * (i % 2 == 0 ? 1 : -1));

    public static void WithinOneSigma(IReadOnlyList<double?> values, XmrLimits limits, int length, FoundSignals found)
    {
        var (mean, sigma, tolerance) = (limits.Mean!.Value, limits.OneSigma!.Value, limits.Tolerance);
        Runs(found, SignalKind.WithinOneSigma, length, joins: 0, i => values[i] is { } v && sigma - Math.Abs(v - mean) > tolerance ? 1 : 0);
    }

    public static void OutsideOneSigma(IReadOnlyList<double?> values, XmrLimits limits, int length, FoundSignals found)
    {
        var (mean, sigma, tolerance) = (limits.Mean!.Value, limits.OneSigma!.Value, limits.Tolerance);
        Runs(found, SignalKind.OutsideOneSigma, length, joins: 0, i => values[i] is { } v && Math.Abs(v - mean) - sigma > tolerance ? 1 : 0);
    }

    private static int Step(IReadOnlyList<double?> values, int i) =>
        i == 0 || values[i] is not { } now || values[i - 1] is not { } before ? 0 : Math.Sign(now - before);

    /// <summary>Marks every stretch of one sign that is long enough. The first point of steps has no step of its own, so it joins by one.</summary>
    private static void Runs(FoundSignals found, SignalKind kind, int length, int joins, Func<int, int> sign)
    {
        for (var first = 0; first < found.Count;)
        {
            var direction = sign(first);
            var end = first + 1;
            while (end < found.Count && sign(end) == direction) end++;
            var points = end - first + joins;
            if (direction != 0 && points >= length)
                for (var i = first - joins; i < end; i++) found.Add(i, new(kind, SideOf(kind, direction), points));
            first = end;
        }
    }

    private static Side SideOf(SignalKind kind, int direction) =>
        kind is SignalKind.Trend or SignalKind.Shift ? direction > 0 ? Side.Above : Side.Below : Side.Neither;
}

/// <summary>Rules that look at some of several neighbouring points.</summary>
internal static class WindowPatterns
{
    /// <summary>Two or three of three neighbouring points beyond the near limit on one side; only those beyond it are marked.</summary>
    /// <param name="allOneSide">Whether the third must lie on the same side of the mean as well (Making Data Count), or may lie anywhere (Nelson, Western Electric).</param>
    /// <param name="withinLimit">Whether points beyond the limit do not count (Making Data Count before November 2023).</param>
    public static void TwoOfThree(IReadOnlyList<double?> values, XmrLimits limits, bool allOneSide, bool withinLimit, FoundSignals found) =>
        Windows(values, limits, SignalKind.TwoOfThree, 2, 3, 2 * limits.OneSigma!.Value, withinLimit ? 3 * limits.OneSigma.Value : null, allOneSide, found);

    /// <summary>Four or five of five neighbouring points more than one standard deviation to one side; only those are marked.</summary>
    public static void FourOfFive(IReadOnlyList<double?> values, XmrLimits limits, FoundSignals found) =>
        Windows(values, limits, SignalKind.FourOfFive, 4, 5, limits.OneSigma!.Value, null, false, found);

    private static void Windows(
        IReadOnlyList<double?> values, XmrLimits limits, SignalKind kind, int least, int length, double beyond, double? most, bool allOneSide, FoundSignals found)
    {
        var (mean, tolerance) = (limits.Mean!.Value, limits.Tolerance);
        int[]? marked = null;
        for (var first = 0; first + length <= found.Count; first++)
        {
            foreach (var side in (ReadOnlySpan<int>)[1, -1])
            {
                var (count, fits) = (0, true);
                for (var i = first; i < first + length && fits; i++)
                {
                    fits = values[i] is { } v && (!allOneSide || (v - mean) * side > tolerance);
                    if (fits && Counts(values[i]!.Value, side)) count++;
                }
                if (!fits || count < least) continue;
                marked ??= new int[found.Count];
                for (var i = first; i < first + length; i++)
                    if (Counts(values[i]!.Value, side)) marked[i] = Math.Max(marked[i], count);
            }
        }
        if (marked is null) return;
        for (var i = 0; i < marked.Length; i++)
            if (marked[i] > 0) found.Add(i, new(kind, values[i] > mean ? Side.Above : Side.Below, marked[i]));

        bool Counts(double value, int side) => (value - mean) * side is var away && away - beyond > tolerance && (most is not { } limit || away <= limit);
    }
}
