using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Somebody sends files of contacts, and says how to read them or goes on to build that.</summary>
internal static class UploadFile
{
    /// <summary>Bytes of one file. What is larger goes by gzip, the watched folder or the command line.</summary>
    public const long MostBytes = 256_000_000;

    private const int MostFiles = 20;
    private const long MostTogether = 2 * MostBytes;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.New, Show).For(Audience.Measure);
        pages.MapPost(ImportLinks.New, Send).For(Audience.Measure).WithMetadata(new RequestSizeLimitAttribute(MostTogether)).WithFormOptions(multipartBodyLengthLimit: MostTogether);
    }

    private static async Task<IResult> Show(SavedMappings mappings, CancellationToken stop) => Page(await mappings.All(stop), null, new());

    // The form is read by hand, after its token was asked for: files among the parameters would be read before.
    private static async Task<IResult> Send(HttpRequest request, SavedMappings mappings, GivenFiles given, KeptUploads uploads, IWriter writer, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        var files = form.Files.GetFiles("File").Where(f => f.Length > 0).ToList();
        var wanted = form["Mapping"].ToString() is { Length: > 0 } name ? name : null;
        var mapping = wanted is null ? null : await mappings.Find(wanted, stop);
        var errors = new Errors()
            .Check("File", files.Count > 0, "Select a file that has contacts in it")
            .Check("File", files.Count <= MostFiles, $"Select {MostFiles} files at most")
            .Check("File", files.All(f => f.Length <= MostBytes), "A file is larger than 256 MB. Compress it with gzip, or import it by the command line")
            .Check("Mapping", wanted is null || mapping is not null, "Select a mapping from the list");
        if (errors.Any) return Page(await mappings.All(stop), wanted, errors);

        var ids = new List<Guid>();
        foreach (var file in files)
        {
            var now = clock.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            await using var stream = file.OpenReadStream();
            var (digest, bytes) = await uploads.Keep(id, stream, MostBytes, stop);
            var kept = new FileImport { Id = id, FileName = Short(Path.GetFileName(file.FileName)), Digest = digest, Bytes = bytes, Door = ImportDoor.Page, By = visitor.Actor, At = now };
            await writer.Write(db =>
            {
                db.Add(kept);
                return Task.CompletedTask;
            }, stop);
            if (mapping is not null) await given.Take(id, mapping, wanted, stop);
            ids.Add(id);
        }
        if (ids.Count > 1) return Results.LocalRedirect(ImportLinks.All);
        return Results.LocalRedirect(mapping is null ? ImportLinks.Mapping(ids[0]) : ImportLinks.Check(ids[0]));
    }

    private static string Short(string name) => name.Length > 100 ? name[..100] : name.Length > 0 ? name : "without a name";

    private static RazorComponentResult<UploadPage> Page(IReadOnlyList<KnownMapping> mappings, string? chosen, Errors errors) =>
        new(new { Mappings = mappings, Chosen = chosen, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
}
