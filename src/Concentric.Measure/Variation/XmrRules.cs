namespace Concentric.Measure.Variation;

/// <summary>Which rule found something.</summary>
public enum SignalKind { BeyondLimit, Trend, TwoOfThree, Shift }

/// <summary>To which side, or for a trend in which direction.</summary>
public enum Side { Above, Below }

/// <summary>Which direction is good for the citizen.</summary>
public enum Better { Neither, Lower, Higher }

/// <summary>What a signal means once it is known which direction is good.</summary>
public enum Meaning { Change, Improvement, Concern }

/// <summary>A sign that something other than the usual variation was at work, at one point.</summary>
/// <param name="Length">Points that make the signal: the length of the run or trend, 1 for a point beyond a limit, 2 or 3 for two of three.</param>
public readonly record struct Signal(SignalKind Kind, Side Side, int Length)
{
    /// <summary>The reason in words.</summary>
    public string Reason => (Kind, Side) switch
    {
        (SignalKind.BeyondLimit, Side.Above) => "Above the upper limit",
        (SignalKind.BeyondLimit, _) => "Below the lower limit",
        (SignalKind.Trend, Side.Above) => $"One of {Length} points in a row, each higher than the one before",
        (SignalKind.Trend, _) => $"One of {Length} points in a row, each lower than the one before",
        (SignalKind.TwoOfThree, Side.Above) => "One of two in three points that are near or beyond the upper limit",
        (SignalKind.TwoOfThree, _) => "One of two in three points that are near or beyond the lower limit",
        (_, Side.Above) => $"One of {Length} points in a row above the mean",
        _ => $"One of {Length} points in a row below the mean",
    };

    public Meaning Means(Better better) => better switch
    {
        Better.Neither => Meaning.Change,
        Better.Higher => Side == Side.Above ? Meaning.Improvement : Meaning.Concern,
        _ => Side == Side.Below ? Meaning.Improvement : Meaning.Concern,
    };
}

/// <summary>The rules by which a chart finds signals.</summary>
/// <param name="Shift">Points in a row on one side of the mean that make a shift: 7 (default) or 6 as in Making Data Count, 8 as in Wheeler, 9 as in Nelson.</param>
/// <param name="Trend">Points in a row, each strictly higher (or lower) than the one before, that make a trend: 7 (six rises) or 6.</param>
/// <param name="Screen">Whether moving ranges are screened (<see cref="XmrLimits.Of"/>).</param>
/// <param name="OldTwoOfThree">Whether two of three counts only points between the near limit and the limit, as before November 2023.</param>
/// <remarks>
/// NHS England, Making Data Count. Runs are retrospective: every point of a run is marked, so an earlier point can change when a later
/// one comes. A point equal to the mean breaks a shift, a tie breaks a trend, and a period without a value breaks both and two of three.
/// </remarks>
public sealed record XmrRules(int Shift = 7, int Trend = 7, bool Screen = false, bool OldTwoOfThree = false)
{
    public static XmrRules Default { get; } = new();

    /// <summary>The signals of each period of one stretch of a process, judged against the limits given; strongest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A shift is of 6 to 9 points, a trend of 6 or 7.</exception>
    public IReadOnlyList<Signal>[] Find(IReadOnlyList<double?> values, XmrLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Shift, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Shift, 9);
        ArgumentOutOfRangeException.ThrowIfLessThan(Trend, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Trend, 7);

        var found = new List<Signal>[values.Count];
        for (var i = 0; i < found.Length; i++) found[i] = [];
        if (limits.HasLimits)
        {
            BeyondLimits(values, limits, found);
            Trends(values, found);
            TwoOfThree(values, limits, found);
            Shifts(values, limits, found);
        }

        return found;
    }

    /// <summary>The longest run of points on one side of a mean.</summary>
    public static int LongestRun(IReadOnlyList<double?> values, double mean, Side side)
    {
        var (longest, run) = (0, 0);
        foreach (var value in values)
        {
            run = value is { } v && (side == Side.Above ? v > mean : v < mean) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static void BeyondLimits(IReadOnlyList<double?> values, XmrLimits limits, List<Signal>[] found)
    {
        for (var i = 0; i < found.Length; i++)
        {
            if (values[i] - limits.Upper > limits.Tolerance) found[i].Add(new(SignalKind.BeyondLimit, Side.Above, 1));
            if (limits.Lower - values[i] > limits.Tolerance) found[i].Add(new(SignalKind.BeyondLimit, Side.Below, 1));
        }
    }

    private void Trends(IReadOnlyList<double?> values, List<Signal>[] found) =>
        Runs(found, SignalKind.Trend, Trend, joins: 1, i => i == 0 || values[i] is not { } now || values[i - 1] is not { } before ? 0 : Math.Sign(now - before));

    private void Shifts(IReadOnlyList<double?> values, XmrLimits limits, List<Signal>[] found) =>
        Runs(found, SignalKind.Shift, Shift, joins: 0, i => values[i] is not { } v || Math.Abs(v - limits.Mean!.Value) <= limits.Tolerance ? 0 : Math.Sign(v - limits.Mean.Value));

    /// <summary>Marks every stretch of one sign that is long enough. A trend's first point has no step of its own, so it joins by one.</summary>
    private static void Runs(List<Signal>[] found, SignalKind kind, int length, int joins, Func<int, int> sign)
    {
        for (var first = 0; first < found.Length;)
        {
            var direction = sign(first);
            var end = first + 1;
            while (end < found.Length && sign(end) == direction) end++;
            var points = end - first + joins;
            if (direction != 0 && points >= length)
                for (var i = first - joins; i < end; i++) found[i].Add(new(kind, direction > 0 ? Side.Above : Side.Below, points));
            first = end;
        }
    }

    /// <summary>Two or three of three neighbouring points beyond the near limit, all three on one side of the mean; only those beyond it are marked.</summary>
    private void TwoOfThree(IReadOnlyList<double?> values, XmrLimits limits, List<Signal>[] found)
    {
        var mean = limits.Mean!.Value;
        var (near, far) = ((limits.NearUpper - mean)!.Value, (limits.Upper - mean)!.Value);
        var marked = new int[found.Length];
        for (var i = 0; i + 2 < found.Length; i++)
        {
            if (values[i] is not { } a || values[i + 1] is not { } b || values[i + 2] is not { } c) continue;
            double[] away = [a - mean, b - mean, c - mean];
            if (away.Any(d => Math.Sign(d) != Math.Sign(away[0]) || Math.Abs(d) <= limits.Tolerance)) continue;
            bool[] beyond = [.. away.Select(d => Math.Abs(d) - near > limits.Tolerance && (!OldTwoOfThree || Math.Abs(d) <= far))];
            var count = beyond.Count(x => x);
            if (count < 2) continue;
            for (var j = 0; j < 3; j++) if (beyond[j]) marked[i + j] = Math.Max(marked[i + j], count);
        }

        for (var i = 0; i < found.Length; i++)
            if (marked[i] > 0) found[i].Add(new(SignalKind.TwoOfThree, values[i] > mean ? Side.Above : Side.Below, marked[i]));
    }
}
