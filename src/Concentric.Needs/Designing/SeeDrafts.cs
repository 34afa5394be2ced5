using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>A new draft as somebody names it, or a draft as somebody publishes it.</summary>
public sealed record DraftForm
{
    public string? Title { get; init; }
    public string? Why { get; init; }

    internal Errors Check(bool why) => new Errors()
        .Check("Title", Typed.Text(Title) is not null, "Enter a title")
        .Check("Title", Title is null or { Length: <= 150 }, "Title must be 150 characters or fewer")
        .Check("Why", !why || Typed.Text(Why) is not null, "Enter why the model is changed")
        .Check("Why", Why is null or { Length: <= 1000 }, "Why must be 1,000 characters or fewer");
}

/// <summary>The drafts in work: to begin one, to go on with one, to stop.</summary>
internal static class SeeDrafts
{
    public static void Map(Site site)
    {
        site.Pages.MapGet(DesignLinks.Drafts, Show).For(Audience.Design);
        site.Pages.MapPost(DesignLinks.Drafts, Begin).For(Audience.Design);
        site.Pages.MapPost("/model/drafts/{id:guid}/work", WorkIn).For(Audience.Design);
        site.Pages.MapPost("/model/drafts/left", LeaveIt).For(Audience.Design);
    }

    private static Task<IResult> Show(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) => Page(bench, visitor, new(), new(), stop);

    private static async Task<IResult> Begin([FromForm] DraftForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var errors = form.Check(why: false);
        if (errors.Any) return await Page(bench, visitor, form, errors, default);
        var (by, now) = (visitor.Actor, bench.Now);
        await bench.Writer.Write(db => Drafts.Begin(db, Typed.Text(form.Title)!, Typed.Text(form.Why) ?? "", by, now));
        return Results.LocalRedirect(DesignLinks.Start);
    }

    private static async Task<IResult> WorkIn(Guid id, Workbench bench, ClaimsPrincipal visitor)
    {
        var by = visitor.Actor;
        var found = await bench.Writer.Write(async db =>
        {
            if (await Drafts.Find(db, id) is null) return false;
            await Drafts.WorkIn(db, by, id);
            return true;
        });
        return found ? Results.LocalRedirect(DesignLinks.Draft(id)) : Results.NotFound();
    }

    private static async Task<IResult> LeaveIt(Workbench bench, ClaimsPrincipal visitor)
    {
        var by = visitor.Actor;
        await bench.Writer.Write(db => db.DraftsInWork.Where(d => d.Person == by).ExecuteDeleteAsync());
        return Results.LocalRedirect(DesignLinks.Drafts);
    }

    /// <summary>All drafts, those last begun first.</summary>
    public static async Task<IReadOnlyList<DraftRow>> Rows(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var me = visitor.Actor;
        var mine = await bench.Db.DraftsInWork.AsNoTracking().Where(d => d.Person == me).Select(d => (Guid?)d.Edition).SingleOrDefaultAsync(stop);
        var drafts = await bench.Db.Editions.AsNoTracking().Where(e => e.Number == null).OrderByDescending(e => e.StartedAt)
            .Select(e => new { Edition = e, Changes = bench.Db.Set<ModelChange>().Count(c => c.Edition == e.Id) }).ToListAsync(stop);
        var names = await bench.Names(drafts.Select(d => d.Edition.By), stop);
        return [.. drafts.Select(d => new DraftRow(d.Edition.Id, d.Edition.Title, names[d.Edition.By], d.Edition.StartedAt, d.Changes, d.Edition.Id == mine))];
    }

    private static async Task<IResult> Page(Workbench bench, ClaimsPrincipal visitor, DraftForm form, Errors errors, CancellationToken stop) =>
        new RazorComponentResult<DraftsPage>(new { Form = form, Errors = errors, Drafts = await Rows(bench, visitor, stop), Draft = (await bench.Open(visitor, stop)).Line })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
