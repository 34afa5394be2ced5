using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Concentric.Measure.Information;
using Concentric.Measure.Variation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Demo;

/// <summary>Gives Northmoor page views, searches and calls by page, from a seed: synthetic, and named so. In a third of its services views go with calls; in the others with nothing.</summary>
internal static class SeedInformation
{
    private const string Source = "Northmoor, invented (synthetic)";
    private const int Weeks = 60;

    /// <summary>A page for each service and one below it, and words that people search with; of a thousand searches how many find nothing.</summary>
    private static readonly (string Service, string Page, string Below, (string Words, int Nothing)[] Searches)[] _looked =
    [
        ("57", "/council-tax", "/council-tax/your-bill", [("council tax bill", 40), ("pay council tax", 15), ("council tax refund", 420)]),
        ("524", "/bins", "/bins/collection-days", [("bin day", 20), ("missed bin", 60), ("bin calendar christmas", 510)]),
        ("141", "/housing/repairs", "/housing/repairs/how-long", [("report a repair", 70), ("how long repair", 640), ("boiler broken", 380)]),
        ("533", "/recycling", "/recycling/new-containers", [("new recycling box", 90), ("what goes in which bin", 210)]),
        ("63", "/council-tax/support", "/council-tax/support/claim", [("help with council tax", 130), ("council tax reduction form", 290)]),
        ("69", "/benefits/housing", "/benefits/housing/claim", [("housing benefit", 30), ("housing benefit change of address", 450)]),
        ("530", "/bins/garden", "/bins/garden/renew", [("garden waste", 25), ("brown bin renewal", 330)]),
        ("112", "/homelessness", "/homelessness/help-now", [("homeless", 80), ("eviction notice help", 560)]),
        ("209", "/social-care/assessment", "/social-care/assessment/waiting", [("care assessment", 110), ("carer assessment waiting time", 700)]),
        ("528", "/bins/bulky", "/bins/bulky/book", [("bulky waste", 35), ("sofa collection", 240)]),
        ("474", "/parking/permits", "/parking/permits/renew", [("parking permit", 20), ("visitor permit", 180)]),
        ("437", "/libraries", "/libraries/opening-times", [("library opening times", 45)]),
        ("279", "/parking/blue-badge", "/parking/blue-badge/progress", [("blue badge", 20), ("blue badge where is my application", 610)]),
        ("4", "/schools/meals", "/schools/meals/apply", [("free school meals", 25), ("school meals holidays", 480)]),
        ("412", "/noise", "/noise/report", [("noisy neighbours", 120), ("noise at night number", 530)]),
    ];

    public static async Task Run(IServiceProvider services, CancellationToken stop)
    {
        var council = services.GetRequiredService<Settings>().Council;
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ConcentricDb>().Set<InformationList>().AnyAsync(l => l.Council == council, stop)) return;

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var calls = await Calls(services.GetRequiredService<IContactStore>(), council, stop);
        var last = Week.Of(Say.DayOf(now)) - 1;
        var chance = new Chance(Northmoor.Seed + 41);
        var counts = _looked.Index().SelectMany(l => Views(council, l.Item, l.Index % 3 == 0, week => calls.GetValueOrDefault((l.Item.Service, week)), last, chance))
            .Concat(_looked.SelectMany(l => Searches(council, l, Week.Monday(last), chance)))
            .Concat(_looked.Where((_, i) => i % 4 != 3).SelectMany(l => PageCalls(council, l, Week.Monday(last), chance)))
            .Append(new() { Council = council, Kind = InformationKind.PageViews, Text = "/events/summer-fair", From = Week.Monday(last), Through = Week.Monday(last).AddDays(6), Count = 640 })
            .Append(new() { Council = council, Kind = InformationKind.Searches, Text = "swimming lessons", From = MonthBefore(Week.Monday(last), 1), Through = MonthBefore(Week.Monday(last), 0).AddDays(-1), Count = 210, Nothing = 190, NothingBy = NothingBy.Results })
            .ToList();
        var matches = _looked.SelectMany(l => l.Searches.Select(s => (MatchKind.Words, s.Words)).Append((MatchKind.Path, l.Page)).Select(m => new InformationMatch { Council = council, Kind = m.Item1, Pattern = m.Item2, Service = l.Service })).ToList();
        var lists = counts.GroupBy(c => c.Kind).Select(g => new InformationList
        {
            Id = Guid.CreateVersion7(now), Council = council, Kind = g.Key, Source = Source, FileName = "Northmoor, invented", Digest = "", From = g.Min(c => c.From), Through = g.Max(c => c.Through),
            Read = g.Count(), Taken = g.Count(), Unchanged = 0, Dropped = 0, Refused = 0, At = now, By = Actor.System,
        }).ToList();
        await services.GetRequiredService<IWriter>().Write(async db =>
        {
            await db.PutMany(counts, stop);
            await db.PutMany(matches, stop);
            await db.PutMany(lists, stop);
            foreach (var list in lists) db.Record(new InformationImported(council, BringInformation.Kebab(list.Kind), "", list.Read, list.Taken, 0, 0, 0), Actor.System, now);
        }, stop);
    }

    private static async Task<Dictionary<(string, int), long>> Calls(IContactStore store, string council, CancellationToken stop)
    {
        if (store.Dimensions.Council(council) is not { } code) return [];
        var rows = await store.Query(CubeQuery.CitizenContacts(code.Code).With(Dimension.Channel, Channels.Find("phone")!.Code).GroupedBy(Dimension.Service, Dimension.Week).Counting(CountedMeasure.Contacts), stop);
        return Enumerable.Range(0, rows.Rows).ToDictionary(r => (store.Dimensions.Services[rows.Code(r, Dimension.Service)].Key, rows.Code(r, Dimension.Week)), r => rows.Count(r, CountedMeasure.Contacts));
    }

    private static IEnumerable<InformationCount> Views(string council, (string Service, string Page, string Below, (string, int)[]) looked, bool goWithCalls, Func<int, long> calls, int last, Chance chance)
    {
        var usual = 300 + chance.Below(900);
        var mean = Math.Max(1, Enumerable.Range(last - Weeks, Weeks).Average(w => (double)calls(w)));
        for (var week = last - Weeks; week < last; week++)
        {
            var demand = goWithCalls ? 0.3 + 0.7 * calls(week) / mean : 1;
            foreach (var (path, part) in ((string, double)[])[(looked.Page, 1), (looked.Below, 0.45)])
            {
                yield return new()
                {
                    Council = council, Kind = InformationKind.PageViews, Text = path, From = Week.Monday(week), Through = Week.Monday(week).AddDays(6),
                    Count = chance.Poisson(usual * part * demand * Math.Max(0.5, 1 + 0.06 * chance.Normal())),
                };
            }
        }
    }

    private static IEnumerable<InformationCount> Searches(string council, (string Service, string Page, string Below, (string Words, int Nothing)[] Searches) looked, DateOnly through, Chance chance)
    {
        foreach (var search in looked.Searches)
        {
            var usual = 20 + chance.Below(200);
            for (var back = 13; back > 0; back--)
            {
                var searches = chance.Poisson(usual);
                yield return new()
                {
                    Council = council, Kind = InformationKind.Searches, Text = search.Words, From = MonthBefore(through, back), Through = MonthBefore(through, back - 1).AddDays(-1),
                    Count = searches, Nothing = Math.Min(searches, chance.Poisson(searches * search.Nothing / 1000.0)), NothingBy = NothingBy.Results,
                };
            }
        }
    }

    private static IEnumerable<InformationCount> PageCalls(string council, (string Service, string Page, string Below, (string, int)[]) looked, DateOnly through, Chance chance)
    {
        for (var back = 13; back > 0; back--)
        {
            foreach (var (path, usual) in ((string, double)[])[(looked.Page, 14), (looked.Below, 30)])
                yield return new() { Council = council, Kind = InformationKind.PageCalls, Text = path, From = MonthBefore(through, back), Through = MonthBefore(through, back - 1).AddDays(-1), Count = chance.Poisson(usual) };
        }
    }

    private static DateOnly MonthBefore(DateOnly day, int months) => new DateOnly(day.Year, day.Month, 1).AddMonths(-months);
}
