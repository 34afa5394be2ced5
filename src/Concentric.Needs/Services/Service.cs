using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Eligibility;
using Concentric.Needs.Outcomes;

namespace Concentric.Needs.Services;

/// <summary>A service of the Services list, in short.</summary>
public sealed record ServiceSummary
{
    /// <summary>Identifier in the Services list (LGSL).</summary>
    public required string Id { get; init; }

    /// <summary>Full http address, as its publisher writes it.</summary>
    public required string Uri { get; init; }

    /// <summary>The published name.</summary>
    public required string Label { get; init; }

    /// <summary>The name in a citizen's words, where we have written one.</summary>
    public required string? CitizenLabel { get; init; }

    /// <summary>Whether the English and Welsh list (LGSL) of 2013 holds it.</summary>
    public required bool InLgsl { get; init; }

    internal string Plain => CitizenLabel ?? Label;

    internal static ServiceSummary Of(Concept service) => new()
    {
        Id = service.Identifier,
        Uri = service.Uri,
        Label = service.Label,
        CitizenLabel = service.CitizenLabel,
        InLgsl = service.InLgsl,
    };
}

/// <summary>Something that a service meets or is for, with the reason.</summary>
public sealed record ServiceReason(string Label, string Reason)
{
    /// <summary>Identifier of the need; null for what is none.</summary>
    public string? Id { get; init; }
}

/// <summary>What the page of a service shows.</summary>
public sealed record ServiceDetails
{
    public required ServiceSummary Service { get; init; }
    public required string? Description { get; init; }

    /// <summary>The needs that it meets, surest first.</summary>
    public required IReadOnlyList<ServiceReason> Needs { get; init; }

    /// <summary>What eligibility depends on, as far as the model says.</summary>
    public required IReadOnlyList<ServiceReason> Eligibility { get; init; }

    /// <summary>The same as rules, each with who says so.</summary>
    public required IReadOnlyList<EligibilityReason> Rules { get; init; }

    /// <summary>Who provides it and how to get it: ours first.</summary>
    public required IReadOnlyList<OfferCard> Offers { get; init; }

    /// <summary>The outcomes on which it bears, each with its metrics.</summary>
    public required IReadOnlyList<ServiceOutcome> Outcomes { get; init; }

    /// <summary>Number of the edition of the model that this was read from.</summary>
    public required int Edition { get; init; }

    /// <summary>The life events that call for it.</summary>
    public required IReadOnlyList<Circles.LifeEvent> LifeEvents { get; init; }

    /// <summary>Whom the licence of its list asks us to name.</summary>
    public required string Attribution { get; init; }

    /// <summary>The service of that identifier, or null.</summary>
    /// <param name="own">Address of our own organisation.</param>
    internal static ServiceDetails? Of(NeedModel model, string id, string? own = null)
    {
        if (model.Find(ConceptType.Service, id) is not { } service) return null;
        var needs = model.To(service.Uri, Predicate.AddressedBy).Select(r => (Need: model.Find(r.Subject)!, r.Reason)).ToList();
        var circumstances = needs.SelectMany(n => model.To(n.Need.Uri, Predicate.Implies)).Select(r => r.Subject).Distinct();
        var lifeEvents = model.To(service.Uri, Predicate.Determines)
            .Concat(circumstances.SelectMany(c => model.To(c, Predicate.Changes)))
            .OrderByDescending(r => r.Confidence)
            .Select(r => r.Subject).Distinct()
            .Select(uri => Circles.LifeEvent.Of(model.Find(uri)!));
        return new()
        {
            Service = ServiceSummary.Of(service),
            Description = service.Definition,
            Needs = [.. needs.Select(n => new ServiceReason(n.Need.Plain, n.Reason) { Id = n.Need.Identifier })],
            Eligibility = [.. model.To(service.Uri, Predicate.DefinesEligibility).Select(r => new ServiceReason(model.Find(r.Subject)!.Plain, r.Reason))],
            Rules = CheckEligibility.Of(model, service.Uri, Answers.None).ToKnow,
            Offers = OfferCard.AllOf(model, service.Uri, own, Answers.None),
            Outcomes = ServiceOutcome.AllOf(model, service.Uri),
            Edition = model.Edition,
            LifeEvents = [.. lifeEvents],
            Attribution = model.Schemes.FirstOrDefault(s => s.Uri == service.Scheme)?.Attribution ?? "",
        };
    }
}
