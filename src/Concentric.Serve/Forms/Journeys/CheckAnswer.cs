using System.Globalization;
using Concentric.Core;

namespace Concentric.Serve.Forms;

/// <summary>Whether an answer is one that the form takes. Called anew each time the journey is worked out, so that nothing unchecked is ever sent.</summary>
public static class CheckAnswer
{
    private const int UsualLength = 200;
    private const int UsualLongLength = 4000;
    private const int MostDecimals = 10;

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="name">Name of the field where it is not the question's id.</param>
    public static Problem? Of(Question question, Form form, Value value, Scope scope, string? name = null)
    {
        name ??= question.Id;
        if (value.AsItems.Length == 0)
            return question.Optional || question.Kind == QuestionKind.Repeat && !(question.AtLeast > 0) ? null : Missing(question, name);
        return question.Kind switch
        {
            QuestionKind.Text or QuestionKind.LongText => Text(question, value, name),
            QuestionKind.Number or QuestionKind.Money => Number(question, value, scope, name),
            QuestionKind.Date or QuestionKind.Month => Date(question, value, scope, name),
            QuestionKind.YesNo => value is Value.Truth ? null : Missing(question, name),
            QuestionKind.Declaration => value.IsTrue ? null : Missing(question, name),
            QuestionKind.Radios or QuestionKind.Select or QuestionKind.Autocomplete => Choice(question, form, value, name),
            QuestionKind.Checkboxes => Choices(question, form, value, name),
            QuestionKind.Address => Address(question, value, name),
            QuestionKind.Email => value is Value.Text email && EmailAddress.LooksRight(email.Is)
                ? OwnLimits(question, email.Is, name, question.MaxLength) : Of("email", question, name, "format"),
            QuestionKind.Phone => value is Value.Text phone && LooksLikePhone(phone.Is)
                ? OwnLimits(question, phone.Is, name, question.MaxLength) : Of("phone", question, name, "format"),
            QuestionKind.Website => value is Value.Text website && LooksLikeWebsite(website.Is)
                ? OwnLimits(question, website.Is, name, question.MaxLength)
                : Of("website", question, name, "format"),
            QuestionKind.File => Files(question, value, name),
            QuestionKind.Repeat => Rows(question, form, value, scope, name),
            QuestionKind.Place => Place(question, value, name),
            _ => null,
        } ?? Rules(question, scope, name);
    }

    private static Problem Of(string code, Question question, string field, string? wider = null, LocalText? limit = null) =>
        new(field, question.Id, wider ?? code, Wording.Of(code, question, wider, limit));

    private static Problem Missing(Question question, string name) => question.Kind switch
    {
        QuestionKind.Radios or QuestionKind.Select or QuestionKind.Checkboxes or QuestionKind.Autocomplete => Of("missing-choice", question, name, "missing"),
        QuestionKind.YesNo => Of("missing-yes-no", question, name, "missing"),
        QuestionKind.Declaration => Of("missing-declaration", question, name, "missing"),
        QuestionKind.File => Of("missing-file", question, name, "missing"),
        QuestionKind.Place => Of("place", question, $"{name}.words", "missing"),
        QuestionKind.Address => Of("missing", question, $"{name}.postcode", "missing"),
        QuestionKind.Repeat => Of("too-few-rows", question, name, "too-few", $"{question.AtLeast ?? 1}"),
        _ => Of("missing", question, name),
    };

    private static Problem? Text(Question question, Value value, string name)
    {
        if (value is not Value.Text { Is: var text }) return Of("format", question, name);
        if (question.MaxWords is { } words && text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > words)
            return Of("too-many-words", question, name, "too-long", Say.Number(words));
        return OwnLimits(question, text, name, MostCharacters(question));
    }

    /// <summary>Most characters that an answer in words may have, said by the question or usual. Where only words are counted no usual limit is beside it.</summary>
    internal static int MostCharacters(Question question) => Math.Min(ReadAnswer.MostCharacters, question.MaxLength
        ?? (question.MaxWords is not null ? ReadAnswer.MostCharacters : question.Kind == QuestionKind.LongText ? UsualLongLength : UsualLength));

    /// <summary>Most decimal places that a number or an amount of money may have, said by the question or usual.</summary>
    internal static int MostPlaces(Question question) => Math.Clamp(question.Decimals ?? (question.Kind == QuestionKind.Money ? 2 : 0), 0, MostDecimals);

    /// <summary>The length and the pattern that the question itself asks for.</summary>
    private static Problem? OwnLimits(Question question, string text, string name, int? longest) =>
        longest is { } most && text.Length > most ? Of("too-long", question, name, null, Say.Number(most))
        : question.Pattern is { } pattern && !Patterns.Match(pattern, text) ? Of("format", question, name)
        : null;

    private static Problem? Number(Question question, Value value, Scope scope, string name)
    {
        var money = question.Kind == QuestionKind.Money;
        var decimals = MostPlaces(question);
        if (value is not Value.Number { Is: var number }) return Of(money ? "money" : decimals == 0 ? "whole-number" : "number", question, name, "format");
        if (decimal.Round(number, decimals) != number)
            return money ? Of("money", question, name, "format") : decimals == 0 ? Of("whole-number", question, name, "format") : Of("decimals", question, name, "format", $"{decimals}");
        if (Limit(question.Min, scope) is Value.Number least && number < least.Is) return Of("too-small", question, name, null, Amount(least.Is, money));
        if (Limit(question.Max, scope) is Value.Number most && number > most.Is) return Of(money ? "too-much-money" : "too-large", question, name, "too-large", Amount(most.Is, money));
        return null;
    }

    private static string Amount(decimal amount, bool money) =>
        money ? $"£{amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00", CultureInfo.InvariantCulture)}" : amount.ToString("#,0.##########", CultureInfo.InvariantCulture);

    private static Value Limit(string? expression, Scope scope) => expression is null ? Value.Nothing : Expression.Of(expression).Evaluate(scope);

    private static Problem? Date(Question question, Value value, Scope scope, string name)
    {
        if (value is not Value.Date { Is: var date })
        {
            var parts = question.Kind == QuestionKind.Month ? new[] { "Month", "Year" } : ["Day", "Month", "Year"];
            var missing = parts.Where(p => value.Part(p).IsNothing).ToList();
            if (missing.Count is > 0 and < 3 && value is Value.Parts)
                return Of("date-part", question, missing[0] == parts[0] ? name : $"{name}-{missing[0].ToLowerInvariant()}", "format", new(string.Join(" and ", missing.Select(m => m.ToLowerInvariant())), string.Join(" a ", missing.Select(Welsh))));
            return Of("date", question, name, "format");
        }
        if (Limit(question.Min, scope) is Value.Date least && date < least.Is)
            return Of((least.Is.DayNumber - scope.Today.DayNumber) switch { 0 => "today-or-later", 1 => "future", _ => "too-early" }, question, name, "too-small", ShowAnswer.Date(least.Is));
        if (Limit(question.Max, scope) is Value.Date most && date > most.Is)
            return Of((most.Is.DayNumber - scope.Today.DayNumber) switch { 0 => "today-or-earlier", -1 => "past", _ => "too-late" }, question, name, "too-large", ShowAnswer.Date(most.Is));
        return null;
    }

    private static string Welsh(string part) => part switch { "Day" => "diwrnod", "Month" => "mis", _ => "blwyddyn" };

    private static Problem? Choice(Question question, Form form, Value value, string name) =>
        value is Value.Text { Is: var chosen } && FormIndex.Of(form).ChoicesOf(question).Any(c => c.Value == chosen) ? null : Of("choice", question, name, "format");

    private static Problem? Choices(Question question, Form form, Value value, string name)
    {
        var choices = FormIndex.Of(form).ChoicesOf(question);
        var ticked = value.AsItems.Select(v => $"{v}").ToList();
        if (ticked.Any(t => choices.All(c => c.Value != t))) return Of("choice", question, name, "format");
        if (ticked.Count > 1 && choices.FirstOrDefault(c => c.Alone && ticked.Contains(c.Value)) is { } alone) return Of("alone", question, name, "format", alone.Text);
        if (question.AtLeast is { } least && ticked.Count < least && !choices.Any(c => c.Alone && ticked.Contains(c.Value))) return Of("too-few-choices", question, name, "too-few", $"{least}");
        return question.AtMost is { } most && ticked.Count > most ? Of("too-many-choices", question, name, "too-many", $"{most}") : null;
    }

    private static Problem? Address(Question question, Value value, string name)
    {
        // A postcode alone is a search that is not finished.
        if (value is not Value.Parts address) return Missing(question, name);
        if (address["line1"].Length == 0) return address["postcode"].Length > 0 && !Postcode.TryParse(address["postcode"], out _) ? Of("postcode", question, $"{name}.postcode", "format") : Of("address-line1", question, $"{name}.line1", "format");
        if (address["town"].Length == 0) return Of("address-town", question, $"{name}.town", "format");
        if (address["postcode"].Length == 0) return Of("address-postcode", question, $"{name}.postcode", "format");
        if (!Postcode.TryParse(address["postcode"], out _)) return Of("postcode", question, $"{name}.postcode", "format");
        foreach (var part in new[] { "line1", "line2", "town" })
            if (address[part].Length > UsualLength) return Of("too-long", question, $"{name}.{part}", null, Say.Number(UsualLength));
        return address["uprn"] is { Length: > 0 } uprn && (uprn.Length > 12 || !uprn.All(char.IsAsciiDigit)) ? Of("choose-address", question, $"{name}.line1", "format") : null;
    }

    private static Problem? Files(Question question, Value value, string name)
    {
        var count = value.AsItems.Length;
        if (question.AtLeast is { } least && count < least) return Of("too-few-files", question, name, "too-few", $"{least}");
        var most = Math.Min(question.AtMost ?? Question.MostFiles, Question.MostFiles);
        return count > most ? Of("too-many-files", question, name, "too-many", $"{most}") : null;
    }

    private static Problem? Rows(Question question, Form form, Value value, Scope scope, string name)
    {
        var rows = value.AsItems;
        if (question.AtLeast is { } least && rows.Length < least) return Of("too-few-rows", question, name, "too-few", $"{least}");
        var most = Math.Min(question.AtMost ?? Question.MostRows, Question.MostRows);
        if (rows.Length > most) return Of("too-many-rows", question, name, "too-many", $"{most}");
        for (var i = 0; i < rows.Length; i++)
            if (Row(question, form, rows[i], scope).Count > 0) return Of("row", question, name, "format", $"{i + 1}");
        return null;
    }

    /// <summary>What is wrong with one row of a repeating group; its fields are named as they are on the row's own page.</summary>
    public static IReadOnlyList<Problem> Row(Question group, Form form, Value row, Scope scope, string prefix = "")
    {
        var asked = AskedIn(group, row, scope);
        var inside = Inside(group, Only(asked, row), scope);
        return [.. asked.Select(f => Of(f, form, row.Part(f.Id), inside, prefix + f.Id)).OfType<Problem>()];
    }

    /// <summary>The fields of a row that are asked, by what the form and the fields before them say. What a field that is not asked holds, says nothing.</summary>
    public static IReadOnlyList<Question> AskedIn(Question group, Value row, Scope scope)
    {
        var asked = new List<Question>();
        Value Find(string id) => asked.Any(f => f.Id == id) ? row.Part(id) : group.Fields.Any(f => f.Id == id) ? Value.Nothing : scope.Find(id);
        var inside = new Scope(Find, scope.Today);
        foreach (var field in group.Fields)
            if (field.ShowIf is null || Expression.Of(field.ShowIf).IsTrue(inside)) asked.Add(field);
        return asked;
    }

    /// <summary>The rows without answers of fields that are not asked in them.</summary>
    public static Value OnlyAsked(Question group, Value rows, Scope scope) => rows is Value.Many && group.Fields.Any(f => f.ShowIf is not null)
        ? Value.Of(rows.AsItems.Select(row => Only(AskedIn(group, row, scope), row)))
        : rows;

    private static Value Only(IEnumerable<Question> asked, Value row) => Value.Of(asked.Select(f => KeyValuePair.Create(f.Id, row.Part(f.Id))));

    private static Scope Inside(Question group, Value row, Scope scope) => new(id => group.Fields.Any(f => f.Id == id) ? row.Part(id) : scope.Find(id), scope.Today);

    private static Problem? Place(Question question, Value value, string name)
    {
        if (value.Part("latitude").IsNothing && value.Part("longitude").IsNothing && value.Part("words").IsNothing) return Missing(question, name);
        if (value.Part("latitude") is { IsNothing: false } north && north is not Value.Number { Is: >= 49 and <= 61 }) return Of("latitude", question, $"{name}.latitude", "format");
        if (value.Part("longitude") is { IsNothing: false } east && east is not Value.Number { Is: >= -9 and <= 2 }) return Of("longitude", question, $"{name}.longitude", "format");
        if (value.Part("latitude").IsNothing != value.Part("longitude").IsNothing) return Of(value.Part("latitude").IsNothing ? "latitude" : "longitude", question, $"{name}.{(value.Part("latitude").IsNothing ? "latitude" : "longitude")}", "format");
        return $"{value.Part("words")}".Length > 1000 ? Of("too-long", question, $"{name}.words", null, "1,000") : null;
    }

    private static Problem? Rules(Question question, Scope scope, string name) =>
        question.Rules.FirstOrDefault(r => !Expression.Of(r.Holds).IsTrue(scope)) is { } broken ? new(name, question.Id, "rule", broken.Message) : null;

    private static bool LooksLikePhone(string text)
    {
        var digits = text.Count(char.IsAsciiDigit);
        return digits is >= 10 and <= 15 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '(' or ')' or '-' or '.' or '+') && text.LastIndexOf('+') <= 0;
    }

    private static bool LooksLikeWebsite(string text) =>
        text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var web) && web.Scheme is "http" or "https" && web.Host.Contains('.', StringComparison.Ordinal);
}
