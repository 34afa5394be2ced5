using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Information;

/// <summary>What somebody says of a file of page views, searches or calls by page.</summary>
public sealed record InformationRequest
{
    public required string Council { get; init; }
    public required InformationKind Kind { get; init; }
    public required string FileName { get; init; }
    public required string Source { get; init; }

    /// <summary>Columns by role where they are not as guessed.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}

/// <summary>What an import of such counts does, or would do. Read = taken + unchanged + dropped + refused.</summary>
public sealed record InformationReport
{
    public required DateOnly From { get; init; }
    public required DateOnly Through { get; init; }
    public required long Read { get; init; }
    public required long Taken { get; init; }
    public required long Unchanged { get; init; }
    public required long Dropped { get; init; }
    public required long Refused { get; init; }
    public required IReadOnlyList<PlaceRefusal> Refusals { get; init; }
    public required IReadOnlyDictionary<string, string> Columns { get; init; }
}

/// <summary>An analyst sends counts of page views, searches or calls by page, looks at what would be taken, and takes it.</summary>
internal static class BringInformation
{
    public const string Path = "/measure/information/import";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (string? kind) => Page(kind, null, new())).For(Audience.Analyse);
        pages.MapPost(Path, Send).For(Audience.Analyse).WithMetadata(new RequestSizeLimitAttribute(ListFile.MostBytes + 1024 * 1024));
        pages.MapGet(Path + "/{key:guid}", Look).For(Audience.Analyse);
        pages.MapPost(Path + "/{key:guid}", Apply).For(Audience.Analyse);
    }

    // The form is read by hand, after its token was asked for: a file among the parameters would be read before.
    private static async Task<IResult> Send(HttpRequest request, KeptLists kept, Settings settings, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        var errors = new Errors()
            .Check("Kind", Enum.TryParse<InformationKind>(form["Kind"], out var kind) && Enum.IsDefined(kind), "Select what the file counts")
            .Check("File", form.Files["File"] is { Length: > 0 }, "Select a file")
            .Check("Source", form["Source"].ToString().Trim().Length is > 0 and <= 200, "Enter who counted, in at most 200 characters");
        if (errors.Any) return Page(form["Kind"], form["Source"], errors);
        var file = form.Files["File"]!;
        var name = System.IO.Path.GetFileName(file.FileName);
        var about = new InformationRequest { Council = settings.Council, Kind = kind, FileName = name.Length > 100 ? name[..100] : name, Source = form["Source"].ToString().Trim() };
        return Results.LocalRedirect($"{Path}/{await kept.Keep(await KeptLists.Read(file, stop), about, stop)}");
    }

    private static async Task<IResult> Look(Guid key, KeptLists kept, ConcentricDb db, CancellationToken stop) =>
        await kept.Find<InformationRequest>(key, stop) is { } found ? await Review(key, found.About, found.Bytes, db, stop) : Results.NotFound();

    private static async Task<IResult> Apply(Guid key, HttpRequest request, KeptLists kept, ConcentricDb db, IWriter writer, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await kept.Find<InformationRequest>(key, stop) is not var (bytes, about)) return Results.NotFound();
        var form = await request.ReadFormAsync(stop);
        var columns = form.Keys.Where(k => k.StartsWith("column-", StringComparison.Ordinal)).ToDictionary(k => k["column-".Length..], k => form[k].ToString());
        // Nobody applies what they have not seen: a column that was changed is looked at first.
        var now = about with { Columns = columns };
        await kept.Say(key, now, stop);
        if (form["Act"] != "apply" || form["Seen"] != string.Join(',', columns.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value))) return await Review(key, now, bytes, db, stop);
        try
        {
            await Take(now, bytes, visitor.Actor, db, writer, clock, stop);
            kept.Forget(key);
            return Results.LocalRedirect($"{SeeInformation.Path}?done=yes");
        }
        catch (ImportRefusedException)
        {
            return await Review(key, now, bytes, db, stop);
        }
    }

    /// <summary>Takes a file in: of what is counted twice, the newer replaces the older. One transaction with its fact.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be used.</exception>
    internal static async Task<InformationReport> Take(InformationRequest request, byte[] bytes, string by, ConcentricDb db, IWriter writer, TimeProvider clock, CancellationToken stop)
    {
        var file = ListFile.Read(bytes, request.FileName);
        var reading = ReadInformation.Read(request.Council, request.Kind, file, request.Columns);
        var report = await Compare(request, reading, db, stop);
        if (report.Taken == 0) return report;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await writer.Write(async work =>
        {
            await work.PutMany(reading.Counts, stop);
            work.Add(new InformationList
            {
                Id = id, Council = request.Council, Kind = request.Kind, Source = request.Source, FileName = request.FileName, Digest = file.Digest, From = report.From, Through = report.Through,
                Read = report.Read, Taken = report.Taken, Unchanged = report.Unchanged, Dropped = report.Dropped, Refused = report.Refused, At = now, By = by,
            });
            work.Record(new InformationImported(request.Council, Kebab(request.Kind), file.Digest, report.Read, report.Taken, report.Unchanged, report.Dropped, report.Refused), by, now);
        }, stop);
        return report;
    }

    internal static string Kebab(InformationKind kind) => kind switch { InformationKind.PageViews => "page-views", InformationKind.Searches => "searches", _ => "page-calls" };

    private static async Task<InformationReport> Compare(InformationRequest request, InformationReading reading, ConcentricDb db, CancellationToken stop)
    {
        var (from, through) = reading.Counts.Count == 0 ? default : (reading.Counts.Min(c => c.From), reading.Counts.Max(c => c.Through));
        var kept = await db.Set<InformationCount>().AsNoTracking().Where(c => c.Council == request.Council && c.Kind == request.Kind && c.From >= from && c.From <= through)
            .ToDictionaryAsync(c => ReadInformation.KeyOf(c.Text, c.From), Said, stop);
        var taken = reading.Counts.Where(c => kept.GetValueOrDefault(ReadInformation.KeyOf(c.Text, c.From)) != Said(c)).Sum(c => (long)reading.Lines[ReadInformation.KeyOf(c.Text, c.From)]);
        return new()
        {
            From = from, Through = through, Read = reading.Read, Taken = taken, Unchanged = reading.Lines.Values.Sum() - taken, Dropped = reading.Dropped, Refused = reading.Refusals.Count,
            Refusals = [.. reading.Refusals.Take(PlaceReading.MostRefusalsShown)], Columns = reading.Columns,
        };
        static string? Said(InformationCount c) => $"{c.Through:yyyy-MM-dd}|{c.Count}|{c.Nothing}|{c.NothingBy}";
    }

    private static async Task<IResult> Review(Guid key, InformationRequest about, byte[] bytes, ConcentricDb db, CancellationToken stop)
    {
        var errors = new Errors();
        InformationReport? report = null;
        IReadOnlyList<string> columns = [];
        try
        {
            var file = ListFile.Read(bytes, about.FileName);
            columns = file.Columns;
            report = await Compare(about, ReadInformation.Read(about.Council, about.Kind, file, about.Columns), db, stop);
        }
        catch (ImportRefusedException e)
        {
            errors.Check(e.Column is { } role && ReadInformation.Roles(about.Kind).Any(r => r.Name == role) ? $"column-{role}" : "", false, e.Message);
        }
        return new RazorComponentResult<InformationReviewPage>(new { Key = key, Asked = about, Report = report, Columns = columns, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static RazorComponentResult<InformationImportPage> Page(string? kind, string? source, Errors errors) =>
        new(new { Kind = kind, Source = source, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
}
