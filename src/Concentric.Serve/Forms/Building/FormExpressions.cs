using System.Text.RegularExpressions;

namespace Concentric.Serve.Forms.Building;

/// <summary>One expression of a form, and where it stands.</summary>
/// <param name="What">What it decides, in words: "is shown only if".</param>
internal sealed record PlacedExpression(string Where, string? Page, string What, string Text);

/// <summary>Every expression of a form; what refers to a page or a question, and the same form with a name changed.</summary>
internal static class FormExpressions
{
    public static IEnumerable<PlacedExpression> Of(Form form)
    {
        foreach (var calculation in form.Calculations) yield return new(calculation.Id, null, "the calculation", calculation.Value);
        foreach (var lookup in form.Lookups)
            foreach (var by in lookup.By.Values) yield return new(lookup.Id, null, "the lookup", by);
        if (form.Payment is { } payment) yield return new("payment", null, "the amount of the payment", payment.Amount);
        foreach (var page in form.Pages)
        {
            if (page.ShowIf is { } condition) yield return new(page.Id, page.Id, "when the page is shown", condition);
            foreach (var jump in page.Next)
                if (jump.If is { } way) yield return new(page.Id, page.Id, $"the way to “{jump.Page}”", way);
            foreach (var item in page.Items.OfType<Guidance>())
                if (item.ShowIf is { } shown) yield return new(page.Id, page.Id, "when guidance is shown", shown);
            foreach (var question in page.Questions.SelectMany(q => q.Fields.Prepend(q)))
            {
                if (question.ShowIf is { } asked) yield return new(question.Id, page.Id, "when the question is asked", asked);
                if (question.Min is { } min) yield return new(question.Id, page.Id, "the least", min);
                if (question.Max is { } max) yield return new(question.Id, page.Id, "the most", max);
                foreach (var rule in question.Rules) yield return new(question.Id, page.Id, "a rule", rule.Holds);
            }
        }
    }

    /// <summary>What would break if the question went, each in words; none where nothing would.</summary>
    public static IReadOnlyList<string> ReferringTo(Form form, IReadOnlyCollection<string> questions) =>
    [
        .. from placed in Of(form)
           where !questions.Contains(placed.Where)
           from name in Expression.Of(placed.Text).Names
           where questions.Contains(name)
           select $"“{placed.Where}”: {placed.What}, “{placed.Text}”, asks for “{name}”",
        .. from text in FormTexts.Of(form)
           from id in questions
           where Shows(text.Text, id)
           select $"“{text.Where}”: its {text.Part} shows the answer “{id}”",
    ];

    /// <summary>What would break if the page went: ways to it, and what asks for its answers.</summary>
    public static IReadOnlyList<string> ReferringToPage(Form form, FormPage page)
    {
        var own = page.Questions.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        var rest = form with { Pages = [.. form.Pages.Where(p => p.Id != page.Id)] };
        return [.. rest.Pages.SelectMany(p => p.Next.Where(j => j.Page == page.Id).Select(_ => $"“{p.Id}” leads to it")), .. own.Count == 0 ? [] : ReferringTo(rest, own)];
    }

    /// <summary>The form with a question called by another id, in every expression and wherever a text shows its answer.</summary>
    public static Form Rename(Form form, string from, string to) => Each(form,
        // In a row the name of a field means the field.
        (text, group) => group is not null && group.Fields.Any(f => f.Id == from) ? text : Expression.Of(text).Rename(n => n == from ? to : n).Text,
        text => text.Each(t => t.Replace($"(({from}))", $"(({to}))", StringComparison.Ordinal).Replace($"(({from}.", $"(({to}.", StringComparison.Ordinal)))
        .WithQuestion(from, q => q with { Id = to });

    /// <summary>
    /// The form with a field of a repeating group called by another id: where the other fields of the row ask for it, and where it is named beside the group
    /// as in <c>sum(items, 'count')</c>.
    /// </summary>
    public static Form RenameField(Form form, string group, string from, string to)
    {
        var named = new Regex($"(^|[^A-Za-z0-9_.-])({Regex.Escape(group)}\\s*,\\s*)'{Regex.Escape(from)}'", RegexOptions.NonBacktracking);
        string Named(string text) => named.Replace(text, m => $"{m.Groups[1]}{m.Groups[2]}{Expression.Quote(to)}");
        return Each(form, (text, of) => of?.Id == group ? Expression.Of(Named(text)).Rename(n => n == from ? to : n).Text : Named(text), text => text)
            .WithQuestion($"{group}.{from}", q => q with { Id = to });
    }

    /// <summary>The form with every expression changed, and every text into which answers are put.</summary>
    /// <param name="change">Given the repeating group too where the expression is of one of its fields.</param>
    private static Form Each(Form form, Func<string, Question?, string> change, Func<LocalText, LocalText> fill)
    {
        string? Changed(string? text, Question? group = null) => text is null ? null : change(text, group);
        LocalText? Filled(LocalText? text) => text is null ? null : fill(text);
        Question One(Question question, Question? group) => question with
        {
            Title = fill(question.Title), Short = Filled(question.Short),
            Say = question.Say is { } say ? new(fill(say.Phone), Filled(say.Counter), Filled(say.Other)) : null,
            ShowIf = Changed(question.ShowIf, group), Min = Changed(question.Min, group), Max = Changed(question.Max, group),
            Rules = [.. question.Rules.Select(r => r with { Holds = change(r.Holds, group) })],
            Fields = [.. question.Fields.Select(f => One(f, question))],
            Choices = [.. question.Choices.Select(c => c with { Reveals = [.. c.Reveals.Select(r => One(r, group))] })],
        };
        return form with
        {
            Start = Filled(form.Start),
            Confirmation = Filled(form.Confirmation),
            Calculations = [.. form.Calculations.Select(c => c with { Value = change(c.Value, null) })],
            Lookups = [.. form.Lookups.Select(l => l with { By = l.By.ToDictionary(b => b.Key, b => change(b.Value, null), StringComparer.Ordinal) })],
            Payment = form.Payment is { } payment ? payment with { Amount = change(payment.Amount, null) } : null,
            Pages =
            [
                .. form.Pages.Select(p => p with
                {
                    Title = Filled(p.Title),
                    ShowIf = Changed(p.ShowIf),
                    Next = [.. p.Next.Select(j => j with { If = Changed(j.If) })],
                    Items =
                    [
                        .. p.Items.Select(i => i is Question question ? One(question, null)
                            : i is Guidance guidance ? guidance with { ShowIf = Changed(guidance.ShowIf), Text = fill(guidance.Text) } : i),
                    ],
                }),
            ],
        };
    }

    private static bool Shows(LocalText text, string id) => new[] { text.En, text.Cy }.OfType<string>()
        .Any(t => t.Contains($"(({id}))", StringComparison.Ordinal) || t.Contains($"(({id}.", StringComparison.Ordinal));
}
