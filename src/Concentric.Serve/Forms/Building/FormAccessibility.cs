namespace Concentric.Serve.Forms.Building;

/// <summary>What in a form keeps somebody from using it, although it works: headings, labels, hints, messages, guidance.</summary>
internal static class FormAccessibility
{
    private const int LongestHint = 180;
    private const int MostRadios = 12;

    private static readonly (string Words, string Token)[] Personal =
    [
        ("full name", "name"), ("your name", "name"), ("first name", "given-name"), ("given name", "given-name"), ("last name", "family-name"), ("family name", "family-name"), ("surname", "family-name"),
        ("date of birth", "bday"), ("your postcode", "postal-code"), ("your email", "email"), ("email address", "email"), ("your phone", "tel"), ("phone number", "tel"), ("telephone number", "tel"),
    ];

    private static readonly string[] EmptyLinks = ["click here", "here", "this link", "more", "read more", "this page"];

    public static IReadOnlyList<FormProblem> Of(Form form)
    {
        var problems = new List<FormProblem>();
        foreach (var page in form.Pages) Page(form, page, problems);
        foreach (var twice in form.Pages.Select(p => (Page: p, Title: HeadingOf(p))).Where(p => p.Title is { Length: > 0 }).GroupBy(p => p.Title!.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            foreach (var (page, title) in twice.Skip(1)) problems.Add(new(page.Id, $"Page “{twice.First().Page.Id}” has the same title, “{title}”. Somebody who hears titles cannot tell them apart.", page.Id));
        foreach (var text in FormTexts.Of(form).Where(t => t.IsMarkdown)) Markdown(text, problems);
        return problems;
    }

    /// <summary>The heading as the citizen sees it: the page's title, or its only question.</summary>
    public static string? HeadingOf(FormPage page) =>
        page.Title?.En ?? (page.Items.OfType<Question>().ToList() is [var only] ? only.Title.En : null);

    private static void Page(Form form, FormPage page, List<FormProblem> problems)
    {
        var top = page.Items.OfType<Question>().ToList();
        if (page.Title is null && top.Count == 0) problems.Add(new(page.Id, "The page has no heading. Give it a title.", page.Id));
        if (page.Title is null && top.Count > 1) problems.Add(new(page.Id, "The page asks several questions and has no title, so it has no heading.", page.Id));
        if (page.Stop && page.Items.Count == 0) problems.Add(new(page.Id, "The page ends the form and does not say why, or what to do instead.", page.Id));
        foreach (var twice in page.Questions.GroupBy(q => q.Title.En.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            problems.Add(new(twice.Last().Id, $"Two questions of the page are both called “{twice.Key}”.", page.Id));
        foreach (var details in page.Items.OfType<Guidance>().Where(g => g.Kind == GuidanceKind.Details && string.IsNullOrWhiteSpace(g.Title?.En)))
            problems.Add(new(page.Id, "Guidance that is opened needs a title that says what is inside.", page.Id));
        foreach (var question in page.Questions.SelectMany(q => q.Fields.Prepend(q))) Question(form, page, question, problems);
    }

    private static void Question(Form form, FormPage page, Question question, List<FormProblem> problems)
    {
        void Problem(string message) => problems.Add(new(question.Id, message, page.Id));
        if (question.Hint is { En: var hint })
        {
            if (HasLink(hint)) Problem("The hint holds a link. It is read out as plain text: put the link into guidance.");
            if (hint.Length > LongestHint) Problem($"The hint has {hint.Length} characters. It is read out in one go: keep it to {LongestHint}, and put the rest into guidance.");
        }
        if (question.Kind == QuestionKind.Radios && FormIndex.Of(form).ChoicesOf(question).Count is > MostRadios and var count)
            Problem($"It has {count} radios. With more than {MostRadios}, use a list to type into (autocomplete) or split the question.");
        if (question.Name is null && question.Short is null && question.Kind is not QuestionKind.Declaration && question.Messages.ContainsKey("missing") is false && question.Title.En.Contains('?', StringComparison.Ordinal))
            Problem("It has no name for messages, so a message would say “Enter " + question.Title.En + "”.");
        if (question.Pattern is not null && !question.Messages.ContainsKey("format")) Problem("Its pattern has no message of its own, so nobody is told what the correct format is.");
        var token = question.Autocomplete ?? (question.Particular is { } particular ? Particulars.Find(particular)?.Autocomplete : null);
        if (token is null && question.Kind is not (QuestionKind.Address or QuestionKind.Repeat or QuestionKind.Radios or QuestionKind.Checkboxes or QuestionKind.YesNo or QuestionKind.File or QuestionKind.Declaration)
            && Personal.FirstOrDefault(p => question.Title.En.Contains(p.Words, StringComparison.OrdinalIgnoreCase) && IsTheirOwn(question.Title.En)) is { Token: { } wanted })
            Problem($"It asks for a personal detail. Set Autocomplete to “{wanted}”, so that browsers can fill it in.");
    }

    // Somebody else's name must not be filled in with one's own.
    private static bool IsTheirOwn(string title) => title.Contains("your", StringComparison.OrdinalIgnoreCase) || !title.Contains("their", StringComparison.OrdinalIgnoreCase) && title.Split(' ').Length <= 3;

    private static void Markdown(FormText text, List<FormProblem> problems)
    {
        void Problem(string message) => problems.Add(new(text.Where, $"{message} (In the {text.Part}.)", text.Page));
        var lines = text.Text.En.Split('\n');
        if (lines.Any(l => l.StartsWith("# ", StringComparison.Ordinal))) Problem("A heading of the first level is the page’s own. Begin with ##.");
        for (var i = 0; i < lines.Length; i++)
        {
            if (!IsRow(lines[i]) || (i > 0 && IsRow(lines[i - 1]))) continue;
            var headed = i + 1 < lines.Length && IsRow(lines[i + 1]) && lines[i + 1].All(c => c is '|' or '-' or ':' or ' ') && lines[i + 1].Contains("--", StringComparison.Ordinal);
            if (!headed || lines[i].Trim().Trim('|').Split('|').Any(string.IsNullOrWhiteSpace)) Problem("A table has no header for each of its columns.");
        }
        if (text.Text.En.Contains("![](", StringComparison.Ordinal)) Problem("A picture has no text for those who do not see it.");
        foreach (var link in LinkTexts(text.Text.En).Where(l => EmptyLinks.Contains(l.Trim().ToLowerInvariant()))) Problem($"A link says “{link}”. Say where it leads.");
    }

    private static bool IsRow(string line) => line.TrimStart().StartsWith('|');

    private static bool HasLink(string text) =>
        text.Contains("](", StringComparison.Ordinal) || text.Contains("http://", StringComparison.OrdinalIgnoreCase) || text.Contains("https://", StringComparison.OrdinalIgnoreCase) || text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> LinkTexts(string text)
    {
        for (var close = text.IndexOf("](", StringComparison.Ordinal); close >= 0; close = text.IndexOf("](", close + 2, StringComparison.Ordinal))
            if (text.LastIndexOf('[', close) is >= 0 and var open) yield return text[(open + 1)..close];
    }
}
