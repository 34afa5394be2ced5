using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Workshops;

/// <summary>A statement as somebody types it in.</summary>
public sealed record StatementForm
{
    /// <summary>circumstance, need or service.</summary>
    public string? Ring { get; init; }

    /// <summary>What stood on the card.</summary>
    public string? Words { get; init; }

    /// <summary>Address of the thing of the model that was meant, or "new".</summary>
    public string? Concept { get; init; }

    /// <summary>What it hangs on: an address, the id of a statement, or nothing for the centre.</summary>
    public string? Because { get; init; }
    public string? Strength { get; init; }
    public string? SaidBy { get; init; }
    public string? Quote { get; init; }

    internal Ring? RingOf => Enum.TryParse<Ring>(Ring, ignoreCase: true, out var ring) && Enum.IsDefined(ring) ? ring : null;

    internal Errors Check() => new Errors()
        .Check("Ring", RingOf is not null, "Select which kind of card it is")
        .Check("Words", Typed.Text(Words) is not null, "Enter what stands on the card")
        .Check("Words", Words is null or { Length: <= 200 }, "What stands on the card must be 200 characters or fewer")
        .Check("Strength", Enum.TryParse<Confidence>(Strength, out _), "Select how strongly it was said")
        .Check("SaidBy", Typed.Text(SaidBy) is not null, "Enter the role of who said it")
        .Check("SaidBy", SaidBy is null or { Length: <= 60 }, "Role must be 60 characters or fewer")
        .Check("Quote", Quote is null or { Length: <= 500 }, "Quote must be 500 characters or fewer");
}

/// <summary>The result of a workshop is typed in, card by card.</summary>
internal static class TypeInResult
{
    private const int Most = 8;

    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/workshops/{id:guid}", Show).For(Audience.Design);
        site.Pages.MapPost("/model/workshops/{id:guid}/statements", Add).For(Audience.Design);
        site.Pages.MapPost("/model/workshops/{id:guid}/statements/removed", Remove).For(Audience.Design);
    }

    private static async Task<IResult> Show(Guid id, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? said = null) =>
        await Page(id, new() { SaidBy = said }, new(), [], bench, visitor, stop);

    private static async Task<IResult> Add(Guid id, [FromForm] StatementForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var errors = form.Check();
        if (errors.Any) return await Page(id, form, errors, [], bench, visitor, default);
        var (by, now) = (visitor.Actor, bench.Now);
        var model = await bench.Published();
        var ring = form.RingOf!.Value;
        // People are asked to name nobody; what has the shape of an address, a number or a titled name is taken out all the same.
        var words = Masking.Mask(Typed.Text(form.Words)!);
        // What stands on a card of the model is that thing; other words may mean one of several, or something new.
        var kind = Kind.Of(ring.Type())!;
        var found = FindThings.Of(model, kind, words, retired: false).Take(Most).ToList();
        bool Is(string name) => name.Equals(words, StringComparison.OrdinalIgnoreCase);
        var meant = found.Find(c => c.Uri == form.Concept) ?? found.Find(c => Is(c.Plain) || Is(c.Label) || c.Identifier == words);
        if (meant is null && form.Concept != "new" && found.Count > 0)
            return await Page(id, form, errors.Check("Concept", false, "Select which of these was meant, or that it is something new"), Choices(found, ring, words), bench, visitor, default);

        var kept = await bench.Writer.Write(async db =>
        {
            if (!await db.Workshops.AnyAsync(w => w.Id == id)) return false;
            db.Add(new Statement
            {
                Id = Guid.CreateVersion7(now),
                Workshop = id,
                Ring = ring,
                Concept = meant?.Uri,
                Words = meant is null ? words : null,
                Because = Typed.Text(form.Because),
                Strength = Enum.Parse<Confidence>(form.Strength!),
                SaidBy = Masking.Mask(Typed.Text(form.SaidBy)!),
                Quote = Typed.Text(form.Quote) is { } quote ? Masking.Mask(quote) : null,
                By = by,
                At = now,
            });
            return true;
        });
        return kept ? Results.LocalRedirect($"{DesignLinks.Workshop(id)}?said={Uri.EscapeDataString(Typed.Text(form.SaidBy)!)}#type-in") : Results.NotFound();
    }

    private static async Task<IResult> Remove(Guid id, [FromForm] Guid statement, Workbench bench)
    {
        var found = await bench.Writer.Write(async db => await db.Statements.Where(s => s.Workshop == id && s.Id == statement).ExecuteDeleteAsync() > 0);
        return found ? Results.LocalRedirect(DesignLinks.Workshop(id)) : Results.NotFound();
    }

    private static List<Choice> Choices(List<Concept> found, Ring ring, string words) =>
    [
        .. found.Select(c => new Choice(c.Uri, c.Plain) { Hint = c.Plain == c.Label ? c.Definition : c.Label }),
        Choice.Divider("or"),
        new("new", $"None of these: “{words}” is something new") { Hint = ring == Ring.Service ? "The Services list has no such service. It is kept as it was said." : $"It becomes a new {ring.One()} when the workshop is made into a draft." },
    ];

    private static async Task<IResult> Page(Guid id, StatementForm form, Errors errors, List<Choice> found, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await bench.Db.Workshops.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, stop) is not { } workshop) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        var model = work.Published;
        var statements = await bench.Db.Statements.AsNoTracking().Where(s => s.Workshop == id).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(stop);
        return new RazorComponentResult<WorkshopPage>(new
        {
            Draft = work.Line,
            Form = form,
            Errors = errors,
            Found = (IReadOnlyList<Choice>)found,
            Because = BecauseChoices(model, workshop, statements),
            View = await WorkshopView.Of(bench, model, workshop, statements, stop),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    /// <summary>What a card can hang on: the centre, what was said before, and what the model has around the situation.</summary>
    private static List<Choice> BecauseChoices(NeedModel model, Workshop workshop, List<Statement> statements)
    {
        var rings = model.Find(workshop.Situation) is { } situation ? Surroundings.Of(model, situation) : new Surroundings([], [], []);
        var choices = new List<Choice> { new("", "The centre") };
        foreach (var ring in (Ring[])[Ring.Circumstance, Ring.Need])
        {
            var said = statements.Where(s => s.Ring == ring).Select(s => new Choice(s.Concept ?? $"{s.Id}", $"{Words.First(ring.One())}: {(s.Concept is { } uri ? model.Find(uri)?.Plain : s.Words)}"));
            choices.AddRange(said.Concat(rings[ring].Select(c => new Choice(c.Uri, $"{Words.First(ring.One())}: {c.Plain}"))).DistinctBy(c => c.Value));
        }
        return choices;
    }
}
