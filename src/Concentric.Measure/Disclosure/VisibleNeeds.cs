using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Disclosure;

/// <summary>Needs of one group and period as a reader may see them. Everything but the times is made from the counts as shown.</summary>
/// <param name="Group">Code of the dimension asked for, 0 without one.</param>
/// <param name="Period">Week or month, 0 without one.</param>
public sealed record NeedFigures(int Group, int Period)
{
    /// <summary>Needs whose first contact lies in the period.</summary>
    public required ShownCount Begun { get; init; }

    /// <summary>Of those, how many are known to be met, not met or open still.</summary>
    public required ShownCount Known { get; init; }

    /// <summary>Of those, how many were met and took one contact.</summary>
    public required ShownCount MetAtOnce { get; init; }

    /// <summary>Needs that were met in the period, whenever they began.</summary>
    public required ShownCount Met { get; init; }

    /// <summary>Contacts that those took.</summary>
    public required ShownCount ContactsOfMet { get; init; }

    /// <summary>Days from first contact to need met that half did not exceed; null where none was met or it may not be shown.</summary>
    public required double? MedianDays { get; init; }

    /// <summary>As <see cref="MedianDays"/>, for nine of ten.</summary>
    public required double? Percentile90Days { get; init; }

    public required double? MeanDays { get; init; }

    /// <summary>Contacts of the period that citizens began.</summary>
    public required ShownCount Contacts { get; init; }

    /// <summary>Of those, how many can be linked with others.</summary>
    public required ShownCount Linked { get; init; }

    /// <summary>Share of needs met at the first contact.</summary>
    public Share? AtOnce => Of(MetAtOnce, Known);

    /// <summary>Share of contacts that can be linked with nothing, and so are in no need.</summary>
    public Share? Unlinked => Contacts.Value is { } all && Linked.Value is { } linked ? Share.Of(Math.Max(0, all - linked), all) : null;

    /// <summary>Contacts for each need met; null where too few were.</summary>
    public double? ContactsPerNeed => Met.Value is > 0 and var met && ContactsOfMet.Value is { } contacts ? Math.Max(1, (double)contacts / met) : null;

    private static Share? Of(ShownCount part, ShownCount whole) => part.Value is { } p && whole.Value is { } w ? Share.Of(Math.Min(p, w), w) : null;

    /// <summary>As an analyst sees it.</summary>
    internal static NeedFigures Exact(NeedCounts n) => new(n.Group, n.Period)
    {
        Begun = ShownCount.Exact(n.Begun), Known = ShownCount.Exact(n.Known), MetAtOnce = ShownCount.Exact(n.MetAtOnce), Met = ShownCount.Exact(n.Met),
        ContactsOfMet = ShownCount.Exact(n.ContactsOfMet), Contacts = ShownCount.Exact(n.Contacts), Linked = ShownCount.Exact(n.Linked),
        MedianDays = n.MedianSeconds / Day, Percentile90Days = n.Percentile90Seconds / Day, MeanDays = n.MeanSeconds / Day,
    };

    /// <summary>As everybody else does.</summary>
    internal static NeedFigures UnderRuleA(NeedCounts n) => new(n.Group, n.Period)
    {
        Begun = ShownCount.Rounded(n.Begun), Known = ShownCount.Rounded(n.Known), MetAtOnce = ShownCount.Rounded(n.MetAtOnce), Met = ShownCount.Rounded(n.Met),
        ContactsOfMet = ShownCount.Rounded(n.ContactsOfMet), Contacts = ShownCount.Rounded(n.Contacts), Linked = ShownCount.Rounded(n.Linked),
        MedianDays = Rough(n, n.MedianSeconds), Percentile90Days = Rough(n, n.Percentile90Seconds), MeanDays = Rough(n, n.MeanSeconds),
    };

    private const double Day = 86_400;

    private static double? Rough(NeedCounts n, double? seconds)
    {
        if (seconds is not { } value || ShownCount.Rounded(n.Met).Value is not { } rounded) return null;
        if (MeanStep.Of(value, n.LeastSeconds!.Value, n.MostSeconds!.Value, rounded) is not { } step) return null;
        return Math.Round(value / step) * step / Day;
    }
}

/// <summary>Needs as one reader may see them.</summary>
public static class VisibleNeeds
{
    /// <summary>As <see cref="IContactStore.Needs"/>; where the reader may not see it exactly, under rule A, and without the groups from which a hidden count could be worked out.</summary>
    public static async Task<IReadOnlyList<NeedFigures>> Of(IContactStore store, bool isExact, NeedQuery query, CancellationToken stop = default)
    {
        var exact = await store.Needs(query, stop);
        if (isExact) return [.. exact.Select(NeedFigures.Exact)];
        Func<NeedCounts, long>[] counts = [n => n.Begun, n => n.Known, n => n.MetAtOnce, n => n.Met, n => n.ContactsOfMet, n => n.Contacts, n => n.Linked];
        var shown = exact.ToList();
        if (query.By is not null)
        {
            foreach (var period in exact.GroupBy(n => n.Period))
            {
                if (counts.Any(count => !Isolation.HoldsWithTotal([.. period.Select(count)]))) shown.RemoveAll(n => n.Period == period.Key);
            }
        }
        return [.. shown.Select(NeedFigures.UnderRuleA)];
    }
}
