namespace Concentric.Measure.Variation;

/// <summary>Which rule found something. The strongest first: that is the order in which a point's signals are told.</summary>
public enum SignalKind
{
    BeyondLimit,
    Trend,
    TwoOfThree,
    Shift,
    FourOfFive,

    /// <summary>Up and down in turn: often two processes that take turns, or a figure that is corrected too much.</summary>
    Alternating,

    /// <summary>All within one standard deviation of the mean: often two processes mixed within each period.</summary>
    WithinOneSigma,

    /// <summary>None within one standard deviation of the mean: often two processes drawn in one chart.</summary>
    OutsideOneSigma,

    /// <summary>A process without any variation has another value than before.</summary>
    ValueChanged,
}

/// <summary>To which side, or for a trend in which direction; neither for a pattern that has none.</summary>
public enum Side { Above, Below, Neither }

/// <summary>Which direction is good for the citizen.</summary>
public enum Better { Neither, Lower, Higher }

/// <summary>What a signal means once it is known which direction is good.</summary>
public enum Meaning { Change, Improvement, Concern }

/// <summary>A sign that something other than the usual variation was at work, at one point.</summary>
/// <param name="Length">Points that make the signal: the length of the run or trend, 1 for a point beyond a limit, 2 or 3 for two of three.</param>
public readonly record struct Signal(SignalKind Kind, Side Side, int Length)
{
    /// <summary>The reason in words.</summary>
    public string Reason => Kind switch
    {
        SignalKind.BeyondLimit => Side == Side.Above ? "Above the upper limit" : "Below the lower limit",
        SignalKind.Trend => $"One of {Length} points in a row, each {(Side == Side.Above ? "higher" : "lower")} than the one before",
        SignalKind.TwoOfThree => $"One of two in three points that are near or beyond the {(Side == Side.Above ? "upper" : "lower")} limit",
        SignalKind.FourOfFive => $"One of four in five points more than a third of the way to the {(Side == Side.Above ? "upper" : "lower")} limit",
        SignalKind.Alternating => $"One of {Length} points in a row that go up and down in turn",
        SignalKind.WithinOneSigma => $"One of {Length} points in a row that all lie very near the mean",
        SignalKind.OutsideOneSigma => $"One of {Length} points in a row none of which lies near the mean",
        SignalKind.ValueChanged => Side == Side.Above ? "Higher than the value that never varied" : "Lower than the value that never varied",
        _ => $"One of {Length} points in a row {(Side == Side.Above ? "above" : "below")} the mean",
    };

    public Meaning Means(Better better) => Side == Side.Neither ? Meaning.Change : better switch
    {
        Better.Neither => Meaning.Change,
        Better.Higher => Side == Side.Above ? Meaning.Improvement : Meaning.Concern,
        _ => Side == Side.Below ? Meaning.Improvement : Meaning.Concern,
    };
}

/// <summary>Where several signals stand at one point.</summary>
public static class Signals
{
    /// <summary>The one that a point is marked with: of those that agree with the best meaning the strongest. Where signals disagree, improvement is shown (NHS England, Making Data Count).</summary>
    public static Signal? Chosen(this IReadOnlyList<Signal> signals, Better better) =>
        signals.Count == 0 ? null : signals.OrderBy(s => s.Means(better) switch { Meaning.Improvement => 0, Meaning.Concern => 1, _ => 2 }).ThenBy(s => s.Kind).First();
}
