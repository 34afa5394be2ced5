namespace Concentric.Measure.Variation;

/// <summary>A kind of control chart.</summary>
public enum ChartKind { Xmr, P, PPrime, U, UPrime, C, G, T, Run, IPrime }

/// <summary>Which chart fits a row of figures, and why.</summary>
public sealed record ChartChoice(ChartKind Kind, string Reason)
{
    /// <summary>Counts so small on average that a chart of counts shows little.</summary>
    private const double Small = 5;

    /// <summary>Sizes so large on average that chance explains next to nothing.</summary>
    private const double Huge = 1000;

    /// <summary>σ_z from which periods differ by more than chance.</summary>
    private const double TooSpread = 1.2;

    /// <summary>The names by which people ask for a chart.</summary>
    public static IReadOnlyDictionary<string, ChartKind> Names { get; } = new Dictionary<string, ChartKind>
    {
        ["xmr"] = ChartKind.Xmr, ["p"] = ChartKind.P, ["p'"] = ChartKind.PPrime, ["u"] = ChartKind.U, ["u'"] = ChartKind.UPrime, ["c"] = ChartKind.C, ["g"] = ChartKind.G, ["t"] = ChartKind.T, ["i'"] = ChartKind.IPrime, ["run"] = ChartKind.Run,
    };

    /// <summary>The chart of figures that stand for themselves, such as visits a month or minutes of waiting.</summary>
    public static ChartChoice Of(IReadOnlyList<double?> values)
    {
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToList();
        if (known.Count < RunChart.FewestUseful) return new(ChartKind.Xmr, "An XmR chart: its limits are provisional until there are 12 values.");
        var counts = known.TrueForAll(v => v >= 0 && v == Math.Floor(v));
        if (counts && known.Average() < Small)
            return new(ChartKind.G, $"Events are rare ({known.Average():0.#} a period on average): chart what lies between one and the next, as days (t) or things (g), because a chart of such counts shows little.");
        return new(ChartKind.Xmr, "An XmR chart: it takes the variation from the figures themselves and asks nothing of their distribution.");
    }

    /// <summary>The chart of parts of a whole, or of events to a size.</summary>
    /// <param name="isShare">Whether each counted thing is one of those it is counted out of, as letters answered in time; not, as complaints to households.</param>
    public static ChartChoice Of(IReadOnlyList<Amount?> amounts, bool isShare)
    {
        var known = amounts.Where(a => a is not null).Select(a => a!.Value).ToList();
        var (plain, prime, name) = isShare ? (ChartKind.P, ChartKind.PPrime, "p") : (ChartKind.U, ChartKind.UPrime, "u");
        if (known.Count == 0) return new(plain, $"A {name} chart.");
        var spread = CountLimits.Of(isShare ? CountChartKind.P : CountChartKind.U, amounts).SigmaZ;
        if (spread > TooSpread)
            return new(prime, $"A {name}′ chart: neighbouring periods differ {spread:0.0} times as much as chance explains, so the limits of a {name} chart would call the usual variation a signal.");
        if (known.Average(a => a.Size) > Huge)
            return new(prime, $"A {name}′ chart: a period has {known.Average(a => a.Size):0} on average, so that chance explains next to nothing and the limits of a {name} chart would be too narrow.");
        return new(plain, $"A {name} chart: periods differ by no more than chance explains.");
    }
}
