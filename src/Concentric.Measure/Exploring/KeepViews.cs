using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts.Asking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Exploring;

public sealed record SaveViewForm
{
    public const int LongestName = 100;

    public string? Name { get; init; }

    /// <summary>The part of Explore's address after the question mark.</summary>
    public string? Asked { get; init; }

    public string? Shared { get; init; }

    public Errors Check() => CheckName(new(), Name);

    internal static Errors CheckName(Errors errors, string? name) => errors
        .Check("Name", !string.IsNullOrWhiteSpace(name), "Enter a name for the view")
        .Check("Name", name is null or { Length: <= LongestName }, $"The name must be {LongestName} characters or fewer");
}

public sealed record RenameViewForm
{
    public string? Name { get; init; }
}

/// <summary>Somebody saves a view of Explore under a name, renames or deletes their own, and chooses the one that Explore opens with.</summary>
internal static class KeepViews
{
    public const string Path = "/measure/explore/views";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapPost(Path, Save).For(Audience.Measure);
        pages.MapPost(Path + "/{id:guid}/name", Rename).For(Audience.Measure);
        pages.MapPost(Path + "/{id:guid}/delete", Delete).For(Audience.Measure);
        pages.MapPost(Path + "/{id:guid}/first", Pin).For(Audience.Measure);
    }

    private static async Task<IResult> Show(string? asked, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop) => await Page(db, visitor, new() { Asked = asked }, new(), null, stop);

    private static async Task<IResult> Save([FromForm] SaveViewForm form, ConcentricDb read, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var errors = form.Check();
        var (asked, wrong) = ExploreQuestion.Parse(Query(form.Asked));
        if (wrong.Any) errors.Check("", false, $"The view cannot be saved as it is: {wrong.First().Message}");
        if (errors.Any) return await Page(read, visitor, form, errors, null, default);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var view = new SavedView
        {
            Id = Guid.CreateVersion7(now), Owner = by, Name = form.Name!.Trim(), Question = SavedView.Json(asked.Question), Chart = AskContacts.Kebab(asked.Chart), IsShared = form.Shared is not null, SavedAt = now,
        };
        await writer.Write(db =>
        {
            db.SavedViews.Add(view);
            db.Record(new SavedViewChanged(view.Id, "saved", view.Name, view.IsShared), by, now);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> Rename(Guid id, [FromForm] RenameViewForm form, ConcentricDb read, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var errors = SaveViewForm.CheckName(new(), form.Name);
        if (await Own(read, id, visitor) is null) return Results.NotFound();
        if (errors.Any) return await Page(read, visitor, new(), new Errors().Check($"Name-{id}", false, errors.First().Message), id, default);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        await writer.Write(async db =>
        {
            if (await Own(db, id, visitor) is not { } view) return;
            view.Name = form.Name!.Trim();
            db.Record(new SavedViewChanged(id, "renamed", view.Name, view.IsShared), by, now);
        });
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> Delete(Guid id, ConcentricDb read, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await Own(read, id, visitor) is null) return Results.NotFound();
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        await writer.Write(async db =>
        {
            if (await Own(db, id, visitor) is not { } view) return;
            db.SavedViews.Remove(view);
            // Others may open Explore with it; for them it opens as it does for everybody.
            db.FirstViews.RemoveRange(await db.FirstViews.Where(f => f.View == id).ToListAsync());
            db.Record(new SavedViewChanged(id, "deleted", view.Name, view.IsShared), by, now);
        });
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> Pin(Guid id, ConcentricDb read, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        if (!await read.SavedViews.AnyAsync(v => v.Id == id && (v.Owner == by || v.IsShared))) return Results.NotFound();
        await writer.Write(async db =>
        {
            if (await db.SavedViews.FindAsync(id) is not { } view) return;
            var before = await db.FirstViews.FindAsync(by);
            var away = before?.View == id;
            if (away) db.FirstViews.Remove(before!);
            else if (before is not null) before.View = id;
            else db.FirstViews.Add(new() { Owner = by, View = id });
            db.Record(new SavedViewChanged(id, away ? "unpinned" : "pinned", view.Name, view.IsShared), by, now);
        });
        return Results.LocalRedirect(Path);
    }

    private static async Task<SavedView?> Own(ConcentricDb db, Guid id, ClaimsPrincipal visitor)
    {
        var person = visitor.Actor;
        return await db.SavedViews.FirstOrDefaultAsync(v => v.Id == id && v.Owner == person);
    }

    private static QueryCollection Query(string? asked) => new(QueryHelpers.ParseQuery(asked ?? ""));

    private static async Task<IResult> Page(ConcentricDb db, ClaimsPrincipal visitor, SaveViewForm form, Errors errors, Guid? wrong, CancellationToken stop)
    {
        var asked = form.Asked is { Length: > 0 } ? ExploreQuestion.Parse(Query(form.Asked)).Asked : null;
        return new RazorComponentResult<SavedViewsPage>(new { Views = await SavedViewList.Of(db, visitor.Actor, stop), Form = form, Asked = asked, Errors = errors, Wrong = wrong })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
