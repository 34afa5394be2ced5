using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;

namespace Concentric.Measure.Profiling;

/// <summary>The channels that a group used.</summary>
/// <param name="Code">Code of the group (or of the service, on a group's page).</param>
/// <param name="N">Contacts of the group.</param>
/// <param name="Shares">For each channel of the mix, its share with its interval.</param>
public sealed record ChannelMixLine(int Code, long N, IReadOnlyList<Share> Shares);

/// <summary>Which channels groups used: shares of contacts, whoever made them. What people would rather use is not in it.</summary>
/// <param name="Channels">Codes, the most used first.</param>
/// <param name="Lines">By group; those with fewer than 8 contacts are left out.</param>
public sealed record ChannelMix(IReadOnlyList<int> Channels, IReadOnlyList<ChannelMixLine> Lines, ChannelMixLine? All)
{
    /// <summary>Groups or channels are left out because a small number could be worked out: shares are of the channels shown.</summary>
    public bool IsPartial { get; init; }

    /// <summary>More channels do not fit a table beside each other.</summary>
    private const int Most = 6;

    /// <summary>Shares of fewer contacts say nothing.</summary>
    private const int Fewest = 8;

    public static ChannelMix Of(IEnumerable<(int Group, int Channel, ShownCount Contacts)> cells)
    {
        var counts = cells.GroupBy(c => (c.Group, c.Channel)).ToDictionary(g => g.Key, g => g.Sum(c => c.Contacts.Estimate));
        var channels = counts.GroupBy(c => c.Key.Channel).OrderByDescending(g => g.Sum(c => c.Value)).ThenBy(g => g.Key).Select(g => g.Key).Where(c => c != 0).Take(Most).ToList();
        ChannelMixLine? Line(int code, List<KeyValuePair<(int Group, int Channel), long>> of)
        {
            var n = of.Sum(c => c.Value);
            return n == 0 ? null : new(code, n, [.. channels.Select(channel => Share.Of(of.Where(c => c.Key.Channel == channel).Sum(c => c.Value), n)!.Value)]);
        }
        return new(channels, [.. counts.GroupBy(c => c.Key.Group).OrderBy(g => g.Key).Select(g => Line(g.Key, [.. g])).Where(l => l?.N >= Fewest).OfType<ChannelMixLine>()], Line(0, [.. counts]));
    }

    /// <summary>The mix by a dimension, as the reader may see it.</summary>
    internal static async Task<ChannelMix> By(Dimension dimension, CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.GroupedBy(dimension, Dimension.Channel).Counting(Contacts.Measure.Contacts), stop);
        return Of(Enumerable.Range(0, result.Rows).Select(r => (result.Code(r, dimension), result.Code(r, Dimension.Channel), result.Shown(r, Contacts.Measure.Contacts)))) with { IsPartial = result.IsWithheld };
    }
}
