using Concentric.Core.Facts;
using Concentric.Measure.Variation;

namespace Concentric.Measure.FormUse;

/// <summary>Makes the figures of a form from its rows: a pure function of these, the question and who asks.</summary>
internal static class CountForm
{
    /// <summary>Weeks with a value before a new version that give limits to hold the weeks since against.</summary>
    private const int Baseline = 6;

    /// <param name="rows">All versions; the question may pick one.</param>
    /// <param name="yesterday">The last complete day.</param>
    public static FormFigures Of(FormRows rows, FormQuestion asked, bool isExact, DateOnly yesterday)
    {
        var shown = new AsShown(isExact);
        var own = rows.Of(asked.Version);
        var ended = own.Visits.GroupBy(v => v.Outcome).ToDictionary(g => g.Key, g => g.LongCount());
        long Ended(FormOutcome outcome) => ended.GetValueOrDefault(outcome);
        var outcomes = Enum.GetValues<FormOutcome>().Select(Ended).ToList();
        var complete = Complete(own, asked, yesterday);
        var byWeek = own.Visits.GroupBy(v => Week.Of(v.Day)).ToDictionary(g => g.Key, g => Completion(g, shown));
        var weeks = Weeks(byWeek, complete);
        var changes = weeks.Phases(VersionComparison.Changes(rows).Select(s => (s.Day, $"Version {s.Version}")));
        return new()
        {
            Asked = asked,
            IsExact = isExact,
            Started = shown.Count(own.Visits.Count),
            Completion = Completion(own.Visits, shown),
            Outcomes = shown.MayShow(outcomes)
                ? new(shown.Count(Ended(FormOutcome.Sent)), shown.Count(Ended(FormOutcome.Dropped)), shown.Count(Ended(FormOutcome.Saved)),
                    shown.Count(Ended(FormOutcome.Stopped)), shown.Count(Ended(FormOutcome.HandedOver)))
                : null,
            WholeTime = shown.Time(PageVisits.WholeSeconds(own.Visits, own.Pages)),
            Sent = shown.Count(rows.Sent),
            SentInBundles = shown.Count(rows.SentInBundles),
            Pages = Pages(own, shown),
            Messages = Messages(own, shown),
            Splits =
            [
                .. Split(own, "channel", v => v.Channel, c => Channels.Find(c)?.Label ?? c, shown),
                .. Split(own, "mediated", v => v.IsMediated ? "yes" : "no", m => m == "yes" ? "By an adviser for the citizen" : "By the citizen", shown),
                .. Split(own, "language", v => v.Language, l => l == "cy" ? "Welsh" : "English", shown),
                .. Split(own, "version", v => $"{v.Version}", v => $"Version {v}", shown),
            ],
            Weeks = weeks,
            InWeeks = Completion(own.Visits.Where(v => weeks.IndexOf(v.Day) is { } i && weeks.Values[i] is not null), shown).Whole,
            Chart = Chart(weeks, byWeek, changes),
            Changes = changes,
            Costs = complete is { } days ? PageCosts.Of(own, days, shown) : new(0, asked.Period, [], null),
            Versions = asked.Version is null ? VersionComparison.Of(rows, asked.Before, asked.After, shown) : null,
            AllVersions = [.. rows.Visits.Select(v => v.Version).Distinct().Order()],
        };
    }

    /// <summary>Sent, of those sent or left.</summary>
    public static ShareShown Completion(IEnumerable<VisitRow> visits, AsShown shown)
    {
        var (sent, left) = (0L, 0L);
        foreach (var visit in visits)
        {
            if (visit.Outcome == FormOutcome.Sent) sent++;
            if (visit.Outcome == FormOutcome.Dropped) left++;
        }
        return shown.Share(sent, sent + left);
    }

    /// <summary>From the first visit of the period to the last complete day; null where there is none.</summary>
    private static Days? Complete(FormRows rows, FormQuestion asked, DateOnly yesterday)
    {
        if (rows.Visits.Count == 0) return null;
        var (first, last) = (rows.Visits.Min(v => v.Day), asked.Period.Through < yesterday ? asked.Period.Through : yesterday);
        // The week in which the first visit was is counted from its Monday, as far as it is in the period.
        first = Week.Monday(Week.Of(first));
        if (first < asked.Period.From) first = asked.Period.From;
        return first <= last ? new(first, last) : null;
    }

    /// <summary>A week whose part is hidden stays, with what stands for 1 to 7: otherwise the worst weeks would be the ones that are missing.</summary>
    private static WeeklySeries Weeks(IReadOnlyDictionary<int, ShareShown> shares, Days? complete)
    {
        if (complete is not { } days) return new([]);
        var drawn = shares.Where(s => s.Value.Drawn is not null).Select(s => (Week: s.Key, Of: s.Value.Drawn!.Value));
        var series = WeeklySeries.OfShares([.. drawn.Select(s => (s.Week, s.Of.Part, s.Of.Whole))], days);
        return new([.. series.Weeks.Select(w => w with { IsHidden = w.Value is not null && shares[Week.Of(w.Monday)].Part.IsHidden })]);
    }

    /// <summary>Limits are those of the weeks before the newest version that has enough before it, carried on; otherwise of all weeks.</summary>
    private static ShareChart Chart(WeeklySeries weeks, IReadOnlyDictionary<int, ShareShown> shares, IReadOnlyList<PhaseStart> changes)
    {
        var drawn = weeks.Weeks.Select(w => shares.TryGetValue(Week.Of(w.Monday), out var share) ? share.Drawn : null).ToList();
        var change = changes.Where(c => weeks.Values.Take(c.Index).Count(v => v is not null) >= Baseline).Select(c => (PhaseStart?)c).LastOrDefault();
        return change is { } newest ? ShareChart.Frozen(drawn, newest) : ShareChart.Of(drawn);
    }

    private static IReadOnlyList<PageFigures> Pages(FormRows rows, AsShown shown)
    {
        var pages = PageVisits.Of(rows.Visits, rows.Pages);
        var messages = rows.Messages.GroupBy(m => m.Page).ToDictionary(g => g.Key, g => g.Sum(m => (long)m.Times), StringComparer.Ordinal);
        var mayAll = shown.MayShow([.. pages.Select(p => p.Left)]) && shown.MayShow([.. pages.Select(p => p.EndedOtherwise)]);
        bool May(PageVisits page) => mayAll && shown.MayShow([page.Left, page.WentOn.Count, page.EndedOtherwise]);
        return
        [
            .. pages.Select(p => new PageFigures
            {
                Page = p.Page,
                Reached = shown.Count(p.Reached.Count),
                Left = May(p) ? shown.Share(p.Left, p.Chose) : null,
                EndedOtherwise = May(p) ? shown.Count(p.EndedOtherwise) : null,
                BackSteps = shown.Count(p.BackSteps),
                Messages = shown.Count(messages.GetValueOrDefault(p.Page)),
                Time = shown.Time(p.Seconds),
            }),
        ];
    }

    private static IReadOnlyList<MessageFigures> Messages(FormRows rows, AsShown shown)
    {
        var visits = rows.Visits.ToDictionary(v => v.Number);
        var reached = rows.Pages.Where(p => visits.ContainsKey(p.Number)).GroupBy(p => p.Page).ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);
        return
        [
            .. from message in rows.Messages.Where(m => visits.ContainsKey(m.Number))
               group message by (message.Page, message.Question, message.Problem, message.Message) into same
               let of = same.Select(m => m.Number).Distinct().Select(n => visits[n]).ToList()
               let times = same.Sum(m => (long)m.Times)
               // Ordered by what is shown: the order of exact counts would tell which of two equal ones is the larger.
               orderby shown.Count(times).Estimate descending, same.Key.Page, same.Key.Question, same.Key.Problem, same.Key.Message
               select new MessageFigures
               {
                   Page = same.Key.Page,
                   Question = same.Key.Question,
                   Problem = same.Key.Problem,
                   Message = same.Key.Message,
                   Times = shown.Count(times),
                   Visits = shown.Share(of.Count, reached[same.Key.Page]),
                   LeftAfter = shown.Share(of.Count(v => v.Outcome == FormOutcome.Dropped && v.LastPage == same.Key.Page), of.Count),
               },
        ];
    }

    private static IEnumerable<SplitFigures> Split(FormRows rows, string by, Func<VisitRow, string> value, Func<string, string> label, AsShown shown)
    {
        var groups = rows.Visits.GroupBy(value).OrderBy(g => g.Key.Length).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        long Sent(IEnumerable<VisitRow> visits) => visits.LongCount(v => v.Outcome == FormOutcome.Sent);
        long Left(IEnumerable<VisitRow> visits) => visits.LongCount(v => v.Outcome == FormOutcome.Dropped);
        var may = shown.MayShow([.. groups.Select(g => g.LongCount())]) && shown.MayShow([.. groups.Select(Sent)]) && shown.MayShow([.. groups.Select(Left)]);
        return groups.Select(g => new SplitFigures(by, g.Key, label(g.Key), may ? shown.Count(g.LongCount()) : null, may ? Completion(g, shown) : null));
    }
}
