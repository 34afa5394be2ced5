using System.Globalization;
using System.Text.Json;

namespace Concentric.Serve.Forms.Import;

/// <summary>What comes after the questions: what is said before sending, fees, and the confirmation.</summary>
internal sealed class ReadEnding
{
    private readonly ReadGuidance _guidance;
    private readonly ReadQuestions _questions;
    private readonly SourceFields _fields;
    private readonly SourceConditions _conditions;
    private readonly List<FormItem> _before = [];
    private LocalText? _title;
    private string? _confirmation;
    private string? _welshConfirmation;

    public ReadEnding(Source root, SourceConditions conditions, SourceFields fields, ReadGuidance guidance, ReadQuestions questions, ImportNotes notes)
    {
        (_conditions, _fields, _guidance, _questions) = (conditions, fields, guidance, questions);
        var thing = notes.At("");
        if (root.Words("declaration") is { } declaration)
        {
            _before.AddRange(guidance.Blocks(declaration, thing));
            _before.Add(new Question { Id = fields.Another("declaration"), Kind = QuestionKind.Declaration, Title = new("I confirm this", "Rwy'n cadarnhau hyn") });
            _title = new("Declaration", "Datganiad");
            thing.OurWay("Its declaration is a page of its own before the answers are checked, with a box to tick");
        }
        Payment = Fees(root, thing);
        Confirm(root.Child("specialPages")?.Child("confirmationPage"), thing);
    }

    public PaymentStep? Payment { get; }

    public LocalText? Confirmation => _confirmation is { Length: > 0 } english ? new(english, _welshConfirmation is { Length: > 0 } welsh ? welsh : null) : null;

    /// <summary>What stands on a summary page beside the answers.</summary>
    public void AddSummary(Source page, LocalText? title, ImportNotes.Thing thing)
    {
        foreach (var component in page.Each("components"))
        {
            _before.AddRange(_questions.Items(component));
            _title ??= title;
            thing.OurWay("What it says beside the answers stands on a page of its own before them");
        }
    }

    /// <summary>The page before the answers are checked; null where the source says nothing there.</summary>
    public FormPage? LastPage(Ids ids) => _before.Count == 0 ? null : new() { Id = ids.Take("before-you-send", "page"), Title = _title ?? new("Before you send", "Cyn i chi anfon"), Items = [.. _before] };

    /// <summary>A page that is shown once the form was sent.</summary>
    public void AddStatus(Source page, ImportNotes.Thing thing)
    {
        foreach (var component in page.Each("components"))
            foreach (var item in _questions.Items(component))
            {
                if (item is Guidance { Text: var text }) Say(text);
                else thing.Dropped("It asks a question after the form was sent, which is left out");
            }
    }

    private void Say(LocalText text)
    {
        _confirmation = _confirmation is null ? text.En : $"{_confirmation}\n\n{text.En}";
        if (text.Cy is not null) _welshConfirmation = _welshConfirmation is null ? text.Cy : $"{_welshConfirmation}\n\n{text.Cy}";
    }

    private void Confirm(Source? page, ImportNotes.Thing thing)
    {
        if (page is null) return;
        if (page.Child("customText") is { } words)
        {
            if (words.Words("title") is not null) thing.OurWay("The title of its last page is that of the program");
            words.Truth("hidePanel");
            if (words.KindOf("nextSteps") is JsonValueKind.True or JsonValueKind.False) words.Truth("nextSteps");
            else if (words.Words("nextSteps") is { } next) Say(next.Each(n => _guidance.OneText(n, thing)));
            if (words.Words("referenceTitle") is { } title) Say(title.Each(t => $"**{HtmlText.Plain(t)}**"));
            if (words.Words("referenceContent") is { } content) Say(content.Each(c => _guidance.OneText(c, thing)));
        }
        AddStatus(page, thing);
    }

    private PaymentStep? Fees(Source root, ImportNotes.Thing thing)
    {
        var (parts, descriptions) = (new List<string>(), new List<string>());
        foreach (var fee in root.Each("fees"))
        {
            var description = fee.Words("description")?.En ?? "Fee";
            if (fee.Number("amount") is not { } pounds)
            {
                thing.Dropped($"The fee “{description}” has no amount");
                continue;
            }
            var amount = pounds.ToString(CultureInfo.InvariantCulture);
            if (fee.Said("multiplier") is { } times)
            {
                if (_fields.Named(times) is [var field, ..]) amount = $"{amount} * {(field.IsNumber ? field.Id : $"number({field.Id})")}";
                else thing.Approximated($"The fee “{description}” is multiplied by “{times}”, which nobody is asked; it is taken once");
            }
            if (fee.Said("condition") is { } name)
            {
                if (_conditions.Find(name) is { } condition) amount = $"if({condition}, {amount}, 0)";
                else
                {
                    thing.Dropped($"The fee “{description}” is due under the condition “{name}”, which is not there");
                    continue;
                }
            }
            if (fee.Said("prefix") is not null) thing.OurWay("What stands before the reference of a fee is the program's");
            parts.Add(amount);
            descriptions.Add(description);
        }
        return parts.Count == 0 ? null : new(string.Join(" + ", parts), string.Join(", ", descriptions.Distinct()));
    }
}
