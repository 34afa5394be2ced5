using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Work;

/// <summary>A list of work as its page shows it.</summary>
public sealed record WorkView
{
    public required WorkFilter Filter { get; init; }
    public required IReadOnlyList<WorkRow> Rows { get; init; }

    /// <summary>Addresses of the pages before and after, and of the first and the last.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>At most one more than is counted.</summary>
    public required int Count { get; init; }

    public required DateOnly Today { get; init; }
    public required bool HasTeams { get; init; }
    public required IReadOnlyList<Choice> Teams { get; init; }
    public required IReadOnlyList<Choice> Services { get; init; }
    public required IReadOnlyList<Choice> Processes { get; init; }

    /// <summary>Steps of the process that is chosen; none where none is.</summary>
    public required IReadOnlyList<Choice> Steps { get; init; }

    /// <summary>Somebody like the visitor is told of overdue steps.</summary>
    public required bool IsTold { get; init; }

    public required IReadOnlyList<Choice> People { get; init; }

    public required ChangeForm Form { get; init; }
    public required Errors Errors { get; init; }

    public string Counted => Count > ListWork.MostCounted ? $"{Say.Number(ListWork.MostCounted)}+" : Say.Number(Count);
}

/// <summary>Lists of work: mine, my teams', overdue, waiting, open, ended; as a page and as a file.</summary>
internal static class SeeWork
{
    public const string Address = "/desk/work";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Show).For(Audience.Desk);
        pages.MapGet("/desk/work.csv", File).For(Audience.Desk);
        pages.MapGet("/desk/cases", (HttpRequest request) => Results.LocalRedirect($"{Address}{(request.QueryString.HasValue ? request.QueryString : "?list=open")}")).For(Audience.Desk);
    }

    private static async Task<IResult> Show(HttpRequest request, WorkPages pages, ClaimsPrincipal visitor, CancellationToken stop) =>
        await pages.Page(WorkFilter.Read(request.Query), new(), new(), visitor, stop);

    private static async Task<IResult> File(HttpRequest request, ConcentricDb db, ListWork work, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (filter, sight) = (WorkFilter.Read(request.Query) with { Size = 500, From = null, Backwards = false }, await Sight.Of(db, visitor, stop));
        return Results.Stream(async to =>
        {
            // With a byte order mark, so that Excel reads it as UTF-8. What is written goes out page by page, however long the list.
            await using var file = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await file.WriteAsync($"reference,{(filter.Enquiries ? "service" : "process")},team,owner,{(filter.Enquiries ? "promised by" : "next by")},since,state\r\n");
            for (var from = (WorkKey?)null; ;)
            {
                var page = await work.Page(filter with { From = from }, sight, stop);
                foreach (var row in page.Rows)
                    await file.WriteAsync($"{string.Join(',', Cells(row).Select(Csv.Field))}\r\n");
                await file.FlushAsync(stop);
                if (page.After is null) return;
                from = WorkKey.Read(page.After);
            }
        }, "text/csv; charset=utf-8", $"work-{Say.DayOf(clock.GetUtcNow()):yyyy-MM-dd}.csv");
    }

    private static string[] Cells(WorkRow row) => [row.Reference, row.Title, row.Team, row.Owner ?? "", row.Due is { } due ? $"{due:yyyy-MM-dd}" : "", $"{Say.DayOf(row.Since):yyyy-MM-dd}", State(row)];

    public static string State(WorkRow row) => row.Outcome is { } outcome ? CaseWords.Of(outcome) : !row.IsOpen ? "Answered" : row.IsPaused ? "Waits for the citizen" : "Open";
}

/// <summary>Gathers the page of a list, with what its boxes offer.</summary>
internal sealed class WorkPages(ConcentricDb db, ListWork work, Processes processes, IServiceNames services, TimeProvider clock)
{
    public async Task<IResult> Page(WorkFilter filter, ChangeForm form, Errors errors, ClaimsPrincipal visitor, CancellationToken stop = default)
    {
        var sight = await Sight.Of(db, visitor, stop);
        var steps = filter.Process is { } asked && await processes.Find(asked, stop) is var (last, newest)
            ? (filter.Version is { } version && version >= 1 && version < newest ? await processes.Find(asked, version, stop) : last).Nodes.Where(n => n.Kind is NodeKind.Step or NodeKind.Wait).Select(n => new Choice(n.Id, n.Name)).ToList() : [];
        // The step of another process, chosen before this one was.
        if (!steps.Exists(s => s.Value == filter.Step)) filter = filter with { Step = null, Version = null };
        var page = await work.Page(filter, sight, stop);
        var forms = await db.KnownForms.AsNoTracking().Select(f => new { f.Team, f.Service }).ToListAsync(stop);
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain, StringComparer.Ordinal);
        return new RazorComponentResult<WorkPage>(new
        {
            View = new WorkView
            {
                Filter = filter, Rows = page.Rows, Count = await work.Count(filter, sight, stop), Today = Say.DayOf(clock.GetUtcNow()), HasTeams = sight.Teams.Count > 0, Form = form, Errors = errors,
                Before = page.Before is null ? null : SeeWork.Address + filter.Query($"before={page.Before}"), After = page.After is null ? null : SeeWork.Address + filter.Query($"after={page.After}"),
                Teams = [.. forms.Select(f => f.Team).Distinct().Order(StringComparer.Ordinal).Select(t => new Choice(t, t))],
                Services = [.. forms.Select(f => f.Service).Distinct().Select(s => new Choice(s, names.GetValueOrDefault(s, s))).OrderBy(s => s.Text, StringComparer.Ordinal)],
                Processes = [.. (await processes.InUse(stop)).Select(p => new Choice(p.Id, p.Title))], Steps = steps, IsTold = sight.Role is Role.Officer or Role.ServiceManager,
                People = [.. (await Staff.All(db, stop)).Select(p => new Choice($"{p.Id}", p.Name))],
            },
        }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
