using System.Globalization;
using System.Text.Json.Serialization;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;

namespace Concentric.Needs.Eligibility;

/// <summary>Whether somebody may have a service, as far as answers tell. Never a decision, and never a reason not to show a service.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EligibilityState>))]
public enum EligibilityState
{
    [JsonStringEnumMemberName("likely")] Likely,
    [JsonStringEnumMemberName("may-be")] MayBe,
    [JsonStringEnumMemberName("unlikely")] Unlikely,
}

/// <summary>One rule of the model held against one answer.</summary>
public sealed record EligibilityReason
{
    /// <summary>Identifier of the circumstance; null where the rule is one of age.</summary>
    public required string? Circumstance { get; init; }

    /// <summary>The circumstance, or the ages, in words.</summary>
    public required string Label { get; init; }

    /// <summary><c>requires</c>, <c>qualifies</c> or <c>excludes</c>.</summary>
    public required string Rule { get; init; }
    public required Reply Answer { get; init; }

    /// <summary>What was answered, or what we would need to know, in a sentence.</summary>
    public required string Words { get; init; }

    /// <summary>Why the rule is one, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }

    /// <summary>The law or guidance that says so, by name; null where it is a judgement.</summary>
    public required string? Evidence { get; init; }
    public required Confidence Confidence { get; init; }
}

/// <summary>Whether somebody may have a service, with what that rests on.</summary>
public sealed record Eligible
{
    public required EligibilityState State { get; init; }

    /// <summary>The rules that led to the state, each with an answer of yes or no. Empty where nothing is known.</summary>
    public required IReadOnlyList<EligibilityReason> Because { get; init; }

    /// <summary>The rules that have no answer yet and could change the state.</summary>
    public required IReadOnlyList<EligibilityReason> ToKnow { get; init; }

    /// <summary>How many rules the model holds; with none, only the service itself can say.</summary>
    public required int Rules { get; init; }
}

/// <summary>Holds the answers of somebody against the rules of a service. A pure function: the same model and answers give the same.</summary>
/// <remarks>
/// What excludes and is true, or is required and is not, makes it unlikely; so does a no to everything that would qualify. Likely needs a yes to all that
/// is required and, where anything qualifies, to one of those; where rules only exclude, a no to each. All else may be. A skipped question never counts against anybody.
/// </remarks>
internal static class CheckEligibility
{
    /// <summary>Whether somebody may have a service, whoever offers it.</summary>
    /// <param name="service">Address of the service.</param>
    public static Eligible Of(NeedModel model, string service, Answers answers) => Of(model, RulesOf(model, service, answers));

    /// <summary>The same for one offer, whose ages count as required.</summary>
    public static Eligible Of(NeedModel model, Offer offer, Answers answers) => Of(model, RulesOf(model, offer, answers));

    public static EligibilityState StateOf(NeedModel model, string service, Answers answers) => Judge(RulesOf(model, service, answers)).State;

    public static EligibilityState StateOf(NeedModel model, Offer offer, Answers answers) => Judge(RulesOf(model, offer, answers)).State;

    /// <param name="Relation">Null for a rule of age.</param>
    private readonly record struct Rule(EligibilityMode Mode, Reply Reply, Relation? Relation, Offer? Offer, int? Age);

    private static List<Rule> RulesOf(NeedModel model, string service, Answers answers) =>
        [.. model.To(service, Predicate.DefinesEligibility).Select(r => new Rule(r.Mode ?? EligibilityMode.Qualifies, answers.To(r.Subject), r, null, null))];

    private static List<Rule> RulesOf(NeedModel model, Offer offer, Answers answers)
    {
        var rules = RulesOf(model, offer.Service, answers);
        if (offer.MinimumAge is null && offer.MaximumAge is null) return rules;
        var reply = answers.Age is not { } age ? Reply.Skipped : age < offer.MinimumAge || age > offer.MaximumAge ? Reply.No : Reply.Yes;
        rules.Add(new(EligibilityMode.Requires, reply, null, offer, answers.Age));
        return rules;
    }

    /// <summary>The state, and by which rules; no rule where nothing is known.</summary>
    private static (EligibilityState State, Func<Rule, bool> By) Judge(List<Rule> rules)
    {
        if (rules.Exists(Against)) return (EligibilityState.Unlikely, Against);
        var (requires, qualifies) = (rules.Any(r => r.Mode == EligibilityMode.Requires), rules.Any(r => r.Mode == EligibilityMode.Qualifies));
        var qualifying = rules.Where(r => r.Mode == EligibilityMode.Qualifies).ToList();
        if (qualifies && qualifying.TrueForAll(r => r.Reply == Reply.No)) return (EligibilityState.Unlikely, r => r.Mode == EligibilityMode.Qualifies);
        var met = requires || qualifies
            ? rules.TrueForAll(r => r.Mode != EligibilityMode.Requires || r.Reply == Reply.Yes) && (!qualifies || qualifying.Exists(r => r.Reply == Reply.Yes))
            : rules.Count > 0 && rules.TrueForAll(r => r.Reply == Reply.No);
        return (met ? EligibilityState.Likely : EligibilityState.MayBe, For);

        static bool Against(Rule r) => r is { Mode: EligibilityMode.Excludes, Reply: Reply.Yes } or { Mode: EligibilityMode.Requires, Reply: Reply.No };
        static bool For(Rule r) => r is { Mode: EligibilityMode.Excludes, Reply: Reply.No } or { Mode: not EligibilityMode.Excludes, Reply: Reply.Yes };
    }

    private static Eligible Of(NeedModel model, List<Rule> rules)
    {
        var (state, by) = Judge(rules);
        var qualified = state == EligibilityState.Likely && rules.Exists(r => r is { Mode: EligibilityMode.Qualifies, Reply: Reply.Yes });
        return new()
        {
            State = state,
            Because = [.. rules.Where(by).Select(r => Reason(model, r)).OrderByDescending(r => r.Confidence).ThenBy(r => r.Label, StringComparer.Ordinal).ThenBy(r => r.Source, StringComparer.Ordinal)],
            // Of several that qualify, one is enough; and what is unlikely stays so.
            ToKnow = state == EligibilityState.Unlikely ? [] :
            [
                .. rules.Where(r => r.Reply == Reply.Skipped && !(qualified && r.Mode == EligibilityMode.Qualifies)).OrderBy(r => r.Mode == EligibilityMode.Qualifies).ThenByDescending(r => r.Relation?.Confidence)
                    .Select(r => Reason(model, r)).DistinctBy(r => (r.Label, r.Rule)),
            ],
            Rules = rules.Count,
        };
    }

    private static EligibilityReason Reason(NeedModel model, Rule rule)
    {
        if (rule.Relation is not { } relation) return AgeReason(rule.Offer!, rule);
        var circumstance = model.Find(relation.Subject)!;
        return new()
        {
            Circumstance = circumstance.Identifier,
            Label = circumstance.Plain,
            Rule = rule.Mode.ToString().ToLowerInvariant(),
            Answer = rule.Reply,
            Words = rule.Reply switch
            {
                Reply.Yes => $"You told us that this is true for you: {circumstance.Plain}.",
                Reply.No => $"You told us that this is not true for you: {circumstance.Plain}.",
                _ when circumstance.Details?.Question is { } question => question,
                _ => $"Is this true for you: {circumstance.Plain}?",
            },
            Reason = relation.Reason,
            Source = relation.Source,
            Evidence = relation.Evidence,
            Confidence = relation.Confidence,
        };
    }

    private static EligibilityReason AgeReason(Offer offer, Rule rule) => new()
    {
        Circumstance = null,
        Label = Ages(offer)!,
        Rule = "requires",
        Answer = rule.Reply,
        Words = rule.Age is { } age ? string.Create(CultureInfo.InvariantCulture, $"You told us that you are {age}.") : "How old are you?",
        Reason = $"“{offer.Name}” is for {Ages(offer)}.",
        Source = "directory",
        Evidence = null,
        Confidence = Confidence.High,
    };

    /// <summary>"people aged 60 or over", or null where age does not matter.</summary>
    public static string? Ages(Offer offer) => (offer.MinimumAge, offer.MaximumAge) switch
    {
        (null, null) => null,
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"people aged {least} or over"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"people aged {most} or under"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $"people aged {least} to {most}"),
    };
}
