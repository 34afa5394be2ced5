using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Cases;

/// <summary>A process as the list of processes shows it.</summary>
/// <param name="Open">How many cases follow it now, of any version, that the visitor may see.</param>
public sealed record ProcessRow(string Id, string Title, string Team, int Version, int Open);

/// <summary>A step or wait as the table under the drawing lists it.</summary>
/// <param name="Oldest">Since when the oldest case is in it; null where none is.</param>
public sealed record StepRow(ProcessNode Node, int Now, DateTimeOffset? Oldest);

/// <summary>Staff see how each kind of work is done, drawn, and where its cases are now; and bring a process of their own council's.</summary>
internal static class SeeProcesses
{
    private const string Path = "/desk/processes";
    private const int MostBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Desk);
        pages.MapGet(Path + "/{id}", Look).For(Audience.Desk);
        pages.MapGet(Path + "/{id}/bpmn", Bpmn).For(Audience.Desk);
        pages.MapPost(Path, Bring).For(Audience.Manage).WithMetadata(new RequestSizeLimitAttribute(2 * MostBytes));
    }

    private static Task<IResult> Show(string? used, ConcentricDb db, Processes processes, ClaimsPrincipal visitor, CancellationToken stop) => List(used, null, new(), db, processes, visitor, stop);

    private static async Task<IResult> Look(string id, int? version, ConcentricDb db, Processes processes, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await processes.Find(id, stop) is not var (last, newest) || version < 1 || version > newest) return Results.NotFound();
        var (shown, open) = (version ?? newest, true);
        var process = shown == newest ? last : await processes.Find(id, shown, stop);
        var seen = (await Sight.Of(db, visitor, stop)).Of(db.Cases).Where(c => c.IsOpen == open && c.Process == id);
        var ids = seen.Where(c => c.Version == shown).Select(c => c.Id);
        var now = (await db.CaseOpens.AsNoTracking().Where(o => o.Process == id && o.Version == shown && ids.Contains(o.CaseId)).GroupBy(o => o.Node)
            .Select(g => new { Node = g.Key, Count = g.Count(), Oldest = g.Min(o => o.Since) }).ToListAsync(stop)).ToDictionary(n => n.Node);
        return new RazorComponentResult<ProcessPage>(new
        {
            Process = process, Version = shown, Newest = newest, Drawing = ProcessDrawing.Of(process), At = clock.GetUtcNow(),
            Steps = process.Nodes.Where(n => n.Kind is NodeKind.Step or NodeKind.Wait).Select(n => new StepRow(n, now.GetValueOrDefault(n.Id)?.Count ?? 0, now.GetValueOrDefault(n.Id)?.Oldest)).ToList(),
            Others = await seen.Where(c => c.Version != shown).GroupBy(c => c.Version).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop),
        });
    }

    private static async Task<IResult> Bpmn(string id, Processes processes, CancellationToken stop) => await processes.Find(id, stop) is { } found
        ? Results.File(Encoding.UTF8.GetBytes(BpmnExport.Of(found.Process)), "application/xml", $"{found.Process.Id}.bpmn") : Results.NotFound();

    private static async Task<IResult> Bring(HttpRequest request, ConcentricDb db, IWriter writer, Processes processes, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var file = (await request.ReadFormAsync(stop)).Files["File"];
        var errors = new Errors().Check("File", file is { Length: > 0 }, "Select a file").Check("File", file is not { Length: > MostBytes }, "The selected file must be smaller than 1MB");
        if (errors.Any) return await List(null, null, errors, db, processes, visitor, stop);
        using var reader = new StreamReader(file!.OpenReadStream(), Encoding.UTF8);
        var text = await reader.ReadToEndAsync(stop);
        string? report = null;
        try
        {
            Process process;
            if (text.TrimStart().StartsWith('<'))
            {
                var imported = BpmnImport.Read(text, System.IO.Path.GetFileName(file.FileName));
                (process, report) = (imported.Process, imported.Report.InWords());
            }
            else process = Process.Read(text);
            foreach (var problem in ProcessCheck.Of(process)) errors.Check("File", false, problem.InWords());
            if (errors.Any) return await List(null, report, errors, db, processes, visitor, stop);
            var version = await processes.Use(writer, process, visitor.Actor, clock.GetUtcNow());
            return report is null ? Results.LocalRedirect($"{Path}/{process.Id}") : await List($"{process.Title.En}, version {version}", report, errors, db, processes, visitor, stop);
        }
        catch (RefusedException e)
        {
            return await List(null, report, errors.Check("File", false, e.Message), db, processes, visitor, stop);
        }
    }

    private static async Task<IResult> List(string? used, string? report, Errors errors, ConcentricDb db, Processes processes, ClaimsPrincipal visitor, CancellationToken stop)
    {
        // Compared with a value: SQLite reads no index for a bare truth.
        var isOpen = true;
        var open = await (await Sight.Of(db, visitor, stop)).Of(db.Cases).Where(c => c.IsOpen == isOpen).GroupBy(c => c.Process).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var rows = new List<ProcessRow>();
        foreach (var (id, title) in await processes.InUse(stop))
            if (await processes.Find(id, stop) is var (process, version)) rows.Add(new(id, title, process.Team, version, open.GetValueOrDefault(id)));
        return new RazorComponentResult<ProcessesPage>(new { Rows = rows, Errors = errors, Report = report, Used = used, CanBring = visitor.IsOf(Audience.Manage) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
