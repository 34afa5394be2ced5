using System.Diagnostics;
using Concentric.Bench.Running;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Places;
using Concentric.Measure.Profiling;

namespace Concentric.Bench.Contacts;

/// <summary>How long the profile of a service takes: all its questions to the store and everything that is worked out from them, without drawing the page.</summary>
internal static class Profiles
{
    /// <summary>Services by volume, the largest first: the first has a tenth of all contacts.</summary>
    private const int Services = 40;

    public static async Task Run(DuckContactStore store, bool markdown, CancellationToken stop)
    {
        var names = store.Dimensions;
        var last = ContactCalendar.DateOfDay(GeneratedContacts.LastYearFrom + 364);
        var could = new WhoCould
        {
            Groups = names.Profiles.Where(p => p.Code > 0).ToDictionary(p => p.Code, _ => 4_000L),
            Areas = names.Areas.Where(a => a.Code > 0).ToDictionary(a => a.Code, _ => 2_000L),
            Unit = PopulationUnit.Persons,
            IsEligible = false,
            Source = "made for this",
        };
        var table = new Figures("profile of a service", "n", "p50 ms", "p95 ms", "most ms", "wanted");
        // The first one also compiles what it needs.
        await One(1, 52, true);
        foreach (var (weeks, exact) in ((int, bool)[])[(52, true), (52, false), (104, false)])
        {
            var times = new List<double>();
            for (var service = 1; service <= Services; service++)
            {
                var watch = Stopwatch.StartNew();
                await One(service, weeks, exact);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
            var p95 = CubeBench.Percentile(times, 0.95);
            table.Add($"{weeks} weeks, {(exact ? "exact" : "rounded")}", Figures.Count(times.Count), Figures.Of(CubeBench.Median(times)), Figures.Of(p95), Figures.Of(times.Max()), $"p95 500 ms: {(p95 <= 500 ? "met" : "missed")}");
        }
        table.Print(Console.Out, markdown);

        Task One(int service, int weeks, bool exact)
        {
            var scope = new Scope
            {
                Council = names.Councils[0], IsOwn = false, Kind = ContactKind.Contact, Councils = names.Councils, Weeks = weeks,
                Period = new(last.AddDays(1 - 7 * weeks), last), Through = last, First = last.AddYears(-9),
            };
            return SeeServiceProfile.View(scope, names.Services[service], new VisibleContacts(store, exact), could, null, null, stop);
        }
    }
}
