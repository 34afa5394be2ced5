using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Circles;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>Shows the circles of need as they will be when a draft is published.</summary>
internal static class AffectedCircles
{
    public static void Map(Site site) => site.Pages.MapGet("/model/drafts/{id:guid}/circle/{slug}", Show).For(Audience.Design);

    private static async Task<IResult> Show(Guid id, string slug, Workbench bench, ClaimsPrincipal visitor, Settings settings, CancellationToken stop)
    {
        if (await bench.Db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.Number == null, stop) is not { } draft) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        if (Circle.Of(bench.With(work.Published, id, await Drafts.ChangesOf(bench.Db, id, stop)), slug, WhoProvides.Own(settings)) is not { } circle) return Results.NotFound();
        return new RazorComponentResult<DraftCirclePage>(new { Draft = work.Line, Circle = circle, draft.Title, Back = DesignLinks.Draft(id) });
    }

    /// <summary>The life events whose circle holds something that a draft changes, by name.</summary>
    public static IReadOnlyList<Concept> Of(NeedModel model, NeedModel published, IReadOnlyList<ModelChange> changes)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change.Kind == ChangedThing.Concept) touched.Add(change.Subject);
            if (change.Kind == ChangedThing.Relation) touched.UnionWith(change.Subject.Split('\n') is [var from, _, var to, ..] ? [from, to] : []);
            if (change.Kind == ChangedThing.Offer && (change.AfterAs<Offer>() ?? change.BeforeAs<Offer>()) is { } offer) touched.Add(offer.Service);
        }
        return [.. model.InUse(ConceptType.LifeEvent).Where(e => In(model, e.Uri).Concat(In(published, e.Uri)).Any(touched.Contains))];
    }

    /// <summary>All that stands in the circle of a life event, with itself.</summary>
    private static IEnumerable<string> In(NeedModel model, string lifeEvent)
    {
        yield return lifeEvent;
        foreach (var determined in model.From(lifeEvent, Predicate.Determines)) yield return determined.Object;
        foreach (var changed in model.From(lifeEvent, Predicate.Changes))
        {
            yield return changed.Object;
            foreach (var implied in model.From(changed.Object, Predicate.Implies))
            {
                yield return implied.Object;
                foreach (var met in model.From(implied.Object, Predicate.AddressedBy)) yield return met.Object;
            }
        }
    }
}
