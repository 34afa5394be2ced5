using Concentric.Core.Facts;
using Concentric.Measure.Demo;
using Concentric.Measure.Variation;

namespace Concentric.Measure.FormUse;

/// <summary>Invents visits to the demo council's forms. They are synthetic: what is found in them was put in here.</summary>
public static class DemoFormUse
{
    private const int Weeks = 12;

    /// <summary>Whole weeks, of the last twelve, in which the first form has been put right.</summary>
    private const int WeeksSince = 5;

    private const int About = 3000;

    private static readonly (string Channel, bool Mediated, int Weight)[] _ways = [("web", false, 62), ("app", false, 8), ("phone", true, 22), ("face-to-face", true, 8)];

    private static readonly (string Problem, string Message)[] _problems =
        [("missing", "Enter an answer"), ("format", "Enter the answer in the correct format"), ("choice", "Select one")];

    /// <summary>About 3,000 visits of the twelve weeks before today, the oldest first.</summary>
    /// <param name="forms">
    /// Forms with their pages in order and their service; the earlier ones are used more. The middle page of the first loses every third person until it is put right,
    /// five whole weeks before the running one: visits from then on are of version 2. The middle page of the second loses every fifth to this day.
    /// </param>
    /// <param name="today">The day after the last visit.</param>
    /// <param name="chance">The same seed gives the same visits.</param>
    public static IReadOnlyList<FormVisited> Facts(
        IReadOnlyList<(string form, string[] pages, string service)> forms, DateOnly today, Random chance, string council = Northmoor.Council)
    {
        var usable = forms.Where(f => f.pages.Length > 0).ToList();
        if (usable.Count == 0) return [];
        // The n-th form has a weight of 1/√n.
        var weights = Enumerable.Range(1, usable.Count).Select(n => 1 / Math.Sqrt(n)).ToList();
        var fixedOn = Week.Monday(Week.Of(today) - WeeksSince);
        var visits = new List<FormVisited>();
        for (var day = today.AddDays(-7 * Weeks); day < today; day = day.AddDays(1))
        {
            var isWeekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            for (var which = 0; which < usable.Count; which++)
            {
                var mean = About / (Weeks * 7.0) * weights[which] / weights.Sum() * (isWeekend ? 0.5 : 1.2);
                // A whole number whose mean is that, a little spread.
                var count = (int)(mean * (0.7 + 0.6 * chance.NextDouble()) + chance.NextDouble());
                for (var i = 0; i < count; i++) visits.Add(Visit(usable[which], which, day, which == 0 && day >= fixedOn ? 2 : 1, council, chance));
            }
        }
        return [.. visits.OrderBy(v => v.StartedAt).ThenBy(v => v.Visit)];
    }

    private static FormVisited Visit((string form, string[] pages, string service) form, int which, DateOnly day, int version, string council, Random chance)
    {
        var (channel, mediated) = Way(chance);
        var worst = form.pages.Length / 2;
        var pages = new List<PageVisited>();
        var (outcome, last) = (FormOutcome.Sent, (string?)null);
        for (var i = 0; i < form.pages.Length && last is null; i++)
        {
            var isBad = i == worst && form.pages.Length > 2 && ((which == 0 && version == 1) || which == 1);
            var errors = Errors(form.pages[i], isBad ? 0.35 : 0.07, chance);
            var lost = isBad ? which == 0 ? 0.33 : 0.2 : 0.025;
            // Where an adviser helps fewer give up.
            if (chance.NextDouble() < (mediated ? lost / 3 : lost)) (outcome, last) = (FormOutcome.Dropped, form.pages[i]);
            else if (i > 0 && chance.NextDouble() < 0.012) (outcome, last) = (mediated ? FormOutcome.HandedOver : FormOutcome.Saved, form.pages[i]);
            else if (i == 0 && form.pages.Length > 1 && chance.NextDouble() < 0.03) (outcome, last) = (FormOutcome.Stopped, form.pages[i]);
            var shown = 1 + errors.Sum(e => e.Times);
            // Most take about half a minute, a few much longer.
            var seconds = (int)Math.Min(600, shown * (12 + 25 * -Math.Log(1 - chance.NextDouble())) * (isBad ? 1.8 : 1));
            // An adviser keeps all pages at one moment: the first has all the time, the others none.
            if (mediated && i > 0) seconds = 0;
            var back = i < form.pages.Length - 1 && last is null && chance.NextDouble() < (isBad ? 0.15 : 0.04) ? 1 : 0;
            pages.Add(new(form.pages[i], seconds, shown + back, back, errors));
        }
        var id = new byte[16];
        chance.NextBytes(id);
        var at = new DateTimeOffset(day.ToDateTime(new(8, 0)), TimeSpan.Zero).AddMinutes(chance.Next(0, 12 * 60));
        return new(new Guid(id), form.form, version, council, form.service, channel, mediated, chance.NextDouble() < 0.06 ? "cy" : "en", at, outcome, last, pages);
    }

    private static (string Channel, bool Mediated) Way(Random chance)
    {
        var at = chance.Next(_ways.Sum(w => w.Weight));
        foreach (var (channel, mediated, weight) in _ways)
        {
            if (at < weight) return (channel, mediated);
            at -= weight;
        }
        return (_ways[0].Channel, _ways[0].Mediated);
    }

    private static IReadOnlyList<MessageShown> Errors(string page, double often, Random chance)
    {
        if (chance.NextDouble() >= often) return [];
        var (problem, message) = _problems[chance.Next(_problems.Length)];
        return [new(page, problem, message, chance.NextDouble() < 0.2 ? 2 : 1)];
    }
}
