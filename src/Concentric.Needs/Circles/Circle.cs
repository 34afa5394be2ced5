using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Circles;

/// <summary>A circle of need: a situation at the centre, around it the needs it implies, around them the services that meet them.</summary>
/// <remarks>Situation, needs, services is our reading of “circles of need”; the report that coined the words is not public.</remarks>
public sealed record Circle
{
    /// <summary>Identifier of the life event, as it stands in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>The life event in a citizen's words.</summary>
    public required string Label { get; init; }
    public required string Description { get; init; }

    /// <summary>Full http address of the life event.</summary>
    public required string Uri { get; init; }

    /// <summary>Services that the life event calls for whatever else is true, surest first.</summary>
    public required IReadOnlyList<CircleService> Direct { get; init; }

    /// <summary>The needs that the life event implies through the circumstances it changes, surest first.</summary>
    public required IReadOnlyList<CircleNeed> Needs { get; init; }

    /// <summary>The circle of a life event, or null where there is none of that name.</summary>
    /// <param name="own">Address of our own organisation, to tell our services from partners'.</param>
    internal static Circle? Of(NeedModel model, string slug, string? own = null)
    {
        if (model.Find(ConceptType.LifeEvent, slug) is not { Status: not ConceptStatus.Retired } lifeEvent) return null;

        var paths =
            from change in model.From(lifeEvent.Uri, Predicate.Changes)
            from implied in model.From(change.Object, Predicate.Implies)
            let circumstance = model.Find(change.Object)!
            let because = new CircleReason
            {
                Circumstance = circumstance.Plain,
                // A chain is as sure as its weakest link.
                Strength = change.Confidence < implied.Confidence ? change.Confidence : implied.Confidence,
                Change = change.Reason,
                Need = implied.Reason,
            }
            group because by implied.Object;

        return new()
        {
            Slug = lifeEvent.Identifier,
            Label = lifeEvent.Plain,
            Description = lifeEvent.Definition ?? "",
            Uri = lifeEvent.Uri,
            Direct = [.. model.From(lifeEvent.Uri, Predicate.Determines).Select(r => CircleService.Of(model, r, own))],
            Needs = [.. paths.Select(p => CircleNeed.Of(model, model.Find(p.Key)!, [.. p.OrderByDescending(b => b.Strength)], own)).OrderByDescending(n => n.Strength)],
        };
    }
}

/// <summary>A need on the inner ring.</summary>
public sealed record CircleNeed
{
    public required string Slug { get; init; }
    public required string Label { get; init; }
    public required string Description { get; init; }
    public required string Uri { get; init; }

    /// <summary>How surely the situation implies the need: of its reasons the surest.</summary>
    public required Confidence Strength { get; init; }

    /// <summary>Why the situation implies the need, surest first.</summary>
    public required IReadOnlyList<CircleReason> Because { get; init; }

    /// <summary>The services that meet the need, surest first.</summary>
    public required IReadOnlyList<CircleService> Services { get; init; }

    internal static CircleNeed Of(NeedModel model, Concept need, IReadOnlyList<CircleReason> because, string? own = null) => new()
    {
        Slug = need.Identifier,
        Label = need.Plain,
        Description = need.Definition ?? "",
        Uri = need.Uri,
        Strength = because.Count == 0 ? Confidence.Low : because[0].Strength,
        Because = because,
        Services = [.. model.From(need.Uri, Predicate.AddressedBy).Select(r => CircleService.Of(model, r, own))],
    };
}

/// <summary>One way in which a situation leads to a need: by the circumstance that it changes.</summary>
public sealed record CircleReason
{
    public required string Circumstance { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>Why the situation changes the circumstance, in a sentence.</summary>
    public required string Change { get; init; }

    /// <summary>Why the circumstance implies the need, in a sentence.</summary>
    public required string Need { get; init; }
}

/// <summary>A service on the outer ring.</summary>
public sealed record CircleService
{
    /// <summary>Identifier in the Services list.</summary>
    public required string Id { get; init; }

    /// <summary>The citizen's word for it where there is one, else the published name.</summary>
    public required string Label { get; init; }
    public required string PublishedLabel { get; init; }
    public required string Uri { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>Why the service meets the need, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Who offers it.</summary>
    public Provider Provider { get; init; }

    /// <summary>The names of those who offer it, ours first.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    internal static CircleService Of(NeedModel model, Relation relation, string? own = null)
    {
        var service = model.Find(relation.Object)!;
        return new()
        {
            Id = service.Identifier,
            Label = service.Plain,
            PublishedLabel = service.Label,
            Uri = service.Uri,
            Strength = relation.Confidence,
            Reason = relation.Reason,
            Provider = WhoProvides.Of(model, service.Uri, own),
            Organisations = own is null ? [] : WhoProvides.Names(model, service.Uri, own),
        };
    }
}
