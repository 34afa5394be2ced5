using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Somebody says how their file is to be read: by a mapping that is here, by one that they send, or by one that they build.</summary>
internal static class ChooseMapping
{
    public const string Build = "build", Send = "send", Log = "event-log";

    private const long MostBytes = 1_000_000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All + "/{id:guid}/mapping", Show).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/mapping", Choose).For(Audience.Measure);
        pages.MapGet(ImportLinks.All + "/{id:guid}/mapping.json", Used).For(Audience.Measure);
        pages.MapGet(ImportLinks.All + "/mappings/{name}", Download).For(Audience.Measure);
    }

    private static async Task<IResult> Show(Guid id, GivenFiles files, SavedMappings mappings, KnownFiles known, ClaimsPrincipal visitor, CancellationToken stop) =>
        await files.FindOpen(id, visitor, stop) is { } given ? Page(given, await mappings.All(stop), known.Find(given.Digest), given.MappingName, new()) : Results.NotFound();

    private static async Task<IResult> Choose(Guid id, HttpRequest request, GivenFiles files, SavedMappings mappings, KnownFiles known, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        var form = await request.ReadFormAsync(stop);
        var chosen = form["How"].ToString();
        if (chosen == Build) return Results.LocalRedirect(ImportLinks.Columns(id));
        var errors = new Errors().Check("How", chosen.Length > 0, "Select how to read the file");
        try
        {
            var json = chosen switch
            {
                Send => await Sent(form.Files["MappingFile"], errors, stop),
                Log => EventLogFile.Mapping(form, given.FileName, files.Own, errors),
                _ => await mappings.Find(chosen, stop),
            };
            errors.Check("How", chosen is Send or Log || json is not null, "Select how to read the file");
            if (!errors.Any)
            {
                await files.Take(id, json!, chosen is Send or Log ? null : chosen, stop);
                return Results.LocalRedirect(ImportLinks.Check(id));
            }
        }
        catch (MappingException e)
        {
            errors.Check(chosen == Send ? "MappingFile" : "How", false, e.Message);
        }
        return Page(given, await mappings.All(stop), known.Find(given.Digest), chosen, errors, form["LogOf"]);
    }

    private static async Task<string?> Sent(IFormFile? file, Errors errors, CancellationToken stop)
    {
        errors.Check("MappingFile", file is { Length: > 0 }, "Select a mapping file").Check("MappingFile", file is null or { Length: <= MostBytes }, "The mapping file is larger than 1 MB");
        if (errors.Any) return null;
        using var reader = new StreamReader(file!.OpenReadStream());
        return await reader.ReadToEndAsync(stop);
    }

    private static async Task<IResult> Used(Guid id, GivenFiles files, ClaimsPrincipal visitor, CancellationToken stop) =>
        await files.Find(id, visitor, stop) is { Mapping: { } json } given ? Json(json, given.MappingName!) : Results.NotFound();

    private static async Task<IResult> Download(string name, SavedMappings mappings, CancellationToken stop) =>
        name.EndsWith(".json", StringComparison.Ordinal) && await mappings.Find(name[..^5], stop) is { } json ? Json(json, name[..^5]) : Results.NotFound();

    private static IResult Json(string json, string name) => Results.File(System.Text.Encoding.UTF8.GetBytes(json), "application/json", $"{MappingDraft.SlugOf(name)}.json");

    private static RazorComponentResult<MappingPage> Page(FileImport given, IReadOnlyList<KnownMapping> mappings, KeptBatch? known, string? chosen, Errors errors, string? logOf = null) =>
        new(new { Given = given, LogOf = logOf, Mappings = mappings, Known = known, Chosen = chosen, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
}
