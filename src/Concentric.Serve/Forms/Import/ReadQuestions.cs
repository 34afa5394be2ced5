using System.Globalization;

namespace Concentric.Serve.Forms.Import;

/// <summary>Components that are answered, as questions.</summary>
internal sealed partial class ReadQuestions(SourceFields fields, SourceLists lists, SourceConditions conditions, ReadGuidance guidance, ImportNotes notes, bool isV2)
{
    private readonly HashSet<string> _revealed = new(StringComparer.Ordinal);

    /// <summary>What a payment component asks for.</summary>
    public PaymentStep? Payment { get; private set; }

    public IReadOnlyList<FormItem> Items(Source component)
    {
        var type = component.Said("type") ?? "";
        var thing = notes.Begin(ImportedKind.Component, Name(component, type), component);
        if (SourceFields.Guidance.Contains(type)) return guidance.Items(component, type, thing);
        var id = fields.At(component)?.Id ?? fields.Another(component.Said("name") ?? type);
        thing.Became = id;
        return type switch
        {
            "MultiInputField" => Repeat(component, id, thing),
            "DateTimeField" or "DateTimePartsField" => DateAndTime(component, type, id, thing),
            "EastingNorthingField" => EastingNorthing(component, type, id, thing),
            "DeclarationField" => Declaration(component, id, thing),
            "PaymentField" => Pay(component, thing),
            "HiddenField" => Hidden(component, thing),
            _ => Known(type) is { } kind ? One(component, type, kind, id, thing) : Unknown(component, type, id, thing),
        };
    }

    private static QuestionKind? Known(string type) => type switch
    {
        "TextField" or "TimeField" or "OsGridRefField" or "NationalGridFieldNumberField" => QuestionKind.Text,
        "MultilineTextField" or "FreeTextField" => QuestionKind.LongText,
        "YesNoField" => QuestionKind.YesNo,
        "DateField" or "DatePartsField" or "DatePickerField" => QuestionKind.Date,
        "MonthYearField" => QuestionKind.Month,
        "SelectField" => QuestionKind.Select,
        "AutocompleteField" => QuestionKind.Autocomplete,
        "RadiosField" => QuestionKind.Radios,
        "CheckboxesField" => QuestionKind.Checkboxes,
        "NumberField" => QuestionKind.Number,
        "UkAddressField" => QuestionKind.Address,
        "TelephoneNumberField" => QuestionKind.Phone,
        "EmailAddressField" => QuestionKind.Email,
        "WebsiteField" => QuestionKind.Website,
        "FileUploadField" or "ClientSideFileUploadField" => QuestionKind.File,
        "LatLongField" or "GeospatialField" => QuestionKind.Place,
        _ => null,
    };

    private static string Name(Source component, string type)
    {
        var words = component.Words("title") is { } title ? HtmlText.Plain(title.En) : null;
        return string.Join(' ', new[] { type.Length == 0 ? "component" : type, component.Said("name"), words is null ? null : $"“{ImportNotes.Shortly(words)}”" }.Where(p => p is not null));
    }

    private IReadOnlyList<FormItem> Unknown(Source component, string type, string id, ImportNotes.Thing thing)
    {
        if (component.Has("content") && !component.Has("schema"))
        {
            thing.Approximated($"“{type}” is not known to the importer; what it says is guidance");
            return guidance.Items(component, "Html", thing);
        }
        thing.Approximated($"“{type}” is not known to the importer; it is asked {(lists.Find(component.Said("list")) is null ? "as a text" : "as a choice")}");
        return One(component, type, lists.Find(component.Said("list")) is null ? QuestionKind.Text : QuestionKind.Radios, id, thing);
    }

    private static IReadOnlyList<FormItem> Hidden(Source component, ImportNotes.Thing thing)
    {
        component.Words("title");
        thing.Dropped("A hidden field is filled by an address and never asked; forms here hold nothing hidden");
        return [];
    }

    /// <summary>One question; before it, its hint where that is more than a line.</summary>
    private IReadOnlyList<FormItem> One(Source component, string type, QuestionKind kind, string id, ImportNotes.Thing thing)
    {
        var question = Basic(component, id, kind, thing, out var before);
        var options = component.Child("options");
        var schema = component.Child("schema");
        question = kind switch
        {
            QuestionKind.Text or QuestionKind.LongText or QuestionKind.Email or QuestionKind.Phone or QuestionKind.Website => Written(question, type, options, schema, thing),
            QuestionKind.Number => Number(question, options, schema, thing),
            QuestionKind.Date or QuestionKind.Month => Dated(question, options),
            QuestionKind.Radios or QuestionKind.Checkboxes or QuestionKind.Select or QuestionKind.Autocomplete => Chosen(question, component, options, schema, thing),
            QuestionKind.File => Filed(question, options, schema, thing),
            QuestionKind.Place when type == "GeospatialField" => Pointed(question, thing),
            _ => question,
        };
        return [.. before, question];
    }

    private static Question Pointed(Question question, ImportNotes.Thing thing)
    {
        thing.Approximated("Shapes on a map are asked as one point");
        return question;
    }

    /// <summary>What questions of every kind have.</summary>
    private Question Basic(Source component, string id, QuestionKind kind, ImportNotes.Thing thing, out IReadOnlyList<FormItem> before)
    {
        component.Said("id");
        component.Said("name");
        component.Said("list");
        if (component.Said("content") is not null && kind != QuestionKind.Declaration) thing.Approximated("A question holds content of its own, which is left out");
        var options = component.Child("options");
        component.Child("schema");
        var optional = options?.Truth("required") == false;
        var title = component.Words("title")?.Each(HtmlText.Plain);
        if (optional) title = title?.Each(t => t.EndsWith("(optional)", StringComparison.OrdinalIgnoreCase) ? t[..^"(optional)".Length].TrimEnd() : t);
        if (title is null || title.En.Length == 0)
        {
            title = component.Words("shortDescription") ?? options?.Words("summaryTitle") ?? component.Said("name") ?? id;
            thing.OurWay($"It has no title of its own; “{title.En}” stands in where the page's title does not");
        }
        if (title.En.Contains("{{", StringComparison.Ordinal) || title.En.Contains("{%", StringComparison.Ordinal)) thing.Approximated("Its title holds an answer or a command of a template, which stays as it is written");
        var summary = component.Words("shortDescription") ?? options?.Words("summaryTitle") ?? options?.Words("customSummaryTitle");
        var hint = Hint(component.Words("hint"), thing, out before);
        return new()
        {
            Id = id,
            Kind = kind,
            Title = title,
            Short = summary is null || summary == title ? null : summary.Each(HtmlText.Plain),
            Name = isV2 && component.Has("shortDescription") && summary is not null ? summary.Each(InSentence) : null,
            Hint = hint,
            Optional = optional,
            ShowIf = guidance.Condition(options?.Said("condition") ?? component.Said("condition"), thing),
            Autocomplete = options?.Said("autocomplete"),
            Messages = ReadMessages.Of(options, title, thing),
        };
    }

    private LocalText? Hint(LocalText? hint, ImportNotes.Thing thing, out IReadOnlyList<FormItem> before)
    {
        before = [];
        if (hint is null) return null;
        if (hint.En == "The MultiInputField needed")
        {
            thing.OurWay("Its hint is the editor's own remark, and is left out");
            return null;
        }
        if (!HtmlText.HasParts(hint.En)) return hint.Each(HtmlText.Plain) is { En.Length: > 0 } plain ? plain : null;
        thing.OurWay("Its hint has paragraphs or a list; it stands above the question as guidance");
        before = guidance.Blocks(hint, thing);
        return null;
    }

    private static string InSentence(string words) => words.Length > 1 && char.IsUpper(words[0]) && !char.IsUpper(words[1]) ? $"{char.ToLowerInvariant(words[0])}{words[1..]}".TrimEnd('?', '.') : words;

    private static Question Written(Question question, string type, Source? options, Source? schema, ImportNotes.Thing thing)
    {
        var (least, most, exact) = (schema?.Whole("min") ?? schema?.Whole("minLength"), schema?.Whole("max") ?? schema?.Whole("maxLength"), schema?.Whole("length"));
        if (type == "FreeTextField") thing.OurWay("It is typed as plain text; there are no buttons for bold and lists");
        if (type == "TimeField") thing.OurWay("A time is typed as 14:30");
        var rules = new List<AnswerRule>();
        void Rule(string holds, string message) => rules.Add(new(question.Optional ? $"not answered({question.Id}) or {holds}" : holds, message));
        var subject = question.Title.En.TrimEnd('?', '.');
        if (exact is { } length) Rule($"length({question.Id}) = {length}", $"{subject} must be {length} characters");
        else if (least is > 0) Rule($"length({question.Id}) >= {least}", $"{subject} must be {least} characters or more");
        if ((exact ?? most) > ReadAnswer.MostCharacters) thing.Approximated($"{exact ?? most} characters may be typed; here at most {ReadAnswer.MostCharacters}");
        return question with
        {
            MaxLength = (exact ?? most) is { } max and > 0 ? Math.Min(max, ReadAnswer.MostCharacters) : null,
            MaxWords = options?.Whole("maxWords") is { } words and > 0 ? words : null,
            Rows = options?.Whole("rows") is { } rows and > 0 and < 100 ? rows : null,
            Width = WidthOf(options),
            Prefix = options?.Words("prefix"),
            Suffix = options?.Words("suffix"),
            Pattern = type switch { "TimeField" => "([01]?[0-9]|2[0-3]):[0-5][0-9]", "OsGridRefField" => "[A-Za-z]{2} ?[0-9]{3,5} ?[0-9]{3,5}", "NationalGridFieldNumberField" => "[A-Za-z]{2} ?[0-9]{4} ?[0-9]{4}", _ => PatternOf(schema, thing) },
            Rules = rules,
        };
    }

    private static int? WidthOf(Source? options)
    {
        const string Class = "govuk-input--width-";
        var classes = options?.Text("classes") ?? "";
        var at = classes.IndexOf(Class, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(new string([.. classes.AsSpan(at + Class.Length).ToArray().TakeWhile(char.IsAsciiDigit)]), NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is 2 or 3 or 4 or 5 or 10 or 20 or 30 ? width : null;
    }

    private static string? PatternOf(Source? schema, ImportNotes.Thing thing)
    {
        if ((schema?.Said("regex") ?? schema?.Said("pattern")) is not { } written) return null;
        // The source looks for a match anywhere; ours must match the whole answer.
        var (start, end) = (written.StartsWith('^'), written.EndsWith('$') && !written.EndsWith("\\$", StringComparison.Ordinal));
        var inner = written[(start ? 1 : 0)..(end ? ^1 : ^0)];
        var pattern = start && end && !inner.Contains('|', StringComparison.Ordinal) ? inner : start && end ? $"(?:{inner})" : $"{(start ? "" : ".*")}(?:{inner}){(end ? "" : ".*")}";
        if (start && inner.Contains("|^", StringComparison.Ordinal) || end && inner.Contains("$|", StringComparison.Ordinal)) pattern = $"(?:{written})";
        if (Patterns.Of(pattern) is not null) return pattern;
        thing.Dropped($"The pattern {ImportNotes.Shortly(written)} looks ahead or back, or is too long, which patterns here cannot be; any answer is taken");
        return null;
    }

    private static Question Dated(Question question, Source? options)
    {
        var (past, future) = (options?.Whole("maxDaysInPast"), options?.Whole("maxDaysInFuture"));
        return question with { Min = past is { } p ? $"add-days(today(), -{p})" : null, Max = future is { } f ? $"add-days(today(), {f})" : null };
    }
}
