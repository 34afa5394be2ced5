using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Places;

/// <summary>An analyst sends a list of places, looks at what it would change, says which column is what, and applies it.</summary>
internal static class BringPlaces
{
    public const string Path = "/measure/places/import";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (string? kind, string? council, Settings settings, Disclosed disclosed) => Page(new() { Kind = kind, Council = council ?? settings.Council }, new(), settings, disclosed.Dimensions)).For(Audience.Analyse);
        pages.MapPost(Path, Send).For(Audience.Analyse).WithMetadata(new RequestSizeLimitAttribute(ListFile.MostBytes + 1024 * 1024));
        pages.MapGet(Path + "/{key:guid}", Look).For(Audience.Analyse);
        pages.MapPost(Path + "/{key:guid}", Apply).For(Audience.Analyse);
    }

    // The form is read by hand, after its token was asked for: a file among the parameters would be read before.
    private static async Task<IResult> Send(HttpRequest request, KeptLists kept, Settings settings, Disclosed disclosed, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        var typed = new PlaceForm { Kind = form["Kind"], Council = form["Council"], Year = form["Year"], Source = form["Source"] };
        var errors = typed.Check(Councils(settings, disclosed.Dimensions));
        errors.Check("File", form.Files["File"] is { Length: > 0 }, "Select a file");
        if (errors.Any) return Page(typed, errors, settings, disclosed.Dimensions);
        var file = form.Files["File"]!;
        var about = new PlaceRequest
        {
            Council = typed.Council!, Kind = ImportPlaces.Words.Parse(typed.Kind)!.Value, Year = int.Parse(typed.Year!, CultureInfo.InvariantCulture), Source = typed.Source!.Trim(),
            FileName = System.IO.Path.GetFileName(file.FileName) is { Length: > 0 } name ? name[..Math.Min(name.Length, 100)] : "file",
        };
        var key = await kept.Keep(await KeptLists.Read(file, stop), about, stop);
        return Results.LocalRedirect($"{Path}/{key}");
    }

    private static async Task<IResult> Look(Guid key, ImportPlaces import, KeptLists kept, ClaimsPrincipal visitor, CancellationToken stop) =>
        await kept.Find<PlaceRequest>(key, stop) is { } found ? await Review(key, found.About, found.Bytes, import, visitor, false, stop) : Results.NotFound();

    private static async Task<IResult> Apply(Guid key, HttpRequest request, ImportPlaces import, KeptLists kept, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await kept.Find<PlaceRequest>(key, stop) is not var (bytes, about)) return Results.NotFound();
        var form = await request.ReadFormAsync(stop);
        var columns = form.Keys.Where(k => k.StartsWith("column-", StringComparison.Ordinal)).ToDictionary(k => k["column-".Length..], k => form[k].ToString());
        var now = about with
        {
            Columns = columns, Service = form["Service"].ToString() is { Length: > 0 } service ? service.Trim() : null,
            Property = form["Property"].ToString() is { Length: > 0 } property ? property : null, Level = Enum.TryParse<PlaceLevel>(form["Level"], out var level) ? level : null,
        };
        await kept.Say(key, now, stop);
        // Nobody applies what they have not seen: a column that was changed is looked at first.
        if (form["Act"] != "apply") return await Review(key, now, bytes, import, visitor, false, stop);
        try
        {
            var seen = await import.Run(now, bytes, visitor.Actor, apply: false, stop);
            if (form["Seen"] != PlaceReviewPage.Mark(seen)) return await Review(key, now, bytes, import, visitor, true, stop);
            var report = await import.Run(now, bytes, visitor.Actor, apply: true, stop);
            kept.Forget(key);
            return Results.LocalRedirect($"{SeePlaceLists.Path}?council={Uri.EscapeDataString(now.Council)}&done={ImportPlaces.Words.Kebab(now.Kind)}{(report.StoreIsBehind ? "&behind=yes" : "")}");
        }
        catch (ImportRefusedException)
        {
            return await Review(key, now, bytes, import, visitor, false, stop);
        }
    }

    private static async Task<IResult> Review(Guid key, PlaceRequest about, byte[] bytes, ImportPlaces import, ClaimsPrincipal visitor, bool changed, CancellationToken stop)
    {
        var errors = new Errors();
        PlaceReport? report = null;
        IReadOnlyList<string> columns = [];
        try
        {
            columns = about.Kind == PlaceKind.Boundaries ? ReadBoundaries.Properties(bytes) : ListFile.Read(bytes, about.FileName).Columns;
            report = await import.Run(about, bytes, visitor.Actor, apply: false, stop);
        }
        catch (ImportRefusedException e)
        {
            errors.Check(e.Column is { } role && ColumnRoles.Of(about.Kind).Any(r => r.Name == role) ? $"column-{role}" : "", false, e.Message);
        }
        return new RazorComponentResult<PlaceReviewPage>(new { Key = key, Asked = about, Report = report, Columns = columns, Errors = errors, Changed = changed })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : changed ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        };
    }

    private static RazorComponentResult<PlaceImportPage> Page(PlaceForm form, Errors errors, Settings settings, ContactDimensions dimensions) =>
        new(new { Form = form, Errors = errors, Councils = Councils(settings, dimensions) }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    /// <summary>The councils whose places can be said: this installation's own and those with contacts.</summary>
    internal static IReadOnlyList<Choice> Councils(Settings settings, ContactDimensions dimensions) =>
        [new(settings.Council, settings.CouncilName), .. dimensions.Councils.Where(c => c.Name != settings.Council).Select(c => new Choice(c.Name, c.Label))];
}

/// <summary>What is asked of a file about places.</summary>
public sealed record PlaceForm
{
    public string? Kind { get; init; }
    public string? Council { get; init; }
    public string? Year { get; init; }
    public string? Source { get; init; }

    public Errors Check(IReadOnlyList<Choice> councils) => CheckSource(new Errors()
        .Check("Kind", ImportPlaces.Words.Parse(Kind) is not null, "Select what the file says")
        .Check("Council", councils.Any(c => c.Value == Council), "Select a council"), Year, Source);

    /// <summary>Every figure about places has a year and a source.</summary>
    public static Errors CheckSource(Errors errors, string? year, string? source) => errors
        .Check("Year", int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && y is >= 1991 and <= 2100, "Enter the year that the figures are of, such as 2021")
        .Check("Source", source?.Trim().Length is > 0 and <= 200, "Enter who published it, in at most 200 characters");
}
