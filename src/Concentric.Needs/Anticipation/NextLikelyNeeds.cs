using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Needs.Anticipation.Figures;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Anticipation;

/// <summary>What somebody may need next: rules of the model first, then counts where an analyst approved them. It offers and never withholds.</summary>
internal sealed class NextLikelyNeeds(ModelCache cache, Learning learning, IDbContextFactory<ConcentricDb> databases) : INextNeeds
{
    /// <summary>Most suggestions that rest on a rule.</summary>
    public const int MostByRule = 5;

    /// <summary>Most suggestions that rest on counts alone.</summary>
    public const int MostByCounts = 3;

    /// <summary>Most circumstances to choose from at once.</summary>
    private const int MostChoices = 14;

    public async Task<NextNeedsAnswer> For(SituationAsked asked, CancellationToken stop = default)
    {
        var model = await cache.Current(stop);
        var soFar = new KnownSoFar
        {
            Services = [.. asked.Lately.Prepend(asked.Service).OfType<string>().Distinct()],
            Before = asked.Before,
            LifeEvents = asked.Said,
            Circumstances = asked.Said,
        };
        var approved = learning.Current is null ? [] : await Approved(stop);
        return new(ForAdviser(model, learning.Current?.AlsoAsked, approved, soFar), Choices(model.InUse(ConceptType.LifeEvent), asked), Choices(Circumstances(model, soFar), asked));
    }

    private async Task<HashSet<string>> Approved(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return [.. await db.Decisions.AsNoTracking().Where(d => d.Approved).Select(d => d.Service).ToListAsync(stop)];
    }

    /// <summary>For a citizen: only what a published rule supports, whatever the counts say.</summary>
    public static IReadOnlyList<NextNeed> ForCitizen(NeedModel model, KnownSoFar soFar) => [.. ModelRules.For(model, soFar).Take(MostByRule).Select(r => ByRule(model, r, null, null))];

    /// <summary>For an adviser: rules first, each with what the counts say of it; then what counts alone suggest.</summary>
    /// <param name="learnt">What was learnt, or null where nothing was.</param>
    /// <param name="approved">Services for which an analyst approved counts: those who ask for others get rules alone.</param>
    public static IReadOnlyList<NextNeed> ForAdviser(NeedModel model, AlsoAsked? learnt, IReadOnlySet<string> approved, KnownSoFar soFar)
    {
        var rules = ModelRules.For(model, soFar);
        int[] known = learnt is null ? [] : [.. soFar.Services.Where(approved.Contains).Select(learnt.PlaceOf).OfType<int>().Where(a => learnt.Observed[a] > 0)];
        if (learnt is null || known.Length == 0) return [.. rules.Take(MostByRule).Select(r => ByRule(model, r, null, null))];

        var opinion = SecondOpinion(learnt, known, soFar);
        // Of rules that are alike sure, first those whose service is also asked for most.
        var byRule = rules.OrderByDescending(r => r.Strength).ThenByDescending(r => r.Because[0].IsSaid)
            .ThenByDescending(r => learnt.PlaceOf(r.Service.Identifier) is { } b ? learnt.Chance(known, b, AnticipationChoice.Way) : 0).Take(MostByRule).Select(r => ByRule(model, r, learnt.PlaceOf(r.Service.Identifier) is { } b ? Counts(model, learnt, known, b) : null,
            learnt.PlaceOf(r.Service.Identifier) is { } place ? opinion(place) : null)).ToList();
        var taken = byRule.Select(r => r.Service).Concat(soFar.Services).Concat(soFar.Before).ToHashSet(StringComparer.Ordinal);
        var byCounts =
            from b in known.SelectMany(learnt.After).Distinct()
            where !taken.Contains(learnt.Services[b])
            let chance = learnt.Chance(known, b, AnticipationChoice.Way)
            orderby chance descending, b
            let service = model.Find(ConceptType.Service, learnt.Services[b])
            where service is not null
            let counts = Counts(model, learnt, known, b)
            select new NextNeed(service.Identifier, service.Plain, counts!.Value.Words, SuggestionBasis.Counts, counts.Value.Source, opinion(b));
        return [.. byRule, .. byCounts.Take(MostByCounts)];
    }

    private static NextNeed ByRule(NeedModel model, RuleSuggestion rule, (string Words, string Source)? counts, int? opinion)
    {
        var source = $"Rule of the need model, edition {model.Edition}, held to be {Word(rule.Strength)}";
        return counts is { } c
            ? new(rule.Service.Identifier, rule.Service.Plain, $"{rule.Reason} {c.Words}", SuggestionBasis.Rule, $"{source}. {c.Source}", opinion)
            : new(rule.Service.Identifier, rule.Service.Plain, rule.Reason, SuggestionBasis.Rule, source, opinion);
    }

    /// <summary>What the counts say of a service after what is known, by the known thing that says most of it; null where no pair holds.</summary>
    private static (string Words, string Source)? Counts(NeedModel model, AlsoAsked learnt, int[] known, int b)
    {
        var holding = known.Where(a => learnt.Holds(a, b)).ToList();
        if (holding.Count == 0) return null;
        var a = holding.MaxBy(a => learnt.Chance(a, b));
        var name = model.Find(ConceptType.Service, learnt.Services[a])?.Plain ?? learnt.Services[a];
        // An adviser sees counts under rule A, and whatever is said of them is made from these.
        var row = AfterRow.Of(learnt, a, b, s => s, exact: false);
        var basis = $"{Say.Date(learnt.From)} to {Say.Date(learnt.To)}{(learnt.IsSynthetic ? ", synthetic" : "")}";
        if (row is not { Share: { } share, Chance: { } chance })
            return ($"Some who ask about “{name}” also ask about this within {AlsoAsked.Days} days.", $"Counts: {row.Both} of {Shown.Count(learnt.Observed[a], false)} contacts, {basis}");
        return ($"{InTens(chance)} who ask about “{name}” also ask about this within {AlsoAsked.Days} days.",
            FormattableString.Invariant($"Counts: {row.Both} of {share.N:N0} contacts ({100 * share.Share:0} per cent, 95 per cent interval {100 * share.Low:0} to {100 * share.High:0}), ") + basis);
    }

    /// <summary>A chance as people count: “3 of 10”, “1 of 40”.</summary>
    internal static string InTens(double chance) => chance switch
    {
        >= 0.95 => "Nearly all",
        >= 0.075 => $"{Math.Round(10 * chance, MidpointRounding.AwayFromZero)} of 10",
        >= 0.001 => FormattableString.Invariant($"1 of {Math.Round(1 / chance)}"),
        _ => "Hardly any",
    };

    /// <summary>The rank of a service by personalised PageRank among those not asked for.</summary>
    private static Func<int, int?> SecondOpinion(AlsoAsked learnt, int[] known, KnownSoFar soFar)
    {
        var walk = learnt.Walk(known);
        var asked = soFar.Services.Concat(soFar.Before).Select(learnt.PlaceOf).OfType<int>().ToHashSet();
        return b => walk[b] <= 0 ? null : Ranking.Of(b, walk, other => !asked.Contains(other));
    }

    private static string Word(Confidence strength) => strength switch { Confidence.High => "very likely", Confidence.Medium => "likely", _ => "possible" };

    /// <summary>Those that were said, then those that go with what was asked for, then the rest, in the order of the list.</summary>
    private static IEnumerable<Concept> Circumstances(NeedModel model, KnownSoFar soFar)
    {
        var near = from service in soFar.Services
                   let uri = SchemeUris.UriOf(ConceptType.Service, service)
                   from lifeEvent in model.To(uri, Predicate.Determines)
                   from changed in model.From(lifeEvent.Subject, Predicate.Changes)
                   select changed.Object;
        var tests = from service in soFar.Services
                    from test in model.To(SchemeUris.UriOf(ConceptType.Service, service), Predicate.DefinesEligibility)
                    select test.Subject;
        var first = soFar.LifeEvents.SelectMany(e => model.From(SchemeUris.UriOf(ConceptType.LifeEvent, e), Predicate.Changes)).Select(r => r.Object).Concat(near).Concat(tests).ToHashSet();
        return model.InUse(ConceptType.Circumstance).Where(c => model.From(c.Uri, Predicate.Implies).Any())
            .OrderByDescending(c => soFar.Circumstances.Contains(c.Identifier)).ThenByDescending(c => first.Contains(c.Uri)).Take(MostChoices);
    }

    private static List<SaidChoice> Choices(IEnumerable<Concept> concepts, SituationAsked asked) => [.. concepts.Select(c => new SaidChoice(c.Identifier, c.Plain, asked.Said.Contains(c.Identifier)))];
}
