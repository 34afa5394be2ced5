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

/// <summary>Why somebody undoes an edition.</summary>
public sealed record UndoForm
{
    public string? Why { get; init; }
}

/// <summary>Somebody takes an edition back: first sees what that will do, then gives the reason and does it.</summary>
internal static class UndoAnEdition
{
    private const int Most = 100;

    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/editions/{number}/undo", Show).For(Audience.Design);
        site.Pages.MapPost("/model/editions/{number}/undo", Undo).For(Audience.Design);
    }

    private static async Task<IResult> Show(int number, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) => await Page(number, new(), new(), bench, visitor, stop);

    private static async Task<IResult> Undo(int number, [FromForm] UndoForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var errors = new Errors()
            .Check("Why", Typed.Text(form.Why) is not null, "Enter why the edition is undone")
            .Check("Why", form.Why is null or { Length: <= 1000 }, "Why must be 1,000 characters or fewer");
        if (errors.Any) return await Page(number, form, errors, bench, visitor, default);
        var (by, now) = (visitor.Actor, bench.Now);
        try
        {
            // The model that came with the program is the ground for all else; there is nothing before it.
            var undone = await bench.Writer.Write(async db => await db.Editions.AnyAsync(e => e.Number == number && e.Kind != EditionKind.Seed) ? await UndoEdition.Undo(db, number, Typed.Text(form.Why)!, by, now) : null);
            bench.Forget();
            return undone is { } edition ? Results.LocalRedirect(DesignLinks.Edition(edition)) : Results.NotFound();
        }
        catch (EditionConflictException)
        {
            bench.Forget();
            return await Page(number, form, errors.Check("", false, "Later editions changed the same things. Undo those first."), bench, visitor, default);
        }
    }

    private static async Task<IResult> Page(int number, UndoForm form, Errors errors, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await bench.Db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Number == number && e.Kind != EditionKind.Seed, stop) is not { } edition) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        var done = await bench.Db.ModelChanges.AsNoTracking().Where(c => c.Edition == edition.Id).OrderBy(c => c.Place).ToListAsync(stop);
        var later = await Later(bench, edition, stop);
        var words = new ChangeWords(work.Published, await bench.Names(done.Select(c => c.By), stop));
        return new RazorComponentResult<UndoPage>(new
        {
            Draft = work.Line,
            Form = form,
            Errors = errors,
            Edition = await SeeEditions.Row(bench, edition, done.Count, stop),
            Will = (IReadOnlyList<string>)[.. done.Take(Most).Select(c => Will(c, words))],
            More = Math.Max(0, done.Count - Most),
            Later = (IReadOnlyList<string>)[.. later.Select(l => $"{words.Name(l.Change.Kind, l.Change.After ?? l.Change.Before!).Title}: changed again in edition {l.Number}, {l.Title}")],
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static string Will(ModelChange change, ChangeWords words)
    {
        var (kind, title, _) = words.Name(change.Kind, change.After ?? change.Before!);
        if (change.Before is null) return change.Kind == ChangedThing.Relation ? $"Take away the {kind}: {title}" : change.Kind == ChangedThing.Offer ? $"Withdraw the {kind} {title}" : $"Retire the {kind} {title}";
        if (change.After is null) return $"Bring back the {kind}: {title}";
        return $"Put back in the {kind} {title}: {string.Join(", ", words.Between(change.After, change.Before).Select(f => f.Field.ToLowerInvariant()))}";
    }

    private sealed record LaterChange(ModelChange Change, int Number, string Title);

    /// <summary>What later editions changed of the same things, unless they put it back.</summary>
    private static async Task<List<LaterChange>> Later(Workbench bench, Edition edition, CancellationToken stop)
    {
        var mine = bench.Db.ModelChanges.Where(c => c.Edition == edition.Id);
        var found = await bench.Db.ModelChanges.AsNoTracking().Where(c => mine.Any(m => m.Kind == c.Kind && m.Subject == c.Subject))
            .Join(bench.Db.Editions.AsNoTracking().Where(e => e.Number > edition.Number), c => c.Edition, e => e.Id, (c, e) => new { Change = c, e.Number, e.Title })
            .OrderBy(x => x.Number).ToListAsync(stop);
        var after = (await mine.AsNoTracking().Select(c => new { c.Kind, c.Subject, c.After }).ToListAsync(stop)).ToDictionary(c => (c.Kind, c.Subject), c => c.After);
        return [.. from thing in found.GroupBy(f => (f.Change.Kind, f.Change.Subject)) where thing.Last().Change.After != after[thing.Key] select new LaterChange(thing.Last().Change, thing.Last().Number!.Value, thing.Last().Title)];
    }
}
