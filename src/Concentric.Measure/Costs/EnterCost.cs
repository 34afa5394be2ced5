using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Costs;

/// <summary>Somebody enters a line of the cost book, puts another in its place, or takes it out of use.</summary>
internal static class EnterCost
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/costs/new", () => Page(new(), new(), null)).For(Audience.Measure);
        pages.MapPost("/measure/costs/new", Add).For(Audience.Measure);
        pages.MapGet("/measure/costs/{id:guid}/change", Show).For(Audience.Measure);
        pages.MapPost("/measure/costs/{id:guid}/change", Change).For(Audience.Measure);
        pages.MapPost("/measure/costs/{id:guid}/withdrawn", Withdraw).For(Audience.Measure);
    }

    /// <summary>Puts a record into the book, in place of another where one is given, with its fact.</summary>
    internal static void Put(ConcentricDb db, CostRecord cost, CostRecord? replaces)
    {
        db.Costs.Add(cost);
        replaces?.Withdraw(cost.EnteredAt, cost.Id);
        db.Record(new CostEntered(cost.Id, cost.Council, cost.Channel, cost.Low, cost.Mode, cost.High, replaces?.Id), cost.By, cost.EnteredAt);
    }

    private static async Task<IResult> Add([FromForm] CostForm form, Settings settings, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var errors = form.Check(Say.DayOf(now));
        if (errors.Any) return Page(form, errors, null);
        var (id, by) = (Guid.CreateVersion7(now), visitor.Actor);
        await writer.Write(db =>
        {
            Put(db, form.Record(id, settings.Council, by, now), null);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect("/measure/costs");
    }

    private static async Task<IResult> Show(Guid id, ConcentricDb db, Settings settings, CancellationToken stop) =>
        await db.Costs.AsNoTracking().InUse.SingleOrDefaultAsync(c => c.Id == id && c.Council == settings.Council, stop) is { } cost ? Page(CostForm.Of(cost), new(), id) : Results.NotFound();

    private static async Task<IResult> Change(Guid id, [FromForm] CostForm form, Settings settings, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var errors = form.Check(Say.DayOf(now));
        if (errors.Any) return Page(form, errors, id);
        var (next, by) = (Guid.CreateVersion7(now), visitor.Actor);
        var found = await writer.Write(async db =>
        {
            if (await db.Costs.InUse.SingleOrDefaultAsync(c => c.Id == id && c.Council == settings.Council) is not { } old) return false;
            Put(db, form.Record(next, settings.Council, by, now), old);
            return true;
        });
        return found ? Results.LocalRedirect("/measure/costs") : Results.NotFound();
    }

    private static async Task<IResult> Withdraw(Guid id, Settings settings, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var found = await writer.Write(async db =>
        {
            if (await db.Costs.InUse.SingleOrDefaultAsync(c => c.Id == id && c.Council == settings.Council) is not { } cost) return false;
            cost.Withdraw(now);
            db.Record(new CostWithdrawn(id, cost.Council), by, now);
            return true;
        });
        return found ? Results.LocalRedirect("/measure/costs") : Results.NotFound();
    }

    private static RazorComponentResult<EnterCostPage> Page(CostForm form, Errors errors, Guid? changes) => new(new { Form = form, Errors = errors, Changes = changes })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
