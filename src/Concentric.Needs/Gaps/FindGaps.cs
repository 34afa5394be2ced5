using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Gaps;

/// <summary>Finds what in the model and the directory somebody should look at. A pure function of both; a finding says where to look and blames nobody.</summary>
internal static class FindGaps
{
    /// <summary>All findings, by kind and then by title.</summary>
    /// <param name="own">Address of our own organisation.</param>
    public static IReadOnlyList<Finding> Of(NeedModel model, string own) =>
        [.. Needs(model, own).Concat(Services(model, own)).Concat(HandOvers(model)).Concat(Circumstances(model)).Concat(LifeEvents(model)).OrderBy(f => f.Kind).ThenBy(f => f.Title, StringComparer.OrdinalIgnoreCase).ThenBy(f => f.Id, StringComparer.Ordinal)];

    private static IEnumerable<Finding> Needs(NeedModel model, string own)
    {
        foreach (var need in model.InUse(ConceptType.Need))
        {
            var link = new FindingLink(need.Plain, Links.Need(need.Identifier));
            var services = model.From(need.Uri, Predicate.AddressedBy).Select(r => model.Find(r.Object)!).Distinct().ToList();
            if (services.Count == 0)
            {
                yield return Finding.Of(GapKind.NeedWithoutService, need.Plain, "No service is said to meet this need.", [need.Uri], link);
                continue;
            }
            // Without a directory nothing can be said of who offers what.
            if (model.Offers.Count == 0) continue;
            var offered = services.Select(s => (Service: s, By: model.OffersOf(s.Uri).Select(o => o.Organisation).ToHashSet(StringComparer.Ordinal))).Where(s => s.By.Count > 0).ToList();
            if (offered.Count == 0)
            {
                yield return Finding.Of(GapKind.NeedNobodyOffers, need.Plain, $"Nobody in the directory offers any of its {Count(services.Count, "service")}: {Names(services.Select(s => s.Plain))}.", [need.Uri], link);
                continue;
            }
            if (offered.Count < 2) continue;
            var all = offered.SelectMany(o => o.By).Distinct(StringComparer.Ordinal).ToList();
            if (all.Exists(one => offered.TrueForAll(o => o.By.Contains(one)))) continue;
            yield return Finding.Of(GapKind.SeveralServices, need.Plain,
                $"{offered.Count} services by {all.Count} organisations: {Names(offered.Select(o => $"{o.Service.Plain} ({string.Join(", ", WhoProvides.Names(model, o.Service.Uri, own))})"), "; ")}.", [need.Uri], link);
        }
    }

    private static IEnumerable<Finding> Services(NeedModel model, string own)
    {
        foreach (var uri in model.Offers.Where(o => o.InUse).Select(o => o.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (model.Find(uri) is not { } service) continue;
            var link = new FindingLink(service.Plain, Links.Service(service.Identifier));
            var by = WhoProvides.Names(model, uri, own);
            if (!model.To(uri, Predicate.AddressedBy).Any() && !model.To(uri, Predicate.Determines).Any())
                yield return Finding.Of(GapKind.ServiceWithoutNeed, service.Plain, $"{string.Join(", ", by)} {(by.Count == 1 ? "offers" : "offer")} it, and the model knows no need that it meets.", [uri], link);
            if (by.Count > 1)
                yield return Finding.Of(GapKind.SeveralOffers, service.Plain, $"Offered by {string.Join(", ", by)}.", [uri], link);
        }
    }

    private static IEnumerable<Finding> HandOvers(NeedModel model)
    {
        foreach (var from in model.Offers.Where(o => o.InUse))
        {
            foreach (var on in from.PassesOnTo ?? [])
            {
                var to = model.FindOffer(on.Offer);
                var who = WhoProvides.NameOf(model, from.Organisation);
                var fromLink = new FindingLink(from.Name, LinkOf(model, from));
                if (to is not { InUse: true })
                {
                    yield return Finding.Of(GapKind.HandOverBroken, $"{from.Name} → {to?.Name ?? on.Offer}", $"{who} passes people on to an offer that {(to is null ? "the directory does not hold" : "was withdrawn")}: {on.Reason}", [from.Identifier, on.Offer], fromLink);
                    continue;
                }
                var inside = from.Organisation == to.Organisation;
                yield return Finding.Of(inside ? GapKind.HandOverInside : GapKind.HandOverOutside, $"{from.Name} → {to.Name}",
                    inside ? $"Inside {who}: {on.Reason}" : $"From {who} to {WhoProvides.NameOf(model, to.Organisation)}: {on.Reason}", [from.Identifier, on.Offer], fromLink, new(to.Name, LinkOf(model, to)));
            }
        }
    }

    private static IEnumerable<Finding> Circumstances(NeedModel model) =>
        from circumstance in model.InUse(ConceptType.Circumstance)
        where circumstance.Details?.Question is null
        let rules = model.From(circumstance.Uri, Predicate.DefinesEligibility).Count()
        let needs = model.From(circumstance.Uri, Predicate.Implies).Count()
        where rules > 0 || (needs > 0 && circumstance.Details?.Protected is null)
        select Finding.Of(GapKind.CircumstanceNotAsked, circumstance.Plain, $"It implies {Count(needs, "need")} and stands in {Count(rules, "rule")} of eligibility, and has no question.", [circumstance.Uri], new FindingLink(circumstance.Plain, Links.Mix(circumstance.Identifier)));

    private static IEnumerable<Finding> LifeEvents(NeedModel model) =>
        from lifeEvent in model.InUse(ConceptType.LifeEvent)
        where !model.From(lifeEvent.Uri, Predicate.Determines).Any()
        where !model.From(lifeEvent.Uri, Predicate.Changes).Any(c => model.From(c.Object, Predicate.Implies).Any())
        select Finding.Of(GapKind.LifeEventWithoutCircle, lifeEvent.Plain, "It leads to no need and calls for no service.", [lifeEvent.Uri], new FindingLink(lifeEvent.Plain, Links.LifeEvent(lifeEvent.Identifier)));

    private static string? LinkOf(NeedModel model, Offer offer) => model.Find(offer.Service) is { } service ? Links.Service(service.Identifier) : null;

    private static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static string Names(IEnumerable<string> names, string between = ", ")
    {
        var all = names.ToList();
        return all.Count <= 6 ? string.Join(between, all) : $"{string.Join(between, all.Take(6))} and {all.Count - 6} more";
    }
}
