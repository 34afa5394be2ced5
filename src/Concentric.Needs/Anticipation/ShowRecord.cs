using System.Text;
using Concentric.Core.Data;
using Concentric.Core.Operations;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Anticipation;

/// <summary>Anybody may read what anticipation is and does.</summary>
internal static class ShowRecord
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Links.AnticipationRecord, async (ConcentricDb db, ModelCache cache, Learning learning, OwnCouncil council, TimeProvider clock, CancellationToken stop) =>
            new RazorComponentResult<RecordPage>(new { Record = await Make(db, cache, learning, council, clock, stop) })).ForEverybody();
        pages.MapGet(Links.AnticipationRecord + ".json", async (ConcentricDb db, ModelCache cache, Learning learning, OwnCouncil council, TimeProvider clock, CancellationToken stop) =>
            Results.Json(await Make(db, cache, learning, council, clock, stop), JsonOption.Format)).ForEverybody();
        pages.MapGet(Links.AnticipationRecord + ".md", async (ConcentricDb db, ModelCache cache, Learning learning, OwnCouncil council, TimeProvider clock, CancellationToken stop) =>
            Results.Text((await Make(db, cache, learning, council, clock, stop)).Markdown(), "text/markdown", Encoding.UTF8)).ForEverybody();
    }

    private static async Task<TransparencyRecord> Make(ConcentricDb db, ModelCache cache, Learning learning, OwnCouncil council, TimeProvider clock, CancellationToken stop) =>
        TransparencyRecord.Of(await cache.Current(stop), learning.Current, await db.Decisions.AsNoTracking().ToListAsync(stop), council.Name, council.IsSynthetic, clock.GetUtcNow());
}
