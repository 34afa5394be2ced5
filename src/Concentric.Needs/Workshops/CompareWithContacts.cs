using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Workshops;

/// <summary>The services of the pilot as somebody chooses them.</summary>
public sealed record PilotForm
{
    /// <summary>Addresses of services.</summary>
    public List<string>? Chosen { get; init; }

    /// <summary>Numbers of others in the Services list, parted by blanks or commas.</summary>
    public string? Numbers { get; init; }

    internal IReadOnlyList<string> Uris(NeedModel model) => [.. (Chosen ?? []).Concat(ServiceNumbers.Of(Numbers).Select(n => model.Find(ConceptType.Service, n)?.Uri ?? "")).Distinct(StringComparer.Ordinal)];

    internal Errors Check(NeedModel model) => ServiceNumbers.Check(new Errors(), "Numbers", Numbers, model)
        .Check("Chosen", (Chosen ?? []).TrueForAll(uri => model.Find(uri) is { Type: ConceptType.Service }), "Select services from the list")
        .Check("Chosen", Uris(model).Count > 0, "Select at least one service")
        .Check("Chosen", Uris(model).Count <= ServiceNumbers.Most, $"Select {ServiceNumbers.Most} services or fewer");
}

/// <summary>Numbers of services as people type them in a row.</summary>
internal static class ServiceNumbers
{
    /// <summary>More services than this are no pilot.</summary>
    public const int Most = 20;

    public static IReadOnlyList<string> Of(string? typed) => (typed ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Errors Check(Errors errors, string field, string? typed, NeedModel model)
    {
        var unknown = Of(typed).FirstOrDefault(n => model.Find(ConceptType.Service, n) is not { InUse: true });
        return errors.Check(field, unknown is null, $"There is no service {unknown} in the Services list");
    }
}

/// <summary>Somebody chooses the services of a workshop's pilot and holds what was said against what contacts about them show.</summary>
internal static class CompareWithContacts
{
    private const int MostChoices = 40;

    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/workshops/{id:guid}/contacts", Show).For(Audience.Design);
        site.Pages.MapPost("/model/workshops/{id:guid}/contacts", Choose).For(Audience.Design);
    }

    private static async Task<IResult> Show(Guid id, Workbench bench, IFirstContacts contacts, ClaimsPrincipal visitor, CancellationToken stop) => await Page(id, null, new(), bench, contacts, visitor, stop);

    private static async Task<IResult> Choose(Guid id, [FromForm] PilotForm form, Workbench bench, IFirstContacts contacts, ClaimsPrincipal visitor)
    {
        var model = await bench.Published();
        var errors = form.Check(model);
        if (errors.Any) return await Page(id, form, errors, bench, contacts, visitor, default);
        var kept = await bench.Writer.Write(async db =>
        {
            if (await db.Workshops.SingleOrDefaultAsync(w => w.Id == id) is not { } workshop) return false;
            workshop.Services = form.Uris(model);
            return true;
        });
        return kept ? Results.LocalRedirect(DesignLinks.WorkshopContacts(id)) : Results.NotFound();
    }

    private static async Task<IResult> Page(Guid id, PilotForm? form, Errors errors, Workbench bench, IFirstContacts contacts, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await bench.Db.Workshops.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, stop) is not { } workshop) return Results.NotFound();
        var work = await bench.Open(visitor, stop);
        var model = work.Published;
        var statements = await bench.Db.Statements.AsNoTracking().Where(s => s.Workshop == id).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(stop);
        var pilots = workshop.Services ?? [];
        var of = pilots.Count > 0 && !errors.Any ? await contacts.Of(stop: stop) : null;
        return new RazorComponentResult<WorkshopContactsPage>(new
        {
            Draft = work.Line,
            Errors = errors,
            workshop.Title,
            Address = DesignLinks.WorkshopContacts(id),
            Back = DesignLinks.Workshop(id),
            Pilots = (IReadOnlyList<string>)[.. pilots.Select(p => model.Find(p)?.Plain ?? p)],
            Choices = Choices(model, workshop, statements),
            Chosen = form is null ? pilots : form.Chosen ?? [],
            Numbers = form?.Numbers,
            HasContacts = of is { Count: > 0 },
            Held = of is { Count: > 0 } ? HeldAgainstContacts.Of(model, workshop, statements, of, visitor.IsOf(Audience.Analyse)) : null,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    /// <summary>The services of the pilot, those that the workshop named, and those that the model has around the situation.</summary>
    private static IReadOnlyList<Choice> Choices(NeedModel model, Workshop workshop, List<Statement> statements)
    {
        var around = model.Find(workshop.Situation) is { } situation ? Surroundings.Of(model, situation).Services.Select(s => s.Uri) : [];
        return
        [
            .. (workshop.Services ?? []).Concat(statements.Where(s => s.Ring == Ring.Service).Select(s => s.Concept).OfType<string>()).Concat(around).Distinct(StringComparer.Ordinal)
                .Select(model.Find).OfType<Concept>().Take(MostChoices).Select(s => new Choice(s.Uri, s.Plain)),
        ];
    }
}
