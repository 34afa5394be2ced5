using Concentric.Core;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Profiling;

/// <summary>A channel as a group uses it, against everybody else.</summary>
public sealed record GroupChannelLine
{
    public required int Channel { get; init; }

    /// <summary>Share of the group's contacts.</summary>
    public required Share Mine { get; init; }

    /// <summary>Share of all others' contacts.</summary>
    public required Share Others { get; init; }

    /// <summary>Interval of the difference of the two.</summary>
    public required Interval Difference { get; init; }

    /// <summary>Contacts by this channel if, for each service, the group used channels as all others do.</summary>
    public required double Expected { get; init; }

    /// <summary>Contacts by this channel as a multiple of <see cref="Expected"/>: what is left once the services are the same. Null where none are expected.</summary>
    public required double? AgainstExpected { get; init; }

    public required Interval? AgainstExpectedInterval { get; init; }

    /// <summary>Less than half of what others' use of the same services would give, beyond chance.</summary>
    public bool IsHardlyUsed => Expected >= PenetrationIndex.Least && AgainstExpectedInterval is { High: < 0.5 };
}

/// <summary>How a group gets in touch: what it did, never what it would rather do.</summary>
public static class GroupChannels
{
    /// <summary>A line for each channel, the most used by the group first.</summary>
    /// <param name="mine">Contacts of the group by service and channel.</param>
    /// <param name="others">The same of all others. A service that no other uses takes their mix over all services.</param>
    /// <remarks>The expected number is that of indirect standardisation; its interval treats contacts as independent events.</remarks>
    public static IReadOnlyList<GroupChannelLine> Of(IReadOnlyList<(int Service, int Channel, ShownCount Contacts)> mine, IReadOnlyList<(int Service, int Channel, ShownCount Contacts)> others)
    {
        static Dictionary<int, long> Sum(IEnumerable<(int Key, ShownCount Contacts)> cells) => cells.GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Contacts.Estimate));
        var (byChannel, otherByChannel) = (Sum(mine.Select(c => (c.Channel, c.Contacts))), Sum(others.Select(c => (c.Channel, c.Contacts))));
        var (all, allOthers) = (byChannel.Values.Sum(), otherByChannel.Values.Sum());
        if (all == 0 || allOthers == 0) return [];
        var (byService, otherByService) = (Sum(mine.Select(c => (c.Service, c.Contacts))), Sum(others.Select(c => (c.Service, c.Contacts))));
        var otherCells = others.GroupBy(c => (c.Service, c.Channel)).ToDictionary(g => g.Key, g => g.Sum(c => c.Contacts.Estimate));
        double Expected(int channel) => byService.Sum(s => s.Value * (otherByService.GetValueOrDefault(s.Key) is var n and > 0
            ? (double)otherCells.GetValueOrDefault((s.Key, channel)) / n
            : (double)otherByChannel.GetValueOrDefault(channel) / allOthers));
        return [.. byChannel.Keys.Union(otherByChannel.Keys).Where(c => c != 0).Select(c => Line(c, byChannel.GetValueOrDefault(c), all, otherByChannel.GetValueOrDefault(c), allOthers, Expected(c)))
            .OrderByDescending(l => l.Mine.Part).ThenBy(l => l.Channel)];
    }

    private static GroupChannelLine Line(int channel, long mine, long all, long others, long allOthers, double expected)
    {
        var (my, their) = (Share.Of(mine, all)!.Value, Share.Of(others, allOthers)!.Value);
        var (_, low, high) = Share.Difference(my, their);
        return new()
        {
            Channel = channel,
            Mine = my,
            Others = their,
            Difference = new(low, high),
            Expected = expected,
            AgainstExpected = expected > 0 ? mine / expected : null,
            AgainstExpectedInterval = expected > 0 ? PoissonLimits.Of(mine).Times(1 / expected) : null,
        };
    }
}
