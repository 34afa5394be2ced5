using Concentric.Measure.Journeys.Hiding;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>Cases that stand together in a row of a table: those of a channel, or of a place.</summary>
/// <param name="Code">Of the channel or the place; 0 where it is not known.</param>
/// <param name="Cases">Their numbers in the log.</param>
/// <param name="IsShown">Whether a table of all groups may show it.</param>
internal sealed record CaseGroup(int Code, IReadOnlyList<int> Cases, bool IsShown)
{
    /// <param name="isAmong">Which cases there are; null for all.</param>
    public static IReadOnlyList<CaseGroup> ByChannel(AskedJourneys asked, Func<int, bool>? isAmong = null) =>
        Of(asked, isAmong, c => JourneyLogs.ChannelOf(asked.Log, c), code => asked.Log.Channels[code]);

    /// <inheritdoc cref="ByChannel"/>
    public static IReadOnlyList<CaseGroup> ByPlace(AskedJourneys asked, JourneyPlace by, Func<int, bool>? isAmong = null) =>
        Of(asked, isAmong, c => asked.Places!.CodeOf(asked.Log, c, by), code => code.ToString("D6", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The groups in an order that is always the same: it settles which of two of one size is hidden, and a table must hide the same as may not be asked for by itself.</summary>
    private static IReadOnlyList<CaseGroup> Of(AskedJourneys asked, Func<int, bool>? isAmong, Func<int, int> groupOf, Func<int, string> order)
    {
        var groups = Enumerable.Range(0, asked.Log.Cases).Where(isAmong ?? (_ => true)).GroupBy(groupOf).OrderBy(g => order(g.Key), StringComparer.Ordinal).ToList();
        var shown = SmallGroups.Shown([.. groups.Select(g => g.Count())], asked.Least);
        return [.. groups.Select((g, i) => new CaseGroup(g.Key, [.. g], shown[i]))];
    }
}
