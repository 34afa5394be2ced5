namespace Concentric.Serve.Forms;

/// <summary>What one service gets of a conversation.</summary>
/// <param name="Answers">Ready for <c>Journey.Of(form, …)</c>: only what the form asks, and its pages done that are done.</param>
/// <param name="StoppedAt">The page that says that this service is not needed; then nothing is filed for it.</param>
/// <param name="IsComplete">Its own form would take these answers as they are: without that nothing may be filed for it.</param>
public sealed record SplitForm(Form Form, Answers Answers, FormPage? StoppedAt, bool IsComplete);

/// <summary>The forms of a bundle as one form, and how answers to it become answers to each.</summary>
public sealed class JoinedForm
{
    /// <summary>Id of the question which services are wanted.</summary>
    public const string Services = "services";

    private readonly IReadOnlyList<JoinedPart> _parts;
    private readonly Dictionary<string, IReadOnlyList<JoinedPart>> _needs;

    internal JoinedForm(Form form, IReadOnlyList<JoinedPart> parts, Dictionary<string, IReadOnlyList<JoinedPart>> needs) => (Form, _parts, _needs) = (form, parts, needs);

    public Form Form { get; }

    /// <summary>What keeps the joined form from being answered by anybody, as when it has grown too large. Such a bundle is offered to nobody.</summary>
    public IReadOnlyList<FormProblem> Problems => field ??= FormCheck.Of(Form);

    /// <summary>The answers with which the conversation begins: what the life event itself answers, on pages that ask nothing else.</summary>
    public Answers Given
    {
        get
        {
            var answers = Answers.None;
            foreach (var part in _parts)
                foreach (var page in part.Form.Pages.Where(p => p.Questions.Any() && p.Questions.All(q => part.Offer.Given.ContainsKey(q.Id))))
                    answers = answers.WithPage(part.Own(page.Id),
                        page.Questions.Select(q => KeyValuePair.Create(part.Names[q.Id], Expression.Of(part.Offer.Given[q.Id]).Evaluate(new(_ => Value.Nothing, default)))));
            return answers;
        }
    }

    /// <summary>The chosen services that need the answer to a question, as the bundle calls them.</summary>
    public IReadOnlyList<LocalText> Needs(string question, Answers answers)
    {
        var chosen = Chosen(answers[Services]);
        return [.. _needs.GetValueOrDefault(question, []).Where(p => chosen.Contains(p.Form.Id)).Select(p => p.Offer.Offer)];
    }

    /// <summary>For each service that was chosen, in the bundle's order, the answers of its own form.</summary>
    public IReadOnlyList<SplitForm> Split(Answers answers, DateOnly today)
    {
        var journey = Journey.Of(Form, answers, today);
        var chosen = Chosen(journey.Scope.Find(Services));
        // All pages before the first that is not done, are.
        var done = journey.ToDo is { } page ? FormIndex.Of(Form).PageNumbers[page.Id] : int.MaxValue;
        return [.. _parts.Where(p => chosen.Contains(p.Form.Id)).Select(p => Split(p, journey, done, today))];
    }

    private static SplitForm Split(JoinedPart part, Journey journey, int done, DateOnly today)
    {
        var own = Answers.None;
        foreach (var question in part.Form.Questions) own = own.With(question.Id, journey.Scope.Find(part.Names[question.Id]));
        foreach (var lookup in part.Form.Lookups) own = own.With(lookup.Id, journey.Scope.Find(part.Names[lookup.Id]));
        var its = Journey.Of(part.Form, own with { Done = [.. part.Form.Pages.Select(p => p.Id).Where(p => part.PagePlaces[p] < done)] }, today);
        return new(part.Form, its.Sent, its.StoppedAt, its.IsComplete);
    }

    private static HashSet<string> Chosen(Value services) => [.. services.AsItems.Select(v => $"{v}")];
}

/// <summary>One form of a bundle and what its parts are called in the joined form.</summary>
internal sealed class JoinedPart(BundleForm offer, Form form, string prefix)
{
    public BundleForm Offer => offer;
    public Form Form => form;
    public string Prefix => prefix;

    /// <summary>By the form's own names of questions, calculations and lookups, the names that have their values in the joined form.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>By page, its place in the joined form; of one whose questions all moved, the last place of these.</summary>
    public Dictionary<string, int> PagePlaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Expression of the place to which the jumps and stops of the form have led at its end.</summary>
    public string Led { get; set; } = "0";

    /// <summary>Name of the condition that the service was chosen.</summary>
    public string Wanted => $"{prefix}--wanted";

    public string Own(string id) => $"{prefix}--{id}";

    public string? Rename(string? expression, IReadOnlyCollection<string>? leave = null) => expression is null ? null
        : Expression.Of(expression).Rename(name => leave?.Contains(name) is true ? name : Names.GetValueOrDefault(name, Own(name))).Text;

    /// <summary>A text whose <c>((names))</c> are those of the joined form.</summary>
    public LocalText? Rename(LocalText? text) => text?.Each(t =>
    {
        var pieces = t.Split("((");
        for (var i = 1; i < pieces.Length; i++)
            if (NameAt(pieces[i]) is var (name, end) && Names.TryGetValue(name, out var joined)) pieces[i] = joined + pieces[i][end..];
        return string.Join("((", pieces);
    });

    /// <summary>The words of a question with the <c>((names))</c> of the joined form.</summary>
    public Question RenameWords(Question question) => question with
    {
        Title = Rename(question.Title)!,
        Short = Rename(question.Short),
        Say = question.Say is { } say ? new(Rename(say.Phone)!, Rename(say.Counter), Rename(say.Other)) : null,
        Fields = [.. question.Fields.Select(RenameWords)],
    };

    /// <summary>The names of its form whose answers the words of a question show.</summary>
    public IEnumerable<string> NamesInWords(Question question) =>
        new[] { question.Title, question.Short, question.Say?.Phone, question.Say?.Counter, question.Say?.Other }.OfType<LocalText>()
            .SelectMany(t => new[] { t.En, t.Cy }).OfType<string>().SelectMany(t => t.Split("((").Skip(1)).Select(p => NameAt(p)?.Name).OfType<string>().Where(Names.ContainsKey)
            .Concat(question.Fields.SelectMany(NamesInWords));

    private static (string Name, int End)? NameAt(string piece) => piece.IndexOfAny(['.', ')']) is > 0 and var end ? (piece[..end].Trim(), end) : null;
}
