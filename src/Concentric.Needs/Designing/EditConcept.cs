using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Concentric.Needs.Designing;

/// <summary>The fields of a thing as somebody types them. Which of them a kind has, its page says.</summary>
public sealed record EditConceptForm
{
    public string? Label { get; init; }
    public string? PlainWords { get; init; }
    public string? Definition { get; init; }

    /// <summary>One a line.</summary>
    public string? OtherNames { get; init; }
    public string? OtherWords { get; init; }
    public string? ScopeNote { get; init; }
    public string? Question { get; init; }
    public string? WhyAsked { get; init; }
    public string? Protected { get; init; }
    public string? Sensitive { get; init; }
    public string? Polarity { get; init; }
    public string? Period { get; init; }
    public string? Unit { get; init; }
    public string? Framework { get; init; }
    public string? OrganisationKind { get; init; }
    public string? Web { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>Only of a new thing: its short name in addresses.</summary>
    public string? Slug { get; init; }
    public string? Why { get; init; }

    internal static EditConceptForm Of(Concept concept) => new()
    {
        Label = concept.Label, PlainWords = concept.CitizenLabel, Definition = concept.Definition, OtherNames = concept.OtherNames, OtherWords = concept.OtherWords, ScopeNote = concept.ScopeNote,
        Question = concept.Details?.Question, WhyAsked = concept.Details?.WhyAsked, Protected = concept.Details?.Protected, Sensitive = concept.Details?.Sensitive,
        Polarity = concept.Details?.Polarity, Period = concept.Details?.Period, Unit = concept.Details?.Unit, Framework = concept.Details?.Framework,
        OrganisationKind = concept.Details?.Kind, Web = concept.Details?.Web, Phone = concept.Details?.Phone, Email = concept.Details?.Email,
    };

    /// <param name="published">The entry is another's, who alone names it.</param>
    internal Errors Check(ConceptType type, bool published)
    {
        var errors = new Errors();
        if (!published) errors.Check("Label", Typed.Text(Label) is not null, "Enter a name");
        Length("Label", "Name", Label, 200);
        Length("PlainWords", "Plain words", PlainWords, 200);
        Length("Definition", "Definition", Definition, 2000);
        Length("OtherNames", "Other names", OtherNames, 2000);
        Length("OtherWords", "Other words", OtherWords, 2000);
        Length("ScopeNote", "Scope note", ScopeNote, 2000);
        Length("Question", "Question", Question, 300);
        Length("WhyAsked", "Why it is asked", WhyAsked, 500);
        switch (type)
        {
            case ConceptType.Circumstance:
                errors.Check("WhyAsked", Typed.Text(Question) is null || Typed.Text(WhyAsked) is not null, "Enter why it is asked");
                break;
            case ConceptType.MetricType:
                errors.Check("Polarity", Polarity is "high-is-good" or "low-is-good" or "neither", "Select whether high or low is good")
                    .Check("Period", Period is "month" or "quarter" or "year", "Select the period")
                    .Check("Unit", Typed.Text(Unit) is not null, "Enter what is counted");
                break;
            case ConceptType.Organisation:
                errors.Check("Web", Typed.Text(Web) is not { } web || Uri.TryCreate(web, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", "Enter the website in full, like https://www.example.org")
                    .Check("Email", Typed.Text(Email) is not { } email || email.Contains('@', StringComparison.Ordinal), "Enter an email address in the correct format, like name@example.com");
                break;
        }
        // In the order in which they stand on the page.
        Length("Sensitive", "Why it may be dangerous to be seen reading about it", Sensitive, 500);
        Length("Why", "Why you change it", Why, 500);
        return errors;

        void Length(string field, string name, string? text, int most) => errors.Check(field, text is null || text.Length <= most, $"{name} must be {Say.Number(most)} characters or fewer");
    }

    /// <summary>The concept with what was typed; of an entry that another publishes only what is ours: the plain words, the other names and words, and whether it is sensitive.</summary>
    internal Concept Applied(Concept concept, bool published)
    {
        var after = StoredJson.Read<Concept>(StoredJson.Write(concept))!;
        (after.CitizenLabel, after.OtherNames, after.OtherWords) = (Typed.Text(PlainWords), Typed.Lines(OtherNames), Typed.Text(OtherWords));
        if (concept.Type is ConceptType.LifeEvent or ConceptType.Circumstance or ConceptType.Need or ConceptType.Service)
            after.Details = Details(after.Details, d => d with { Sensitive = Typed.Text(Sensitive) });
        if (published) return after;
        (after.Label, after.Definition, after.ScopeNote) = (Typed.Text(Label)!, Typed.Text(Definition), Typed.Text(ScopeNote));
        after.Details = Details(after.Details, held => concept.Type switch
        {
            ConceptType.Circumstance => held with { Question = Typed.Text(Question), WhyAsked = Typed.Text(WhyAsked), Protected = Typed.Text(Protected) },
            ConceptType.MetricType => held with { Polarity = Typed.Text(Polarity), Period = Typed.Text(Period), Unit = Typed.Text(Unit) },
            ConceptType.Outcome => held with { Framework = Typed.Text(Framework) },
            ConceptType.Organisation => held with { Kind = Typed.Text(OrganisationKind), Web = Typed.Text(Web), Phone = Typed.Text(Phone), Email = Typed.Text(Email) },
            _ => held,
        });
        return after;
    }

    /// <summary>Nothing stays nothing where nothing was typed.</summary>
    private static ConceptDetails? Details(ConceptDetails? held, Func<ConceptDetails, ConceptDetails> typed) =>
        typed(held ?? new()) is var details && held is null && details == new ConceptDetails() ? null : details;
}

/// <summary>Somebody adds a thing or changes its fields. It goes into their draft.</summary>
internal static class EditConcept
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/model/{kind}/new", ShowNew).For(Audience.Design);
        site.Pages.MapPost("/model/{kind}/new", Add).For(Audience.Design);
        site.Pages.MapGet("/model/{kind}/{identifier}/edit", Show).For(Audience.Design);
        site.Pages.MapPost("/model/{kind}/{identifier}/edit", Keep).For(Audience.Design);
    }

    private static async Task<IResult> ShowNew(string kind, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop) =>
        Kind.Of(kind) is { CanBeAdded: true } known ? Page((await bench.Open(visitor, stop)).Line, known, null, new(), new()) : Results.NotFound();

    private static async Task<IResult> Add(string kind, [FromForm] EditConceptForm form, Workbench bench, ClaimsPrincipal visitor)
    {
        if (Kind.Of(kind) is not { CanBeAdded: true } known) return Results.NotFound();
        var work = await bench.Open(visitor);
        var slug = Typed.Text(form.Slug) ?? Typed.Slug(Typed.Text(form.PlainWords) ?? form.Label);
        var errors = form.Check(known.Type, published: false);
        if (errors["Label"] is null)
            errors.Check("Slug", slug.Length > 0, "Enter a short name, like leaving-school: none can be made from the name")
                .Check("Slug", slug.Length <= 60, "Short name must be 60 characters or fewer")
                .Check("Slug", Typed.IsSlug(slug) && slug != "new", "Short name must only include lower-case letters a to z, digits and hyphens")
                .Check("Slug", work.Model.Find(known.Type, slug) is null, $"There is already a {known.One} with the short name “{slug}”. Choose another");
        if (errors.Any) return Page(work.Line, known, null, form with { Slug = slug }, errors);

        var places = known.In(work.Model).Select(c => c.Place).DefaultIfEmpty().Max();
        var concept = form.Applied(new()
        {
            Uri = SchemeUris.UriOf(known.Type, slug),
            Scheme = SchemeUris.SchemeOf(known.Type),
            Identifier = slug,
            Type = known.Type,
            Label = "",
            Status = ConceptStatus.Local,
            // At the end of a list that somebody has put in order.
            Place = places == 0 ? 0 : places + 1,
        }, published: false);
        await bench.Put(visitor, form.Why, Edit.Of(concept));
        return Results.LocalRedirect(DesignLinks.Of(known, concept));
    }

    private static async Task<IResult> Show(string kind, string identifier, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? uri = null)
    {
        var work = await bench.Open(visitor, stop);
        return Kind.Of(kind) is { } known && known.Find(work.Model, identifier, uri) is { } concept ? Page(work.Line, known, concept, EditConceptForm.Of(concept), new()) : Results.NotFound();
    }

    private static async Task<IResult> Keep(string kind, string identifier, [FromForm] EditConceptForm form, Workbench bench, ClaimsPrincipal visitor, string? uri = null)
    {
        var work = await bench.Open(visitor);
        if (Kind.Of(kind) is not { } known || known.Find(work.Model, identifier, uri) is not { } concept) return Results.NotFound();
        var errors = form.Check(known.Type, IsPublished(concept));
        if (errors.Any) return Page(work.Line, known, concept, form, errors);

        await bench.Put(visitor, form.Why, Edit.Of(form.Applied(concept, IsPublished(concept))));
        return Results.LocalRedirect(DesignLinks.Of(known, concept));
    }

    /// <summary>An entry of a list that another publishes: an import would undo what is written over it.</summary>
    private static bool IsPublished(Concept concept) => !concept.Uri.StartsWith(SchemeUris.Ours + "/", StringComparison.Ordinal);

    private static RazorComponentResult<EditConceptPage> Page(DraftLine? draft, Kind kind, Concept? concept, EditConceptForm form, Errors errors) =>
        new(new
        {
            Draft = draft,
            Form = form,
            Errors = errors,
            One = kind.One,
            KindWord = kind.Word,
            Name = concept?.Plain,
            Back = concept is null ? DesignLinks.List(kind) : DesignLinks.Of(kind, concept),
            Action = concept is null ? $"{DesignLinks.List(kind)}/new" : DesignLinks.Of(kind, concept, "edit"),
            PublishedName = concept is not null && IsPublished(concept) ? concept.Label : null,
            PublishedDefinition = concept?.Definition,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
