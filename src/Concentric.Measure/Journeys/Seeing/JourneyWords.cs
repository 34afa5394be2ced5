using Concentric.Core;
using Concentric.Measure.Charts;
using Concentric.Core.Design;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>How pages of journeys say things.</summary>
public static class JourneyWords
{
    /// <summary>The period of a log in words: as asked, or all that there is.</summary>
    public static string Period(JourneyQuestion asked, AskedJourneys found) =>
        $"Cases begun {Say.Date(asked.From ?? found.Source.First)} to {Say.Date(asked.To ?? found.Source.Last)}";

    /// <summary>Why nothing is shown.</summary>
    public static string TooFew(AskedJourneys found) => found.IsWithheld && found.Log.Cases >= found.Least
        ? $"Nothing is shown of these cases by themselves: taken from all, they would tell of fewer than {found.Least} others."
        : $"Fewer than {found.Least} cases: nothing is shown, because it could tell of single people.";

    public static string Share(double share) => Figures.Show(100 * share, 1) + "%";

    /// <summary>The places that can be chosen, all of them first.</summary>
    public static IEnumerable<Choice> Places(AskedJourneys found) => [new("", "Everywhere"), .. found.PlacesToChoose.Select(p => new Choice(p.Key, p.Label))];

    /// <summary>Cells of a time: median and nine in ten.</summary>
    public static TableCell[] Times(TimeSummary? seconds) => seconds is null ? [TableCell.Number(Figures.None), TableCell.Number(Figures.None)] : [TableCell.Number(Durations.Write(seconds.Median)), TableCell.Number(Durations.Write(seconds.P90))];
}
