using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Variation;
using Microsoft.EntityFrameworkCore;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Information;

/// <summary>Search words and how often they were searched for.</summary>
/// <param name="Nothing">Searches that found nothing; null where no source says.</param>
public sealed record SearchLine(string Words, ShownCount Searches, ShownCount? Nothing);

/// <summary>A page, its views, the calls made from it, and whether the service's calls rise with its views.</summary>
/// <param name="Calls">Calls whose caller was on the page just before; null where no source says.</param>
public sealed record PageLine(string Path, ShownCount Views, ShownCount? Calls, IReadOnlyList<MovesTogether> Moves);

/// <summary>What people look up about one service, beside what they ask about it.</summary>
public sealed record InformationLine
{
    /// <summary>Key of the service; empty for what is matched to none.</summary>
    public required string Key { get; init; }

    public required string Label { get; init; }
    public required ShownCount Views { get; init; }
    public required ShownCount Searches { get; init; }

    /// <summary>Searches that found nothing, where a source says; null where none does.</summary>
    public required ShownCount? Nothing { get; init; }

    /// <summary>Searches of which a source says whether they found something: what <see cref="Nothing"/> is a share of.</summary>
    public required ShownCount Told { get; init; }

    /// <summary>Phone contacts in the period; null where they are withheld.</summary>
    public required ShownCount? Calls { get; init; }

    /// <summary>Whether calls rise with views, in the same week and a week later; empty where too little is known.</summary>
    public required IReadOnlyList<MovesTogether> Moves { get; init; }

    public required IReadOnlyList<SearchLine> SearchLines { get; init; }
    public required IReadOnlyList<PageLine> Pages { get; init; }

    /// <summary>Share of the searches of which it is known that found nothing, from counts as shown.</summary>
    public Share? NothingShare => Nothing?.Value is { } nothing && Told.Value is { } all && all > 0 ? Share.Of(Math.Min(nothing, all), all) : null;
}

/// <summary>Information demand of a council over a period.</summary>
public sealed record InformationView
{
    public required Scope Scope { get; init; }

    /// <summary>Services, the most viewed first, and last what is matched to none.</summary>
    public required IReadOnlyList<InformationLine> Lines { get; init; }

    public required IReadOnlyList<InformationList> Lists { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>Whether some source says which page was seen before a call.</summary>
    public required bool KnowsCalls { get; init; }

    /// <summary>Whether a count of searches that found nothing rests on clicks and not on results.</summary>
    public required bool IsByClicks { get; init; }

    /// <summary>Complete weeks with views by day or week.</summary>
    public required int Weeks { get; init; }

    /// <summary>Lines dropped over all imports because they looked personal.</summary>
    public required long Dropped { get; init; }

    /// <summary>Works the view out from what is kept and from contacts as the reader may see them.</summary>
    /// <remarks>Rule A is applied to counts before anything is made of them, so weeks held against each other are rounded too.</remarks>
    public static async Task<InformationView> Load(Scope scope, VisibleContacts contacts, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        var council = scope.Council.Name;
        var counts = await db.Set<InformationCount>().AsNoTracking().Where(c => c.Council == council && c.From >= scope.Period.From && c.Through <= scope.Period.Through).ToListAsync(stop);
        var matches = new ServiceMatches(await db.Set<InformationMatch>().AsNoTracking().Where(m => m.Council == council).ToListAsync(stop));
        var lists = await db.Set<InformationList>().AsNoTracking().Where(l => l.Council == council).OrderByDescending(l => l.At).ToListAsync(stop);
        var words = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var phone = Channels.Find("phone")!.Code;
        var calls = await contacts.Query(scope.Query.With(Dimension.Channel, phone).GroupedBy(Dimension.Service, Dimension.Week).Counting(CountedMeasure.Contacts), stop);
        var totals = await contacts.Query(scope.Query.With(Dimension.Channel, phone).GroupedBy(Dimension.Service).Counting(CountedMeasure.Contacts), stop);
        var services = contacts.Dimensions.Services;
        var callsOf = Enumerable.Range(0, totals.Rows).ToDictionary(r => services[totals.Code(r, Dimension.Service)].Key, r => totals.Shown(r, CountedMeasure.Contacts));
        var callWeeks = Enumerable.Range(0, calls.Rows).GroupBy(r => services[calls.Code(r, Dimension.Service)].Key)
            .ToDictionary(g => g.Key, g => g.ToDictionary(r => calls.Code(r, Dimension.Week), r => calls.Shown(r, CountedMeasure.Contacts).Estimate));

        var weekly = counts.Where(c => c.Kind == InformationKind.PageViews && c.Through.DayNumber - c.From.DayNumber <= 6 && Week.Of(c.From) == Week.Of(c.Through)).ToList();
        var weeks = WeeksOf(weekly, scope);
        var counted = weekly.Select(c => Week.Of(c.From)).ToHashSet();
        var ofService = counts.ToLookup(c => (c.Kind == InformationKind.Searches ? matches.OfWords(c.Text) : matches.OfPath(c.Text)) ?? "");
        var weeklyOf = weekly.ToLookup(c => matches.OfPath(c.Text) ?? "");
        ShownCount Show(long n) => contacts.IsExact ? ShownCount.Exact(n) : ShownCount.Rounded(n);
        IReadOnlyList<MovesTogether> Moves(string key, IEnumerable<InformationCount> views)
        {
            if (key.Length == 0 || weeks.Count == 0 || !callWeeks.TryGetValue(key, out var called)) return [];
            var seen = views.GroupBy(v => Week.Of(v.From)).ToDictionary(g => g.Key, g => Show(g.Sum(v => v.Count)).Estimate);
            // A week of which nothing at all was counted is a gap, and not a week without views.
            double?[] first = [.. weeks.Select(w => counted.Contains(w) ? (double?)seen.GetValueOrDefault(w) : null)], second = [.. weeks.Select(w => called.TryGetValue(w, out var n) ? n : calls.IsWithheld ? (double?)null : 0)];
            return [.. ((int[])[0, 1]).Select(lag => MovesTogether.Of(first, second, lag)).OfType<MovesTogether>()];
        }
        var lines = ofService.Select(g => g.Key).Union(callsOf.Keys.Where(ofService.Contains)).Select(key =>
        {
            var mine = ofService[key].ToLookup(c => c.Kind);
            var searches = mine[InformationKind.Searches].ToList();
            return new InformationLine
            {
                Key = key,
                Label = key.Length == 0 ? "Matched to no service" : words.GetValueOrDefault(key) ?? contacts.Dimensions.Service(key)?.Label ?? key,
                Views = Show(mine[InformationKind.PageViews].Sum(c => c.Count)),
                Searches = Show(searches.Sum(c => c.Count)),
                Nothing = searches.Exists(s => s.Nothing is not null) ? Show(searches.Sum(c => c.Nothing ?? 0)) : null,
                Told = Show(searches.Where(s => s.Nothing is not null).Sum(c => c.Count)),
                Calls = callsOf.TryGetValue(key, out var called) ? called : totals.IsWithheld ? null : Show(0),
                Moves = Moves(key, weeklyOf[key]),
                SearchLines = [.. searches.GroupBy(s => s.Text).Select(s => new SearchLine(s.Key, Show(s.Sum(c => c.Count)), s.Any(c => c.Nothing is not null) ? Show(s.Sum(c => c.Nothing ?? 0)) : null))
                    // What few searched for may say who they are: under rule A the words are not shown at all.
                    .Where(s => !s.Searches.IsHidden).OrderByDescending(s => s.Nothing?.Estimate ?? 0).ThenByDescending(s => s.Searches.Estimate).ThenBy(s => s.Words, StringComparer.Ordinal)],
                Pages = [.. mine[InformationKind.PageViews].Concat(mine[InformationKind.PageCalls]).GroupBy(p => p.Text).Select(p => new PageLine(p.Key,
                    Show(p.Where(c => c.Kind == InformationKind.PageViews).Sum(c => c.Count)),
                    p.Any(c => c.Kind == InformationKind.PageCalls) ? Show(p.Where(c => c.Kind == InformationKind.PageCalls).Sum(c => c.Count)) : null,
                    Moves(key, weeklyOf[key].Where(w => w.Text == p.Key)))).OrderByDescending(p => p.Calls?.Estimate ?? 0).ThenByDescending(p => p.Views.Estimate).ThenBy(p => p.Path, StringComparer.Ordinal)],
            };
        }).ToList();
        return new()
        {
            Scope = scope,
            Lines = [.. Adjusted(lines).OrderBy(l => l.Key.Length == 0).ThenByDescending(l => l.Views.Estimate).ThenBy(l => l.Label, StringComparer.Ordinal)],
            Lists = lists,
            IsExact = contacts.IsExact,
            KnowsCalls = counts.Exists(c => c.Kind == InformationKind.PageCalls),
            IsByClicks = counts.Exists(c => c.NothingBy == NothingBy.Clicks),
            Weeks = weeks.Count,
            Dropped = lists.Sum(l => l.Dropped),
        };
    }

    /// <summary>The complete weeks of the scope on which page views were counted from first to last.</summary>
    private static List<int> WeeksOf(List<InformationCount> weekly, Scope scope)
    {
        if (weekly.Count == 0) return [];
        var (from, through) = (weekly.Min(c => c.From), weekly.Max(c => c.Through));
        if (scope.Complete.From > from) from = scope.Complete.From;
        if (scope.Complete.Through < through) through = scope.Complete.Through;
        var (first, last) = (Week.Of(from.AddDays(6)), Week.Of(through.AddDays(1)) - 1);
        return last < first ? [] : [.. Enumerable.Range(first, last - first + 1)];
    }

    /// <summary>Looking at many finds something by chance: all services and both lags are held against each other, and likewise all pages.</summary>
    private static IEnumerable<InformationLine> Adjusted(List<InformationLine> lines)
    {
        var services = new Queue<MovesTogether>(MovesTogether.Adjust([.. lines.SelectMany(l => l.Moves)]));
        var pages = new Queue<MovesTogether>(MovesTogether.Adjust([.. lines.SelectMany(l => l.Pages).SelectMany(p => p.Moves)]));
        return lines.ConvertAll(l => l with
        {
            Moves = [.. l.Moves.Select(_ => services.Dequeue())],
            Pages = [.. l.Pages.Select(p => p with { Moves = [.. p.Moves.Select(_ => pages.Dequeue())] })],
        });
    }
}
