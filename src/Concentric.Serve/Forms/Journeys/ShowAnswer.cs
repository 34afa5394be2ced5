using System.Globalization;
using Concentric.Core;

namespace Concentric.Serve.Forms;

/// <summary>An answer as people read it again.</summary>
public static class ShowAnswer
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] WelshMonths = ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"];

    public static LocalText Date(DateOnly date) => new(Say.Date(date), $"{date.Day} {WelshMonths[date.Month - 1]} {date.Year}");

    /// <summary>Its lines; none where it was not answered.</summary>
    public static IReadOnlyList<string> Lines(Question question, Form form, Value value, Language language) => value.IsNothing ? [] : question.Kind switch
    {
        QuestionKind.LongText => $"{value}".Split('\n'),
        QuestionKind.Date when value is Value.Date date => [Date(date.Is).In(language)],
        QuestionKind.Month when value is Value.Date date => [Date(date.Is).In(language).Split(' ', 2)[1]],
        QuestionKind.YesNo => [Words(value.IsTrue, language)],
        QuestionKind.Declaration => [language == Language.Welsh ? "Cytunwyd" : "Agreed"],
        QuestionKind.Radios or QuestionKind.Select or QuestionKind.Autocomplete or QuestionKind.Checkboxes =>
            [.. value.AsItems.Select(v => ChoiceText(question, form, $"{v}", language))],
        QuestionKind.Money when value is Value.Number amount => [Money(amount.Is)],
        QuestionKind.Number when value is Value.Number number =>
            [$"{question.Prefix?.In(language)}{number.Is.ToString("#,0.##########", British)}{(question.Suffix is { } unit ? $" {unit.In(language)}" : "")}"],
        QuestionKind.Address when value is Value.Parts address => [.. new[] { "line1", "line2", "town", "postcode" }.Select(p => address[p]).Where(l => l.Length > 0)],
        QuestionKind.File => [.. value.AsItems.Select(f => $"{f.Part("name")}")],
        QuestionKind.Place => Place(value, language),
        QuestionKind.Repeat => [.. value.AsItems.Select(row => Row(question, form, row, language))],
        _ => [$"{question.Prefix?.In(language)}{value}{(question.Suffix is { } unit ? $" {unit.In(language)}" : "")}"],
    };

    /// <summary>One row of a repeating group in one line.</summary>
    public static string Row(Question group, Form form, Value row, Language language) =>
        string.Join(", ", group.Fields.SelectMany(f => Lines(f, form, row.Part(f.Id), language)));

    public static string Money(decimal pounds) => pounds.ToString(decimal.Truncate(pounds) == pounds ? "£#,0;-£#,0" : "£#,0.00;-£#,0.00", British);

    /// <summary>A value whose question is not known: of a calculation or a looked-up column.</summary>
    public static string Plain(Value value, Language language, bool money = false) => value switch
    {
        Value.Date date => Date(date.Is).In(language),
        Value.Truth truth => Words(truth.Is, language),
        Value.Number number => money ? Money(number.Is) : number.Is.ToString("#,0.##########", British),
        _ => $"{value}",
    };

    private static string ChoiceText(Question question, Form form, string value, Language language) =>
        FormIndex.Of(form).ChoicesOf(question).FirstOrDefault(c => c.Value == value)?.Text.In(language) ?? value;

    private static string Words(bool yes, Language language) => (yes, language) switch
    {
        (true, Language.Welsh) => "Ie",
        (false, Language.Welsh) => "Na",
        (true, _) => "Yes",
        _ => "No",
    };

    private static IReadOnlyList<string> Place(Value value, Language language)
    {
        var lines = new List<string>();
        if (!value.Part("words").IsNothing) lines.Add($"{value.Part("words")}");
        if (!value.Part("latitude").IsNothing) lines.Add($"{(language == Language.Welsh ? "Lledred" : "Latitude")} {value.Part("latitude")}, {(language == Language.Welsh ? "hydred" : "longitude")} {value.Part("longitude")}");
        return lines;
    }
}
