using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Circles;

/// <summary>The circles whose centre is not a life event.</summary>
internal static class OtherCircles
{
    /// <summary>The circle of several circumstances that hold together: the needs that any of them implies, and services made for such people.</summary>
    /// <returns>Null where one of them is not known, or none is named.</returns>
    public static Circle? Mix(NeedModel model, IReadOnlyList<string> circumstances, string? own)
    {
        var found = circumstances.Distinct(StringComparer.Ordinal).Select(c => model.Find(ConceptType.Circumstance, c)).ToList();
        if (found.Count == 0 || found.Exists(c => c is not { InUse: true })) return null;
        var centre = found.OfType<Concept>().OrderBy(c => c.Place).ThenBy(c => c.Uri, StringComparer.Ordinal).ToList();
        var paths =
            from circumstance in centre
            from implied in model.From(circumstance.Uri, Predicate.Implies)
            let because = new CircleReason { Circumstance = circumstance.Plain, Strength = implied.Confidence, Change = "", Need = implied.Reason }
            group because by implied.Object;
        return new()
        {
            Slug = string.Join(',', centre.Select(c => c.Identifier)),
            Label = string.Join(" + ", centre.Select(c => c.Plain)),
            Description = string.Join(' ', centre.Select(c => c.Definition).OfType<string>()),
            Uri = "",
            Direct = [.. centre.SelectMany(c => model.From(c.Uri, Predicate.SuitedTo)).OrderByDescending(r => r.Confidence).DistinctBy(r => r.Object).Select(r => CircleService.Of(model, r, own))],
            Needs = [.. paths.Select(p => CircleNeed.Of(model, model.Find(p.Key)!, [.. p.OrderByDescending(b => b.Strength)], own)).OrderByDescending(n => n.Strength).ThenByDescending(n => n.Because.Count)],
        };
    }

    /// <summary>The circle of a need: the services that meet it, and around them who offers each. Null where there is no such need.</summary>
    public static Rings? Need(NeedModel model, string slug, string? own)
    {
        if (model.Find(ConceptType.Need, slug) is not { InUse: true } need) return null;
        return new()
        {
            Centre = CircleCentre.Need,
            Middle = [need.Identifier],
            Label = need.Plain,
            Description = need.Definition ?? "",
            Edition = model.Edition,
            Parts = [.. model.From(need.Uri, Predicate.AddressedBy).DistinctBy(r => r.Object).Select(r => Part(r, model.Find(r.Object)!))],
        };

        RingPart Part(Relation relation, Concept service)
        {
            var isGap = WhoProvides.Of(model, service.Uri, own) == Provider.Nobody;
            return new()
            {
                Id = service.Identifier,
                Label = service.Plain,
                Description = "",
                Uri = service.Uri,
                Strength = relation.Confidence,
                Because = relation.Reason.Length > 0 ? [relation.Reason] : [],
                IsGap = isGap,
                GapWords = "nobody",
                Title = $"{service.Plain}: {relation.Reason}{(isGap ? " Nobody in the directory offers it." : "")}",
                Href = Links.NeedOnPage(service.Identifier),
                Outer = [.. model.OffersOf(service.Uri).OrderByDescending(o => o.Organisation == own).Select(o => Leaf(o, service, relation.Confidence))],
            };
        }

        RingLeaf Leaf(Offer offer, Concept service, Confidence strength) => new()
        {
            Id = offer.Identifier,
            Label = $"{offer.Name}, {WhoProvides.NameOf(model, offer.Organisation)}",
            Uri = null,
            Strength = strength,
            Reason = offer.Description,
            Provider = offer.Organisation == own ? Provider.Ours : Provider.Partner,
            Organisations = [WhoProvides.NameOf(model, offer.Organisation)],
            Href = $"{Links.Service(service.Identifier)}#offer-{offer.Identifier}",
        };
    }

    /// <summary>The circle of a service: the needs it meets, and around them the circumstances that imply those. Null where there is no such service.</summary>
    public static Rings? Service(NeedModel model, string id)
    {
        if (model.Find(ConceptType.Service, id) is not { } service) return null;
        var direct = model.To(service.Uri, Predicate.Determines).DistinctBy(r => r.Subject).ToList();
        return new()
        {
            Centre = CircleCentre.Service,
            Middle = [service.Identifier],
            Label = service.Plain,
            Description = service.Definition ?? "",
            Edition = model.Edition,
            Parts =
            [
                .. direct.Count == 0 ? [] : (RingPart[])
                [
                    new()
                    {
                        Id = "direct",
                        Label = "Called for directly",
                        Description = "These life events call for the service, whatever else is true.",
                        Uri = null,
                        Strength = direct[0].Confidence,
                        Because = [],
                        IsGap = false,
                        Title = "Called for directly by life events",
                        Href = Links.NeedOnPage("direct"),
                        Outer = [.. direct.Select(r => Leaf(r, model.Find(r.Subject)!))],
                    },
                ],
                .. model.To(service.Uri, Predicate.AddressedBy).DistinctBy(r => r.Subject).Select(r => Part(r, model.Find(r.Subject)!)),
            ],
        };

        RingPart Part(Relation relation, Concept need) => new()
        {
            Id = need.Identifier,
            Label = need.Plain,
            Description = need.Definition ?? "",
            Uri = need.Uri,
            Strength = relation.Confidence,
            Because = relation.Reason.Length > 0 ? [relation.Reason] : [],
            IsGap = false,
            Title = $"{need.Plain}: {relation.Reason}",
            Href = Links.NeedOnPage(need.Identifier),
            Outer = [.. model.To(need.Uri, Predicate.Implies).DistinctBy(r => r.Subject).Select(r => Leaf(r, model.Find(r.Subject)!))],
        };

        RingLeaf Leaf(Relation relation, Concept from) => new()
        {
            Id = from.Identifier,
            Label = from.Plain,
            Uri = from.Uri,
            Strength = relation.Confidence,
            Reason = relation.Reason,
            Provider = null,
            Organisations = [],
            Href = from.Type == ConceptType.LifeEvent ? Links.LifeEvent(from.Identifier) : Links.Mix(from.Identifier),
        };
    }

    /// <summary>The life events behind a circumstance, surest first.</summary>
    public static IReadOnlyList<LifeEvent> LifeEventsBehind(NeedModel model, string circumstance) =>
        [.. model.To(circumstance, Predicate.Changes).Select(r => model.Find(r.Subject)!).Distinct().Select(LifeEvent.Of)];

    /// <summary>Any circle by what stands in its middle; of several that are named the first counts: life event, circumstances, need, service.</summary>
    public static Rings? Any(NeedModel model, string? lifeEvent, IReadOnlyList<string> circumstances, string? need, string? service, string own)
    {
        if (!string.IsNullOrEmpty(lifeEvent)) return Circle.Of(model, lifeEvent, own) is { } circle ? Rings.Of(circle, CircleCentre.LifeEvent, model.Edition) : null;
        if (circumstances.Count > 0) return Mix(model, circumstances, own) is { } mix ? Rings.Of(mix, CircleCentre.Circumstances, model.Edition) : null;
        if (!string.IsNullOrEmpty(need)) return Need(model, need, own);
        return string.IsNullOrEmpty(service) ? null : Service(model, service);
    }
}
