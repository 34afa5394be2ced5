using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>One citizen on one page. Whose they are not is asked why first, and every look is kept and told.</summary>
internal static class SeeCitizen
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/citizens/{id:guid}", Show).For(Audience.Desk);
        pages.MapPost("/desk/citizens/{id:guid}/why", SayWhy).For(Audience.Desk);
    }

    private static Task<IResult> Show(Guid id, string? all, ConcentricDb db, IWriter writer, CitizenScreen screen, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
        Page(id, all, new(), new(), db, writer, screen, visitor, clock, stop);

    /// <summary>The page, once it is kept that it was seen; the question why, where the visitor must answer it first.</summary>
    public static async Task<IResult> Page(
        Guid id, string? all, Errors errors, HelperForm helper, ConcentricDb db, IWriter writer, CitizenScreen screen, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await db.Citizens.AnyAsync(c => c.Id == id, stop)) return Results.NotFound();
        var (sight, now) = (await Sight.Of(db, visitor, stop), clock.GetUtcNow());
        var look = Guid.CreateVersion7(now);
        var rows = await writer.Write<IReadOnlyList<Guid>?>(async d =>
        {
            var joined = await CitizenPair.Joined(d, id);
            if (await Looks.RightTo(d, joined, sight, now) is not { } right) return null;
            await Looks.Record(d, joined, right, sight, visitor, look, now);
            return joined;
        }, stop);
        if (rows is null) return Why($"/desk/citizens/{id}/why", new(), new());
        if (await screen.View(id, rows, sight, all, errors, helper, stop) is not { } view) return Results.NotFound();
        return new RazorComponentResult<CitizenPage>(new { View = view }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    /// <summary>Whether the visitor may change something of that citizen: as they may see them.</summary>
    public static async Task<bool> MayChange(Guid id, ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
        await Looks.RightTo(db, await CitizenPair.Joined(db, id, stop), await Sight.Of(db, visitor, stop), clock.GetUtcNow(), stop) is not null;

    private static async Task<IResult> SayWhy(Guid id, [FromForm] WhyForm form, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await db.Citizens.AnyAsync(c => c.Id == id, stop)) return Results.NotFound();
        form = form with { Words = form.Words is null ? null : Fields.Tidy(form.Words) };
        var errors = form.Check();
        if (errors.Any) return Why($"/desk/citizens/{id}/why", form, errors);
        var (person, reason, now) = (visitor.PersonId, Enum.Parse<LookReason>(form.Reason!), clock.GetUtcNow());
        await writer.Write(d => Looks.SayWhy(d, id, person, reason, form.Words!, now), CancellationToken.None);
        return Results.LocalRedirect($"/desk/citizens/{id}");
    }

    /// <summary>Asks why somebody opens what is not theirs; says nothing of whom it is about.</summary>
    public static IResult Why(string address, WhyForm form, Errors errors) => new RazorComponentResult<WhyPage>(new { Address = address, Form = form, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
