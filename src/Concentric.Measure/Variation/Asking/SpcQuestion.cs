namespace Concentric.Measure.Variation.Asking;

/// <summary>Figures to be put on a control chart, and how.</summary>
public sealed record SpcQuestion
{
    /// <summary>The figures, in any order; at most 20,000.</summary>
    public IReadOnlyList<SpcFigure>? Points { get; init; }

    /// <summary>Which direction is good: <c>up</c>, <c>down</c> or <c>none</c> (default).</summary>
    public string? Improvement { get; init; }

    /// <summary>In the unit of the figures; of shares from 0 to 1.</summary>
    public double? Target { get; init; }

    /// <summary>Take each phase's limits from its first so many values and carry them on.</summary>
    public int? FixAfter { get; init; }

    /// <summary>Dated changes from which limits are worked out anew.</summary>
    public IReadOnlyList<SpcRebase>? Rebase { get; init; }

    /// <summary><c>mdc7</c> (default), <c>mdc6</c>, <c>nelson</c> or <c>we</c>.</summary>
    public string? Rules { get; init; }

    /// <summary>Count for two of three only points within the limits, as Making Data Count did before November 2023.</summary>
    public bool OldTwoOfThree { get; init; }

    /// <summary>Leave moving ranges that are out of the ordinary out of the limits.</summary>
    public bool Screen { get; init; }

    /// <summary><c>xmr</c>, <c>p</c>, <c>p'</c>, <c>u</c>, <c>u'</c>, <c>c</c>, <c>g</c>, <c>t</c>, <c>i'</c>, <c>run</c> or <c>auto</c>. Without it: <c>auto</c> where figures have denominators, otherwise <c>xmr</c>.</summary>
    public string? Chart { get; init; }

    /// <summary>Adjust months, quarters and weeks for the time of the year, and days for the weekday, by the first years.</summary>
    public bool Seasonal { get; init; }

    /// <summary>Years from which the season is taken: 2 by default, of days 1.</summary>
    public int? BaselineYears { get; init; }

    /// <summary>Length of a period: <c>day</c>, <c>working-day</c>, <c>week</c>, <c>month</c>, <c>quarter</c> or <c>year</c>. Without it, as the dates show.</summary>
    public string? Every { get; init; }

    /// <summary>Add up several figures of one period; without it a period told twice is refused.</summary>
    public bool Total { get; init; }

    /// <summary>What the figure can be at all, for the limits that are shown: <c>count</c> (never below 0), <c>percent</c> (0 to 100) or <c>none</c> (default).</summary>
    public string? Bounds { get; init; }

    /// <summary>How dates such as 1/3/2015 are read: <c>dmy</c> (default) or <c>mdy</c>.</summary>
    public string? DateOrder { get; init; }
}

/// <summary>One figure.</summary>
public sealed record SpcFigure
{
    /// <summary>As 2015-03, 2015-03-01, 01/03/2015, Mar 2015, 2015-W10 or 2015-Q1.</summary>
    public string? Date { get; init; }

    /// <summary>Null where nothing was recorded: a gap.</summary>
    public double? Value { get; init; }

    /// <summary>What the value was counted out of, for p, u and I′ charts.</summary>
    public double? Denominator { get; init; }

    /// <summary>Where it stands, for messages: “line 5”.</summary>
    internal string? Where { get; init; }
}

/// <summary>A dated change, as somebody recorded it.</summary>
public sealed record SpcRebase
{
    /// <summary>The period that holds this date begins the new phase.</summary>
    public string? Date { get; init; }

    /// <summary>What was changed.</summary>
    public string? Reason { get; init; }

    /// <summary>Who says so.</summary>
    public string? By { get; init; }
}
