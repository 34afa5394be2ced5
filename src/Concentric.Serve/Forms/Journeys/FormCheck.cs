using System.Text.RegularExpressions;
using Concentric.Serve.Attachments;

namespace Concentric.Serve.Forms;

/// <summary>Something wrong with a form.</summary>
/// <param name="Where">The page, question or other part, by its id.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Page">Id of the page on which it is, where it is on one.</param>
public sealed record FormProblem(string Where, string Message, string? Page = null);

/// <summary>Whether a form can be answered by anybody: what it refers to is there, its ways lead forward, each page can be reached and each way ends.</summary>
public static partial class FormCheck
{
    private const int MostPages = 300;
    private const int MostQuestions = 1000;

    /// <summary>Most named expressions of a form.</summary>
    internal const int MostCalculations = 1000;

    private const int MostChoices = 5000;
    private const int MostDecimals = 10;

    /// <summary>Ids that no page can have, because an address of a draft ends in them.</summary>
    public static IReadOnlySet<string> TakenPageIds { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Jump.Check, "start", "tasks", "sent", "save", "away", "code", "pay", "keep", "stay" };

    private static string TakenWords => string.Join(", ", TakenPageIds.Order(StringComparer.Ordinal).Select(t => $"“{t}”"));

    /// <summary>Ids that no form can have, because an address that is of no form stands there.</summary>
    public static IReadOnlySet<string> TakenFormIds { get; } = new HashSet<string>(StringComparer.Ordinal) { "return" };

    /// <summary>What must be put right before anybody can be asked; none where nothing must.</summary>
    public static IReadOnlyList<FormProblem> Of(Form form)
    {
        var problems = new List<FormProblem>();
        Ids(form, problems);
        Pages(form, problems);
        foreach (var page in form.Pages)
            foreach (var question in page.Questions) CheckQuestion(form, page, question, problems);
        Expressions(form, problems);
        Reach(form, problems);
        return problems;
    }

    private static void Ids(Form form, List<FormProblem> problems)
    {
        if (form.Schema != 1) problems.Add(new("form", $"“schema” is {form.Schema}. This program reads 1."));
        if (!GoodId.IsMatch(form.Id) || TakenFormIds.Contains(form.Id))
            problems.Add(new("form", $"“{form.Id}” cannot be the form’s id. Use small letters, digits and dashes, beginning with a letter; “return” is taken."));
        if (form.Pages.Count is 0 or > MostPages) problems.Add(new("form", $"A form has 1 to {MostPages} pages."));
        if (form.Questions.Count() > MostQuestions) problems.Add(new("form", $"A form has at most {MostQuestions} questions."));
        if (form.Calculations.Count > MostCalculations) problems.Add(new("form", $"A form has at most {MostCalculations} calculations."));
        if (form.Pages.Count > 0 && form.Pages[0].ShowIf is not null) problems.Add(new(form.Pages[0].Id, "The first page is asked always, because nothing is known before it. Take its condition away.", form.Pages[0].Id));
        foreach (var twice in form.Sections.Select(s => s.Id).GroupBy(s => s).Where(g => g.Count() > 1)) problems.Add(new(twice.Key, "Two sections have this id. Give one another."));
        foreach (var twice in form.Lists.Select(l => l.Id).GroupBy(l => l).Where(g => g.Count() > 1)) problems.Add(new(twice.Key, "Two lists have this id. Give one another."));
        foreach (var list in form.Lists.Where(l => l.Items.Any(c => c.Reveals.Count > 0))) problems.Add(new(list.Id, "Choices of a list that questions share cannot reveal questions. Write them in the question itself."));
        foreach (var twice in form.Pages.GroupBy(p => p.Id).Where(g => g.Count() > 1)) problems.Add(new(twice.Key, "Two pages have this id. Give one another.", twice.Key));
        var names = form.Questions.Select(q => q.Id).Concat(form.Calculations.Select(c => c.Id)).Concat(form.Lookups.Select(l => l.Id));
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1)) problems.Add(new(twice.Key, "This id is used twice among questions, calculations and lookups. Give one another."));
        foreach (var id in form.Pages.Select(p => p.Id).Where(id => !GoodId.IsMatch(id) || TakenPageIds.Contains(id)))
            problems.Add(new(id, $"This cannot be a page’s id. Use small letters, digits and dashes; {TakenWords} are taken.", id));
        foreach (var (page, question) in form.Pages.SelectMany(p => p.Questions.SelectMany(q => q.Fields.Prepend(q)).Select(q => (p, q))))
            if (!GoodId.IsMatch(question.Id)) problems.Add(new(question.Id, "This cannot be a question’s id. Use small letters, digits and dashes, beginning with a letter.", page.Id));
    }

    private static void Pages(Form form, List<FormProblem> problems)
    {
        var places = FormIndex.Of(form).PageNumbers;
        foreach (var (place, page) in form.Pages.Index())
        {
            if (page.Section is { } section && form.Sections.All(s => s.Id != section)) problems.Add(new(page.Id, $"There is no section “{section}”.", page.Id));
            if (form.TaskList && page.Section is null) problems.Add(new(page.Id, "With a task list each page belongs to a section.", page.Id));
            if (page.Title is null && page.Items.OfType<Question>().Count() != 1) problems.Add(new(page.Id, "A page with several questions, or with none, needs a title.", page.Id));
            if (page.Items.Count == 0 && !page.Stop && page.Title is null) problems.Add(new(page.Id, "The page is empty.", page.Id));
            if (page.Stop && page.Questions.Any()) problems.Add(new(page.Id, "A page that ends the form asks nothing.", page.Id));
            foreach (var jump in page.Next)
            {
                if (jump.Page == Jump.Check) continue;
                if (!places.TryGetValue(jump.Page, out var target)) problems.Add(new(page.Id, $"It leads to “{jump.Page}”, and there is no such page.", page.Id));
                else if (target <= place) problems.Add(new(page.Id, $"It leads back to “{jump.Page}”. A way may only lead to a later page.", page.Id));
                else if (form.TaskList && form.Pages[target].Section != page.Section) problems.Add(new(page.Id, $"It leads to “{jump.Page}” in another section. With a task list a way stays in its section.", page.Id));
            }
        }
        if (form.TaskList && form.Pages.Select(p => p.Section).Aggregate(new List<string?>(), (runs, s) => { if (runs.Count == 0 || runs[^1] != s) runs.Add(s); return runs; }) is var order && order.Count != order.Distinct().Count())
            problems.Add(new("form", "With a task list the pages of a section stand together."));
    }

    private static void CheckQuestion(Form form, FormPage page, Question question, List<FormProblem> problems)
    {
        void Problem(string message) => problems.Add(new(question.Id, message, page.Id));
        if (string.IsNullOrWhiteSpace(question.Title.En)) Problem("The question has no words.");
        if (question.Kind is QuestionKind.Radios or QuestionKind.Checkboxes or QuestionKind.Select or QuestionKind.Autocomplete)
        {
            if (question.List is { } list && form.Lists.All(l => l.Id != list)) Problem($"There is no list “{list}”.");
            var choices = FormIndex.Of(form).ChoicesOf(question);
            if (choices.Count is 0 or > MostChoices) Problem(choices.Count == 0 ? "It has no choices." : $"It has more than {MostChoices} choices.");
            if (question.List is not null && question.Choices.Count > 0) Problem("It has choices of its own and a list. Take one away.");
            if (choices.Any(c => c.Value.Length == 0)) Problem("One of its choices has no value.");
            if (choices.Select(c => c.Value).Distinct().Count() != choices.Count) Problem("Two of its choices have the same value.");
            if (question.Kind is QuestionKind.Select or QuestionKind.Autocomplete && choices.Any(c => c.Reveals.Count > 0)) Problem("Choices of a list to pick from cannot reveal questions. Use radios.");
            if (question.Kind == QuestionKind.Checkboxes && question.AtLeast > choices.Count(c => !c.Alone))
                Problem($"At least {question.AtLeast} are to be ticked, and there are not as many choices.");
        }
        else if (question.Choices.Count > 0 || question.List is not null) Problem("Only radios, checkboxes, select and autocomplete have choices.");
        if (question.AtLeast is < 0 || question.AtMost is < 1 || question.AtLeast > question.AtMost) Problem("“atLeast” must be 0 or more, and not more than “atMost”.");
        if (question.Kind == QuestionKind.File && question.AtLeast > Question.MostFiles)
            Problem($"At most {Question.MostFiles} files are taken, and at least {question.AtLeast} are asked for.");
        if (question.Decimals is < 0 or > MostDecimals) Problem($"“decimals” must be 0 to {MostDecimals}.");
        if (question.MaxLength is < 1 or > ReadAnswer.MostCharacters) Problem($"“maxLength” must be 1 to {ReadAnswer.MostCharacters}.");
        foreach (var extension in question.Accept.Where(a => FileKind.Of(a.TrimStart('.')) is null)) Problem($"Files of the kind “{extension}” are never taken. There are: {string.Join(", ", FileKind.All.Select(k => k.Name))}.");
        if (question.Kind != QuestionKind.Repeat && question.Fields.Count > 0) Problem("Only a repeating group has fields.");
        if (question.Kind == QuestionKind.Repeat)
        {
            if (question.Fields.Count == 0) Problem("A repeating group needs fields.");
            // An address may stand in a row: its lines are typed there, because a search for a postcode needs a page of its own.
            if (question.Fields.Any(f => f.Kind is QuestionKind.Repeat or QuestionKind.File || f.Choices.Any(c => c.Reveals.Count > 0))) Problem("Fields of a repeating group cannot repeat, reveal or take files.");
            if (question.Fields.Select(f => f.Id).Distinct().Count() != question.Fields.Count) Problem("Two of its fields have the same id.");
            if (question.AtLeast > Question.MostRows || question.AtMost > Question.MostRows) Problem($"A repeating group has at most {Question.MostRows} rows.");
            foreach (var field in question.Fields) CheckQuestion(form, page, field, problems);
            if (page.Questions.Count() > 1) Problem("A repeating group stands alone on its page.");
        }
        if (question.Pattern is { } pattern && Patterns.Of(pattern) is null) Problem("Its pattern cannot be used. It must be a regular expression that needs no backtracking.");
        if (question.Particular is { } particular && Particulars.Find(particular) is not { } known) Problem($"There is no particular “{particular}”.");
        else if (question.Particular is { } same && Particulars.Find(same)!.Kind != question.Kind) Problem($"The particular “{same}” is asked as {Particulars.Find(same)!.Kind} and not as {question.Kind}.");
        foreach (var code in question.Messages.Keys.Where(c => !Codes.Contains(c))) Problem($"There is no message “{code}”. There are: {string.Join(", ", Codes)}.");
    }

    /// <summary>What a form may give messages for.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["missing", "format", "too-long", "too-small", "too-large", "too-few", "too-many"];

    /// <summary>The pages to which no way leads, by the form's ways alone. Whether conditions can be true together is asked by <see cref="FindAnswers"/>.</summary>
    private static void Reach(Form form, List<FormProblem> problems)
    {
        var places = FormIndex.Of(form).PageNumbers;
        var reached = new bool[form.Pages.Count];
        for (var i = 0; i < form.Pages.Count; i++)
        {
            // In a task list each section is begun by itself.
            if (i == 0 || form.TaskList && form.Pages[i].Section != form.Pages[i - 1].Section) reached[i] = true;
            // A page that is left out, leads on to the next one too.
            if (!reached[i]) continue;
            var page = form.Pages[i];
            foreach (var jump in page.Next)
                if (places.TryGetValue(jump.Page, out var target) && target > i) reached[target] = true;
            var alwaysJumps = page.Next.Any(j => j.If is null);
            if ((!alwaysJumps && !page.Stop || page.ShowIf is not null) && i + 1 < reached.Length) reached[i + 1] = true;
        }
        foreach (var (i, page) in form.Pages.Index())
            if (!reached[i]) problems.Add(new(page.Id, "No way leads to this page.", page.Id));
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(--?[a-z0-9]+)*\\z", RegexOptions.NonBacktracking)]
    private static partial Regex GoodId { get; }
}
