using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Whoever gave a file, or an analyst, takes its whole batch back, after they have read what that means.</summary>
internal static class UndoBatch
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All + "/batches/{number}/undo", Ask).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/batches/{number}/undo", Undo).For(Audience.Measure);
    }

    private static async Task<IResult> Ask(string number, Disclosed disclosed, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop) =>
        Find(number, disclosed.For(visitor).Dimensions) is { } batch ? await Page(batch, disclosed.For(visitor).Dimensions, db, new(), visitor, stop) : Results.NotFound();

    private static async Task<IResult> Undo(string number, Disclosed disclosed, ConcentricDb db, ContactImport import, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var names = disclosed.For(visitor).Dimensions;
        if (Find(number, names) is not { } batch) return Results.NotFound();
        if (!await MayUndo(batch, db, visitor, stop)) return await Page(batch, names, db, new(), visitor, stop);
        try
        {
            await import.Undo(batch.Number, visitor.Actor, stop);
            return Results.LocalRedirect(ImportLinks.All);
        }
        catch (RefusedException e)
        {
            return await Page(batch, names, db, new Errors().Check("Undo", false, e.Message), visitor, stop);
        }
    }

    /// <summary>The batch of that number that is counted; null where there is none.</summary>
    private static BatchCode? Find(string number, ContactDimensions names) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var batch) ? names.Batches.FirstOrDefault(b => b.Number == batch && b.UndoneAt is null) : null;

    /// <summary>Everybody's figures change with a batch, so it is not for everybody who sees the list: for analysts, and for whoever gave its file.</summary>
    private static async Task<bool> MayUndo(BatchCode batch, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var me = visitor.Actor;
        return visitor.IsOf(Audience.Analyse) || await db.Imports.AnyAsync(i => i.Batch == batch.Number && i.By == me, stop);
    }

    private static async Task<IResult> Page(BatchCode batch, ContactDimensions names, ConcentricDb db, Errors errors, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var mayUndo = await MayUndo(batch, db, visitor, stop);
        return new RazorComponentResult<UndoPage>(new
        {
            Batch = batch,
            Council = names.Councils.FirstOrDefault(c => c.Code == batch.Council)?.Label ?? "",
            MayUndo = mayUndo,
            Rows = mayUndo ? ShownCount.Exact(batch.Imported) : ShownCount.Rounded(batch.Imported),
            Errors = errors,
        })
        { StatusCode = !mayUndo ? StatusCodes.Status403Forbidden : errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
