using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Contacts.Importing;

public sealed record StartImportForm
{
    /// <summary>“yes” where the mapping is to be saved for the next file.</summary>
    public string? Save { get; init; }

    /// <summary>“yes” where the file was imported before and is to be all the same.</summary>
    public string? Again { get; init; }
}

/// <summary>Somebody tries an import, sees what it would do, and starts it.</summary>
internal static class CheckImport
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All + "/{id:guid}/check", Try).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/check", Start).For(Audience.Measure);
    }

    private static async Task<IResult> Try(Guid id, GivenFiles files, DryRun dryRun, KnownFiles known, SavedMappings mappings, IServiceNames names, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        return given.Mapping is null ? Results.LocalRedirect(ImportLinks.Mapping(id)) : await Page(given, new(), new(), dryRun, known, mappings, names, stop);
    }

    private static async Task<IResult> Start(
        Guid id, [FromForm] StartImportForm? form, GivenFiles files, DryRun dryRun, KnownFiles known, SavedMappings mappings, ImportRunner runner, IServiceNames names, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        if (given.Mapping is null) return Results.LocalRedirect(ImportLinks.Mapping(id));
        // With nothing ticked there is nothing in the form.
        form ??= new();
        var errors = new Errors()
            .Check("Again", form.Again == "yes" || known.Find(given.Digest) is null, "This file was imported before. Select that it is to be imported again, or leave this page")
            .Check("Again", form.Again == "yes" || await known.Another(given, stop) is null, "The same file is being imported just now");
        if (!errors.Any && form.Save == "yes")
        {
            try { await mappings.Save(given.Mapping, visitor.Actor, stop); }
            catch (MappingException e) { errors.Check("Save", false, e.Message); }
        }
        if (errors.Any) return await Page(given, form, errors, dryRun, known, mappings, names, stop);
        await runner.Start(id, stop);
        return Results.LocalRedirect(ImportLinks.Of(id));
    }

    private static async Task<IResult> Page(
        FileImport given, StartImportForm form, Errors errors, DryRun dryRun, KnownFiles known, SavedMappings mappings, IServiceNames names, CancellationToken stop)
    {
        try
        {
            var report = await dryRun.Run(given, stop);
            var suggestions = new ServiceSuggestions(await names.All(stop));
            return new RazorComponentResult<CheckPage>(new
            {
                Given = given,
                Form = form,
                Report = report,
                Known = known.Find(given.Digest),
                IsNewMapping = await mappings.Find(given.MappingName!, stop) != given.Mapping && !Contacts.Mapping.Shipped.Contains(given.MappingName),
                Suggestions = suggestions,
                Errors = errors,
            })
            { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
        }
        catch (Exception e) when (e is ImportRefusedException or MappingException)
        {
            return BuildColumns.Refused(given, e.Message);
        }
    }
}
