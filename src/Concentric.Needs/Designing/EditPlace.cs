using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Concentric.Needs.Designing;

/// <summary>A place where offers are given, as somebody types it.</summary>
public sealed record EditPlaceForm
{
    public string? Name { get; init; }
    public string? Street { get; init; }
    public string? Town { get; init; }
    public string? Postcode { get; init; }
    public string? Opening { get; init; }
    public string? Why { get; init; }

    internal static EditPlaceForm Of(Place place) => new() { Name = place.Name, Street = place.Street, Town = place.Town, Postcode = place.Postcode, Opening = place.Opening };

    internal Errors Check() => new Errors()
        .Check("Name", Typed.Text(Name) is not null, "Enter the name of the place")
        .Check("Name", Name is null or { Length: <= 200 }, "Name must be 200 characters or fewer")
        .Check("Postcode", Postcode is null or { Length: <= 10 }, "Postcode must be 10 characters or fewer")
        .Check("Opening", Opening is null or { Length: <= 500 }, "Opening times must be 500 characters or fewer");

    /// <summary>Where it lies on the map is kept only while its address stays as it was.</summary>
    internal Place Applied(Place? before, string identifier)
    {
        var (street, town, postcode) = (Typed.Text(Street), Typed.Text(Town), Typed.Text(Postcode));
        var moved = before is null || (before.Street, before.Town, before.Postcode) != (street, town, postcode);
        return new()
        {
            Identifier = identifier,
            Name = Typed.Text(Name)!,
            Street = street,
            Town = town,
            Postcode = postcode,
            Opening = Typed.Text(Opening),
            Latitude = moved ? null : before!.Latitude,
            Longitude = moved ? null : before!.Longitude,
        };
    }
}

/// <summary>Somebody adds a place where offers are given, or changes one. It goes into their draft.</summary>
internal static class EditPlace
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/places/new", ShowNew).For(Audience.Design);
        site.Pages.MapPost("/model/places/new", Add).For(Audience.Design);
        site.Pages.MapGet("/model/places/{identifier}/edit", Show).For(Audience.Design);
        site.Pages.MapPost("/model/places/{identifier}/edit", Keep).For(Audience.Design);
    }

    private static async Task<IResult> ShowNew(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) => Page(await bench.Open(visitor, stop), null, new(), new());

    private static async Task<IResult> Add([FromForm] EditPlaceForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        var slug = Typed.Slug(form.Name);
        var errors = form.Check();
        if (errors["Name"] is null)
            errors.Check("Name", Typed.IsSlug(slug) && slug != "new" && work.Model.FindPlace(slug) is null, "There is already a place of that name. Enter another");
        if (errors.Any) return Page(work, null, form, errors);

        await bench.Put(visitor, form.Why, Edit.Of(form.Applied(null, slug)));
        return Results.LocalRedirect(DesignLinks.Places);
    }

    private static async Task<IResult> Show(string identifier, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        return work.Model.FindPlace(identifier) is { } place ? Page(work, place, EditPlaceForm.Of(place), new()) : Results.NotFound();
    }

    private static async Task<IResult> Keep(string identifier, [FromForm] EditPlaceForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        var work = await bench.Open(visitor);
        if (work.Model.FindPlace(identifier) is not { } place) return Results.NotFound();
        var errors = form.Check();
        if (errors.Any) return Page(work, place, form, errors);

        await bench.Put(visitor, form.Why, Edit.Of(form.Applied(place, identifier)));
        return Results.LocalRedirect(DesignLinks.Places);
    }

    private static RazorComponentResult<EditPlacePage> Page(Work work, Place? place, EditPlaceForm form, Errors errors) =>
        new(new { Draft = work.Line, Form = form, Errors = errors, place?.Name, Action = place is null ? "/model/places/new" : DesignLinks.Place(place.Identifier) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
