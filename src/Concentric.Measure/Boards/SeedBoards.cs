using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Boards;

/// <summary>
/// Two boards of Northmoor with something on them. Bin collection: a decision that moved its measure, a phase from then on, a note, a measure of its own, and a review that is
/// overdue. Housing repairs: a decision that did nothing, which the next review has to say.
/// </summary>
internal static class SeedBoards
{
    private const string Bins = "524", Repairs = "141";

    /// <summary>Grace Okoro, the demo's service manager.</summary>
    private static readonly Guid Grace = Guid.Parse("01900000-0000-7000-8000-000000000003");

    /// <summary>Periods whose points are kept as they would have been published then.</summary>
    private const int Kept = 26;

    public static async Task Run(IServiceProvider services, CancellationToken stop)
    {
        var settings = services.GetRequiredService<Settings>();
        var clock = services.GetRequiredService<TimeProvider>();
        var store = services.GetRequiredService<IContactStore>();
        var council = settings.Council;
        await using var work = services.CreateAsyncScope();
        var db = work.ServiceProvider.GetRequiredService<ConcentricDb>();
        if (await db.BoardReviews.AnyAsync(r => r.Council == council, stop)) return;
        if (await new Scopes(store, settings, clock).Find(council, Scope.Choices[^1], stop) is not { } scope) return;

        var (now, today, by) = (clock.GetUtcNow(), Say.DayOf(clock.GetUtcNow()), $"{Grace}");
        // The redesigns of the day on which the contacts were invented, which are those that the contacts show.
        var redesigns = Northmoor.Redesigns(scope.Through.AddDays(1));
        var (texts, menu) = (redesigns.Single(r => r.Service == Bins), redesigns.Single(r => r.Service == Repairs));
        var christmas = new DateOnly(today.Month == 12 && today.Day >= 25 ? today.Year : today.Year - 1, 12, 25);
        var calls = KeepMeasure.New(Guid.CreateVersion7(now), council, Bins, new()
        {
            Name = "Failure demand by phone", About = "Calls that people would not have to make if the bins were emptied as promised.", Owner = by, Figure = "failure-contacts", Better = "lower", For = "citizens", Use = "improvement", Period = "week",
        }, now);
        var minutes = KeepMeasure.New(Guid.CreateVersion7(now.AddMilliseconds(1)), council, Repairs, new()
        {
            Name = "Handling time of calls", About = "How long a call about a repair takes, to plan how many people answer the phone.", Owner = by, Figure = "median-seconds", Better = "neither", For = "internal", Use = "planning", Period = "month",
        }, now);

        await services.GetRequiredService<IWriter>().Write(write =>
        {
            KeepMeasure.Put(write, calls, new() { Figure = "failure-contacts", Where = Only(Bins) }, by, now);
            KeepMeasure.Put(write, minutes, new() { Figure = "median-seconds", Where = Only(Repairs) }, by, now);
            MarkChart.Put(write, new ChartPhase { Id = Id(1), Council = council, Measure = $"failure-share@{Bins}", From = texts.From, Reason = texts.What, Evidence = $"First text messages sent on {Say.Date(texts.From)}; the next review found the effect shown against the limits before it.", By = by, At = now });
            MarkChart.Put(write, new ChartNote { Id = Id(2), Council = council, Measure = $"contacts@{Bins}", On = christmas, Text = "Collections moved by the bank holidays", By = by, At = now });
            HoldReview.Put(write, Done(new()
            {
                Id = Id(3), Council = council, Board = Bins, HeldOn = texts.From.AddDays(-21), Signals = "", Findings = "One call in three is about a bin that was not emptied on its day. Most of these were emptied the day after: the crew was late, and nobody had said so.",
                Decision = texts.What, Measure = $"failure-share@{Bins}", Person = Grace, DueOn = texts.From.AddDays(7), NextOn = texts.From.AddDays(84), By = by, At = now,
            }, texts.From));
            HoldReview.Put(write, new()
            {
                Id = Id(4), Council = council, Board = Bins, HeldOn = texts.From.AddDays(84), Signals = "", Findings = "The share of failure demand is lower since the text messages, against the limits before them. New limits from then on, to see what comes next.",
                NextOn = today.AddDays(-5), By = by, At = now,
            });
            HoldReview.Put(write, Done(new()
            {
                Id = Id(5), Council = council, Board = Repairs, HeldOn = menu.From.AddDays(-30), Signals = "", Findings = "People who ask when the repair will be done wait on the phone behind those who report one.",
                Decision = menu.What, Measure = $"failure-share@{Repairs}", Person = Grace, DueOn = menu.From.AddDays(14), NextOn = today.AddDays(9), By = by, At = now,
            }, menu.From));
            return Task.CompletedTask;
        }, stop);
        await Publish(services, scope, db, store, stop);

        Guid Id(int place) => Guid.CreateVersion7(now.AddMilliseconds(10 + place));
    }

    /// <summary>Keeps points as they would have been published, each with the points until then alone.</summary>
    private static async Task Publish(IServiceProvider services, Scope scope, ConcentricDb db, IContactStore store, CancellationToken stop)
    {
        var points = new List<PublishedPoint>();
        foreach (var board in (string[])[Bins, Repairs])
        {
            var measures = await new FindMeasures(db).Of(scope.Council.Name, board, stop);
            foreach (var chart in await new LoadBoard(db, services.GetRequiredService<TimeProvider>()).Charts(scope, measures, new(store, isExact: false), stop))
            {
                for (var index = Math.Max(0, chart.Series.Points.Count - Kept); index < chart.Series.Points.Count; index++)
                    points.Add(PublishedComparison.Publish(chart.Until(index), index, Say.At(PeriodSeries.End(chart.Measure.Period, chart.Series.Points[index].Start).AddDays(1), new(6, 0))));
            }
        }
        await services.GetRequiredService<IWriter>().Write(write =>
        {
            write.PublishedPoints.AddRange(points);
            write.Record(new Core.Facts.PointsPublished(scope.Council.Name, points.Count), Actor.System, services.GetRequiredService<TimeProvider>().GetUtcNow());
            return Task.CompletedTask;
        }, stop);
    }

    private static BoardReview Done(BoardReview review, DateOnly on)
    {
        review.Done(on);
        return review;
    }

    private static SortedDictionary<string, IReadOnlyList<string>> Only(string service) => new(StringComparer.Ordinal) { ["channel"] = ["phone"], ["service"] = [service] };
}
