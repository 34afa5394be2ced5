namespace Concentric.Measure.Variation;

/// <summary>A stretch of periods of a chart of counts, with limits of its own.</summary>
/// <param name="FixedThrough">Index of the last period that the limits come from, where they were fixed and carried on.</param>
public sealed record CountPhase(int First, int Last, string? Reason, CountLimits Limits, int? FixedThrough, double? Lag1)
{
    /// <inheritdoc cref="XmrPhase.IsAutocorrelated"/>
    public bool IsAutocorrelated { get; init; }
}

/// <summary>One period of a chart of counts.</summary>
/// <param name="Amount">Null for a gap.</param>
/// <param name="Signals">Strongest first.</param>
public sealed record CountPoint(int Index, Amount? Amount, int? Phase, IReadOnlyList<Signal> Signals)
{
    public double? Value => Amount?.Value;
}

/// <summary>A p, p′, u, u′, c, g or I′ chart: each period is held against limits that its own size gives it.</summary>
/// <remarks>
/// Rules are those of <see cref="XmrRules"/>, held against distances from the mean in the period's own standard deviations; a trend is of the figures as they are. On a g chart,
/// whose figures lie mostly below their mean, a shift is judged about their median, and rules that count points near a limit are left out.
/// </remarks>
public sealed record CountChart(CountChartKind Kind, IReadOnlyList<CountPoint> Points, IReadOnlyList<CountPhase> Phases)
{
    private static readonly XmrLimits _unit = new(XmrLimits.FirmFrom, 1, 0, 0, 3 / XmrLimits.ToLimit);

    public int N => Points.Count(p => p.Amount is not null);

    public CountPhase? PhaseOf(CountPoint point) => point.Phase is { } phase ? Phases[phase] : null;

    /// <summary>The chart, with limits anew from each recorded change on.</summary>
    /// <param name="fixAfter">Take each phase's limits from its first so many periods and carry them on.</param>
    /// <exception cref="ArgumentException">Amounts that cannot be, or changes out of order or outside the chart.</exception>
    public static CountChart Of(CountChartKind kind, IReadOnlyList<Amount?> amounts, IReadOnlyList<PhaseStart>? changes = null, XmrRules? rules = null, int? fixAfter = null)
    {
        if (fixAfter < 2) throw new ArgumentException("Limits are fixed after two values or more.", nameof(fixAfter));
        rules ??= XmrRules.Default;
        var points = amounts.Select((a, i) => new CountPoint(i, a, null, [])).ToArray();
        var phases = new List<CountPhase>();
        IReadOnlyList<double?> values = [.. amounts.Select(a => a?.Value)];
        foreach (var (first, last, reason) in XmrChart.Stretches(amounts.Count, changes ?? []))
        {
            var through = XmrChart.FixedThrough(values, first, last, fixAfter);
            var own = amounts.Skip(first).Take(last - first + 1).ToList();
            var limits = CountLimits.Of(kind, through is { } end ? own.Take(end - first + 1).ToList() : own, rules.Screen);
            var signals = Find(limits, own, rules);
            for (var i = 0; i < own.Count; i++) points[first + i] = new(first + i, own[i], phases.Count, signals[i]);
            var r = XmrChart.Lag1([.. own.Select(a => a?.Value)]);
            phases.Add(new(first, last, reason, limits, through, r) { IsAutocorrelated = r is { } lag && Math.Abs(lag) > 2 / Math.Sqrt(own.Count(a => a is not null)) });
        }
        return new(kind, points, phases);
    }

    private static IReadOnlyList<Signal>[] Find(CountLimits limits, List<Amount?> amounts, XmrRules rules)
    {
        if (!limits.HasLimits) return [.. amounts.Select(_ => (IReadOnlyList<Signal>)[])];
        var away = rules.Find([.. amounts.Select(limits.Z)], _unit);
        var trends = rules.Find([.. amounts.Select(a => a?.Value)], _unit);
        var kinds = (SignalKind[])(limits.Kind == CountChartKind.G ? [SignalKind.BeyondLimit] : [.. Enum.GetValues<SignalKind>().Except([SignalKind.Trend, SignalKind.Alternating])]);
        var shifts = limits.Kind == CountChartKind.G ? AboutMedian(amounts, rules) : null;
        return [.. Enumerable.Range(0, amounts.Count).Select(i => (IReadOnlyList<Signal>)
        [
            .. away[i].Where(s => kinds.Contains(s.Kind))
                .Concat(trends[i].Where(s => s.Kind is SignalKind.Trend or SignalKind.Alternating))
                .Concat(shifts?[i].Where(s => s.Kind == SignalKind.Shift) ?? [])
                .OrderBy(s => s.Kind),
        ])];
    }

    private static IReadOnlyList<Signal>[] AboutMedian(List<Amount?> amounts, XmrRules rules)
    {
        var median = RunChart.MedianOf(amounts.Where(a => a is not null).Select(a => a!.Value.Value));
        return rules.Find([.. amounts.Select(a => a?.Value - median)], _unit);
    }
}
