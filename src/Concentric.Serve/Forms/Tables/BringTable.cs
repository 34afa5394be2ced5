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
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Tables;

/// <summary>A table as the list of tables shows it.</summary>
public sealed record TableView(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Keys, int Rows, string By, DateTimeOffset At);

/// <summary>What stands in the boxes of the page.</summary>
public sealed record TableForm(string? Name, string? Keys);

/// <summary>Staff bring a table for lookups: they see what a file would change, and then say that it shall.</summary>
internal static class BringTable
{
    private const string Path = "/desk/tables";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Design);
        pages.MapPost(Path, Send).For(Audience.Design).WithMetadata(new RequestSizeLimitAttribute(ReferenceFile.MostBytes + 1024 * 1024));
        pages.MapGet(Path + "/waiting/{key:guid}", Look).For(Audience.Design);
        pages.MapPost(Path + "/waiting/{key:guid}", Load).For(Audience.Design);
    }

    private static Task<IResult> Show(string? loaded, ConcentricDb db, CancellationToken stop) => Page(new(null, null), new(), loaded, db, stop);

    private static async Task<IResult> Send(HttpRequest request, ConcentricDb db, WaitingTables waiting, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var posted = await request.ReadFormAsync(stop);
        var form = new TableForm(posted["Name"].ToString().Trim(), posted["Keys"].ToString().Trim());
        var file = posted.Files["File"];
        var errors = new Errors()
            .Check("Name", form.Name is { Length: > 0 }, "Enter the name of the table")
            .Check("Name", ReferenceFile.CheckName(form.Name ?? "") is null, "The name of the table must be small letters, digits and dashes, as rounds")
            .Check("File", file is not null, "Select a CSV file")
            .Check("File", file is not { Length: 0 }, "The selected file is empty")
            .Check("File", file is not { Length: > ReferenceFile.MostBytes }, $"The selected file must be smaller than {ReferenceFile.MostBytes / 1024 / 1024}MB");
        if (errors.Any) return await Page(form, errors, null, db, stop);
        try
        {
            using var bytes = new MemoryStream();
            await file!.CopyToAsync(bytes, stop);
            var read = ReferenceFile.Read(form.Name!, bytes.ToArray(), await LoadReferenceTable.KeysFor(db, form.Name!, form.Keys, stop));
            var key = await waiting.Keep(bytes.ToArray(), new(form.Name!, visitor.Actor, await LoadReferenceTable.Compare(db, read, stop)), stop);
            return Results.LocalRedirect($"{Path}/waiting/{key}");
        }
        catch (ReferenceFileException e)
        {
            return await Page(form, errors.Check("File", false, string.Join(" ", e.Problems)), null, db, stop);
        }
    }

    private static async Task<IResult> Look(Guid key, WaitingTables waiting, ClaimsPrincipal visitor, CancellationToken stop) =>
        await waiting.Find(key, visitor.Actor, stop) is { } found ? Changes(key, found.About, new()) : Results.NotFound();

    private static async Task<IResult> Load(Guid key, WaitingTables waiting, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await waiting.Find(key, visitor.Actor, stop) is not { } found) return Results.NotFound();
        try
        {
            await LoadReferenceTable.Load(writer, ReferenceFile.Read(found.About.Table, found.Bytes, found.About.Change.Keys), visitor.Actor, clock.GetUtcNow(), found.About.Change);
        }
        catch (RefusedException e)
        {
            return Changes(key, found.About, new Errors().Check("", false, e.Message));
        }
        waiting.Forget(key);
        return Results.LocalRedirect($"{Path}?loaded={found.About.Table}");
    }

    private static RazorComponentResult<TableChangePage> Changes(Guid key, WaitingTable about, Errors errors) =>
        new(new { Key = key, about.Change, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    private static async Task<IResult> Page(TableForm form, Errors errors, string? loaded, ConcentricDb db, CancellationToken stop)
    {
        var tables = await ReferenceTables.All(db, stop);
        var ids = tables.Select(t => Guid.TryParse(t.By, out var id) ? id : Guid.Empty).ToList();
        var names = await db.Set<Person>().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => $"{p.Id}", p => p.Name, stop);
        return new RazorComponentResult<TablesPage>(new
        {
            Tables = tables.Select(t => new TableView(t.Name, t.ColumnNames, t.KeyNames, t.Rows, names.GetValueOrDefault(t.By, "the command line"), t.At)).ToList(),
            Loaded = tables.FirstOrDefault(t => t.Name == loaded)?.Name,
            Form = form,
            Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
