using Concentric.Needs.Concepts;

namespace Concentric.Needs.Workshops;

/// <summary>What the model puts around a situation: circumstances (of a life event), needs, services.</summary>
internal sealed record Surroundings(IReadOnlyList<Concept> Circumstances, IReadOnlyList<Concept> Needs, IReadOnlyList<Concept> Services)
{
    /// <param name="situation">A life event, or a circumstance.</param>
    public static Surroundings Of(NeedModel model, Concept situation)
    {
        var circumstances = situation.Type == ConceptType.LifeEvent ? model.From(situation.Uri, Predicate.Changes).Select(r => r.Object).Distinct().ToList() : [situation.Uri];
        var needs = circumstances.SelectMany(c => model.From(c, Predicate.Implies)).OrderByDescending(r => r.Confidence).Select(r => r.Object).Distinct().ToList();
        var services = model.From(situation.Uri, Predicate.Determines).Select(r => r.Object).Concat(needs.SelectMany(n => model.From(n, Predicate.AddressedBy)).Select(r => r.Object)).Distinct();
        return new(situation.Type == ConceptType.LifeEvent ? Named(circumstances) : [], Named(needs), Named(services));

        List<Concept> Named(IEnumerable<string> uris) => [.. uris.Select(u => model.Find(u)!)];
    }

    public IReadOnlyList<Concept> this[Ring ring] => ring switch { Ring.Circumstance => Circumstances, Ring.Need => Needs, _ => Services };
}

/// <summary>What a ring is called.</summary>
internal static class RingWords
{
    public static string One(this Ring ring) => ring switch { Ring.Circumstance => "circumstance", Ring.Need => "need", _ => "service" };

    public static ConceptType Type(this Ring ring) => ring switch { Ring.Circumstance => ConceptType.Circumstance, Ring.Need => ConceptType.Need, _ => ConceptType.Service };
}
