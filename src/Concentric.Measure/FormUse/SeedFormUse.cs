using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.FormUse;

/// <summary>
/// Invented visits to Northmoor's forms, told as facts, as real ones are, with what was sent. All of version 1, the only one that was published there:
/// a second one would stand on Measure's pages and nowhere else. So the first form gets better without a mark, as one does around which something was
/// changed that nobody wrote down.
/// </summary>
internal static class SeedFormUse
{
    private const int Seed = 20261122;

    /// <summary>References begin so that no enquiry has.</summary>
    private const string Invented = "demo-";

    /// <summary>Check your answers: the last page of whoever comes to send, which is not among the pages of the form itself.</summary>
    private const string Check = "check";

    public static async Task Run(IServiceProvider services, CancellationToken stop)
    {
        var known = await services.GetRequiredService<IFormNames>().All(stop);
        var forms = known.Where(f => f.Pages.Count > 0).Select(f => (f.Id, f.Pages.Append(Check).ToArray(), f.Service)).ToList();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var kind = Journal.KindOf(typeof(FormSent));
        await services.GetRequiredService<IWriter>().Write(async db =>
        {
            // Known by its own references: other areas' demos tell of forms too.
            if (await db.Facts.AnyAsync(f => f.Kind == kind && f.Subject == $"{Invented}1", stop)) return;
            var sent = 0;
            foreach (var visit in DemoFormUse.Facts(forms, Say.DayOf(now), new Random(Seed)))
            {
                db.Record(visit with { Version = 1 }, Actor.Citizen, visit.StartedAt);
                if (visit.Outcome != FormOutcome.Sent) continue;
                // What was sent is as invented as the visit.
                db.Record(new FormSent($"{Invented}{++sent}", visit.Form, 1, visit.Mediated, null), visit.Mediated ? Actor.System : Actor.Citizen, End(visit));
            }
        }, stop);
    }

    private static DateTimeOffset End(FormVisited visit) => visit.StartedAt.AddSeconds(visit.Pages.Sum(p => p.Seconds));
}
