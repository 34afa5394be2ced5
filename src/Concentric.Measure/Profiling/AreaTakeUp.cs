using Concentric.Core;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>Use of a service in one area, with the rate that is to be believed of it.</summary>
public sealed record AreaLine
{
    public required int Code { get; init; }

    /// <summary>Code of the area's profile group; 0 not known.</summary>
    public required int Group { get; init; }

    public required ShownCount Users { get; init; }

    /// <summary>Those of the area who could use it.</summary>
    public required long Eligible { get; init; }

    /// <summary>Users to each who could, as counted.</summary>
    public required double Raw { get; init; }

    /// <summary>The same, drawn towards the average the more, the smaller the area.</summary>
    public required double Rate { get; init; }

    /// <summary>Null where areas differ no more than by chance.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>How much of <see cref="Rate"/> is the area's own, 0 to 1.</summary>
    public required double WeightOnData { get; init; }

    /// <summary>The probability that the area's rate is above the average; null where areas differ no more than by chance.</summary>
    public required double? ChanceAboveAverage { get; init; }
}

/// <summary>Take-up of a service by area.</summary>
/// <param name="Lines">The highest rate first.</param>
/// <param name="Average">The rate towards which areas are drawn.</param>
/// <param name="IsShare">Whether a rate is a share of people; otherwise it is contacts to a person and may pass 1.</param>
/// <param name="Learnt">How the rate of an area was drawn to the average; null for rates that are no shares.</param>
public sealed record AreaTakeUp(IReadOnlyList<AreaLine> Lines, double Average, bool IsShare, PriorBy? Learnt)
{
    /// <summary>Areas that differ no more than by chance: all have the average.</summary>
    public bool AreAlike => Learnt == PriorBy.Cap || Learnt is null && Lines.All(l => l.WeightOnData == 0);

    /// <summary>Rates of the areas that have a population. An area with a population and no users counts: nobody of it came.</summary>
    /// <param name="people">Whether users are persons of a population of persons.</param>
    public static AreaTakeUp Of(IReadOnlyDictionary<int, ShownCount> users, IReadOnlyDictionary<int, long> eligible, IReadOnlyDictionary<int, int> groups, bool people, bool isExact)
    {
        var none = isExact ? ShownCount.Exact(0) : ShownCount.Rounded(0);
        var areas = eligible.Where(e => e.Value > 0).Select(e => (Code: e.Key, Users: users.GetValueOrDefault(e.Key, none), Eligible: e.Value)).ToList();
        if (areas.Count == 0) return new([], 0, people, null);
        return people && areas.All(a => a.Users.Estimate <= a.Eligible) ? Shares(areas, groups) : Rates(areas, groups);
    }

    private static AreaTakeUp Shares(List<(int Code, ShownCount Users, long Eligible)> areas, IReadOnlyDictionary<int, int> groups)
    {
        var (prior, by) = BetaBinomial.Of([.. areas.Select(a => new Counted(a.Users.Estimate, a.Eligible))]);
        var lines = areas.Select(a =>
        {
            var posterior = prior.After(a.Users.Estimate, a.Eligible);
            // Where areas are alike the prior is as narrow as it is let be, which says nothing of how sure the average is.
            return by == PriorBy.Cap ? Line(a, groups, posterior.Mean, null, posterior.WeightOnData, null)
                : Line(a, groups, posterior.Mean, posterior.Interval, posterior.WeightOnData, posterior.ChanceAbove(prior.Mean));
        });
        return new([.. lines.OrderByDescending(l => l.Rate).ThenBy(l => l.Code)], prior.Mean, true, by);
    }

    private static AreaTakeUp Rates(List<(int Code, ShownCount Users, long Eligible)> areas, IReadOnlyDictionary<int, int> groups)
    {
        var shrinkage = PoissonShrinkage.Of([.. areas.Select(a => new Events(a.Users.Estimate, a.Eligible))]);
        var lines = areas.Select(a =>
        {
            var events = new Events(a.Users.Estimate, a.Eligible);
            return Line(a, groups, shrinkage.Rate(events), shrinkage.Interval(events), shrinkage.WeightOnData(events), shrinkage.ChanceAbove(events, shrinkage.Mean));
        });
        return new([.. lines.OrderByDescending(l => l.Rate).ThenBy(l => l.Code)], shrinkage.Mean, false, null);
    }

    private static AreaLine Line((int Code, ShownCount Users, long Eligible) area, IReadOnlyDictionary<int, int> groups, double rate, Interval? interval, double weight, double? chance) => new()
    {
        Code = area.Code,
        Group = groups.GetValueOrDefault(area.Code),
        Users = area.Users,
        Eligible = area.Eligible,
        Raw = (double)area.Users.Estimate / area.Eligible,
        Rate = rate,
        Interval = interval,
        WeightOnData = weight,
        ChanceAboveAverage = chance,
    };
}
