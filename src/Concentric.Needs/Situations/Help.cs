using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Eligibility;

namespace Concentric.Needs.Situations;

/// <summary>A service that may help, with whether somebody may have it and how to get it.</summary>
public sealed record HelpService
{
    /// <summary>Identifier in the Services list.</summary>
    public required string Id { get; init; }
    public required string Uri { get; init; }
    public required string Label { get; init; }

    /// <summary>Why it meets the need, in a sentence.</summary>
    public required string Reason { get; init; }
    public required Confidence Strength { get; init; }
    public required Eligible Eligibility { get; init; }
    public required IReadOnlyList<OfferCard> Offers { get; init; }
}

/// <summary>A need of a situation with what can help.</summary>
public sealed record HelpNeed
{
    /// <summary>Identifier of the need; <c>direct</c> for what the life event calls for whatever else is true.</summary>
    public required string Slug { get; init; }
    public required string Label { get; init; }
    public required string Description { get; init; }
    public required Confidence Strength { get; init; }

    /// <summary>Why, in sentences, surest first.</summary>
    public required IReadOnlyList<string> Because { get; init; }

    /// <summary>Likely first, then may be, then unlikely; each the surest first.</summary>
    public required IReadOnlyList<HelpService> Services { get; init; }
}

/// <summary>What somebody may need now and what may come next, from what happened and what they said.</summary>
public sealed record Help
{
    /// <summary>Identifier of the life event.</summary>
    public required string LifeEvent { get; init; }
    public required string Label { get; init; }

    /// <summary>Number of the edition of the model that this was read from.</summary>
    public required int Edition { get; init; }
    public required IReadOnlyList<HelpNeed> Now { get; init; }
    public required IReadOnlyList<HelpNeed> Next { get; init; }

    internal static Help Of(NeedModel model, Situation situation, string own)
    {
        var services = new Dictionary<string, (Eligible, IReadOnlyList<OfferCard>)>(StringComparer.Ordinal);
        return new()
        {
            LifeEvent = situation.LifeEvent.Identifier,
            Label = situation.LifeEvent.Plain,
            Edition = model.Edition,
            Now = [.. Direct(situation.Direct, "direct", "For this situation", Confidence.High), .. situation.Now.Select(NeedOf)],
            Next = [.. situation.Next.Select(NeedOf), .. Direct(situation.DirectNext, "direct-next", "If one thing leads to another", Confidence.Low)],
        };

        HelpNeed NeedOf(NeedOfSituation need) => new()
        {
            Slug = need.Need.Identifier,
            Label = need.Need.Plain,
            Description = need.Need.Definition ?? "",
            Strength = need.Strength,
            Because = [.. need.Ways.Select(Words).Distinct()],
            Services = ServicesOf(model.From(need.Need.Uri, Predicate.AddressedBy).DistinctBy(r => r.Object)),
        };

        IEnumerable<HelpNeed> Direct(IReadOnlyList<Relation> relations, string slug, string label, Confidence strength)
        {
            if (relations.Count > 0)
                yield return new() { Slug = slug, Label = label, Description = "", Strength = strength, Because = [], Services = ServicesOf(relations) };
        }

        IReadOnlyList<HelpService> ServicesOf(IEnumerable<Relation> relations) =>
            [.. relations.Select(ServiceOf).OrderBy(s => s.Eligibility.State).ThenByDescending(s => s.Strength)];

        HelpService ServiceOf(Relation relation)
        {
            var service = model.Find(relation.Object)!;
            if (!services.TryGetValue(service.Uri, out var known))
            {
                known = (CheckEligibility.Of(model, service.Uri, situation.Answers), OfferCard.AllOf(model, service.Uri, own, situation.Answers));
                // Where nobody offers it to somebody of that age, it is as unlikely as its offers.
                if (known.Item2.Count > 0 && known.Item2.All(o => o.Eligibility.State == EligibilityState.Unlikely)) known.Item1 = known.Item2[0].Eligibility;
                services[service.Uri] = known;
            }
            return new() { Id = service.Identifier, Uri = service.Uri, Label = service.Plain, Reason = relation.Reason, Strength = relation.Confidence, Eligibility = known.Item1, Offers = known.Item2 };
        }
    }

    private static string Words(WayToNeed way) =>
        way.Said ? $"You said: {Lower(way.Circumstance.Plain)}. {way.Implied.Reason}" : $"{way.Change!.Reason} {way.Implied.Reason}";

    // Names such as "Universal Credit" keep their capitals: only a first letter that stands alone before small ones is lowered.
    private static string Lower(string label) => label.Length > 1 && char.IsUpper(label[0]) && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
