namespace Concentric.Serve.Forms.Building;

/// <summary>One text of a form, and where it stands.</summary>
/// <param name="Where">Id of the page, question or other part.</param>
/// <param name="Page">Id of the page on which it is, where it is on one.</param>
/// <param name="Part">What it is there, in words: "title", "hint", "choice “refuse”".</param>
/// <param name="IsMarkdown">Written in Markdown: guidance, start, confirmation, privacy.</param>
/// <param name="IsForAdvisers">Read by advisers alone.</param>
public sealed record FormText(string Where, string? Page, string Part, LocalText Text, bool IsMarkdown = false, bool IsForAdvisers = false)
{
    /// <summary>What people read needs Welsh; a sign such as £ does not.</summary>
    public bool NeedsWelsh => !IsForAdvisers && Text.En.Any(char.IsLetter);
}

/// <summary>Every text of a form, in the order in which people meet it.</summary>
internal static class FormTexts
{
    public static IEnumerable<FormText> Of(Form form)
    {
        yield return new("form", null, "title", form.Title);
        if (form.Start is { } start) yield return new("form", null, "start", start, IsMarkdown: true);
        if (form.Data is { } data) yield return new("form", null, "privacy", data.Privacy, IsMarkdown: true);
        foreach (var section in form.Sections) yield return new(section.Id, null, "section", section.Title);
        foreach (var list in form.Lists)
            foreach (var text in list.Items.SelectMany(i => OfChoice(list.Id, null, i))) yield return text;
        foreach (var page in form.Pages)
        {
            if (page.Title is { } title) yield return new(page.Id, page.Id, "title", title);
            foreach (var text in page.Items.SelectMany(i => OfItem(page, i))) yield return text;
        }
        foreach (var calculation in form.Calculations)
            if (calculation.Title is { } title) yield return new(calculation.Id, null, "calculation", title);
        if (form.Payment is { } payment) yield return new("payment", null, "description", payment.Description);
        if (form.Confirmation is { } confirmation) yield return new("form", null, "confirmation", confirmation, IsMarkdown: true);
    }

    /// <summary>What people read and nobody has written in Welsh.</summary>
    public static IEnumerable<FormText> WithoutWelsh(Form form) => Of(form).Where(t => t.NeedsWelsh && t.Text.IsMissing(Language.Welsh));

    /// <summary>The form as somebody changed it: a Welsh speaker has signed texts and not a form, so whoever changes a text takes the signature away.</summary>
    public static Form WithoutOldSignature(Form before, Form after) =>
        after.Welsh is not null && !Signed(before).SequenceEqual(Signed(after)) ? after with { Welsh = null } : after;

    private static IEnumerable<(string, string, LocalText)> Signed(Form form) => Of(form).Where(t => !t.IsForAdvisers).Select(t => (t.Where, t.Part, t.Text)).OrderBy(t => t.Where, StringComparer.Ordinal).ThenBy(t => t.Part, StringComparer.Ordinal);

    private static IEnumerable<FormText> OfItem(FormPage page, FormItem item)
    {
        if (item is Guidance guidance)
        {
            if (guidance.Title is { } title) yield return new(page.Id, page.Id, "title of guidance", title);
            yield return new(page.Id, page.Id, "guidance", guidance.Text, IsMarkdown: true);
        }
        else if (item is Question question)
            foreach (var text in OfQuestion(page.Id, question)) yield return text;
    }

    private static IEnumerable<FormText> OfQuestion(string page, Question question)
    {
        FormText Text(string part, LocalText text, bool advisers = false) => new(question.Id, page, part, text, IsForAdvisers: advisers);
        yield return Text("question", question.Title);
        if (question.Name is { } name) yield return Text("name in messages", name);
        if (question.Short is { } inList) yield return Text("short name", inList);
        if (question.Hint is { } hint) yield return Text("hint", hint);
        if (question.Prefix is { } prefix) yield return Text("prefix", prefix);
        if (question.Suffix is { } suffix) yield return Text("suffix", suffix);
        if (question.RowName is { } row) yield return Text("name of a row", row);
        foreach (var rule in question.Rules) yield return Text($"message of the rule “{rule.Holds}”", rule.Message);
        foreach (var (code, message) in question.Messages.OrderBy(m => m.Key, StringComparer.Ordinal)) yield return Text($"message “{code}”", message);
        if (question.Say is { } say)
        {
            yield return Text("script on the phone", say.Phone, advisers: true);
            if (say.Counter is { } counter) yield return Text("script at the counter", counter, advisers: true);
            if (say.Other is { } other) yield return Text("script for somebody else", other, advisers: true);
        }
        foreach (var choice in question.Choices)
        {
            foreach (var text in OfChoice(question.Id, page, choice)) yield return text;
            foreach (var text in choice.Reveals.SelectMany(r => OfQuestion(page, r))) yield return text;
        }
        foreach (var text in question.Fields.SelectMany(f => OfQuestion(page, f))) yield return text;
    }

    private static IEnumerable<FormText> OfChoice(string where, string? page, FormChoice choice)
    {
        yield return new(where, page, $"choice “{choice.Value}”", choice.Text);
        if (choice.Hint is { } hint) yield return new(where, page, $"hint of “{choice.Value}”", hint);
    }
}
