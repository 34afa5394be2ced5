namespace Concentric.Measure.Variation;

/// <summary>Rules that are used together.</summary>
public enum RuleSet
{
    /// <summary>NHS England, Making Data Count: a point beyond a limit, 7 points on one side of the mean, a trend of 7, two of three near a limit.</summary>
    Mdc7,

    /// <summary>The same with runs and trends of 6, which finds changes sooner and gives nearly twice the false alarms.</summary>
    Mdc6,

    /// <summary>All eight of L. S. Nelson, Journal of Quality Technology 16 (1984), 237.</summary>
    Nelson,

    /// <summary>Western Electric, Statistical Quality Control Handbook (1956): a point beyond a limit, two of three, four of five, 8 on one side.</summary>
    WesternElectric,
}

/// <summary>The rules by which a chart finds signals.</summary>
/// <param name="Shift">Points in a row on one side of the mean that make a shift: 7 (default) or 6 as in Making Data Count, 8 as in Wheeler, 9 as in Nelson.</param>
/// <param name="Trend">Points in a row, each strictly higher (or lower) than the one before, that make a trend: 7 (six rises) or 6.</param>
/// <param name="Screen">Whether moving ranges are screened (<see cref="XmrLimits.Of"/>).</param>
/// <param name="OldTwoOfThree">Whether two of three counts only points between the near limit and the limit, as before November 2023.</param>
/// <remarks>
/// Runs are retrospective: every point of a run is marked, so an earlier point can change when a later
/// one comes. A point equal to the mean breaks a shift, a tie breaks a trend, and a period without a value breaks every pattern of several points.
/// </remarks>
public sealed record XmrRules(int Shift = 7, int Trend = 7, bool Screen = false, bool OldTwoOfThree = false)
{
    public static XmrRules Default { get; } = new();

    /// <summary>Which further rules there are; the lengths of runs are <see cref="Shift"/> and <see cref="Trend"/>.</summary>
    public RuleSet Set { get; init; }

    /// <summary>The names by which people ask for a set.</summary>
    public static IReadOnlyDictionary<string, RuleSet> Names { get; } =
        new Dictionary<string, RuleSet> { ["mdc7"] = RuleSet.Mdc7, ["mdc6"] = RuleSet.Mdc6, ["nelson"] = RuleSet.Nelson, ["we"] = RuleSet.WesternElectric };

    /// <summary>A set with the lengths that belong to it.</summary>
    /// <param name="screen">Whether moving ranges are screened.</param>
    /// <param name="oldTwoOfThree">Of Making Data Count only: two of three as before November 2023.</param>
    public static XmrRules Of(RuleSet set, bool screen = false, bool oldTwoOfThree = false) => set switch
    {
        RuleSet.Mdc6 => new(6, 6, screen, oldTwoOfThree) { Set = set },
        RuleSet.Nelson => new(9, 6, screen) { Set = set },
        RuleSet.WesternElectric => new(8, 7, screen) { Set = set },
        _ => new(7, 7, screen, oldTwoOfThree) { Set = set },
    };

    /// <summary>The rules in a sentence.</summary>
    public string InWords => Set switch
    {
        RuleSet.Nelson => "The eight rules of Nelson: a point beyond a limit, 9 points in a row on one side of the mean, 6 in a row rising or falling, 14 up and down in turn, "
            + "two of three beyond two standard deviations, four of five beyond one, 15 within one, 8 outside one.",
        RuleSet.WesternElectric => "The rules of Western Electric: a point beyond a limit, two of three beyond two standard deviations, four of five beyond one, 8 points in a row on one side of the mean.",
        _ => $"Making Data Count: a point beyond a limit, {Shift} points in a row on one side of the mean, {Trend} in a row rising or falling, "
            + $"two of three near {(OldTwoOfThree ? "but not beyond a limit, as before November 2023" : "or beyond a limit")}.",
    };

    private bool IsMdc => Set is RuleSet.Mdc7 or RuleSet.Mdc6;

    /// <summary>The signals of each period of one stretch of a process, judged against the limits given; strongest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A shift is of 6 to 9 points, a trend of 6 or 7.</exception>
    public IReadOnlyList<Signal>[] Find(IReadOnlyList<double?> values, XmrLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Shift, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Shift, 9);
        ArgumentOutOfRangeException.ThrowIfLessThan(Trend, 6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Trend, 7);

        var found = new FoundSignals(values.Count);
        if (limits.State == LimitsState.NoVariation) SinglePoints.ChangedValues(values, limits, found);
        if (!limits.HasLimits) return found.ByPoint;

        SinglePoints.BeyondLimits(values, limits, found);
        if (Set != RuleSet.WesternElectric) RunPatterns.Trends(values, Trend, found);
        WindowPatterns.TwoOfThree(values, limits, IsMdc, IsMdc && OldTwoOfThree, found);
        RunPatterns.Shifts(values, limits, Shift, found);
        if (!IsMdc) WindowPatterns.FourOfFive(values, limits, found);
        if (Set == RuleSet.Nelson)
        {
            RunPatterns.Alternating(values, 14, found);
            RunPatterns.WithinOneSigma(values, limits, 15, found);
            RunPatterns.OutsideOneSigma(values, limits, 8, found);
        }
        return found.ByPoint;
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
}
