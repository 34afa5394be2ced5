using Concentric.Measure.Journeys.Hiding;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>Keeps the cases of a channel and of a place, if they may be shown by themselves.</summary>
/// <remarks>
/// What may not stand in a table of all channels, or of all places, may not be asked for by itself either: taken from all, it would tell of the few whom the table hides.
/// Of cases of both, each is held against the others of the other.
/// </remarks>
internal static class ChosenPart
{
    /// <param name="channel">As it is shown; null for all.</param>
    /// <param name="place">Null for everywhere.</param>
    public static AskedJourneys Of(AskedJourneys all, string? channel, (JourneyPlace By, int Code)? place)
    {
        if (channel is null && place is null) return all;
        var (log, number) = (all.Log, all.Log.Channels.ToList().IndexOf(channel ?? ""));
        bool IsOfChannel(int c) => channel is null || JourneyLogs.ChannelOf(log, c) == number;
        bool IsOfPlace(int c) => place is not { } p || all.Places!.CodeOf(log, c, p.By) == p.Code;
        var tells = (channel is not null && Tells(log, IsOfPlace, c => JourneyLogs.ChannelOf(log, c), number, all.Least))
            || (place is { } chosen && Tells(log, IsOfChannel, c => all.Places!.CodeOf(log, c, chosen.By), chosen.Code, all.Least));
        return all with { Log = log.Where(c => IsOfChannel(c) && IsOfPlace(c)), IsPart = true, IsWithheld = tells };
    }

    /// <summary>Whether a group of cases is one that a table of all groups hides.</summary>
    private static bool Tells(EventLog log, Func<int, bool> isAmong, Func<int, int> groupOf, int group, int least)
    {
        var groups = Enumerable.Range(0, log.Cases).Where(isAmong).GroupBy(groupOf).Select(g => (g.Key, Cases: g.Count())).ToList();
        var shown = SmallGroups.Shown([.. groups.Select(g => g.Cases)], least);
        return !groups.Where((g, i) => g.Key == group && shown[i]).Any();
    }
}
