using Concentric.Needs.Concepts;
using Concentric.Needs.Eligibility;

namespace Concentric.Needs.Situations;

/// <summary>A question on a circumstance, as a citizen is asked it.</summary>
/// <param name="ForServices">Names of services whose rules depend on it; given where it asks for a protected characteristic.</param>
internal sealed record Question(Concept Circumstance, int Tells, IReadOnlyList<string> ForServices)
{
    /// <summary>Why it is asked; of a protected characteristic also for which services, for it is asked for nothing else.</summary>
    public string? Why => ForServices.Count == 0 ? Circumstance.Details!.WhyAsked
        : $"{Circumstance.Details!.WhyAsked} We ask this only because the rules of {(ForServices.Count > 3 ? $"{ForServices.Count} services" : string.Join(" and ", ForServices.Select(s => $"“{s}”")))} depend on it.".Trim();
}

/// <summary>A question as it stands on the page.</summary>
/// <param name="Name">Under which the answer is sent.</param>
/// <param name="Chosen">yes, no, or null.</param>
public sealed record AskedQuestion(string Name, string Text, string? Why, string? Chosen)
{
    internal static AskedQuestion Of(Question question, Answers answers) => new(
        $"{Answers.Prefix}{question.Circumstance.Identifier}",
        question.Circumstance.Details!.Question!,
        question.Why,
        answers.To(question.Circumstance.Uri) switch { Reply.Yes => "yes", Reply.No => "no", _ => null });
}

/// <summary>Chooses the few questions that tell most for a situation.</summary>
/// <remarks>
/// Asked is only what can change what is shown: what the life event may change, what defines eligibility for a service that is shown, and what would make a
/// need surer that is now only possible. How much a question tells: of the needs and services that are shown while nothing is answered, how many stand elsewhere, are
/// gone or are more or less likely after a yes than after a no, all others skipped. What a yes would add besides does not count: it is another situation.
/// A protected characteristic is asked for only where it defines eligibility for a service that is shown.
/// </remarks>
internal static class Questions
{
    public const int Most = 8;

    /// <summary>The questions of a life event, most telling first.</summary>
    public static IReadOnlyList<Question> Of(NeedModel model, Concept lifeEvent)
    {
        var situation = Situation.Of(model, lifeEvent, Answers.None);
        var services = situation.Services(model).ToList();
        var rules = services.SelectMany(s => model.To(s, Predicate.DefinesEligibility)).ToLookup(r => r.Subject, r => r.Object);
        var asked = model.From(lifeEvent.Uri, Predicate.Changes).Select(r => r.Object)
            .Concat(rules.Select(r => r.Key))
            .Concat(situation.Next.SelectMany(n => model.To(n.Need.Uri, Predicate.Implies)).Select(r => r.Subject))
            .Distinct(StringComparer.Ordinal)
            .Select(uri => model.Find(uri)!)
            .Where(c => c.Details?.Question is not null && (c.Details.Protected is null || rules.Contains(c.Uri)));
        var telling =
            from circumstance in asked
            let tells = Tells(model, situation, services, circumstance.Uri)
            where tells > 0
            orderby tells descending, circumstance.Place, circumstance.Uri
            select new Question(circumstance, tells, circumstance.Details!.Protected is null ? [] : [.. rules[circumstance.Uri].Distinct().Select(s => model.Find(s)!.Plain)]);
        return [.. telling.Take(Most)];
    }

    /// <summary>Whether age would tell: a service that is shown has an offer for some ages only.</summary>
    public static bool AskAge(NeedModel model, Concept lifeEvent) =>
        Situation.Of(model, lifeEvent, Answers.None).Services(model).Any(s => model.OffersOf(s).Any(o => o.MinimumAge is not null || o.MaximumAge is not null));

    private static int Tells(NeedModel model, Situation shown, List<string> services, string circumstance)
    {
        var (ifYes, ifNo) = (shown.Answers.With(circumstance, Reply.Yes), shown.Answers.With(circumstance, Reply.No));
        var (yes, no) = (Needs(ifYes), Needs(ifNo));
        return shown.Needs.Count(n => yes.GetValueOrDefault(n.Need.Uri) != no.GetValueOrDefault(n.Need.Uri))
            + services.Count(s => CheckEligibility.StateOf(model, s, ifYes) != CheckEligibility.StateOf(model, s, ifNo));

        Dictionary<string, bool?> Needs(Answers answers) => Situation.Of(model, shown.LifeEvent, answers).Needs.ToDictionary(n => n.Need.Uri, bool? (n) => n.IsNow, StringComparer.Ordinal);
    }
}
