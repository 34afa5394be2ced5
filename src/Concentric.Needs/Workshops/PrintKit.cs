using System.Security.Claims;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Workshops;

/// <summary>Cards of one kind: those of the model around the situation, and how many blank ones.</summary>
public sealed record CardSheet(string Kind, string Heading, IReadOnlyList<string> Cards, int Blank);

/// <summary>The kit of a workshop on paper: a circle with blank rings, cards to cut out, and notes for who leads it.</summary>
internal static class PrintKit
{
    private const int Most = 24;

    public static void Map(Site site) => site.Pages.MapGet("/model/workshops/{id:guid}/print", Show).For(Audience.Design);

    private static async Task<IResult> Show(Guid id, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await bench.Db.Workshops.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, stop) is not { } workshop) return Results.NotFound();
        var model = await bench.Published(stop);
        var situation = model.Find(workshop.Situation)!;
        var rings = Surroundings.Of(model, situation);
        return new RazorComponentResult<KitPage>(new
        {
            workshop.Title,
            workshop.HeldOn,
            workshop.Venue,
            Situation = situation.Plain,
            IsLifeEvent = situation.Type == ConceptType.LifeEvent,
            model.Edition,
            Back = DesignLinks.Workshop(id),
            Sheets = (IReadOnlyList<CardSheet>)
            [
                .. situation.Type == ConceptType.LifeEvent ? [Sheet(Ring.Circumstance, rings, "Circumstances", 6)] : Array.Empty<CardSheet>(),
                Sheet(Ring.Need, rings, "Needs", 12),
                Sheet(Ring.Service, rings, "Services", 9),
            ],
        });
    }

    private static CardSheet Sheet(Ring ring, Surroundings rings, string heading, int blank) => new(Words.First(ring.One()), heading, [.. rings[ring].Take(Most).Select(c => c.Plain)], blank);
}
