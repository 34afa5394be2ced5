using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Improve.Changes;

/// <summary>A recorded change as the list shows it.</summary>
public sealed record ChangeRow(Guid Id, string Service, string ServiceName, DateOnly From, string What, DateTimeOffset RecordedAt, bool Withdrawn);

/// <summary>All recorded changes, and the way to withdraw one that was recorded wrongly.</summary>
internal static class SeeChanges
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/improve", Show).For(Audience.Measure);
        pages.MapPost("/improve/changes/{id:guid}/withdrawn", Withdraw).For(Audience.Manage);
    }

    private static async Task<IResult> Show(ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var changes = await db.Changes.AsNoTracking().OrderByDescending(c => c.From).ThenByDescending(c => c.Id).ToListAsync(stop);
        return new RazorComponentResult<ChangesPage>(new
        {
            Changes = changes.Select(c => new ChangeRow(c.Id, c.Service, names.GetValueOrDefault(c.Service, c.Service), c.From, c.What, c.RecordedAt, c.WithdrawnAt is not null)).ToList(),
            CanManage = visitor.IsOf(Audience.Manage),
        });
    }

    private static async Task<IResult> Withdraw(Guid id, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var found = await writer.Write(async db =>
        {
            if (await db.Changes.InForce.SingleOrDefaultAsync(c => c.Id == id) is not { } change) return false;
            change.Withdraw(now);
            db.Record(new ChangeWithdrawn(id, change.Service), by, now);
            return true;
        });
        return found ? Results.LocalRedirect("/improve") : Results.NotFound();
    }
}
