using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Standards.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Needs.Standards;

public sealed record ApplyListForm
{
    /// <summary>"yes" where entries that the file no longer has are to be retired.</summary>
    public string? Withdraw { get; init; }

    /// <summary>The edition of the model that the page showed the changes against.</summary>
    public string? Edition { get; init; }
}

/// <summary>An analyst sends a list, looks at what it would change, and applies it.</summary>
internal static class BringList
{
    private const string Folder = "/standards/import";
    private const long MostBytes = SourceText.MostBytes + 1024 * 1024;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Folder, (string? scheme) => Page(new() { Scheme = scheme }, new())).For(Audience.Design);
        pages.MapPost(Folder, Send).For(Audience.Design).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        pages.MapGet(Folder + "/{key}", Look).For(Audience.Design);
        pages.MapPost(Folder + "/{key}", Apply).For(Audience.Design);
    }

    // The form is read by hand, after its token was asked for: a file among the parameters would be read before.
    private static async Task<IResult> Send(HttpRequest request, ImportList import, KeptFiles kept, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        var options = new ListOptions { Scheme = Filled(form["Scheme"]), Label = Filled(form["Label"]), Type = Filled(form["Type"]) };
        if (form.Files["File"] is not { Length: > 0 } file) return Page(options, new Errors().Check("File", false, "Select a file that has a list in it"));
        var name = ListDraft.Short(Path.GetFileName(file.FileName));
        try
        {
            await using var stream = file.OpenReadStream();
            var source = await SourceText.Read(stream, name, stop);
            await import.Run(source, options, apply: false, visitor.Actor, stop);
            return Results.LocalRedirect($"{Folder}/{await kept.Keep(source.Bytes, name, options, stop)}");
        }
        catch (BadFileException e)
        {
            return Page(options, new Errors().Check("File", false, e.Message));
        }
        catch (RefusedException e)
        {
            return Page(options, new Errors().Check("Scheme", false, e.Message));
        }
    }

    private static async Task<IResult> Look(string key, ImportList import, KeptFiles kept, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await kept.Find(key, stop) is not var (bytes, about)) return Results.NotFound();
        return Review(key, await import.Run(SourceText.Of(bytes, about.Name), about.Options, apply: false, visitor.Actor, stop), changed: false);
    }

    private static async Task<IResult> Apply(string key, [FromForm] ApplyListForm form, ImportList import, KeptFiles kept, ModelCache cache, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await kept.Find(key, stop) is not var (bytes, about)) return Results.NotFound();
        var source = SourceText.Of(bytes, about.Name);
        var options = about.Options with { Withdraw = form.Withdraw == "yes" };
        cache.Forget();
        var now = await import.Run(source, options, apply: false, visitor.Actor, stop);
        // Nobody applies what they have not seen.
        if (form.Edition != $"{now.ModelEdition}") return Review(key, now, changed: true);

        var report = await import.Run(source, options, apply: true, visitor.Actor, stop);
        kept.Forget(key);
        return Results.LocalRedirect(report.Identifier is { } list ? $"{Links.Standard(list)}?edition={report.Edition}" : $"{Links.Standards}?edition={report.Edition}");
    }

    private static RazorComponentResult<ImportPage> Page(ListOptions options, Errors errors) =>
        new(new { Options = options, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    private static RazorComponentResult<ReviewImportPage> Review(string key, ListReport report, bool changed) =>
        new(new { Key = key, Report = report, Changed = changed }) { StatusCode = changed ? StatusCodes.Status409Conflict : StatusCodes.Status200OK };

    private static string? Filled(string? text) => text?.Trim() is { Length: > 0 } filled ? filled : null;
}
