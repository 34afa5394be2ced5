using System.Security.Claims;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Designing;

/// <summary>One link of a thing, as its page shows it.</summary>
public sealed record LinkRow
{
    public required string Other { get; init; }
    public required string? OtherHref { get; init; }
    public required string Confidence { get; init; }
    public required string? Mode { get; init; }
    public required string Source { get; init; }
    public required string? Evidence { get; init; }
    public required string? Validity { get; init; }
    public required string Reason { get; init; }

    /// <summary>Where it is changed; null for what only imports write.</summary>
    public required string? Href { get; init; }

    /// <summary>"In your draft", or why it is not followed.</summary>
    public required string? Mark { get; init; }
}

/// <summary>The links of a thing of one kind in one direction.</summary>
/// <param name="Means">What such a link says and what it does not.</param>
/// <param name="Add">The choice that adds one, or null.</param>
public sealed record LinkGroup(string Heading, string Means, string? Add, IReadOnlyList<LinkRow> Rows);

/// <summary>A thing of the model with everything that is known of it.</summary>
public sealed record ThingView
{
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required string List { get; init; }
    public required string ListName { get; init; }
    public required string Address { get; init; }
    public required string Query { get; init; }
    public required bool IsRetired { get; init; }
    public required string? Mark { get; init; }

    /// <summary>The page as citizens see it, where there is one.</summary>
    public required string? Public { get; init; }
    public required IReadOnlyList<SummaryRow> Fields { get; init; }
    public required IReadOnlyList<LinkGroup> Groups { get; init; }
    public required IReadOnlyList<ThingRow>? Offers { get; init; }
    public required IReadOnlyList<ChangeView> History { get; init; }
}

/// <summary>Everything about one thing: its fields, its links kept apart by kind and direction, its history.</summary>
internal static class ShowThing
{
    public static void Map(Site site) => site.Pages.MapGet("/model/{kind}/{identifier}", Show).For(Audience.Design);

    private static async Task<IResult> Show(string kind, string identifier, Workbench bench, ClaimsPrincipal visitor, CancellationToken stop, string? uri = null)
    {
        var work = await bench.Open(visitor, stop);
        if (Kind.Of(kind) is not { } known || known.Find(work.Model, identifier, uri) is not { } concept) return Results.NotFound();
        return new RazorComponentResult<ThingPage>(new { Draft = work.Line, Thing = Of(work, known, concept, await History.Of(bench, work, concept.Uri, stop)) });
    }

    private static ThingView Of(Work work, Kind kind, Concept concept, IReadOnlyList<ChangeView> history) => new()
    {
        Kind = kind.One,
        Name = concept.Plain,
        List = DesignLinks.List(kind),
        ListName = Words.First(kind.Many),
        Address = DesignLinks.Of(kind, concept).Split('?')[0],
        Query = DesignLinks.Of(kind, concept) is var address && address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "",
        IsRetired = !concept.InUse,
        Mark = work.Changes.Any(c => c.Subject == concept.Uri) ? "In your draft" : concept.InUse ? null : "Retired",
        Public = !concept.InUse || work.Published.Find(concept.Uri) is null ? null : concept.Type switch
        {
            ConceptType.LifeEvent => Links.LifeEvent(concept.Identifier),
            ConceptType.Service => Links.Service(concept.Identifier),
            ConceptType.Need => Links.Need(concept.Identifier),
            _ => null,
        },
        Fields = FieldsOf(work.Model, concept),
        Groups = GroupsOf(work, concept),
        Offers = concept.Type is ConceptType.Service or ConceptType.Organisation ? OffersOf(work.Model, concept) : null,
        History = history,
    };

    private static List<SummaryRow> FieldsOf(NeedModel model, Concept concept)
    {
        var scheme = model.Schemes.FirstOrDefault(s => s.Uri == concept.Scheme);
        var rows = new List<SummaryRow>();
        void Add(string name, string? value) { if (value is { Length: > 0 }) rows.Add(new(name, value) { ValueClass = "app-words" }); }
        Add(concept.Status == ConceptStatus.Local ? "Name" : "Published name", concept.Label);
        rows.Add(new("Plain words", concept.CitizenLabel ?? "None: the name is shown to citizens"));
        Add("Definition", concept.Definition);
        Add("Other names", concept.OtherNames);
        Add("Other words", concept.OtherWords);
        Add("Scope note", concept.ScopeNote);
        Add("Former names", concept.FormerLabels);
        foreach (var field in new ChangeWords(model, new(new Dictionary<string, string>())).Between(null, concept.Details is null ? null : StoredJson.Write(new { details = concept.Details }))) Add(field.Field, field.After);
        if (concept.Type == ConceptType.Circumstance && concept.Details?.Question is null) rows.Add(new("Question", "None: citizens are not asked for it"));
        Add("Replaced by", concept.ReplacedBy is { } newer ? model.Find(newer)?.Plain ?? newer : null);
        Add("Identifier", concept.Identifier);
        Add("Address", concept.Uri);
        Add("List", scheme is null ? concept.Scheme : $"{scheme.Label}, version {scheme.Version}");
        return rows;
    }

    private static List<LinkGroup> GroupsOf(Work work, Concept concept)
    {
        var changed = work.Changes.Where(c => c.Kind == ChangedThing.Relation).Select(c => c.Subject).ToHashSet(StringComparer.Ordinal);
        var (from, to) = (work.Model.Relations.Where(r => r.Subject == concept.Uri).ToLookup(r => r.Predicate), work.Model.Relations.Where(r => r.Object == concept.Uri).ToLookup(r => r.Predicate));
        var groups = new List<LinkGroup>();
        foreach (var link in LinkKind.Shown)
        {
            var always = link.From is not null;
            var own = LinkKind.All.Contains(link);
            if (from[link.Predicate].Any() || (always && link.Leaves(concept.Type))) groups.Add(new(link.Outward, link.Means, own ? $"{link.Predicate}.out" : null, Rows(from[link.Predicate], outward: true, own)));
            if (to[link.Predicate].Any() || (always && link.Reaches(concept.Type))) groups.Add(new(link.Inward, link.Means, own ? $"{link.Predicate}.in" : null, Rows(to[link.Predicate], outward: false, own)));
        }
        return groups;

        List<LinkRow> Rows(IEnumerable<Relation> relations, bool outward, bool own) =>
        [
            .. from relation in relations.OrderByDescending(r => r.Confidence)
               let other = work.Model.Find(outward ? relation.Object : relation.Subject)
               select new LinkRow
               {
                   Other = other?.Plain ?? (outward ? relation.Object : relation.Subject),
                   OtherHref = other is null ? null : DesignLinks.Of(other),
                   Confidence = LinkKind.Say(relation.Confidence),
                   Mode = relation.Mode is { } mode ? LinkKind.Say(mode) : null,
                   Source = relation.Source == SchemeUris.OurSource ? "the model that comes with the program" : relation.Source,
                   Evidence = relation.Evidence,
                   Validity = LinkKind.Validity(relation),
                   Reason = relation.Reason,
                   Href = own ? DesignLinks.Of(relation) : null,
                   Mark = changed.Contains(relation.Key) ? "In your draft" : other is { InUse: false } ? "Retired" : relation.HoldsOn(work.Model.Today) ? null : "Not in force",
               },
        ];
    }

    private static List<ThingRow> OffersOf(NeedModel model, Concept concept) =>
    [
        .. from offer in model.Offers
           where offer.Service == concept.Uri || offer.Organisation == concept.Uri
           select new ThingRow(offer.Name, DesignLinks.Offer(offer.Identifier), offer.Identifier,
               concept.Type == ConceptType.Service ? $"by {model.Find(offer.Organisation)?.Plain}" : model.Find(offer.Service)?.Plain, 0, offer.InUse ? null : "Withdrawn"),
    ];
}
