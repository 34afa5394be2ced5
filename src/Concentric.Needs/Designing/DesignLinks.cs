using Concentric.Needs.Concepts;

namespace Concentric.Needs.Designing;

/// <summary>The addresses of the designer's pages.</summary>
internal static class DesignLinks
{
    public const string Start = "/model";
    public const string Drafts = "/model/drafts";
    public const string Editions = "/model/editions";
    public const string Offers = "/model/offers";
    public const string Places = "/model/places";
    public const string Workshops = "/model/workshops";
    public const string Relations = "/model/relations";

    public static string List(Kind kind) => $"/model/{kind.Word}";

    public static string Draft(Guid id) => $"/model/drafts/{id}";

    public static string Edition(int number) => $"/model/editions/{number}";

    public static string Offer(string identifier) => $"/model/offers/{Uri.EscapeDataString(identifier)}";

    /// <summary>A place has no page but the one on which it is changed.</summary>
    public static string Place(string identifier) => $"/model/places/{Uri.EscapeDataString(identifier)}/edit";

    public static string Workshop(Guid id) => $"/model/workshops/{id}";

    public static string WorkshopContacts(Guid id) => $"/model/workshops/{id}/contacts";

    /// <summary>The page of a concept; null for kinds that have none.</summary>
    public static string? Of(Concept concept) => Kind.Of(concept.Type) is { } kind ? Of(kind, concept) : null;

    /// <param name="under">A page under it, as <c>edit</c>.</param>
    public static string Of(Kind kind, Concept concept, string? under = null)
    {
        var path = $"/model/{kind.Word}/{Uri.EscapeDataString(concept.Identifier)}{(under is null ? "" : $"/{under}")}";
        return concept.Uri == SchemeUris.UriOf(concept.Type, concept.Identifier) ? path : $"{path}?uri={Uri.EscapeDataString(concept.Uri)}";
    }

    /// <summary>The page on which a relation is written or changed.</summary>
    public static string Of(Relation relation) => Relation(relation.Subject, relation.Predicate, relation.Object, relation.Source);

    public static string Relation(string subject, Predicate predicate, string target, string? source = null) =>
        $"{Relations}?subject={Uri.EscapeDataString(subject)}&predicate={predicate}&object={Uri.EscapeDataString(target)}{(source is null ? "" : $"&source={Uri.EscapeDataString(source)}")}";
}
