using Concentric.Core;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Anticipation;

/// <summary>What the transparency record says. Whatever changes with use comes from what is in use; the rest follows from how the program is built.</summary>
internal static class RecordText
{
    public static IEnumerable<RecordEntry> Tier1(NeedModel model, IReadOnlyList<Decision> decisions, string council)
    {
        yield return new("1.1", "Name", "Anticipation of next likely needs (Concentric)");
        yield return new("1.2", "Description", "While somebody asks the council for one service, it suggests what they may need next, with the reason in words. "
            + $"It follows published rules of the need model (edition {model.Edition}) and, for advisers only, counts of what people also asked for. {Approval(decisions)} "
            + "It offers; it decides nothing about anybody and withholds nothing from anybody.");
        yield return new("1.3", "Website", "The page that shows this record; docs/how-anticipation-decides.md of the program has the formulas.");
        yield return new("1.4", "Contact", $"{council}: by the way that its enquiry page gives. A contact for this record alone has not been stated.");
    }

    public static IEnumerable<RecordEntry> Tier2(NeedModel model, Learnt? learnt, IReadOnlyList<Decision> decisions, string council)
    {
        yield return new("2.1.1", "Organisation", council);
        yield return new("2.1.2", "Team", "Not stated by the council.");
        yield return new("2.1.3", "Senior responsible owner", "Not stated by the council.");
        yield return new("2.1.4", "Supplier", "Concentric, run by the council itself. No data go to a supplier.");
        yield return new("2.2.1", "Detailed description", $"Rules: a life event changes circumstances, circumstances imply needs, needs are addressed by services; each link has a source and a confidence, and a way is as sure as its weakest link. "
            + $"Counts: for each two services, how many people who asked for the one also asked for the other within {AlsoAsked.Days} days. A pair is used only where at least {AlsoAsked.LeastBoth} did and it is more than chance would bring about "
            + "(Fisher’s exact test, Benjamini–Hochberg at 5 per cent). The chance is (n_ab + 4·p_b)/(n_a + 4). Several known things are averaged. Personalised PageRank gives a second opinion that changes nothing.");
        yield return new("2.2.2", "Benefits", "People hear of a service at the first contact instead of finding out later. Whether that is so must be measured; this record does not claim it.");
        yield return new("2.2.3", "Previous process", "An adviser’s own knowledge of what may help.");
        yield return new("2.2.4", "Alternatives considered", "Suggesting what is most asked for (popularity) and rules alone; both are measured beside it.");
        yield return new("2.3.1", "Part in the process", "During a contact, beside the conversation. Citizens alone are shown rules only.");
        yield return new("2.3.2", "Information given", "Each suggestion says why: the rule and its edition, or the counts with n, period and interval, and the rank by the second opinion.");
        yield return new("2.3.3", "Human decisions and review", $"An adviser offers or does not, and records what came of it. An analyst approves counts service by service on this council’s own evaluation and may withdraw them. {Approval(decisions)}");
        yield return new("2.3.4", "Training", "Not stated by the council.");
        yield return new("2.3.5", "Appeals", "No decision is made by it, so there is none to appeal against. Anybody may ask for any service, suggested or not.");
        yield return new("2.4.1", "Model", $"Need model edition {model.Edition}: {Say.Number(model.InUse(ConceptType.LifeEvent).Count())} life events, {Say.Number(model.InUse(ConceptType.Circumstance).Count())} circumstances, "
            + $"{Say.Number(model.InUse(ConceptType.Need).Count())} needs, {Say.Number(model.InUse(ConceptType.Service).Count())} services, {Say.Number(model.Relations.Count)} links. {Counts(learnt)}");
        yield return new("2.4.2", "Performance", Performance(learnt));
        yield return new("2.4.3", "Fairness", Fairness(learnt));
        yield return new("2.5.1", "Data used", "First contacts of a person on a service that citizens began and that were coded as value demand: the person as a number given for this purpose alone, the service, the day. "
            + "Chasing, failure demand and repeats are left out. The profile group of the small area is used to look at differences and is no input.");
        yield return new("2.5.2", "Protected characteristics", "None is an input of the counts. A rule may start from a circumstance such as a disability only where the person said so during the contact, because the law ties a service to it.");
        yield return new("2.5.3", "Storage and access", "Counts are kept in memory and made anew daily. Only roles that measure see them. What an adviser recorded is kept with the enquiry.");
        yield return new("2.6.1", "Impact assessments", "Data protection and equality impact assessments are the council’s to make. None is recorded here.");
        yield return new("2.6.2", "Risks", "That people ask for two services does not say that one needs the other. What nobody asks for is not seen, so unmet need stays unmet; rules are there for that. "
            + "Past contacts carry past ways of working. Suggestions may change what is asked for, and so what is learnt.");
    }

    private static string Approval(IReadOnlyList<Decision> decisions)
    {
        var approved = decisions.Where(d => d.Approved).OrderBy(d => d.Service, StringComparer.Ordinal).ToList();
        return approved.Count == 0 ? "Counts are approved for no service, so advisers are shown rules only."
            : $"Counts are approved for those who ask for {approved.Count} {(approved.Count == 1 ? "service" : "services")}: {string.Join("; ", approved.Select(d => $"{d.Service} on {Say.Date(d.At)} ({d.Reason})"))}.";
    }

    private static string Counts(Learnt? learnt) => learnt is null ? "No counts have been learnt."
        : $"Counts: {Shown.Count(learnt.AlsoAsked.Observations, false)} contacts of {Shown.Count(learnt.AlsoAsked.Persons, false)} persons, {Say.Date(learnt.AlsoAsked.From)} to {Say.Date(learnt.AlsoAsked.To)}; {Say.Number(learnt.AlsoAsked.Pairs.Held)} of {Say.Number(learnt.AlsoAsked.Pairs.Tested)} pairs hold.";

    private static string Performance(Learnt? learnt)
    {
        if (learnt?.Evaluation is not { } found) return "Not evaluated: nothing has been learnt.";
        var methods = string.Join("; ", found.Methods.Select(m => $"{m.Method} {Shown.Text(Shown.Seen(m.Recall3, false))}"));
        return $"{found.Definition} {found.Finding} Recall@3 with 95 per cent intervals: {methods}; n = {Shown.Count(found.Next, false)}. "
            + (found.Calibration is { } said ? FormattableString.Invariant($"Calibration slope {said.Slope:0.00}, intercept {said.Intercept:0.00}, expected calibration error {said.CalibrationError:0.0000}, Brier {said.Brier:0.00000}, n = {Shown.Count(said.N, false)}.") : "");
    }

    private static string Fairness(Learnt? learnt) => learnt?.Evaluation.Groups is not { Count: > 0 } groups ? "Not evaluated: nothing has been learnt."
        : "Recall@3 by profile group of the small area, and its gap to all other groups: " + string.Join("; ", Shown.Seen(groups, false).Select(g => $"{g.Group} {Shown.Text(g.Recall3)}, n = {Shown.Count(g.N, false)}, {g.Verdict}"))
            + ". By protected characteristic of persons it cannot be measured, because none is held.";
}
