using Concentric.Core;
using Concentric.Measure.Journeys.Hiding;

namespace Concentric.Measure.Journeys.Seeing;

/// <summary>How many cases did something, and how many did not, as far as it may be shown.</summary>
/// <param name="Groups">Each group with its cases; null where it may not be shown.</param>
public sealed record ShownSplit(string Title, string About, IReadOnlyList<(string Name, ShownCount? Cases)> Groups);

/// <summary>What journeys are like, held against what was expected.</summary>
/// <param name="MeanFitness">Of all cases, from 0 to 1; null where no path was expected, a group of cases by it is hidden, or only a part of all is asked about.</param>
/// <param name="Skipped">Steps of the path that cases left out, the most frequent first.</param>
/// <param name="Added">Steps that were not expected where they were done.</param>
/// <param name="Times">What times between steps are usual; null where that was not asked.</param>
public sealed record CheckView(IReadOnlyList<ShownSplit> Splits, double? MeanFitness, IReadOnlyList<ShownRow> Skipped, IReadOnlyList<ShownRow> Added, UsualTimes? Times)
{
    internal static CheckView Of(AskedJourneys asked, ShownMap map, CheckQuestion question, WorkingCalendar calendar, CancellationToken stop)
    {
        var splits = new List<ShownSplit>();
        var (fitness, skipped, added) = question.Path.Count > 0 ? Held(asked, question.Path, splits) : (null, [], []);
        var (log, zone) = (asked.Log, TimeZoneInfo.FindSystemTimeZoneById(asked.Source.Council.Zone));
        int Number(string name) => Numbered(log, name);
        DateOnly DayOf(long at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddTicks(at * TimeSpan.TicksPerMicrosecond), zone));
        if (question.Before is { } before)
            splits.Add(Split(asked, $"“{before.First}” comes before “{before.Then}”", "Every case in which the second was done must have done the first before it.", c => JourneyRules.Precedes(log.Path(c), Number(before.First), Number(before.Then))));
        if (question.Within is { } within)
            splits.Add(Split(asked, $"“{within.Then}” within {Say.Number(within.Days)} working {(within.Days == 1 ? "day" : "days")} of “{within.First}”", "From the first time that the one was done to the next time of the other. Working days are those of this council's calendar.",
                c => JourneyRules.Within(log, c, Number(within.First), Number(within.Then), within.Days, calendar, DayOf)));
        if (question.FourEyes is { } eyes)
            splits.Add(Split(asked, $"“{eyes.One}” and “{eyes.Other}” by two people", "Nobody may have done both in one case.", c => JourneyRules.FourEyes(log, c, Number(eyes.One), Number(eyes.Other))));
        return new(splits, fitness, skipped, added, question.Deviations is { } deviations ? UsualTimes.Of(asked, map, deviations, stop) : null);
    }

    private static (double?, IReadOnlyList<ShownRow>, IReadOnlyList<ShownRow>) Held(AskedJourneys asked, IReadOnlyList<string> path, List<ShownSplit> splits)
    {
        var log = asked.Log;
        int[] expected = [.. path.Select(p => Numbered(log, p))];
        var (bands, sum) = (new int[4], 0.0);
        var (skipped, added) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        foreach (var variant in Journeys.Variants.Of(log))
        {
            var held = ExpectedPath.Of([.. variant.Path], expected);
            sum += held.Fitness * variant.Count;
            bands[held.Cost switch { 0 => 0, <= 2 => 1, <= 5 => 2, _ => 3 }] += variant.Count;
            foreach (var step in held.Skipped.Select(s => expected[s]).Distinct()) skipped[step] = skipped.GetValueOrDefault(step) + variant.Count;
            foreach (var step in held.Added.Distinct()) added[step] = added.GetValueOrDefault(step) + variant.Count;
        }
        var groups = Groups(asked, [("None: exactly so", bands[0]), ("1 or 2 steps", bands[1]), ("3 to 5 steps", bands[2]), ("More", bands[3])]);
        splits.Add(new("The path that was expected", "How many steps were left out or put in, against the path. Definition 1.", groups));
        // A mean of all with the other groups would tell of the group that is hidden; one of a part of all cases of the few others.
        return (!asked.IsPart && groups.Where((_, i) => bands[i] > 0).All(g => g.Cases is not null) ? sum / log.Cases : null, Rows(asked, skipped), Rows(asked, added));
    }

    private static IReadOnlyList<ShownRow> Rows(AskedJourneys asked, Dictionary<int, int> cases) =>
        [.. cases.Where(c => JourneysView.Part(asked, c.Value) is not null).OrderByDescending(c => c.Value).ThenBy(c => asked.Log.Activities[c.Key], StringComparer.Ordinal).Select(c => new ShownRow(asked.Log.Activities[c.Key], asked.Count(c.Value)))];

    private static ShownSplit Split(AskedJourneys asked, string title, string about, Func<int, RuleStanding> standing)
    {
        var counts = new int[4];
        for (var c = 0; c < asked.Log.Cases; c++) counts[(int)standing(c)]++;
        return new(title, about + " Definition 1.", Groups(asked, [("Kept", counts[(int)RuleStanding.Kept]), ("Broken", counts[(int)RuleStanding.Broken]), ("Not done, or not known", counts[(int)RuleStanding.NotDone]), ("Not concerned", counts[(int)RuleStanding.NotConcerned])]));
    }

    private static IReadOnlyList<(string Name, ShownCount? Cases)> Groups(AskedJourneys asked, IReadOnlyList<(string Name, int Cases)> groups)
    {
        var shown = SmallGroups.Shown([.. groups.Select(g => g.Cases)], asked.Least);
        // That there are none of a group is as good as a count where one of the others alone is hidden, so none is shown only beside what is shown.
        return [.. groups.Select((g, i) => (g.Name, shown[i] || g.Cases == 0 && shown.Where((_, o) => groups[o].Cases > 0).All(s => s) ? asked.Count(g.Cases) : (ShownCount?)null))];
    }

    private static int Numbered(EventLog log, string name)
    {
        for (var i = 0; i < log.Activities.Count; i++)
        {
            if (log.Activities[i] == name) return i;
        }
        return -1;
    }
}
