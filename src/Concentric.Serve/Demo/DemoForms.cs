using System.Globalization;
using System.Security.Cryptography;
using Concentric.Core;
using Concentric.Serve.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>Fills in and sends forms for the demo's citizens, on days that are past, by the classes that do it for everybody.</summary>
internal sealed class DemoForms(IServiceProvider services, DemoClock clock)
{
    private const int SecondsOfAPage = 20;

    private readonly PublishedForms _forms = services.GetRequiredService<PublishedForms>();
    private readonly FillDraft _fill = ActivatorUtilities.CreateInstance<FillDraft>(services, clock);
    private readonly SendForm _send = ActivatorUtilities.CreateInstance<SendForm>(services, ActivatorUtilities.CreateInstance<FillDraft>(services, clock), clock);

    /// <summary>Sends it now, by the demo's clock, and returns its reference.</summary>
    /// <param name="by">The adviser who fills it in; null where the citizen does.</param>
    public async Task<Reference> Send(DemoCase one, DemoCitizen who, string? by)
    {
        var form = await _forms.Find(one.Form) ?? throw new InvalidOperationException($"There is no form {one.Form}.");
        var answers = AnswersOf(form.Form, one, who, _fill.Today);
        var language = one.Answers.GetValueOrDefault("lang") == "cy" ? Language.Welsh : Language.English;
        var draft = await _fill.Begin(form, null, RandomNumberGenerator.GetBytes(32), language, by is null ? "web" : "phone", by, given: answers);
        var trail = TrailOf(Journey.Of(form.Form, answers, _fill.Today), clock.Now);
        await _fill.Set(draft.Id, d => d.Trail = trail.Write());
        return (await _send.Send(draft.Id) ?? throw new InvalidOperationException($"{one.Who}’s {one.Form} is not complete."))[0].Reference;
    }

    /// <summary>What anybody would answer, with what this citizen says of themselves and of the matter.</summary>
    internal static Answers AnswersOf(Form form, DemoCase one, DemoCitizen who, DateOnly today)
    {
        // What is optional is left out.
        var answers = FindAnswers.Complete(form, today, variant: 1) ?? throw new InvalidOperationException($"No answers lead through {form.Id}.");
        foreach (var question in form.Questions)
        {
            if (Told(question, who) is { } told) answers = answers.With(question.Id, told);
            if (one.Answers.TryGetValue(question.Id, out var said)) answers = answers.With(question.Id, Of(question, said, answers[question.Id], today));
        }
        return answers with { Done = [.. form.Pages.Where(p => !p.Stop).Select(p => p.Id)] };
    }

    private static Value? Told(Question question, DemoCitizen who) => question.Particular switch
    {
        "person.name" => Value.Of(who.Name),
        "person.email" => Value.Of(who.Email),
        "person.phone" => Value.Of(who.Phone),
        "person.preferred-contact" => Value.Of(who.Email is null ? "phone" : "email"),
        "home.address" => Value.Of([KeyValuePair.Create("line1", Value.Of(who.Line1)), KeyValuePair.Create("town", Value.Of("Northmoor")), KeyValuePair.Create("postcode", Value.Of(who.Postcode))]),
        _ => question.Id == "updates" ? Value.Of(who.Email is null ? "text" : "email") : null,
    };

    private static Value Of(Question question, string said, Value usual, DateOnly today) => question.Kind switch
    {
        // Days back.
        QuestionKind.Date => Value.Of(today.AddDays(int.Parse(said, CultureInfo.InvariantCulture))),
        QuestionKind.Month => today.AddDays(int.Parse(said, CultureInfo.InvariantCulture)) is var day ? Value.Of(new DateOnly(day.Year, day.Month, 1)) : Value.Nothing,
        QuestionKind.Repeat => Rows(usual, said.Split('|').Select(f => f.Split(':')).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal)),
        QuestionKind.YesNo => Value.Of(said == "yes"),
        QuestionKind.Number => Value.Of(decimal.Parse(said, CultureInfo.InvariantCulture)),
        QuestionKind.Checkboxes => Value.Of((IReadOnlyCollection<string>)said.Split('|')),
        QuestionKind.Place => Value.Of([KeyValuePair.Create("words", Value.Of(said))]),
        _ => Value.Of(said),
    };

    /// <summary>The rows that there must be, each with these words in its fields.</summary>
    private static Value Rows(Value usual, IReadOnlyDictionary<string, string> said) => Value.Of(usual.AsItems.Select(row => ((Value.Parts)row).Named.Select(p => KeyValuePair.Create(p.Key, said.TryGetValue(p.Key, out var words) ? Value.Of(words) : p.Value)))
        .Select(Value.Of));

    /// <summary>Each page once, the longer it asks the longer: nobody is held up in the demo's own forms.</summary>
    private static Trail TrailOf(Journey journey, DateTimeOffset end)
    {
        var pages = journey.Path.ToList();
        var at = end.AddSeconds(-SecondsOfAPage * pages.Sum(p => 1 + p.Questions.Count));
        var trail = Trail.Begin(at);
        foreach (var page in pages) trail = trail.With(page.Id, FormIndex.Of(journey.Form).PageNumbers[page.Id], [], at = at.AddSeconds(SecondsOfAPage * (1 + page.Questions.Count)));
        return trail;
    }
}
