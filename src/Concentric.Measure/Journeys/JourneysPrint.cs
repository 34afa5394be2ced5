using Concentric.Core;
using Concentric.Measure.Journeys.Reading;

namespace Concentric.Measure.Journeys;

/// <summary>Prints a log for somebody who reads it in a terminal.</summary>
internal static class JourneysPrint
{
    public static void Write(TextWriter to, ReadLog read, int top)
    {
        var report = JourneysReport.Of(read);
        to.WriteLine($"{Say.Number(report.Cases)} {Word(report.Cases, "case")}, {Say.Number(report.Events)} {Word(report.Events, "event")}, {Say.Number(report.Variants.Count)} {Word(report.Variants.Count, "order")} of steps (variants). Figures are exact; small ones may tell of persons.");
        foreach (var remark in report.Remarks) to.WriteLine(remark);
        if (report.Durations is { } took) to.WriteLine($"Durations, first to last event: median {Durations.Write(took.Median)}, 90% within {Durations.Write(took.P90)}; mean {Durations.Write(took.Mean)}, shortest {Durations.Write(took.Min)}, longest {Durations.Write(took.Max)}.");
        if (report.BetweenArrivals is { } between) to.WriteLine($"Arrivals: a case begins {Durations.Write(between)} after the one before, on average.");
        to.WriteLine(report.Waiting is { } waiting
            ? $"Waiting and touch time: something was under way for {Durations.Write(waiting.Touch)}, nothing for {Durations.Write(waiting.Waiting)} ({Share(waiting.Waiting, waiting.Touch + waiting.Waiting)} of the time), of {Say.Number(waiting.Known)} events with a beginning."
            : "Waiting and touch time: not known, because the log does not say when events were begun.");
        Table(to, "Variants", top, report.Variants.Count, [("cases", true), ("share", true), ("median", false), ("order", false)],
            report.Variants.Select(v => (string[])[Say.Number(v.Count), Share(v.Count, report.Cases), Durations.Write(v.Seconds.Median), Order(v.Activities)]));
        Table(to, "What follows what (dfg)", top, report.Dfg.Count, [("times", true), ("cases", true), ("median", false), ("90% within", false), ("mean", false), ("from → to", false)],
            report.Dfg.Select(e => (string[])[Say.Number(e.Count), Say.Number(e.Cases), Durations.Write(e.Seconds.Median), Durations.Write(e.Seconds.P90), Durations.Write(e.Seconds.Mean), $"{e.From} → {e.To}"]));
        Table(to, "Start", top, report.Start.Count, [("cases", true), ("activity", false)], report.Start.Select(s => (string[])[Say.Number(s.Value), s.Key]));
        Table(to, "End", top, report.End.Count, [("cases", true), ("activity", false)], report.End.Select(s => (string[])[Say.Number(s.Value), s.Key]));
        var again = report.Rework;
        Table(to, $"Rework: {Say.Number(again.Cases)} {Word(again.Cases, "case")} ({Share(again.Cases, report.Cases)}) with something done more than once, {Say.Number(again.Repeats)} {Word(again.Repeats, "time")} too many, {Say.Number(again.SelfLoops)} of them directly after itself", top, again.Activities.Count,
            [("cases", true), ("again", true), ("directly", true), ("activity", false)], again.Activities.Select(a => (string[])[Say.Number(a.Cases), Say.Number(a.Repeats), Say.Number(a.SelfLoops), a.Activity]));
        Hands(to, "Handovers between resources", report.Handovers, "which resource (person or system) did it", top);
        Hands(to, "Handovers between teams or organisations", report.TeamHandovers, "which team did it", top);
        if (report.PingPong is { } back)
            Table(to, $"Ping-pong: {Say.Number(back.Total)} {Word(back.Total, "time")} from one team to another and straight back, in {Say.Number(back.Cases)} {Word(back.Cases, "case")}", top, back.Pairs.Count, [("times", true), ("cases", true), ("there and back", false)],
                back.Pairs.Select(p => (string[])[Say.Number(p.Count), Say.Number(p.Cases), $"{p.From} → {p.To} → {p.From}"]));
        if (report.Objects is { } objects)
            Table(to, "What follows what, of many objects", top, objects.Count, [("events", true), ("objects", true), ("total", true), ("from → to", false)], objects.Select(o => (string[])[Say.Number(o.Events), Say.Number(o.Objects), Say.Number(o.Total), $"{o.From} → {o.To}"]));
    }

    private static void Hands(TextWriter to, string title, JourneysReport.Hands? hands, string unknown, int top)
    {
        if (hands is null)
        {
            to.WriteLine($"{Environment.NewLine}{title}: not known, because the log does not say {unknown}.");
            return;
        }
        Table(to, $"{title}: {Say.Number(hands.Total)} in {Say.Number(hands.Cases)} {Word(hands.Cases, "case")}; the same one went on {Say.Number(hands.Same)} times", top, hands.Pairs.Count, [("times", true), ("cases", true), ("from → to", false)],
            hands.Pairs.Select(p => (string[])[Say.Number(p.Count), Say.Number(p.Cases), $"{p.From} → {p.To}"]));
    }

    private static void Table(TextWriter to, string title, int top, int all, (string Name, bool IsNumber)[] columns, IEnumerable<string[]> rows)
    {
        to.WriteLine();
        to.WriteLine(title);
        var shown = rows.Take(top).Prepend([.. columns.Select(c => c.Name)]).ToList();
        if (shown.Count == 1) return;
        var widths = columns.Select((_, i) => shown.Max(r => r[i].Length)).ToArray();
        foreach (var row in shown)
            to.WriteLine("  " + string.Join("  ", row.Select((cell, i) => columns[i].IsNumber ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        if (all > top) to.WriteLine($"  {Say.Number(all - top)} more: --top {all}.");
    }

    /// <summary>An order on one line: of a long one its beginning and its end.</summary>
    private static string Order(IReadOnlyList<string> activities)
    {
        const int begin = 8, end = 2;
        return activities.Count <= begin + end + 1 ? string.Join(" → ", activities)
            : $"{string.Join(" → ", activities.Take(begin))} → … {Say.Number(activities.Count - begin - end)} more … → {string.Join(" → ", activities.TakeLast(end))}";
    }

    private static string Word(long n, string one) => n == 1 ? one : one + "s";

    private static string Share(double part, double whole) => whole == 0 ? "–" : (part / whole).ToString("P1", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
}
