using System.Globalization;

namespace Concentric.Core.Design;

/// <summary>One page of several, in <see cref="GovPagination"/>.</summary>
/// <param name="Number">As it is read; null is the sign for pages left out.</param>
public sealed record PageLink(string? Number, string? Href)
{
    public bool Current { get; init; }

    /// <summary>What a screen reader hears, where that is not "Page 3".</summary>
    public string? Name { get; init; }

    public static PageLink LeftOut { get; } = new(null, null);

    /// <summary>First, last, this page and its neighbours, with a sign where pages are left out.</summary>
    /// <param name="page">This page, from 1.</param>
    /// <param name="pages">How many there are.</param>
    /// <param name="href">The address of a page.</param>
    public static IReadOnlyList<PageLink> Of(int page, int pages, Func<int, string> href)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page, pages);
        var links = new List<PageLink>();
        var last = 0;
        foreach (var number in new[] { 1, page - 1, page, page + 1, pages }.Where(n => n >= 1 && n <= pages).Distinct().Order())
        {
            if (number > last + 1) links.Add(LeftOut);
            links.Add(new(number.ToString(CultureInfo.InvariantCulture), href(number)) { Current = number == page });
            last = number;
        }
        return links;
    }
}
