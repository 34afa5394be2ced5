using Concentric.Core;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>Contacts of one service from one area, by phone or in person and online. Other channels are in neither.</summary>
/// <param name="Group">Code of the area's profile group.</param>
/// <param name="Score">Score of digital exclusion, 0 to 10; null where nothing is known of the area.</param>
public sealed record MoveCell(int Area, int Group, long Staffed, long Online, double? Score)
{
    public long N => Staffed + Online;

    /// <summary>Whether there are so many for certain: two hidden counts may be fewer than 8 together.</summary>
    public bool IsEnough { get; init; } = true;

    internal bool IsCompared => IsEnough && N >= MoveTargets.FewestContacts;
}

/// <summary>A number of contacts that is estimated.</summary>
public readonly record struct Moved(double Contacts, Interval Interval);

/// <summary>An area of a group, and how many of its contacts would come online if it were as others of its group.</summary>
public sealed record MoveTarget
{
    public required MoveCell Cell { get; init; }

    /// <summary>Share that came online, drawn to the group's mean the more, the fewer contacts there are.</summary>
    public required double Online { get; init; }

    public required Interval OnlineInterval { get; init; }

    /// <summary>Contacts that would come online at the mean of the group.</summary>
    public required Moved ToMean { get; init; }

    /// <summary>The same at the best quarter of the other areas of the group.</summary>
    public required Moved ToBest { get; init; }

    /// <summary>Digital exclusion is high: the area is marked, and left out of the list unless it is asked for.</summary>
    public bool IsExcluded => Cell.Score >= MoveTargets.HighExclusion;

    /// <summary>Whether there is something to move beyond chance.</summary>
    public bool IsTarget => ToBest.Interval.Low > 0;
}

/// <summary>A group: how much of it comes online, and how much it differs within itself.</summary>
/// <param name="Mean">The mean online share of its areas.</param>
/// <param name="Best">The upper quartile of their shrunken shares.</param>
/// <param name="Areas">Areas with enough contacts.</param>
/// <param name="ToBest">Contacts of the group's targets together, areas with high digital exclusion left out.</param>
public sealed record MoveGroup(int Group, long N, Share Online, double Mean, double Best, int Areas, int Targets, Moved ToBest);

/// <summary>Where people phone or come although people like them use the web: areas and groups, never people.</summary>
public sealed record MoveTargets(IReadOnlyList<MoveGroup> Groups, IReadOnlyList<MoveTarget> Targets, int TooFew)
{
    /// <summary>Fewer contacts of an area are not shown.</summary>
    public const long FewestContacts = 8;

    /// <summary>A score of digital exclusion from which an area is marked.</summary>
    public const double HighExclusion = 8;

    /// <summary>Compares the areas of each group with each other.</summary>
    /// <remarks>
    /// Shares by beta-binomial empirical Bayes in each group. Contacts moved are n times the reference less the area's shrunken share, with the interval of that share; the reference is taken as given.
    /// Sums of intervals by variance recovery (G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693), areas taken as independent.
    /// </remarks>
    public static MoveTargets Of(IReadOnlyList<MoveCell> cells)
    {
        var (groups, targets) = (new List<MoveGroup>(), new List<MoveTarget>());
        foreach (var group in cells.Where(c => c.Group != 0 && c.IsCompared).GroupBy(c => c.Group).OrderBy(g => g.Key))
        {
            var of = group.ToList();
            var (prior, _) = BetaBinomial.Of([.. of.Select(c => new Counted(c.Online, c.N))]);
            var shares = of.ConvertAll(c => prior.After(c.Online, c.N));
            var own = of.Zip(shares).Select(p => Target(p.First, p.Second, prior.Mean, TakeUpGap.UpperQuartile([.. of.Zip(shares).Where(o => o.First != p.First).Select(o => o.Second.Mean)]))).ToList();
            var wanted = of.Count < TakeUpGap.FewestOfAGroup ? [] : own.Where(t => t is { IsTarget: true, IsExcluded: false }).ToList();
            groups.Add(new(group.Key, of.Sum(c => c.N), Share.Of(of.Sum(c => c.Online), of.Sum(c => c.N))!.Value, prior.Mean, TakeUpGap.UpperQuartile([.. shares.Select(s => s.Mean)]),
                of.Count, wanted.Count, Sum([.. wanted.Select(t => t.ToBest)])));
            // Of two or three areas there is no best quarter: one small area would set the mark for all.
            if (of.Count >= TakeUpGap.FewestOfAGroup) targets.AddRange(own);
        }
        return new(groups, [.. targets.Where(t => t.IsTarget).OrderByDescending(t => t.ToBest.Contacts).ThenBy(t => t.Cell.Area)], cells.Count(c => c.Group != 0 && c.N > 0 && !c.IsCompared));
    }

    /// <summary>Estimates added up.</summary>
    public static Moved Sum(IReadOnlyList<Moved> parts)
    {
        var all = parts.Sum(p => p.Contacts);
        return new(all, new(all - Math.Sqrt(parts.Sum(p => Square(p.Contacts - p.Interval.Low))), all + Math.Sqrt(parts.Sum(p => Square(p.Interval.High - p.Contacts)))));
    }

    private static MoveTarget Target(MoveCell cell, BetaPosterior share, double mean, double best)
    {
        var interval = share.Interval;
        Moved To(double reference) => new(cell.N * (reference - share.Mean), new(cell.N * (reference - interval.High), cell.N * (reference - interval.Low)));
        return new() { Cell = cell, Online = share.Mean, OnlineInterval = interval, ToMean = To(mean), ToBest = To(best) };
    }

    private static double Square(double x) => x * x;
}
