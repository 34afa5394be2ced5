using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;

namespace Concentric.Needs.Designing;

/// <summary>What somebody should look at before publishing a draft. None of it stops them.</summary>
internal static class DraftWarnings
{
    /// <param name="model">The model with the changes made.</param>
    public static IReadOnlyList<string> Of(NeedModel model, IReadOnlyList<ModelChange> changes)
    {
        var relations = changes.Where(c => c.Kind == ChangedThing.Relation).Select(c => (After: c.AfterAs<Relation>(), Relation: (c.AfterAs<Relation>() ?? c.BeforeAs<Relation>())!)).ToList();
        var concepts = changes.Where(c => c.Kind == ChangedThing.Concept).Select(c => c.AfterAs<Concept>()).OfType<Concept>().ToList();
        var touched = concepts.Select(c => c.Uri).Concat(relations.SelectMany(r => new[] { r.Relation.Subject, r.Relation.Object })).Distinct().Select(model.Find).OfType<Concept>().ToList();
        return
        [
            .. from need in touched
               where need.Type == ConceptType.Need && need.InUse && !model.From(need.Uri, Predicate.AddressedBy).Any()
               select $"No service addresses the need “{need.Plain}”.",
            .. from circumstance in touched
               where circumstance.Type == ConceptType.Circumstance && circumstance.InUse && circumstance.Details?.Question is null && model.From(circumstance.Uri, Predicate.DefinesEligibility).Any()
               select $"The circumstance “{circumstance.Plain}” defines eligibility and has no question, so no citizen can be asked for it.",
            .. from r in relations
               where r.After is { Reason: "" }
               select $"The link from “{Name(r.After.Subject)}” to “{Name(r.After.Object)}” has no reason.",
            .. from r in relations
               where r.After is not null && (model.Find(r.After.Subject) is not { InUse: true } || model.Find(r.After.Object) is not { InUse: true })
               select $"The link from “{Name(r.After.Subject)}” to “{Name(r.After.Object)}” has an end that is retired, so it will not be followed.",
            .. from concept in concepts
               where !concept.InUse
               let uses = Uses.Of(model, concept)
               where uses.Any
               select $"“{concept.Plain}” is retired, and {uses.Say}.",
            .. from subject in relations.Where(r => r.After?.Predicate == Predicate.Broader).Select(r => r.Relation.Subject).Distinct()
               where LiesUnderItself(model, subject)
               select $"“{Name(subject)}” lies under itself: follow what it lies under and you come back to it.",
            .. from offer in changes.Where(c => c.Kind == ChangedThing.Offer).Select(c => c.AfterAs<Offer>()).OfType<Offer>()
               where offer.InUse && offer.Ways is null or { Count: 0 }
               select $"The offer “{offer.Name}” does not say how to get it.",
        ];

        string Name(string uri) => model.Find(uri)?.Plain ?? uri;
    }

    private static bool LiesUnderItself(NeedModel model, string start)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Stack<string>([start]);
        while (ahead.TryPop(out var at))
            foreach (var wider in model.From(at, Predicate.Broader))
            {
                if (wider.Object == start) return true;
                if (seen.Add(wider.Object)) ahead.Push(wider.Object);
            }
        return false;
    }
}

/// <summary>What of the model points at a concept.</summary>
internal sealed record Uses(int Links, int Offers)
{
    public bool Any => Links + Offers > 0;

    /// <summary>"5 links and 2 offers point at it".</summary>
    public string Say => (Links, Offers) switch
    {
        (0, 0) => "nothing points at it",
        (_, 0) => $"{Counted.Of(Links, "link")} {(Links == 1 ? "points" : "point")} at it",
        (0, _) => $"{Counted.Of(Offers, "offer")} {(Offers == 1 ? "points" : "point")} at it",
        _ => $"{Counted.Of(Links, "link")} and {Counted.Of(Offers, "offer")} point at it",
    };

    public static Uses Of(NeedModel model, Concept concept) => new(
        model.Relations.Count(r => r.Subject == concept.Uri || r.Object == concept.Uri),
        model.Offers.Count(o => o.InUse && (o.Service == concept.Uri || o.Organisation == concept.Uri)));
}
