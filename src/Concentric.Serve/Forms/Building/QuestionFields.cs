using Concentric.Core;
using Concentric.Serve.Attachments;
using Concentric.Serve.Forms.Import;

namespace Concentric.Serve.Forms.Building;

/// <summary>A question as boxes of its editor, and read from them again. What a kind does not have is not asked for and not taken.</summary>
internal static class QuestionFields
{
    /// <summary>Most rows of a repeating group.</summary>
    public const int MostRows = 100;

    private const int MostTicked = 500;

    public static bool HasChoices(QuestionKind kind) => kind is QuestionKind.Radios or QuestionKind.Checkboxes or QuestionKind.Select or QuestionKind.Autocomplete;
    public static bool HasLength(QuestionKind kind) => kind is QuestionKind.Text or QuestionKind.LongText;
    public static bool HasUnits(QuestionKind kind) => kind is QuestionKind.Text or QuestionKind.Number or QuestionKind.Money;
    public static bool HasRange(QuestionKind kind) => kind is QuestionKind.Number or QuestionKind.Money or QuestionKind.Date or QuestionKind.Month;
    public static bool HasCount(QuestionKind kind) => kind is QuestionKind.Checkboxes or QuestionKind.File or QuestionKind.Repeat;
    public static bool IsTyped(QuestionKind kind) => kind is QuestionKind.Text or QuestionKind.LongText or QuestionKind.Number or QuestionKind.Date or QuestionKind.Email or QuestionKind.Phone or QuestionKind.Website;

    /// <summary>The boxes in the order of the page.</summary>
    public static readonly string[] Order =
    [
        "Kind", "Title", "Hint", "Name", "Short", "Id", "Optional", "List", "Choices", "AtLeast", "AtMost", "Accept", "RowName", "Min", "Max", "Decimals", "MaxLength", "MaxWords", "Pattern", "Rows",
        "Width", "Prefix", "Suffix", "Autocomplete", "Particular", "ShowIf", "PickQuestion", "PickBy", "PickValue", "Rules", "Messages", "Phone", "Counter", "Other",
    ];

    /// <summary>A kind as people call it.</summary>
    public static string Words(QuestionKind kind) => kind switch
    {
        QuestionKind.Text => "Text, one line",
        QuestionKind.LongText => "Text, several lines",
        QuestionKind.YesNo => "Yes or no",
        QuestionKind.Radios => "Radios: one of a few",
        QuestionKind.Checkboxes => "Checkboxes: several",
        QuestionKind.Select => "List to pick from",
        QuestionKind.Autocomplete => "List to type into",
        QuestionKind.Email => "Email address",
        QuestionKind.Phone => "Phone number",
        QuestionKind.Website => "Website address",
        QuestionKind.File => "Files",
        QuestionKind.Repeat => "Repeating group",
        QuestionKind.Place => "Place on a map",
        QuestionKind.Month => "Month and year",
        _ => kind.ToString(),
    };

    public static Fields Write(Question question)
    {
        var fields = new Fields().Set("Id", question.Id).Set("Kind", $"{question.Kind}").Put("Title", question.Title).Put("Name", question.Name).Put("Short", question.Short).Put("Hint", question.Hint)
            .Tick("Optional", question.Optional).Put("Phone", question.Say?.Phone).Put("Counter", question.Say?.Counter).Put("Other", question.Say?.Other).Put("Particular", question.Particular)
            .Put("List", question.List).Put("Min", question.Min).Put("Max", question.Max).Put("Decimals", question.Decimals).Put("MaxLength", question.MaxLength).Put("MaxWords", question.MaxWords)
            .Put("Width", question.Width).Put("Rows", question.Rows).Put("Prefix", question.Prefix).Put("Suffix", question.Suffix).Put("Autocomplete", question.Autocomplete).Put("Pattern", question.Pattern)
            .Put("RowName", question.RowName).Put("AtLeast", question.AtLeast).Put("AtMost", question.AtMost).Put("ShowIf", question.ShowIf);
        if (question.Accept.Count > 0) fields.Put("Accept", string.Join(", ", question.Accept));
        if (question.Rules.Count > 0) fields.Put("Rules", Lines.Write(question.Rules.Select(r => new[] { r.Holds, r.Message.En, r.Message.Cy })));
        if (question.Messages.Count > 0) fields.Put("Messages", Lines.Write(question.Messages.Select(m => new[] { m.Key, m.Value.En, m.Value.Cy })));
        ChoiceLines.Put(fields, "Choices", question.Choices);
        return fields;
    }

    /// <param name="before">The question as it was: what it reveals and its rows' fields are edited elsewhere and stay.</param>
    public static Question Read(Form form, Fields fields, Question? before, Errors errors)
    {
        var known = Enum.TryParse<QuestionKind>(fields["Kind"], out var kind) && Enum.IsDefined(kind);
        errors.Check("Kind", known, "Select the kind of question");
        var title = fields.Text("Title", errors);
        errors.Check("Title", title is not null, "Enter the question");
        var id = fields["Id"] ?? (title is null ? "" : new Ids(Ids.ReservedInExpressions).Take(title.En, "question"));
        errors.Check("Id", Typed.IsId(id), "The id must be small letters, digits and dashes, beginning with a letter");
        var phone = fields.Text("Phone", errors);
        var (counter, other) = (fields.Text("Counter", errors), fields.Text("Other", errors));
        errors.Check("Phone", phone is not null || counter is null && other is null, "Enter what is said on the phone: the other scripts stand in for it");
        errors.Check("Pattern", fields["Pattern"] is not { } pattern || Patterns.Of(pattern) is not null, "The pattern cannot be used. It must be a regular expression that needs no backtracking");
        errors.Check("Particular", fields["Particular"] is not { } particular || Particulars.Find(particular) is not null, "Select one of the details listed");
        var question = new Question
        {
            Id = id, Kind = kind, Title = title ?? "", Name = fields.Text("Name", errors), Short = fields.Text("Short", errors), Hint = fields.Text("Hint", errors),
            Optional = fields.IsTicked("Optional"), Say = phone is null ? null : new(phone, counter, other), Particular = fields["Particular"], ShowIf = fields.Expression("ShowIf", errors),
            Rules = Rules(fields, errors), Messages = Messages(fields, errors),
        };
        return OfKind(form, question, fields, before, errors);
    }

    private static Question OfKind(Form form, Question question, Fields fields, Question? before, Errors errors)
    {
        var kind = question.Kind;
        if (HasChoices(kind))
        {
            var list = fields["List"];
            errors.Check("List", list is null || form.Lists.Any(l => l.Id == list), "Select one of the lists of the form");
            var choices = ChoiceLines.Read(fields, "Choices", before?.Choices ?? [], errors);
            errors.Check("Choices", list is null || choices.Count == 0, "Remove the choices or the list: a question can have only one of them");
            errors.Check("Choices", kind is QuestionKind.Radios or QuestionKind.Checkboxes || choices.All(c => c.Reveals.Count == 0), "Only radios and checkboxes can show further questions");
            question = question with { List = list, Choices = choices };
        }
        else if (before is not null && before.Choices.Any(c => c.Reveals.Count > 0)) errors.Check("Kind", false, "Its choices show further questions. Remove those before you change the kind");
        if (HasLength(kind))
            question = question with { MaxLength = fields.Number("MaxLength", "Most characters", errors, 1, ReadAnswer.MostCharacters), MaxWords = fields.Number("MaxWords", "Most words", errors, 1, 5000), Pattern = fields["Pattern"] };
        if (kind == QuestionKind.LongText) question = question with { Rows = fields.Number("Rows", "Rows", errors, 1, 30) };
        if (HasUnits(kind)) question = question with { Prefix = fields.Text("Prefix", errors), Suffix = fields.Text("Suffix", errors), Width = Width(fields, errors) };
        if (HasRange(kind)) question = question with { Min = fields.Expression("Min", errors), Max = fields.Expression("Max", errors) };
        if (kind is QuestionKind.Number or QuestionKind.Money) question = question with { Decimals = fields.Number("Decimals", "Decimal places", errors, 0, 6) };
        if (IsTyped(kind)) question = question with { Autocomplete = Token(fields, errors) };
        if (HasCount(kind))
        {
            var most = kind switch { QuestionKind.File => FileLimits.MostFiles, QuestionKind.Repeat => MostRows, _ => MostTicked };
            var (least, atMost) = (fields.Number("AtLeast", "Fewest", errors, 0, most), fields.Number("AtMost", "Most", errors, 1, most));
            question = question with { AtLeast = least, AtMost = atMost };
            errors.Check("AtMost", question.AtMost is null || question.AtLeast is null || question.AtLeast <= question.AtMost, "Most must be the same as fewest, or more");
        }
        if (kind == QuestionKind.File) question = question with { Accept = [.. (fields["Accept"] ?? "").Split((char[])[',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(e => e.TrimStart('.').ToLowerInvariant()).Distinct().Take(20)] };
        if (kind == QuestionKind.Repeat) question = question with { RowName = fields.Text("RowName", errors), Fields = before?.Fields ?? [] };
        else if (before?.Fields.Count > 0) errors.Check("Kind", false, "Its rows have questions. Remove those before you change the kind");
        return question;
    }

    private static IReadOnlyList<AnswerRule> Rules(Fields fields, Errors errors)
    {
        var rows = Lines.Read(fields["Rules"]);
        errors.Check("Rules", rows.All(r => r.At(1) is not null), "Each line is a condition and its message, as in: count(people) <= 8 | There can be 8 people at most");
        foreach (var row in rows)
            if (Expression.Parse(row[0]).Error is { } error) errors.Check("Rules", false, $"“{row[0]}” cannot be read: {error}");
        return [.. rows.Select(r => new AnswerRule(r[0], new(r.At(1) ?? "", r.At(2))))];
    }

    private static IReadOnlyDictionary<string, LocalText> Messages(Fields fields, Errors errors)
    {
        var rows = Lines.Read(fields["Messages"]);
        errors.Check("Messages", rows.All(r => r.At(1) is not null && FormCheck.Codes.Contains(r[0])), $"Each line is what is wrong and its message. There are: {string.Join(", ", FormCheck.Codes)}");
        return rows.DistinctBy(r => r[0]).ToDictionary(r => r[0], r => new LocalText(r.At(1) ?? "", r.At(2)), StringComparer.Ordinal);
    }

    private static int? Width(Fields fields, Errors errors)
    {
        var width = fields.Number("Width", "Width", errors, 2, 30);
        errors.Check("Width", width is null or 2 or 3 or 4 or 5 or 10 or 20 or 30, "Width must be 2, 3, 4, 5, 10, 20 or 30 characters");
        return width;
    }

    private static string? Token(Fields fields, Errors errors)
    {
        var token = fields["Autocomplete"];
        errors.Check("Autocomplete", token is null || token.Length <= 40 && token.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or ' '), "An autocomplete token is small letters and dashes, like given-name");
        return token;
    }
}
