using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.FormUse;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Experience;

/// <summary>The share good of one council or period against another: as it is, and as if both had the same mix of channels.</summary>
/// <param name="First">Share good as it is; null of too few.</param>
/// <param name="Crude">Second less first, with its interval (Newcombe).</param>
/// <param name="Mix">The channels that both have, with the weight of each; by name.</param>
/// <param name="Covered">What part of all answers came by these channels.</param>
/// <param name="Adjusted">Second less first once both have that mix.</param>
public sealed record ExperienceComparison(
    Share First, Share Second, (double Value, Interval Interval) Crude, StandardShare FirstAdjusted, StandardShare SecondAdjusted, (double Value, Interval Interval) Adjusted,
    IReadOnlyList<(string Channel, double Weight)> Mix, double Covered)
{
    /// <summary>What may be said of it: a difference only where its interval leaves out 0.</summary>
    public string InWords => Adjusted.Interval switch
    {
        { Low: > 0 } => "With the same mix of channels the second is better, and not by chance alone.",
        { High: < 0 } => "With the same mix of channels the second is worse, and not by chance alone.",
        _ => "With the same mix of channels no difference is shown: chance alone can explain it.",
    };

    /// <summary>The comparison; null where one of them has too few answers, or they share no channel with enough of them.</summary>
    internal static ExperienceComparison? Of(IReadOnlyList<FeedbackCount> first, IReadOnlyList<FeedbackCount> second, AsShown shown)
    {
        var (one, two) = (FacesShown.Of(first, shown), FacesShown.Of(second, shown));
        if (!one.IsEnough || !two.IsEnough || ShareOf(one) is not { } a || ShareOf(two) is not { } b) return null;
        var (oneBy, twoBy) = (ByChannel(first, shown), ByChannel(second, shown));
        if (StandardMix.Shared(oneBy.ToDictionary(c => c.Key, c => c.Value.N), twoBy.ToDictionary(c => c.Key, c => c.Value.N)) is not var (weights, _)) return null;
        // Of all answers, those by channels with too few of them too.
        var covered = weights.Keys.Sum(k => oneBy[k].N + twoBy[k].N) / (double)(one.Faces.N + two.Faces.N);
        StandardShare Standard(Dictionary<int, Faces> by) => StandardMix.Of([.. weights.Select(w => (w.Value, by[w.Key].Good, by[w.Key].N))]);
        var (standardA, standardB) = (Standard(oneBy), Standard(twoBy));
        var crude = Share.Difference(b, a);
        return new(a, b, (crude.Difference, new(crude.Low, crude.High)), standardA, standardB, standardB.Less(standardA),
            [.. weights.Select(w => (Channels.All.FirstOrDefault(c => c.Code == w.Key)?.Label ?? "Not known", w.Value)).OrderBy(w => w.Item1, StringComparer.Ordinal)], covered);
    }

    private static Share? ShareOf(FacesShown faces) => Share.Of(faces.Faces.Good, faces.Faces.N);

    /// <summary>Channels with enough answers for a share; of fewer the share of a channel is chance, which its weight would carry into the whole.</summary>
    private static Dictionary<int, Faces> ByChannel(IReadOnlyList<FeedbackCount> rows, AsShown shown) => rows.GroupBy(r => r.Channel)
        .Select(g => (g.Key, Shown: FacesShown.Of([.. g], shown))).Where(g => ShareShown.IsEnough(g.Shown.Answers) && !g.Shown.FacesWithheld).ToDictionary(g => g.Key, g => g.Shown.Faces);
}
