using System.Globalization;

namespace Concentric.Serve.Forms.Import;

/// <summary>Numbers, choices, files, groups, and components that become more than one question.</summary>
internal sealed partial class ReadQuestions
{
    private Question Number(Question question, Source? options, Source? schema, ImportNotes.Thing thing)
    {
        var (prefix, suffix) = (options?.Words("prefix"), options?.Words("suffix"));
        var precision = schema?.Whole("precision");
        var isWhole = schema?.Truth("integer") == true;
        var isMoney = prefix?.En is "£" or "&pound;" or "£ ";
        if (schema?.Number("minPrecision") is not null || schema?.Number("minLength") is not null || schema?.Number("maxLength") is not null)
            thing.Approximated("How many digits a number has is not checked here");
        return question with
        {
            Kind = isMoney ? QuestionKind.Money : QuestionKind.Number,
            // The newer engine takes whole numbers unless told; the older one takes any.
            Decimals = isWhole || precision == 0 ? (isMoney ? 0 : null) : precision is { } places ? Math.Min(places, 10) : isMoney || isV2 ? null : 6,
            Min = schema?.Number("min")?.ToString(CultureInfo.InvariantCulture),
            Max = schema?.Number("max")?.ToString(CultureInfo.InvariantCulture),
            Prefix = isMoney ? null : prefix,
            Suffix = suffix,
            Width = WidthOf(options),
        };
    }

    private Question Chosen(Question question, Source component, Source? options, Source? schema, ImportNotes.Thing thing)
    {
        var name = component.Said("list") ?? component.Child("values")?.Said("list");
        if (name == SourceLists.YesNo) return question with { Kind = QuestionKind.YesNo };
        var values = component.Child("values");
        if (lists.Find(name) is not { } list)
        {
            // The oldest forms have the choices beside the question.
            if (values?.Each("items") is { Count: > 0 } own)
                return question with { Choices = [.. own.Select(i => new FormChoice(i.Text("value") ?? i.Text("label") ?? "?", i.Words("label") ?? i.Words("text") ?? i.Text("value") ?? "?") { Hint = i.Words("hint") ?? i.Words("description") })] };
            thing.Dropped(name is null ? "It has no list of choices; it is asked as a text" : $"Its list “{name}” is not there; it is asked as a text");
            return question with { Kind = QuestionKind.Text };
        }
        values?.Said("value");
        if (list.Choices.Count == 0)
        {
            thing.Approximated($"Its list “{name}” has no choices; it is asked as a text");
            return question with { Kind = QuestionKind.Text };
        }
        if (question.Kind == QuestionKind.Checkboxes)
            question = question with { AtLeast = (schema?.Whole("length") ?? schema?.Whole("min")) is { } least and > 1 ? least : null, AtMost = schema?.Whole("length") ?? schema?.Whole("max") };
        var alone = options?.Said("behaviour") == "exclusive" ? options.Said("behaviourItemValue") ?? options.Said("exclusiveValue") : null;
        var revealed = options?.Child("conditionallyRevealedComponents");
        if (list.IsPlain && alone is null && revealed is null) return question with { List = lists.Use(list) };
        return question with
        {
            Choices = [.. list.Choices.Select(c => SourceLists.Choice(c) with { Alone = c.Value == alone, Reveals = Reveals(question.Kind, c, component, revealed?.Child(c.Value), thing) })],
            Rules = [.. question.Rules, .. Offered(question, list, thing)],
        };
    }

    /// <summary>Questions under a choice. A question that two lists reveal is asked under the first.</summary>
    private IReadOnlyList<Question> Reveals(QuestionKind kind, SourceChoice choice, Source by, Source? own, ImportNotes.Thing thing)
    {
        IReadOnlyList<Source> components = own is null ? choice.Reveals : [.. choice.Reveals, own];
        if (components.Count == 0) return [];
        if (kind is not (QuestionKind.Radios or QuestionKind.Checkboxes))
        {
            thing.Dropped($"“{choice.Text.En}” reveals questions, which a list to select from cannot here");
            return [];
        }
        var questions = new List<Question>();
        foreach (var component in components)
        {
            if (!_revealed.Add($"{component.Place}"))
            {
                thing.Approximated($"What “{choice.Text.En}” reveals is asked under the first question with that list");
                continue;
            }
            if (fields.At(by) is { } field) fields.AddRevealed(component, field);
            foreach (var item in Items(component))
            {
                if (item is Question question) questions.Add(question);
                else thing.Approximated($"Words that “{choice.Text.En}” reveals are left out; only questions can be revealed");
            }
        }
        return questions;
    }

    private List<AnswerRule> Offered(Question question, SourceList list, ImportNotes.Thing thing)
    {
        var rules = new List<AnswerRule>();
        foreach (var choice in list.Choices.Where(c => c.Condition is not null))
        {
            if (conditions.Find(choice.Condition!) is not { } condition)
            {
                thing.Approximated($"“{choice.Text.En}” is offered under the condition “{choice.Condition}”, which is not there; it is always offered");
                continue;
            }
            thing.Approximated($"“{choice.Text.En}” is always shown; choosing it is refused unless “{choice.Condition}” holds");
            var chosen = question.Kind == QuestionKind.Checkboxes ? $"{question.Id} contains {Expression.Quote(choice.Value)}" : $"{question.Id} = {Expression.Quote(choice.Value)}";
            rules.Add(new($"not ({chosen}) or {condition}", choice.Text.Each(t => $"“{t}” cannot be chosen with your other answers")));
        }
        return rules;
    }

    private static Question Filed(Question question, Source? options, Source? schema, ImportNotes.Thing thing)
    {
        var dropzone = options?.Child("dropzoneConfig");
        var accepted = options?.Said("accept") ?? dropzone?.Said("acceptedFiles") ?? options?.Said("accepts");
        var several = options?.Truth("multiple");
        var exact = schema?.Whole("length");
        var most = exact ?? schema?.Whole("max") ?? dropzone?.Whole("maxFiles") ?? (several == true || schema is not null && several is null && dropzone is null ? Question.MostFiles : 1);
        var least = exact ?? schema?.Whole("min") ?? options?.Whole("minimumRequiredFiles");
        if (most > Question.MostFiles) thing.Approximated($"{most} files may be sent; here at most {Question.MostFiles}");
        var accept = accepted is null ? [] : FileKinds.Extensions(accepted,
            kind => thing.Approximated($"Files of the kind “{kind}” are not known here, and not taken"),
            kinds => thing.OurWay($"Files of the kind {string.Join(", ", kinds)} are never taken here"));
        if (accepted is not null && accept.Count == 0) thing.Approximated("None of the kinds of files that it names is taken here; the usual ones are");
        return question with
        {
            Accept = accept,
            AtLeast = least is > 0 ? Math.Min(least.Value, Question.MostFiles) : null,
            AtMost = Math.Clamp(most, 1, Question.MostFiles),
            Optional = question.Optional || least == 0 && options?.Truth("required") != true,
        };
    }

    private IReadOnlyList<FormItem> Repeat(Source component, string id, ImportNotes.Thing thing)
    {
        var question = Basic(component, id, QuestionKind.Repeat, thing, out var before);
        var options = component.Child("options");
        var most = options?.Whole("maxMultiInputFieldRows");
        var items = Group(question with { AtMost = most is > 0 ? Math.Min(most.Value, Question.MostRows) : Question.MostRows }, [.. component.Each("children")], options?.Texts("columnTitles") ?? [], before, thing);
        if (options?.Said("prefix") is { } prefix)
        {
            if (items.OfType<Question>().SelectMany(q => q.Fields).Any(f => f.Kind == QuestionKind.Money || f.Prefix is not null)) thing.OurWay($"“{prefix}” stands before the questions in it that have it, and not before the group");
            else thing.Approximated($"“{prefix}” before a whole group is left out");
        }
        return items;
    }

    /// <summary>A group that repeats all questions of a page.</summary>
    public IReadOnlyList<FormItem> Group(Question group, IReadOnlyList<Source> components, IReadOnlyList<string> columns, IReadOnlyList<FormItem> before, ImportNotes.Thing thing)
    {
        var (guidances, questions, apart) = (new List<FormItem>(before), new List<Question>(), new List<FormItem>());
        foreach (var component in components)
            foreach (var item in Items(component))
            {
                if (item is not Question question) guidances.Add(item);
                else if (question.Kind == QuestionKind.Repeat) thing.Dropped($"“{question.Title.En}” repeats inside a group that repeats, which is not possible here");
                else if (question.Kind == QuestionKind.File)
                {
                    thing.Approximated($"“{question.Title.En}” takes files, which are asked for once, after the group, and not for each row");
                    apart.Add(question);
                }
                else questions.Add(question.Choices.Any(c => c.Reveals.Count > 0) ? Unrevealed(question, thing) : question);
            }
        if (questions.Count == 0)
        {
            if (apart.Count == 0) thing.Dropped("It repeats nothing that is asked");
            return [.. guidances, .. apart];
        }
        // The last column of the source is that of its buttons.
        if (columns.Count >= questions.Count)
            questions = [.. questions.Select((q, i) => q.Short is null && columns[i].Trim() is { Length: > 0 } column && column != q.Title.En ? q with { Short = q.Title.Cy is null ? new LocalText(column) : new LocalText(column, column) } : q)];
        return [.. guidances, group with { Fields = questions }, .. apart];
    }

    private static Question Unrevealed(Question question, ImportNotes.Thing thing)
    {
        thing.Dropped($"What “{question.Title.En}” reveals is left out; nothing can be revealed inside a group that repeats");
        return question with { Choices = [.. question.Choices.Select(c => c with { Reveals = [] })] };
    }

    private IReadOnlyList<FormItem> DateAndTime(Source component, string type, string id, ImportNotes.Thing thing)
    {
        var date = Basic(component, id, QuestionKind.Date, thing, out var before);
        thing.OurWay($"A {type} is asked as a date and, beside it, a time");
        var time = date with { Id = fields.Another($"{id}-time"), Kind = QuestionKind.Text, Title = date.Title.Each(t => $"{t.TrimEnd('?')} (time)"), Hint = new("For example, 14:30", "Er enghraifft, 14:30"), Pattern = "([01]?[0-9]|2[0-3]):[0-5][0-9]", Width = 5, Short = null, Name = null };
        return [.. before, Dated(date, component.Child("options")), time];
    }

    private IReadOnlyList<FormItem> EastingNorthing(Source component, string type, string id, ImportNotes.Thing thing)
    {
        var question = Basic(component, id, QuestionKind.Number, thing, out var before);
        thing.OurWay($"An {type} is asked as two numbers");
        var schema = component.Child("schema");
        Question Part(string key, string title, string own) => question with
        {
            Id = own,
            Title = question.Title.Each(t => $"{t.TrimEnd('?')}: {title}"),
            Short = title,
            Name = null,
            Min = (schema?.Child(key)?.Number("min") ?? 0).ToString(CultureInfo.InvariantCulture),
            Max = (schema?.Child(key)?.Number("max") ?? (key == "easting" ? 700_000 : 1_300_000)).ToString(CultureInfo.InvariantCulture),
            Width = 10,
        };
        return [.. before, Part("easting", "Easting", id), Part("northing", "Northing", fields.Another($"{id}-northing"))];
    }

    private IReadOnlyList<FormItem> Declaration(Source component, string id, ImportNotes.Thing thing)
    {
        var content = component.Words("content");
        var question = Basic(component, id, QuestionKind.Declaration, thing, out var before);
        var label = component.Child("options")?.Words("declarationConfirmationLabel") ?? new("I understand and agree", "Rwy'n deall ac yn cytuno");
        return [.. before, .. content is null ? [] : guidance.Written(content, thing), question with { Short = question.Short ?? question.Title, Title = label.Each(HtmlText.Plain) }];
    }

    private IReadOnlyList<FormItem> Pay(Source component, ImportNotes.Thing thing)
    {
        var options = component.Child("options");
        var amount = options?.Number("amount");
        var description = options?.Words("description") ?? component.Words("title") ?? "Payment";
        component.Words("title");
        component.Words("hint");
        component.Words("shortDescription");
        component.Child("schema");
        options?.Truth("required");
        if (options is not null && options.Has("conditionalAmounts")) thing.Approximated("Amounts that depend on answers are left out; the usual amount is asked");
        if (amount is not > 0 || Payment is not null) thing.Dropped(Payment is null ? "It asks for no amount" : "A form has one payment; another asks for one already");
        else
        {
            thing.OurWay("It is paid after the answers are checked");
            Payment = new(amount.Value.ToString(CultureInfo.InvariantCulture), description.Each(HtmlText.Plain));
        }
        return [];
    }
}
