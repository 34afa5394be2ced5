using Concentric.Core;

namespace Concentric.Measure.Variation.Asking;

/// <summary>Figures in, a control chart as numbers out: the one function behind <c>concentric spc</c> and <c>POST /api/v1/spc</c>.</summary>
public static class AskSpc
{
    /// <exception cref="RefusedException">The question makes no sense; the message says what to do.</exception>
    public static SpcAnswer Answer(SpcQuestion question)
    {
        if ((question.Points ?? []).Index().FirstOrDefault(p => p.Item is null, (-1, null!)).Index is >= 0 and var point) throw new RefusedException($"Points[{point}] is nothing. Give its date, and leave out its value where nothing was recorded.");
        if ((question.Rebase ?? []).Index().FirstOrDefault(r => r.Item is null, (-1, null!)).Index is >= 0 and var empty) throw new RefusedException($"Rebase[{empty}] is nothing. Give its date and its reason, or leave it out.");
        var asked = Chart(question);
        var series = SpcSeries.Of(question, asked is ChartKind.G or ChartKind.T);
        var (changes, authors) = Changes(question, series);
        var set = Named(XmrRules.Names, string.IsNullOrEmpty(question.Rules) ? "mdc7" : question.Rules, "set of rules");
        var setting = new SpcSetting
        {
            Question = question,
            Better = BetterOf(question.Improvement),
            Rules = XmrRules.Of(set, question.Screen, question.OldTwoOfThree),
            Changes = changes,
            Authors = authors,
            Bounds = BoundsOf(question.Bounds),
        };
        if (question.FixAfter is < 2) throw new RefusedException("Limits are fixed after two values or more: --fix-after 12 is usual.");
        if (question.Target is { } target && !(Math.Abs(target) <= SpcSeries.MostValue)) throw new RefusedException("A target is a number from −10¹⁵ to 10¹⁵.");
        try
        {
            var choice = asked is { } kind ? new ChartChoice(kind, "") : Choose(series);
            if (question.Seasonal && choice.Kind != ChartKind.Xmr) throw new RefusedException("A season is taken out of XmR charts only. Leave out --seasonal, or ask for --chart xmr.");
            if (choice.Kind is ChartKind.P or ChartKind.PPrime && question.Target is < 0 or > 1)
                throw new RefusedException("A target of a share lies from 0 to 1: write 0.05 for 5 per cent.");
            return (choice.Kind switch
            {
                ChartKind.Xmr => AnswerXmr.Of(series, setting),
                ChartKind.T => AnswerXmr.OfTimes(series, setting),
                ChartKind.Run => AnswerRun.Of(series, setting),
                var counts => AnswerCounts.Of(series, setting, counts),
            }) with { ChartReason = asked is null ? choice.Reason : null };
        }
        catch (ArgumentException e) when (e is not ArgumentNullException)
        {
            // What the charts themselves refuse: a part larger than its whole, a season with a gap.
            throw new RefusedException(e.Message.Split(" (Parameter")[0]);
        }
    }

    internal static SpcAnswer Whole(SpcSeries series, SpcSetting setting, ChartKind kind, SpcIcons icons, IReadOnlyList<SpcPhase> phases, IReadOnlyList<SpcPoint> points, IEnumerable<string> warnings) => new()
    {
        Chart = kind,
        Rules = XmrRules.Names.First(n => n.Value == setting.Rules.Set).Key,
        RulesInWords = kind == ChartKind.Run ? "Anhøj’s rules: the longest run on one side of the median, and how often the line crosses it." : setting.Rules.InWords,
        Improvement = setting.Better switch { Better.Higher => "up", Better.Lower => "down", _ => "none" },
        Target = setting.Question.Target,
        Every = series.Every,
        N = series.Rows.Count(r => r.Amount is not null),
        Gaps = series.Rows.Count(r => r.Amount is null),
        Icons = icons,
        Capability = null,
        Phases = phases,
        Points = points,
        Warnings = [.. series.Partial, .. Sparse(series), .. warnings.Concat(phases.Any(p => p.Autocorrelated)
            ? ["Neighbouring values move together more than chance allows: limits are too narrow and some signals are false. Take out a season (--seasonal), or longer periods (--every)."] : []), .. Provisional(phases)],
    };

    private static IEnumerable<string> Sparse(SpcSeries series)
    {
        var gaps = series.Rows.Count(r => r.Amount is null);
        if (series.Every is { } every && 2 * gaps > series.Rows.Count)
            yield return $"{gaps} of {series.Rows.Count} periods are gaps. Figures were taken to be by {Periods.Names.First(n => n.Value == every).Key.Replace('-', ' ')}: if periods are longer, say so (--every), and if dates are in another order, say that (--date-order).";
    }

    private static IEnumerable<string> Provisional(IReadOnlyList<SpcPhase> phases) =>
        phases.Where(p => p.State == LimitsState.Provisional).Select(p => $"Limits from {p.From} on come from {p.N} values and are provisional: {(p.N < XmrLimits.FirmFrom ? $"they need {XmrLimits.FirmFrom}" : "too few of them are of neighbouring periods")}.");

    private static ChartKind? Chart(SpcQuestion question)
    {
        var name = question.Chart?.ToLowerInvariant().Replace("-prime", "'", StringComparison.Ordinal).Replace('’', '\'').Replace('′', '\'');
        var sized = question.Points?.Any(p => p.Denominator is not null) is true;
        if (string.IsNullOrEmpty(name)) return sized ? null : ChartKind.Xmr;
        if (name == "auto") return null;
        var kind = Named(ChartChoice.Names, name, "chart");
        if (!sized && kind is ChartKind.P or ChartKind.PPrime or ChartKind.U or ChartKind.UPrime or ChartKind.IPrime)
            throw new RefusedException($"{(kind == ChartKind.IPrime ? "An" : "A")} {name} chart needs to know what each figure was counted out of: name the column by --denominator.");
        return kind;
    }

    private static ChartChoice Choose(SpcSeries series) => series.Amounts.Any(a => a is { Size: not 1 })
        ? ChartChoice.Of(series.Amounts, series.Amounts.All(a => a is not { } of || of.Count <= of.Size && of.Count == Math.Floor(of.Count) && of.Size == Math.Floor(of.Size)))
        // What is rare is better charted by the time between, which is another file.
        : ChartChoice.Of(series.Values) is { Kind: ChartKind.G, Reason: var reason } ? new(ChartKind.C, $"A c chart, for want of a better. {reason}") : ChartChoice.Of(series.Values);

    private static (List<PhaseStart> Changes, Dictionary<int, string?> Authors) Changes(SpcQuestion question, SpcSeries series)
    {
        var (changes, authors) = (new List<PhaseStart>(), new Dictionary<int, string?>());
        foreach (var (i, rebase) in (question.Rebase ?? []).Index())
        {
            var day = SpcSeries.Date(rebase.Date, $"rebase[{i}]", question.DateOrder).Day;
            var index = series.IndexOf(day) ?? throw new RefusedException($"The date {day:yyyy-MM-dd} of a rebase lies outside the figures ({series.Rows[0].Key} to {series.Rows[^1].Key}).");
            changes.Add(new(index, string.IsNullOrWhiteSpace(rebase.Reason) ? $"Rebased from {series.Rows[index].Key}" : rebase.Reason));
            authors[index] = rebase.By;
        }
        changes.Sort((a, b) => a.Index.CompareTo(b.Index));
        if (changes.Zip(changes.Skip(1)).FirstOrDefault(p => p.First.Index == p.Second.Index) is { Second.Reason: not null } same)
            throw new RefusedException($"Two rebases fall to {series.Rows[same.First.Index].Key}. Keep one of them.");
        return (changes, authors);
    }

    private static Better BetterOf(string? word) => word?.ToLowerInvariant() switch
    {
        null or "" or "none" => Better.Neither,
        "up" => Better.Higher,
        "down" => Better.Lower,
        _ => throw new RefusedException($"“{word}” is no direction. Improvement is up, down or none."),
    };

    private static NaturalBounds BoundsOf(string? word) => word?.ToLowerInvariant() switch
    {
        null or "" or "none" => NaturalBounds.None,
        "count" => NaturalBounds.Count,
        "percent" => NaturalBounds.Percentage,
        _ => throw new RefusedException($"“{word}” is nothing that bounds a figure. It is count (never below 0), percent (0 to 100) or none."),
    };

    private static T Named<T>(IReadOnlyDictionary<string, T> names, string name, string what) =>
        names.TryGetValue(name.ToLowerInvariant(), out var found) ? found : throw new RefusedException($"“{name}” is no {what}. It is one of {string.Join(", ", names.Keys)}.");
}

/// <summary>A question as it was understood.</summary>
internal sealed record SpcSetting
{
    public required SpcQuestion Question { get; init; }
    public required Better Better { get; init; }
    public required XmrRules Rules { get; init; }
    public required IReadOnlyList<PhaseStart> Changes { get; init; }

    public required NaturalBounds Bounds { get; init; }

    public double? Shown(double? limit) => Bounds == NaturalBounds.None || limit is not { } value ? null : Bounds.Clip(value);

    /// <summary>Who recorded each change, by the place of its period.</summary>
    public required IReadOnlyDictionary<int, string?> Authors { get; init; }

    /// <summary>Who recorded the change that a phase began with; null where nobody is named.</summary>
    public string? By(int first) => Authors.GetValueOrDefault(first);
}
