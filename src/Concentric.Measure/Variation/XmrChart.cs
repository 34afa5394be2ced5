namespace Concentric.Measure.Variation;

/// <summary>Where a phase of a chart begins: a dated change that a person recorded. Limits never move for any other reason.</summary>
/// <param name="Index">Index of the period in which the change was made.</param>
/// <param name="Reason">What was changed, as recorded.</param>
/// <param name="Midway">The change came after the period began: the period belongs to neither phase.</param>
public readonly record struct PhaseStart(int Index, string Reason, bool Midway = false);

/// <summary>A stretch of periods with limits of its own, or with the frozen limits of the baseline.</summary>
/// <param name="First">Index of its first period.</param>
/// <param name="Last">Index of its last period.</param>
/// <param name="Reason">The change it began with, null for the first.</param>
/// <param name="Frozen">The limits are those of the baseline, carried on: this phase's own values have no part in them.</param>
/// <param name="Lag1">Lag-1 autocorrelation of its values, null where it cannot be computed.</param>
public sealed record XmrPhase(int First, int Last, string? Reason, XmrLimits Limits, bool Frozen, double? Lag1)
{
    /// <summary>Index of the last period that the limits come from, where they were fixed after some points and carried on; otherwise null.</summary>
    public int? FixedThrough { get; init; }

    /// <summary>Whether moving ranges are screened for its limits.</summary>
    public bool Screened { get; init; }

    /// <summary>Values in the phase, whether or not the limits come from them.</summary>
    public int Values { get; init; } = Limits.N;

    /// <summary>Neighbouring values move together more than chance allows (|r₁| above 2/√n): limits are too narrow, and some signals false.</summary>
    public bool IsAutocorrelated => Lag1 is { } r && Math.Abs(r) > 2 / Math.Sqrt(Values);

    /// <summary>Whether the limits at that period are carried on from earlier ones.</summary>
    public bool IsCarried(int index) => Frozen || index > FixedThrough;
}

/// <summary>One period of a chart.</summary>
/// <param name="Value">Null where nothing was recorded: a gap, not a zero.</param>
/// <param name="MovingRange">Distance from the period before within the same phase, null where there is none.</param>
/// <param name="Phase">Index of the phase, null for the period of a change made midway.</param>
/// <param name="Signals">Signals at this point, strongest first.</param>
public sealed record XmrPoint(int Index, double? Value, double? MovingRange, int? Phase, IReadOnlyList<Signal> Signals);

/// <summary>An XmR chart: how far a figure may wander before it is telling us something.</summary>
/// <remarks>D. J. Wheeler, Understanding Variation; NHS England, Making Data Count. Limits and rules work within a phase; see <see cref="XmrLimits"/> and <see cref="XmrRules"/>.</remarks>
public sealed record XmrChart(IReadOnlyList<XmrPoint> Points, IReadOnlyList<XmrPhase> Phases)
{
    /// <summary>Periods with a value.</summary>
    public int N => Points.Count(p => p.Value is not null);

    public bool HasSignals => Points.Any(p => p.Signals.Count > 0);

    public XmrPhase? PhaseOf(XmrPoint point) => point.Phase is { } phase ? Phases[phase] : null;

    /// <summary>One phase: limits from all values.</summary>
    public static XmrChart Of(IReadOnlyList<double?> values, XmrRules? rules = null) => Of(values, [], rules);

    /// <summary>Limits anew from each recorded change on.</summary>
    /// <param name="fixAfter">Take each phase's limits from its first so many values and carry them on; null takes them from all.</param>
    /// <param name="baseline">
    /// Index of the last period of a baseline: limits of a phase that has enough values in it come from these and are carried on. A phase that begins after it, or too late in it, has its own.
    /// </param>
    /// <exception cref="ArgumentException">Two changes in one period, out of order, or outside the chart; or limits from fewer than two values.</exception>
    public static XmrChart Of(IReadOnlyList<double?> values, IReadOnlyList<PhaseStart> changes, XmrRules? rules = null, int? fixAfter = null, int? baseline = null)
    {
        if (fixAfter < 2) throw new ArgumentException("Limits are fixed after two values or more.", nameof(fixAfter));
        rules ??= XmrRules.Default;
        var stretches = Stretches(values.Count, changes).Select(s =>
        {
            var through = FixedThrough(values, s.First, s.Last, fixAfter) ?? WithinBaseline(values, s.First, s.Last, baseline);
            return new Stretch(s.First, s.Last, s.Reason, XmrLimits.Of(Slice(values, s.First, through ?? s.Last), rules.Screen), false) { FixedThrough = through };
        });
        return Judge(values, [.. stretches], rules);
    }

    /// <summary>Index of the value with which limits are fixed; null where the stretch has no more values than that.</summary>
    internal static int? FixedThrough(IReadOnlyList<double?> values, int first, int last, int? fixAfter)
    {
        if (fixAfter is not { } n) return null;
        var known = Enumerable.Range(first, last - first + 1).Where(i => values[i] is not null).ToList();
        return known.Count > n ? known[n - 1] : null;
    }

    /// <summary>The end of the baseline for a stretch that has enough values in it for limits, and periods after it; otherwise null. Enough are as many as make limits firm, or the whole baseline, however short its years are, as of quarters.</summary>
    private static int? WithinBaseline(IReadOnlyList<double?> values, int first, int last, int? baseline) =>
        baseline < last && values.Skip(first).Take(baseline.Value - first + 1).Count(v => v is not null) is var n && (n >= XmrLimits.FirmFrom || first == 0 && n >= 2) ? baseline : null;

    /// <summary>Limits from the baseline before a change, frozen and carried on over everything after it.</summary>
    /// <param name="baselineFirst">Index of the first period of the baseline; periods before it are shown and not judged.</param>
    /// <param name="change">The change; the baseline ends with the period before it.</param>
    /// <param name="until">Index of the last period to judge, where a later change ends it.</param>
    public static XmrChart Frozen(IReadOnlyList<double?> values, int baselineFirst, PhaseStart change, int? until = null, XmrRules? rules = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baselineFirst);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(change.Index, baselineFirst);
        rules ??= XmrRules.Default;
        var last = Math.Min(until ?? values.Count - 1, values.Count - 1);
        var limits = XmrLimits.Of(Slice(values, baselineFirst, Math.Min(change.Index, values.Count) - 1), rules.Screen);
        var after = change.Index + (change.Midway ? 1 : 0);
        List<Stretch> stretches = [new(baselineFirst, Math.Min(change.Index, values.Count) - 1, null, limits, false)];
        if (after <= last) stretches.Add(new(after, last, change.Reason, limits, true));
        return Judge(values, stretches, rules);
    }

    private static XmrChart Judge(IReadOnlyList<double?> values, IReadOnlyList<Stretch> stretches, XmrRules rules)
    {
        var points = values.Select((v, i) => new XmrPoint(i, v, null, null, [])).ToArray();
        var phases = new List<XmrPhase>();
        foreach (var stretch in stretches)
        {
            var (first, last, reason, limits, frozen) = stretch;
            var own = Slice(values, first, last);
            var ranges = XmrLimits.MovingRanges(own);
            var signals = rules.Find(own, limits);
            for (var i = 0; i < own.Length; i++) points[first + i] = new(first + i, own[i], ranges[i], phases.Count, signals[i]);
            phases.Add(new(first, last, reason, limits, frozen, Lag1(own)) { FixedThrough = stretch.FixedThrough, Values = own.Count(v => v is not null), Screened = rules.Screen });
        }

        return new(points, phases);
    }

    private readonly record struct Stretch(int First, int Last, string? Reason, XmrLimits Limits, bool Frozen)
    {
        public int? FixedThrough { get; init; }
    }

    internal static List<(int First, int Last, string? Reason)> Stretches(int count, IReadOnlyList<PhaseStart> changes)
    {
        var stretches = new List<(int, int, string?)>();
        var (first, before) = (0, -1);
        string? reason = null;
        foreach (var change in changes)
        {
            if (change.Index <= before || change.Index >= count) throw new ArgumentException("Changes are in order, one a period, and within the chart.", nameof(changes));
            if (change.Index > first) stretches.Add((first, change.Index - 1, reason));
            (first, before, reason) = (change.Index + (change.Midway ? 1 : 0), change.Index, change.Reason);
        }

        if (first < count) stretches.Add((first, count - 1, reason));
        return stretches;
    }

    /// <summary>Lag-1 autocorrelation: Σ (xᵢ − x̄)(xᵢ₊₁ − x̄) / Σ (xᵢ − x̄)², over neighbouring periods that both have a value (Box and Jenkins).</summary>
    internal static double? Lag1(IReadOnlyList<double?> values)
    {
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToList();
        if (known.Count < 3) return null;
        var mean = known.Average();
        var total = known.Sum(v => (v - mean) * (v - mean));
        if (total <= 1e-24 * Math.Max(1, mean * mean)) return null;
        var together = values.Zip(values.Skip(1), (a, b) => a is { } x && b is { } y ? (x - mean) * (y - mean) : 0).Sum();
        return together / total;
    }

    internal static double?[] Slice(IReadOnlyList<double?> values, int first, int last)
    {
        var slice = new double?[Math.Max(0, last - first + 1)];
        for (var i = 0; i < slice.Length; i++) slice[i] = values[first + i];
        return slice;
    }
}
