using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>An area or a group, and how many of its people are missing if it took the service up as in the reference.</summary>
/// <param name="Code">Code of the area or group; 0 for all together.</param>
/// <param name="HasHidden">Whether a hidden count stands in it with the middle of 1 to 7.</param>
public sealed record GapLine(int Code, long Eligible, UnmetNeed Need, bool HasHidden)
{
    /// <summary>Whether people are missing beyond chance.</summary>
    public bool IsMissing => Need.UnmetInterval.Low > 0;
}

/// <summary>Users there would be if areas took a service up as in a reference, against users there are.</summary>
/// <param name="Areas">The most missing first.</param>
/// <param name="Groups">The most missing first.</param>
/// <param name="All">Everybody in areas with a population.</param>
public sealed record TakeUpGap(IReadOnlyList<GapLine> Areas, IReadOnlyList<GapLine> Groups, GapLine All)
{
    /// <summary>With fewer areas of a group there is no best quarter of them, and that of all areas is taken.</summary>
    public const int FewestOfAGroup = 4;

    /// <summary>The best quarter of comparable areas: the upper quartile of the shrunken rates of areas of the same group.</summary>
    public static (TakeUpGap Gap, IReadOnlyDictionary<int, double> References) BestQuarter(AreaTakeUp takeUp)
    {
        var all = UpperQuartile([.. takeUp.Lines.Select(l => l.Rate)]);
        var references = takeUp.Lines.GroupBy(l => l.Group).ToDictionary(g => g.Key, g => g.Key != 0 && g.Count() >= FewestOfAGroup ? UpperQuartile([.. g.Select(l => l.Rate)]) : all);
        return (Of(takeUp, references), references);
    }

    /// <summary>A take-up that somebody wants everywhere.</summary>
    /// <param name="level">Users to each who could: 0.4 for 40 per cent.</param>
    public static TakeUpGap Policy(AreaTakeUp takeUp, double level) => Of(takeUp, takeUp.Lines.Select(l => l.Group).Distinct().ToDictionary(g => g, _ => level));

    /// <summary>The value that three quarters lie below; 0 of none.</summary>
    internal static double UpperQuartile(IReadOnlyList<double> values) => values.Count == 0 ? 0 : Quantiles.OfSorted([.. values.Order()], 0.75);

    private static TakeUpGap Of(AreaTakeUp takeUp, Dictionary<int, double> references)
    {
        GapLine Together(int code, IEnumerable<AreaLine> lines)
        {
            var of = lines.ToList();
            return new(code, of.Sum(l => l.Eligible), new(of.Sum(l => l.Users.Estimate), of.Sum(l => l.Eligible * references[l.Group])), of.Any(l => l.Users.IsHidden));
        }
        return new(
            [.. takeUp.Lines.Select(l => Together(l.Code, [l])).OrderByDescending(l => l.Need.Unmet).ThenBy(l => l.Code)],
            [.. takeUp.Lines.GroupBy(l => l.Group).Where(g => g.Key != 0).Select(g => Together(g.Key, g)).OrderByDescending(l => l.Need.Unmet).ThenBy(l => l.Code)],
            Together(0, takeUp.Lines));
    }
}
