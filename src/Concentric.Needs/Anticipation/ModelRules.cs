using Concentric.Needs.Concepts;

namespace Concentric.Needs.Anticipation;

/// <summary>What the published relations of the need model suggest for what is known of somebody. No counting, no chance: the same situation gives the same answer until the next edition.</summary>
/// <remarks>
/// What was asked for leads back to the life event that determines it and to the need that it meets; life events change circumstances, circumstances imply needs,
/// needs are addressed by services. Being eligible for something is no need of it, so eligibility adds to a reason and never makes one; risk factors are not followed.
/// </remarks>
internal sealed class ModelRules
{
    private readonly NeedModel _model;
    private readonly Dictionary<string, Way> _lifeEvents = [], _circumstances = [], _needs = [];
    private readonly Dictionary<string, List<Way>> _services = [];

    private ModelRules(NeedModel model) => _model = model;

    /// <summary>How a concept was reached.</summary>
    private sealed record Way(string Start, bool IsSaid, Confidence Strength, string Words)
    {
        public Way Then(Relation step) => this with { Strength = Least(Strength, step.Confidence), Words = step.Reason.Length == 0 ? Words : $"{Words} {step.Reason}" };
    }

    /// <summary>The services that rules suggest, surest first; never one that was asked for already.</summary>
    public static IReadOnlyList<RuleSuggestion> For(NeedModel model, KnownSoFar soFar)
    {
        var rules = new ModelRules(model);
        rules.Start(soFar);
        rules.Follow();
        return rules.Sum(soFar);
    }

    private void Start(KnownSoFar soFar)
    {
        foreach (var id in soFar.LifeEvents) Said(_lifeEvents, ConceptType.LifeEvent, id);
        foreach (var id in soFar.Circumstances) Said(_circumstances, ConceptType.Circumstance, id);
        foreach (var id in soFar.Needs) Said(_needs, ConceptType.Need, id);
        foreach (var service in soFar.Services.Select(id => _model.Find(ConceptType.Service, id)).OfType<Concept>())
        {
            // Backwards it is a guess, however sure it is forwards: not everybody who asks about a funeral has lost somebody.
            foreach (var leads in _model.To(service.Uri, Predicate.Determines)) Guess(_lifeEvents, leads, service);
            foreach (var meets in _model.To(service.Uri, Predicate.AddressedBy)) Guess(_needs, meets, service);
        }
    }

    private void Said(Dictionary<string, Way> known, ConceptType type, string identifier)
    {
        if (_model.Find(type, identifier) is { InUse: true } concept) known[concept.Uri] = new(concept.Uri, true, Confidence.High, $"Said: “{concept.Plain}”.");
    }

    private void Guess(Dictionary<string, Way> known, Relation relation, Concept asked)
    {
        var to = _model.Find(relation.Subject)!;
        Keep(known, to.Uri, new(asked.Uri, false, Least(Confidence.Medium, relation.Confidence), $"Asked about “{asked.Plain}”, which goes with “{to.Plain}”."));
    }

    private void Follow()
    {
        foreach (var (lifeEvent, way) in _lifeEvents)
        {
            foreach (var step in _model.From(lifeEvent, Predicate.Determines)) Reach(step, way);
            foreach (var step in _model.From(lifeEvent, Predicate.Changes)) Keep(_circumstances, step.Object, way.Then(step));
        }
        foreach (var (circumstance, way) in _circumstances)
            foreach (var step in _model.From(circumstance, Predicate.Implies)) Keep(_needs, step.Object, way.Then(step));
        foreach (var (need, way) in _needs)
            foreach (var step in _model.From(need, Predicate.AddressedBy)) Reach(step, way);
    }

    // What was said, or is surer, stands; the first of equals.
    private static void Keep(Dictionary<string, Way> known, string uri, Way way)
    {
        if (!known.TryGetValue(uri, out var held) || (!held.IsSaid && way.IsSaid) || (held.IsSaid == way.IsSaid && way.Strength > held.Strength)) known[uri] = way;
    }

    private void Reach(Relation step, Way way)
    {
        if (!_services.TryGetValue(step.Object, out var ways)) _services[step.Object] = ways = [];
        ways.Add(way.Then(step));
    }

    private List<RuleSuggestion> Sum(KnownSoFar soFar)
    {
        var asked = soFar.Services.Concat(soFar.Before).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from reached in _services
               let service = _model.Find(reached.Key)!
               where !asked.Contains(service.Identifier)
               let because = reached.Value.Select(w => new RuleReason(w.Start, w.IsSaid, w.Strength, w.Words + Eligibility(service, w)))
                   .OrderByDescending(b => b.Strength).ThenByDescending(b => b.IsSaid).DistinctBy(b => b.Words).ToList()
               orderby because[0].Strength descending, because[0].IsSaid descending, because.Count descending, service.Plain, service.Uri
               select new RuleSuggestion(service, because[0].Strength, because),
        ];
    }

    /// <summary>What the test of eligibility says of what was said; words only, for nobody is turned away here.</summary>
    private string Eligibility(Concept service, Way way)
    {
        foreach (var test in _model.To(service.Uri, Predicate.DefinesEligibility))
        {
            if (!_circumstances.TryGetValue(test.Subject, out var of) || !of.IsSaid || way.Words.Contains(test.Reason.TrimEnd('.'), StringComparison.Ordinal)) continue;
            return test.Mode == EligibilityMode.Excludes ? $" It may not be for them: {test.Reason}" : $" {test.Reason}";
        }
        return "";
    }

    private static Confidence Least(Confidence a, Confidence b) => a < b ? a : b;
}
