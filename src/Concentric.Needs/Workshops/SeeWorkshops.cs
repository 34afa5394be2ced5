using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
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

/// <summary>A workshop as somebody types it.</summary>
public sealed record WorkshopForm
{
    public string? Title { get; init; }
    public DateParts? HeldOn { get; init; }
    public string? Venue { get; init; }

    /// <summary>Address of the life event or circumstance in the centre.</summary>
    public string? Situation { get; init; }

    /// <summary>Numbers of services in the Services list, parted by blanks or commas.</summary>
    public string? Services { get; init; }

    internal IReadOnlyList<string> Numbers => ServiceNumbers.Of(Services);

    internal Errors Check(NeedModel model)
    {
        var errors = new Errors()
            .Check("Title", Typed.Text(Title) is not null, "Enter a title")
            .Check("Title", Title is null or { Length: <= 150 }, "Title must be 150 characters or fewer");
        DateParts.Check(errors, "HeldOn", HeldOn, "date of the workshop");
        errors
            .Check("Venue", Typed.Text(Venue) is { Length: <= 150 }, "Enter the place, in 150 characters or fewer")
            .Check("Situation", Situation is not null && model.Find(Situation) is { InUse: true, Type: ConceptType.LifeEvent or ConceptType.Circumstance }, "Select the situation in the centre");
        return ServiceNumbers.Check(errors, "Services", Services, model).Check("Services", Numbers.Count <= ServiceNumbers.Most, $"Enter {ServiceNumbers.Most} services or fewer");
    }
}

/// <summary>A workshop in a list.</summary>
public sealed record WorkshopRow(Guid Id, string Title, DateOnly HeldOn, string Venue, string Situation, int Statements, bool HasDraft);

/// <summary>All workshops, and the way to plan one.</summary>
internal static class SeeWorkshops
{
    public static void Map(Site site)
    {
        site.Pages.MapGet(DesignLinks.Workshops, Show).For(Audience.Design);
        site.Pages.MapGet("/model/workshops/new", ShowNew).For(Audience.Design);
        site.Pages.MapPost("/model/workshops/new", Plan).For(Audience.Design);
    }

    private static async Task<IResult> Show(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        var found = await bench.Db.Workshops.AsNoTracking().OrderByDescending(w => w.HeldOn).ThenByDescending(w => w.CreatedAt)
            .Select(w => new { Workshop = w, Statements = bench.Db.Set<Statement>().Count(s => s.Workshop == w.Id) }).ToListAsync(stop);
        return new RazorComponentResult<WorkshopsPage>(new
        {
            Draft = work.Line,
            Workshops = (IReadOnlyList<WorkshopRow>)
            [
                .. from f in found
                   let w = f.Workshop
                   select new WorkshopRow(w.Id, w.Title, w.HeldOn, w.Venue, work.Model.Find(w.Situation)?.Plain ?? "", f.Statements, w.Draft is not null),
            ],
        });
    }

    private static async Task<IResult> ShowNew(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) => Page(await bench.Open(visitor, stop), new(), new());

    private static async Task<IResult> Plan([FromForm] WorkshopForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        // Only what is published: a draft may be thrown away, and the workshop stays.
        var errors = form.Check(work.Published);
        if (errors.Any) return Page(work, form, errors);
        var (by, now) = (visitor.Actor, bench.Now);
        var workshop = new Workshop
        {
            Id = Guid.CreateVersion7(now),
            Title = Typed.Text(form.Title)!,
            HeldOn = form.HeldOn!.Date!.Value,
            Venue = Typed.Text(form.Venue)!,
            Situation = form.Situation!,
            Services = form.Numbers.Count == 0 ? null : [.. form.Numbers.Select(n => work.Published.Find(ConceptType.Service, n)!.Uri).Distinct()],
            By = by,
            CreatedAt = now,
        };
        await bench.Writer.Write(db =>
        {
            db.Add(workshop);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect(DesignLinks.Workshop(workshop.Id));
    }

    private static RazorComponentResult<NewWorkshopPage> Page(Work work, WorkshopForm form, Errors errors) =>
        new(new
        {
            Draft = work.Line,
            Form = form,
            Errors = errors,
            Situations = (IReadOnlyList<Choice>)[new("", "Choose a situation"), .. work.Published.InUse(ConceptType.LifeEvent).Concat(work.Published.InUse(ConceptType.Circumstance))
                .Select(c => new Choice(c.Uri, c.Type == ConceptType.LifeEvent ? c.Plain : $"{c.Plain} (circumstance)"))],
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
