using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;

namespace Concentric.Measure.EndToEnd;

/// <summary>The three measures that every service has without anybody setting them up, by week, and for the whole period.</summary>
/// <param name="Days">Days from first contact to need met, which nine of ten of the needs met in the week did not exceed; n is the needs met.</param>
/// <param name="AtOnce">Of the needs that began in the week and of which it is known, the share that was met at the first contact, in per cent; n is those needs.</param>
/// <param name="ContactsPerNeed">Contacts for each need that was met in the week; n is the needs met.</param>
/// <param name="Met">The needs met in all the weeks.</param>
/// <param name="Begun">The needs begun in the weeks that <see cref="AtOnce"/> has; null where there is none.</param>
public sealed record NeedSeries(WeeklySeries Days, WeeklySeries AtOnce, WeeklySeries ContactsPerNeed, NeedFigures? Met, NeedFigures? Begun)
{
    /// <summary>Version of the three definitions, which <see cref="NeedRows"/> has in full.</summary>
    public const int Definition = 1;

    public const string WhatIsANeed =
        "A need begins with a first contact. Later contacts belong to it if they say so, or if the same person asks about the same service within 28 days or while it is open, unless an adviser coded them as value demand. "
        + "It is met when everything asked is answered and held to be sorted; a citizen who says that it is not sorted opens it again, and while nobody has answered what was written after an answer, it is not known. Closing a case does not meet a need.";

    public const string DaysMeans = "Days from the first contact until the need was met, by the week in which it was met: nine in ten took no longer. Definition 1.";

    public const string AtOnceMeans = "Share of needs met at the first contact, of needs of which it is known how they stand, by the week in which they began. The last 28 days are left out, because those citizens may still come back. Definition 1.";

    public const string ContactsPerNeedMeans = "Contacts that citizens had to make for each need that was met, by the week in which it was met. Definition 1.";

    /// <summary>The three measures of the needs that match, over the scope's complete weeks.</summary>
    public static async Task<NeedSeries> Of(Scope scope, VisibleContacts contacts, CancellationToken stop, params Filter[] where)
    {
        var query = Query(scope, where);
        var weeks = await contacts.Needs(query with { Per = Dimension.Week }, stop);
        return Of(scope, weeks, Only(await contacts.Needs(query, stop)), scope.Settled() is { } settled ? Only(await contacts.Needs(query with { To = settled }, stop)) : null);
    }

    /// <summary>The question of a scope.</summary>
    internal static NeedQuery Query(Scope scope, params Filter[] where) => new(scope.Council.Code, scope.Kind, scope.Period.From, scope.Through) { Where = where };

    private static NeedSeries Of(Scope scope, IReadOnlyList<NeedFigures> weeks, NeedFigures? met, NeedFigures? begun)
    {
        var byWeek = weeks.ToDictionary(w => w.Period);
        var settled = scope.Settled();
        WeeklySeries Series(Func<NeedFigures, (double? Value, long N)> figure, bool settledOnly = false)
        {
            var complete = WeeklySeries.OfCounts([], settledOnly ? scope.Complete with { Through = settled ?? scope.Period.From } : scope.Complete);
            return new([.. complete.Weeks.Select(w => byWeek.TryGetValue(Week.Of(w.Monday), out var found) && figure(found) is var (value, n) ? w with { Value = value, N = n } : w with { Value = null, N = 0 })]);
        }

        return new(
            Series(n => (n.Percentile90Days, n.Met.Estimate)),
            Series(n => (100 * n.AtOnce?.Value, n.Known.Estimate), settledOnly: true),
            Series(n => (n.ContactsPerNeed, n.Met.Estimate)),
            met, begun);
    }

    private static NeedFigures? Only(IReadOnlyList<NeedFigures> found) => found.Count == 0 ? null : found[0];
}

internal static class SettledScope
{
    /// <summary>The last day whose citizens have had time to come back; null where there is none in the period.</summary>
    public static DateOnly? Settled(this Scope scope) => scope.Through.AddDays(-NeedRows.WindowDays) is var day && day >= scope.Period.From ? day : null;
}
