namespace Concentric.Measure.Journeys.Seeing;

/// <summary>Keeps the cases of a channel and of a place, if they may be shown by themselves.</summary>
/// <remarks>
/// What may not stand in a table of all channels, or of all places, may not be asked for by itself either: taken from all, it would tell of the few whom the table hides.
/// Of cases of both, each is held against the others of the other, and both against others of the service and the days that were chosen.
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
        var tells = (channel is not null && Tells(CaseGroup.ByChannel(all, IsOfPlace), number))
            || (place is { } chosen && Tells(CaseGroup.ByPlace(all, chosen.By, IsOfChannel), chosen.Code));
        return all with { Log = log.Where(c => IsOfChannel(c) && IsOfPlace(c)), IsPart = true, IsWithheld = all.IsWithheld || tells };
    }

    /// <summary>Whether a group of cases is one that a table of all groups hides.</summary>
    private static bool Tells(IReadOnlyList<CaseGroup> groups, int group) => !groups.Any(g => g.Code == group && g.IsShown);
}
