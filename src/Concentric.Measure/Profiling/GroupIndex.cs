using Concentric.Core;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>What an index shows, in words that a page may say.</summary>
public enum Finding
{
    More,
    Fewer,

    /// <summary>The interval includes 100, or there are several comparisons and this one may be chance.</summary>
    NoDifference,

    /// <summary>Fewer than 5 users, or fewer than 5 expected.</summary>
    TooFew,

    /// <summary>Nobody says how many could.</summary>
    NotKnown,
}

/// <summary>One group's use of a service (or one service's use by a group) against what would be expected.</summary>
public sealed record GroupLine
{
    public required int Code { get; init; }
    public required ShownCount Users { get; init; }

    /// <summary>Those who could; null where not known.</summary>
    public required long? Eligible { get; init; }

    /// <summary>Share of all users, 0 to 1.</summary>
    public required double ShareOfUsers { get; init; }

    /// <summary>Share of all who could, 0 to 1.</summary>
    public required double? ShareOfEligible { get; init; }

    /// <summary>100 is as expected; null where there is nobody to compare.</summary>
    public required double? Index { get; init; }

    public required Interval? Interval { get; init; }

    /// <summary>Users expected if the group made up as much of the users as of those who could.</summary>
    public required double? Expected { get; init; }

    /// <summary>Take-up as a multiple of that of everybody else.</summary>
    public required double? AgainstRest { get; init; }

    public required Interval? AgainstRestInterval { get; init; }

    /// <summary>p value adjusted for the number of comparisons (Benjamini and Hochberg).</summary>
    public required double? P { get; init; }

    public required Finding Finding { get; init; }

    /// <summary>Whether the index is drawn pale because it shows nothing for certain.</summary>
    public bool IsFaint => Finding is Finding.NoDifference or Finding.TooFew or Finding.NotKnown;
}

/// <summary>Works out indexes from counts as the reader may see them: of hidden counts the middle of 1 to 7 is taken.</summary>
public static class GroupIndex
{
    /// <summary>The level at which adjusted p values count.</summary>
    public const double Level = 0.05;

    /// <summary>A line for each group, in the order given. Users whose group is not known (code 0) or whose group has no population are left out of all shares.</summary>
    /// <param name="people">Whether users are persons of a population of persons: then a take-up is a share and cannot pass 1.</param>
    public static IReadOnlyList<GroupLine> Of(IReadOnlyList<(int Code, ShownCount Users)> groups, IReadOnlyDictionary<int, long> eligible, bool people)
    {
        var compared = groups.Where(g => eligible.ContainsKey(g.Code)).ToList();
        var (users, all) = (compared.Sum(g => g.Users.Estimate), eligible.Values.Sum());
        var one = compared.ToDictionary(g => g.Code, g => Comparison(g.Users.Estimate, users, eligible[g.Code], all, people));
        var codes = one.Keys.ToList();
        var adjusted = AdjustedP.BenjaminiHochberg([.. codes.Select(c => one[c].P)]);
        return [.. groups.Where(g => g.Code != 0).Select(g => one.TryGetValue(g.Code, out var c) ? Line(g.Code, g.Users, eligible[g.Code], c, adjusted[codes.IndexOf(g.Code)]) : Unknown(g))];
    }

    /// <summary>Each service's users of one group against those expected of it: every service is a comparison with populations of its own.</summary>
    public static IReadOnlyList<GroupLine> OfServices(IReadOnlyList<(int Code, ShownCount Users, long AllUsers, long Eligible, long AllEligible)> services, bool people)
    {
        var one = services.Select(s => Comparison(s.Users.Estimate, Math.Max(s.AllUsers, s.Users.Estimate), s.Eligible, s.AllEligible, people)).ToList();
        var adjusted = AdjustedP.BenjaminiHochberg([.. one.Select(c => c.P)]);
        return [.. services.Select((s, i) => Line(s.Code, s.Users, s.Eligible, one[i], adjusted[i]))];
    }

    private static GroupLine Line(int code, ShownCount users, long eligible, Compared c, double p) => new()
    {
        Code = code,
        Users = users,
        Eligible = eligible,
        ShareOfUsers = c.Index.AllUsers == 0 ? 0 : (double)c.Index.Users / c.Index.AllUsers,
        ShareOfEligible = c.Index.Eligible / c.Index.AllEligible,
        Index = c.Index.Value,
        Interval = c.Interval,
        Expected = c.Index.Expected,
        AgainstRest = c.Ratio,
        AgainstRestInterval = c.RatioInterval,
        P = p,
        Finding = !c.Index.IsEnough && !(c.Index.Expected >= PenetrationIndex.Least && users.Value == 0) ? Finding.TooFew
            : p >= Level || c.Interval is not { } i || i.Contains(100) ? Finding.NoDifference
            : c.Index.Value > 100 ? Finding.More : Finding.Fewer,
    };

    private static GroupLine Unknown((int Code, ShownCount Users) group) => new()
    {
        Code = group.Code, Users = group.Users, Eligible = null, ShareOfUsers = 0, ShareOfEligible = null, Index = null, Interval = null, Expected = null,
        AgainstRest = null, AgainstRestInterval = null, P = null, Finding = Finding.NotKnown,
    };

    private static Compared Comparison(long users, long allUsers, long eligible, long allEligible, bool people)
    {
        var index = new PenetrationIndex(users, allUsers, eligible, allEligible);
        if (allUsers == 0 || eligible >= allEligible) return new(index, null, null, null, 1);
        var rest = index.AgainstRest;
        // Contacts can be more than people: then their number is compared as a rate.
        var share = people && rest.X1 <= rest.N1 && rest.X2 <= rest.N2;
        var ratio = rest.X2 > 0 ? rest.Ratio : (double?)null;
        var interval = share ? rest.RatioByLog() ?? rest.RatioByLogAdjusted() : PoissonLimits.RateRatio(rest.X1, rest.N1, rest.X2, rest.N2);
        return new(index, index.OfCensus(), ratio, interval, index.P);
    }

    private sealed record Compared(PenetrationIndex Index, Interval? Interval, double? Ratio, Interval? RatioInterval, double P);
}
