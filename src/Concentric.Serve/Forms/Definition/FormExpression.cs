namespace Concentric.Serve.Forms;

/// <summary>What an expression of a form decides.</summary>
internal enum Decides
{
    /// <summary>The value of a calculation.</summary>
    Calculation,

    /// <summary>What a lookup looks for.</summary>
    Lookup,

    /// <summary>The amount of the payment.</summary>
    Payment,

    /// <summary>Whether a page is asked.</summary>
    Page,

    /// <summary>Whether a way on is taken.</summary>
    Way,

    /// <summary>Whether guidance is shown.</summary>
    Guidance,

    /// <summary>Whether a question, or a field of a repeating group, is asked.</summary>
    Asked,

    /// <summary>The least that an answer may be.</summary>
    Least,

    /// <summary>The most that an answer may be.</summary>
    Most,

    /// <summary>What must hold of an answer.</summary>
    Rule,
}

/// <summary>One expression of a form, and where it stands.</summary>
/// <param name="Where">Id of the calculation, lookup, page or question; <c>payment</c> for the payment.</param>
internal sealed record FormExpression(Decides Decides, string Where, string Text)
{
    /// <summary>The page on which it stands; null for one of the whole form.</summary>
    public FormPage? Page { get; init; }

    /// <summary>Place of that page, from 0; -1 for one of the whole form.</summary>
    public int Place { get; init; } = -1;

    /// <summary>The way on that it decides.</summary>
    public Jump? Way { get; init; }

    /// <summary>The question to which it belongs.</summary>
    public Question? Question { get; init; }

    /// <summary>The repeating group of which that question is a field.</summary>
    public Question? Group { get; init; }

    /// <summary>Every expression of a form: first those of the whole form, then page by page. Whoever must know them all asks here.</summary>
    public static IEnumerable<FormExpression> Of(Form form)
    {
        foreach (var calculation in form.Calculations) yield return new(Decides.Calculation, calculation.Id, calculation.Value);
        foreach (var lookup in form.Lookups)
            foreach (var by in lookup.By.Values) yield return new(Decides.Lookup, lookup.Id, by);
        if (form.Payment is { } payment) yield return new(Decides.Payment, "payment", payment.Amount);
        foreach (var (place, page) in form.Pages.Index())
            foreach (var one in Of(page)) yield return one with { Page = page, Place = place };
    }

    private static IEnumerable<FormExpression> Of(FormPage page)
    {
        if (page.ShowIf is { } shown) yield return new(Decides.Page, page.Id, shown);
        foreach (var way in page.Next)
            if (way.If is { } taken) yield return new(Decides.Way, page.Id, taken) { Way = way };
        foreach (var guidance in page.Items.OfType<Guidance>())
            if (guidance.ShowIf is { } told) yield return new(Decides.Guidance, page.Id, told);
        foreach (var question in page.Questions)
        {
            foreach (var one in Of(question)) yield return one;
            foreach (var field in question.Fields)
                foreach (var one in Of(field)) yield return one with { Group = question };
        }
    }

    private static IEnumerable<FormExpression> Of(Question question)
    {
        if (question.ShowIf is { } asked) yield return new(Decides.Asked, question.Id, asked) { Question = question };
        if (question.Min is { } least) yield return new(Decides.Least, question.Id, least) { Question = question };
        if (question.Max is { } most) yield return new(Decides.Most, question.Id, most) { Question = question };
        foreach (var rule in question.Rules) yield return new(Decides.Rule, question.Id, rule.Holds) { Question = question };
    }
}
