using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>A thing that somebody else changed since the draft was written.</summary>
/// <param name="By">Who, with the edition; null where no edition says.</param>
/// <param name="Theirs">What they changed.</param>
public sealed record ConflictView(string Title, string? By, int? Edition, IReadOnlyList<FieldWords> Theirs);

/// <summary>A circle that the draft bears on.</summary>
public sealed record CircleLink(string Name, string Href);

/// <summary>A draft before it is published.</summary>
public sealed record DraftView
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required string BegunBy { get; init; }
    public required DateTimeOffset BegunAt { get; init; }
    public required bool IsMine { get; init; }
    public required IReadOnlyList<ChangeView> Changes { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public required IReadOnlyList<ConflictView> Conflicts { get; init; }
    public required IReadOnlyList<CircleLink> Circles { get; init; }
}

/// <summary>Somebody looks a draft through, takes changes out, publishes it or throws it away.</summary>
internal static class ReviewDraft
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/drafts/{id:guid}", Show).For(Audience.Design);
        site.Pages.MapPost("/model/drafts/{id:guid}/published", Publish).For(Audience.Design);
        site.Pages.MapPost("/model/drafts/{id:guid}/taken-out", TakeOut).For(Audience.Design);
        site.Pages.MapPost("/model/drafts/{id:guid}/taken-anew", Anew).For(Audience.Design);
        site.Pages.MapPost("/model/drafts/{id:guid}/discarded", Discard).For(Audience.Design);
    }

    private static async Task<IResult> Show(Guid id, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await bench.Db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, stop) is not { } draft) return Results.NotFound();
        if (draft.Number is { } number) return Results.LocalRedirect(DesignLinks.Edition(number));
        return await Page(draft, new() { Title = draft.Title, Why = draft.Why }, new(), bench, visitor, stop);
    }

    private static async Task<IResult> Publish(Guid id, [FromForm] DraftForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        if (await bench.Db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id) is not { } draft) return Results.NotFound();
        if (draft.Number is { } already) return Results.LocalRedirect(DesignLinks.Edition(already));
        var errors = form.Check(why: true);
        if (errors.Any) return await Page(draft, form, errors, bench, visitor, default);

        var (by, now) = (visitor.Actor, bench.Now);
        try
        {
            var number = await bench.Writer.Write(async db =>
            {
                if (await Drafts.Find(db, id) is not { } open) return (int?)null;
                var changes = await Drafts.ChangesOf(db, id);
                if (changes.Count == 0) return null;
                (open.Title, open.Why) = (Typed.Text(form.Title)!, Typed.Text(form.Why)!);
                await Drafts.Leave(db, id);
                return await PublishEdition.Publish(db, open, changes, by, now);
            });
            bench.Forget();
            return Results.LocalRedirect(number is { } edition ? DesignLinks.Edition(edition) : DesignLinks.Draft(id));
        }
        catch (EditionConflictException)
        {
            bench.Forget();
            return await Page(draft, form, errors.Check("", false, "Somebody else changed the same things meanwhile. Look at what they changed, then take your changes anew."), bench, visitor, default);
        }
    }

    private static async Task<IResult> TakeOut(Guid id, [FromForm] int place, Workbench bench)
    {
        var found = await bench.Writer.Write(async db => await Drafts.Find(db, id) is not null && await db.ModelChanges.Where(c => c.Edition == id && c.Place == place).ExecuteDeleteAsync() > 0);
        return found ? Results.LocalRedirect(DesignLinks.Draft(id)) : Results.NotFound();
    }

    private static async Task<IResult> Anew(Guid id, Workbench bench)
    {
        var found = await bench.Writer.Write(async db =>
        {
            if (await Drafts.Find(db, id) is null) return false;
            await TakeAnew.Run(db, id);
            return true;
        });
        bench.Forget();
        return found ? Results.LocalRedirect(DesignLinks.Draft(id)) : Results.NotFound();
    }

    private static async Task<IResult> Discard(Guid id, Workbench bench)
    {
        var found = await bench.Writer.Write(async db =>
        {
            if (await Drafts.Find(db, id) is not { } draft) return false;
            await Drafts.Leave(db, id);
            await db.ModelChanges.Where(c => c.Edition == id).ExecuteDeleteAsync();
            db.Remove(draft);
            return true;
        });
        return found ? Results.LocalRedirect(DesignLinks.Drafts) : Results.NotFound();
    }

    private static async Task<IResult> Page(Edition draft, DraftForm form, Errors errors, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        var changes = await Drafts.ChangesOf(bench.Db, draft.Id, stop);
        var model = bench.With(work.Published, draft.Id, changes);
        var words = new ChangeWords(model, await bench.Names(changes.Select(c => c.By).Append(draft.By), stop), work.Published);
        var names = await bench.Names([draft.By], stop);
        return new RazorComponentResult<DraftPage>(new
        {
            Draft = work.Line,
            Form = form,
            Errors = errors,
            View = new DraftView
            {
                Id = draft.Id,
                Title = draft.Title,
                BegunBy = names[draft.By],
                BegunAt = draft.StartedAt,
                IsMine = work.Draft?.Id == draft.Id,
                Changes = [.. changes.Select(c => words.Of(c))],
                Warnings = DraftWarnings.Of(model, changes),
                Conflicts = await Conflicts(bench, work.Published, changes, words, stop),
                Circles = [.. AffectedCircles.Of(model, work.Published, changes).Select(e => new CircleLink(e.Plain, $"{DesignLinks.Draft(draft.Id)}/circle/{Uri.EscapeDataString(e.Identifier)}"))],
            },
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<List<ConflictView>> Conflicts(Workbench bench, NeedModel published, List<ModelChange> changes, ChangeWords words, CancellationToken stop)
    {
        var conflicts = new List<ConflictView>();
        var relations = changes.Any(c => c.Kind == ChangedThing.Relation) ? published.Relations.ToDictionary(r => r.Key, StringComparer.Ordinal) : [];
        foreach (var change in changes)
        {
            var now = Now(change);
            if (now == change.Before) continue;
            var last = await bench.Db.ModelChanges.AsNoTracking().Where(c => c.Subject == change.Subject && c.Kind == change.Kind)
                .Join(bench.Db.Editions.AsNoTracking().Where(e => e.Number != null), c => c.Edition, e => e.Id, (c, e) => new { c.By, e.Number }).OrderByDescending(x => x.Number).FirstOrDefaultAsync(stop);
            var by = last is null ? null : (await bench.Names([last.By], stop))[last.By];
            conflicts.Add(new(words.Name(change.Kind, now ?? change.After ?? change.Before!).Title, by, last?.Number, words.Between(change.Before, now)));
        }
        return conflicts;

        string? Now(ModelChange change) => change.Kind switch
        {
            ChangedThing.Concept => Written(published.Find(change.Subject)),
            ChangedThing.Relation => Written(relations.GetValueOrDefault(change.Subject)),
            ChangedThing.Offer => Written(published.FindOffer(change.Subject)),
            _ => Written(published.FindPlace(change.Subject)),
        };

        static string? Written<T>(T? thing) where T : class => thing is null ? null : ModelChange.Written(thing);
    }
}
