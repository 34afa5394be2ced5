using Concentric.Needs.Concepts;
using Concentric.Needs.Eligibility;

namespace Concentric.Needs.Situations;

/// <summary>One way in which a situation leads to a need.</summary>
/// <param name="Strength">As sure as the weakest link of the way.</param>
/// <param name="Said">By something that the citizen said is true.</param>
internal sealed record WayToNeed(Confidence Strength, Concept Circumstance, Relation? Change, Relation Implied, bool Said);

/// <summary>A need of a situation, with all ways to it, surest first.</summary>
internal sealed record NeedOfSituation(Concept Need, IReadOnlyList<WayToNeed> Ways)
{
    public Confidence Strength => Ways[0].Strength;

    /// <summary>What may come next is what the situation leads to only possibly.</summary>
    public bool IsNow => Strength >= Confidence.Medium;
}

/// <summary>
/// What a life event and what somebody said about themselves lead to. Now: needs to which at least one way is likely, and the services that the event
/// calls for whatever else is true. Next: needs to which every way is only possible, or which come of a life event that the model relates to this one.
/// </summary>
/// <remarks>A yes makes a circumstance certain, a no takes it away, a skipped question leaves it as sure as the life event makes it.</remarks>
internal sealed record Situation(Concept LifeEvent, Answers Answers, IReadOnlyList<NeedOfSituation> Needs, IReadOnlyList<Relation> Direct, IReadOnlyList<Relation> DirectNext)
{
    public IEnumerable<NeedOfSituation> Now => Needs.Where(n => n.IsNow);

    public IEnumerable<NeedOfSituation> Next => Needs.Where(n => !n.IsNow);

    /// <summary>The situation of a life event in use, or null.</summary>
    public static Situation? Of(NeedModel model, string slug, Answers answers) =>
        model.Find(ConceptType.LifeEvent, slug) is { InUse: true } lifeEvent ? Of(model, lifeEvent, answers) : null;

    public static Situation Of(NeedModel model, Concept lifeEvent, Answers answers)
    {
        var further = Related(model, lifeEvent);
        var ways = new List<WayToNeed>();
        AddWays(lifeEvent.Uri, Confidence.High);
        foreach (var other in further) AddWays(other, Confidence.Low);
        var changed = model.From(lifeEvent.Uri, Predicate.Changes).Select(r => r.Object).ToHashSet(StringComparer.Ordinal);
        foreach (var (circumstance, reply) in answers.Replies.Where(r => r.Value == Reply.Yes && !changed.Contains(r.Key)))
            foreach (var implied in model.From(circumstance, Predicate.Implies)) ways.Add(new(implied.Confidence, model.Find(circumstance)!, null, implied, true));

        var needs = ways.GroupBy(w => w.Implied.Object)
            .Select(g => new NeedOfSituation(model.Find(g.Key)!, [.. g.OrderByDescending(w => w.Strength).ThenByDescending(w => w.Said).ThenBy(w => w.Circumstance.Place)]))
            .OrderByDescending(n => n.Strength).ThenByDescending(n => n.Ways.Any(w => w.Said)).ThenByDescending(n => n.Ways.Count).ThenBy(n => n.Need.Place).ThenBy(n => n.Need.Uri, StringComparer.Ordinal);
        var direct = model.From(lifeEvent.Uri, Predicate.Determines).DistinctBy(r => r.Object).ToList();
        var next = further.SelectMany(f => model.From(f, Predicate.Determines)).DistinctBy(r => r.Object).Where(r => direct.TrueForAll(d => d.Object != r.Object));
        return new(lifeEvent, answers, [.. needs], direct, [.. next]);

        void AddWays(string from, Confidence atMost)
        {
            foreach (var change in model.From(from, Predicate.Changes))
            {
                var reply = answers.To(change.Object);
                if (reply == Reply.No) continue;
                var sure = reply == Reply.Yes ? Confidence.High : Least(change.Confidence, atMost);
                foreach (var implied in model.From(change.Object, Predicate.Implies))
                    ways.Add(new(Least(sure, implied.Confidence), model.Find(change.Object)!, change, implied, reply == Reply.Yes));
            }
        }
    }

    /// <summary>Life events that the model relates to this one, in either direction.</summary>
    private static List<string> Related(NeedModel model, Concept lifeEvent) =>
    [
        .. model.From(lifeEvent.Uri, Predicate.Related).Select(r => r.Object).Concat(model.To(lifeEvent.Uri, Predicate.Related).Select(r => r.Subject))
            .Where(uri => uri != lifeEvent.Uri && model.Find(uri)?.Type == ConceptType.LifeEvent).Distinct(StringComparer.Ordinal),
    ];

    private static Confidence Least(Confidence a, Confidence b) => a < b ? a : b;

    /// <summary>The services of the situation, each once.</summary>
    public IEnumerable<string> Services(NeedModel model) =>
        Direct.Concat(DirectNext).Select(r => r.Object).Concat(Needs.SelectMany(n => model.From(n.Need.Uri, Predicate.AddressedBy)).Select(r => r.Object)).Distinct(StringComparer.Ordinal);
}
