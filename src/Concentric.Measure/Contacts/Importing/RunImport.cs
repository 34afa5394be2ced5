using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Words for the states of a file.</summary>
internal static class ImportWords
{
    public static string Of(ImportState state) => state switch
    {
        ImportState.Draft => "Not started",
        ImportState.Waiting => "Waiting",
        ImportState.Running => "Running",
        ImportState.Done => "Nothing new in it",
        ImportState.Refused => "Refused",
        ImportState.Cancelled => "Cancelled",
        _ => "Cut short",
    };
}

/// <summary>Somebody watches an import, cancels it, starts it again, or takes their file away.</summary>
internal static class RunImport
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All + "/{id:guid}", Show).For(Audience.Measure);
        pages.MapGet(ImportLinks.All + "/{id:guid}/rejects", Rejects).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/cancel", Cancel).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/start", Start).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/remove", Remove).For(Audience.Measure);
    }

    private static async Task<IResult> Show(Guid id, GivenFiles files, KeptUploads uploads, ImportRunner runner, Disclosed disclosed, StaffNames staff, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.Find(id, visitor, stop) is not { } given) return Results.NotFound();
        if (given.State == ImportState.Draft) return Results.LocalRedirect(given.Mapping is null ? ImportLinks.Mapping(id) : ImportLinks.Check(id));
        var dimensions = disclosed.For(visitor).Dimensions;
        var counted = given.Batch is { } batch ? dimensions.Batches.FirstOrDefault(b => b.Number == batch && b.UndoneAt is null) : null;
        return new RazorComponentResult<ImportPage>(new
        {
            Given = given,
            By = (await staff.Of([given.By], stop)).GetValueOrDefault(given.By, given.By),
            Progress = SeeImports.InWords(runner.ProgressOf(id)),
            HasFile = uploads.Has(id),
            IsCounted = counted is not null,
            IsSteps = counted?.Rows == BatchRows.Steps,
            Council = counted is null ? null : dimensions.Councils.FirstOrDefault(c => c.Code == counted.Council),
        });
    }

    private static async Task<IResult> Rejects(Guid id, GivenFiles files, DuckContactStore store, ClaimsPrincipal visitor, CancellationToken stop) =>
        await files.Find(id, visitor, stop) is { Rejects: { } rejects } given ? SeeImports.Rejects(store, rejects, given.FileName) : Results.NotFound();

    private static async Task<IResult> Cancel(Guid id, GivenFiles files, ImportRunner runner, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.Find(id, visitor, stop) is null) return Results.NotFound();
        await runner.Cancel(id, stop);
        return Results.LocalRedirect(ImportLinks.Of(id));
    }

    private static async Task<IResult> Start(Guid id, GivenFiles files, ImportRunner runner, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is null) return Results.NotFound();
        await runner.Start(id, stop);
        return Results.LocalRedirect(ImportLinks.Of(id));
    }

    private static async Task<IResult> Remove(Guid id, GivenFiles files, KeptUploads uploads, IWriter writer, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is null) return Results.NotFound();
        await writer.Write(db => db.Imports.Where(i => i.Id == id && i.State != ImportState.Waiting && i.State != ImportState.Running && i.State != ImportState.Done).ExecuteDeleteAsync(stop), stop);
        uploads.Remove(id);
        return Results.LocalRedirect(ImportLinks.All);
    }
}
