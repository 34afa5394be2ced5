using Concentric.Core;
using Concentric.Measure.FormUse;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Experience;

/// <summary>One side of a service, from a survey: what people expect and get, and what the council means to give.</summary>
/// <param name="N">People who said both what they expect and what they got, as the reader may see it.</param>
/// <param name="Intended">Null where nobody said it.</param>
/// <param name="Gap">Received less expected of each person.</param>
/// <param name="Stated">How much it counts as people say, as a part of 1 over all sides; null where that was not asked of every side.</param>
/// <param name="Derived">How far it goes with their judgement of the whole, −1 to 1.</param>
/// <param name="ByStated">Its part of all priorities with stated importance.</param>
/// <param name="ByDerived">The same with derived importance, of which what is below 0 counts as none.</param>
public sealed record GapLine(string Dimension, ShownCount N, double Expected, double Received, double? Intended, PairedDifference Gap, double? Stated, double? Derived, double? ByStated, double? ByDerived)
{
    public double? Knowledge => Intended - Expected;

    public double? Delivery => Received - Intended;
}

/// <summary>Works out gaps and priorities of a survey.</summary>
public static class GapFigures
{
    /// <summary>The sides that at least <see cref="MeanOfScale.Fewest"/> people judged, the largest priority first, by name where they are equal.</summary>
    /// <param name="inTens">Each figure rests on the first whole tens of those who said something of it, because they answered one by one (<see cref="ShownSurvey"/>).</param>
    /// <remarks>Where stated and derived importance point different ways both are shown: what people say counts most is often what they take for granted.</remarks>
    internal static IReadOnlyList<GapLine> Of(IReadOnlyList<GapAnswer> answers, IReadOnlyDictionary<string, double> intended, AsShown shown, bool inTens = false)
    {
        var sides = Sides(answers, inTens);
        var stated = sides.ConvertAll(s => s.Weighed.Count > 0 ? s.Weighed.Average(a => a.Importance) : null);
        var sum = stated.Sum();
        var weights = stated.ConvertAll(s => stated.TrueForAll(x => x is not null) && sum > 0 ? s / sum : null);
        var derived = sides.ConvertAll(s => Whole(s.Both.Where(a => a.Overall is not null), inTens) is var judged ? Importance.Derived([.. judged.Select(a => a.Received!.Value)], [.. judged.Select(a => a.Overall!.Value)]) : null);
        var byStated = Shares(sides.Select((s, i) => Side(s.Name, weights[i], s.Both)));
        var byDerived = Shares(sides.Select((s, i) => Side(s.Name, derived[i] is { } d ? Math.Max(0, d) : null, s.Both)));
        return
        [
            .. sides.Select((s, i) => new GapLine(s.Name, shown.Count(s.Both.Count), s.Both.Average(a => a.Expected!.Value), s.Both.Average(a => a.Received!.Value), intended.TryGetValue(s.Name, out var meant) ? meant : null,
                PairedDifference.Of([.. s.Both.Select(a => a.Expected!.Value)], [.. s.Both.Select(a => a.Received!.Value)])!, weights[i], derived[i], byStated?[i], byDerived?[i]))
                .OrderByDescending(l => l.ByStated ?? l.ByDerived ?? 0).ThenBy(l => l.Dimension, StringComparer.Ordinal),
        ];
    }

    /// <summary>The sides that enough people judged, by name: those who said both what they expect and what they got, and those who said how much it counts.</summary>
    internal static List<(string Name, List<GapAnswer> Both, List<GapAnswer> Weighed)> Sides(IReadOnlyList<GapAnswer> answers, bool inTens) =>
        [.. answers.GroupBy(a => a.Dimension, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Both: Whole(g.Where(a => a is { Expected: not null, Received: not null }), inTens), Whole(g.Where(a => a.Importance is not null), inTens))).Where(s => s.Both.Count >= MeanOfScale.Fewest)];

    private static List<GapAnswer> Whole(IEnumerable<GapAnswer> answers, bool inTens) =>
        answers.OrderBy(a => a.Respondent).ToList() is var all && inTens ? all[..ShownSurvey.Counted(all.Count)] : all;

    private static ServiceGap? Side(string name, double? weight, List<GapAnswer> both) => weight is { } w ? new(name, w, both.Average(a => a.Expected!.Value), 0, both.Average(a => a.Received!.Value)) : null;

    /// <summary>Null where one side has no importance: priorities of the others would be too large.</summary>
    private static IReadOnlyList<double>? Shares(IEnumerable<ServiceGap?> gaps) =>
        gaps.ToList() is var all && all.TrueForAll(g => g is not null) ? [.. ServiceGap.Priorities([.. all.Select(g => g!)]).Select(p => p.Share)] : null;
}
