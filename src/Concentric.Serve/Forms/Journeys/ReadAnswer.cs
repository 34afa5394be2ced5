using System.Globalization;
using Concentric.Core;
using Concentric.Core.Design;

namespace Concentric.Serve.Forms;

/// <summary>Makes a value of what was typed. What cannot be one, as letters where a number is asked for, stays text, which <see cref="CheckAnswer"/> then finds.</summary>
public static class ReadAnswer
{
    /// <summary>Most that is taken of one text, whatever the form allows.</summary>
    public const int MostCharacters = 20_000;

    /// <param name="name">Name of the field; the question's id but in rows of a repeating group.</param>
    public static Value Of(Question question, Fields fields, string? name = null)
    {
        name ??= question.Id;
        return question.Kind switch
        {
            QuestionKind.Number or QuestionKind.Money => Number(question, Text(fields, name)),
            QuestionKind.Date => Date(new(fields[$"{name}.Day"], fields[$"{name}.Month"], fields[$"{name}.Year"])),
            QuestionKind.Month => Date(new("1", fields[$"{name}.Month"], fields[$"{name}.Year"])) is Value.Parts parts ? WithoutDay(parts)
                : Date(new("1", fields[$"{name}.Month"], fields[$"{name}.Year"])),
            QuestionKind.YesNo => fields[name] switch { "yes" => Value.True, "no" => Value.False, _ => Value.Nothing },
            QuestionKind.Declaration => fields[name] == "yes" ? Value.True : Value.Nothing,
            QuestionKind.Checkboxes => Value.Of(fields.All(name).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Take(500).ToList()),
            QuestionKind.Address => Address(fields, name),
            QuestionKind.Place => Place(fields, name),
            QuestionKind.Website => Value.Of(Website(Text(fields, name))),
            QuestionKind.Repeat or QuestionKind.File => Value.Nothing,
            QuestionKind.LongText => Value.Of(Text(fields, name)),
            _ => Value.Of(Line(fields, name)),
        };
    }

    /// <summary>One row of a repeating group from the fields of its own page.</summary>
    public static Value Row(Question group, Fields fields, string prefix = "") =>
        Value.Of(group.Fields.Select(f => KeyValuePair.Create(f.Id, Of(f, fields, prefix + f.Id))));

    /// <summary>The fields as they would be typed to give that value: to show an answer again in its page.</summary>
    public static void Write(Question question, Value value, Fields fields, string? name = null)
    {
        name ??= question.Id;
        switch (value)
        {
            case Value.Date date:
                fields.Set($"{name}.Day", $"{date.Is.Day}").Set($"{name}.Month", $"{date.Is.Month}").Set($"{name}.Year", $"{date.Is.Year}");
                break;
            case Value.Truth truth:
                fields.Set(name, truth.Is ? "yes" : "no");
                break;
            case Value.Number number when question.Kind == QuestionKind.Money:
                fields.Set(name, number.Is.ToString(decimal.Truncate(number.Is) == number.Is ? "0" : "0.00", CultureInfo.InvariantCulture));
                break;
            case Value.Many many when question.Kind == QuestionKind.Checkboxes:
                fields.Set(name, [.. many.Items.Select(i => $"{i}")]);
                break;
            case Value.Parts parts:
                foreach (var (part, said) in parts.Named) fields.Set($"{name}.{part}", $"{said}");
                break;
            case Value.Text or Value.Number:
                fields.Set(name, $"{value}");
                break;
        }
    }

    // One sign more than is taken, so that what is cut off is refused and never lost unseen.
    private static string? Text(Fields fields, string name) => fields[name] is { } text ? text.Length > MostCharacters ? text[..(MostCharacters + 1)] : text : null;

    // A box of one line cannot hold line breaks: whoever sends some all the same must not make two lines of one answer where it is listed.
    private static string? Line(Fields fields, string name) => Text(fields, name)?.Replace('\n', ' ').Replace('\t', ' ');

    private static Value Number(Question question, string? text)
    {
        if (text is null) return Value.Nothing;
        var bare = text.Replace("£", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (Bare(question.Prefix) is { Length: > 0 } before && bare.StartsWith(before, StringComparison.OrdinalIgnoreCase)) bare = bare[before.Length..];
        foreach (var unit in new[] { Bare(question.Suffix), "%" })
            if (unit is { Length: > 0 } && bare.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) bare = bare[..^unit.Length];
        return bare.Length <= 20 && CommasPartThousands(bare)
            && decimal.TryParse(bare.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number)
            ? Value.Of(number)
            : Value.Of(text);
    }

    private static string? Bare(LocalText? unit) => unit?.En.Replace(" ", "", StringComparison.Ordinal);

    // "12,5" is not 125: somebody from elsewhere means twelve and a half, and is asked.
    private static bool CommasPartThousands(string text)
    {
        var groups = text.Split('.')[0].TrimStart('-', '+').Split(',');
        return text.LastIndexOf(',') <= (text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? point : text.Length)
            && (groups.Length == 1 || groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(g => g.Length == 3));
    }

    // As it is pasted from the address bar, which leaves the beginning out.
    private static string? Website(string? text) => text is not null && !text.Split('/')[0]
        .Contains(':', StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal) ? $"https://{text}" : text;

    private static Value Date(DateParts typed) => typed.Date is { } date
        ? Value.Of(date)
        : Value.Of([KeyValuePair.Create("Day", Value.Of(typed.Day?.Trim())), KeyValuePair.Create("Month", Value.Of(typed.Month?.Trim())),
            KeyValuePair.Create("Year", Value.Of(typed.Year?.Trim()))]);

    // The day was put in by us: without month and year nothing was typed.
    private static Value WithoutDay(Value.Parts parts) => Value.Of(parts.Named.Where(p => p.Key != "Day"));

    private static Value Address(Fields fields, string name) => Value.Of(
        new[] { "line1", "line2", "town", "postcode", "uprn" }.Select(part => KeyValuePair.Create(part, Value.Of(
            part == "postcode" && Postcode.TryParse(fields[$"{name}.{part}"], out var postcode) ? $"{postcode}" : Line(fields, $"{name}.{part}")))));

    private static Value Place(Fields fields, string name) => Value.Of(
    [
        KeyValuePair.Create("latitude", Degrees(fields[$"{name}.latitude"])),
        KeyValuePair.Create("longitude", Degrees(fields[$"{name}.longitude"])),
        KeyValuePair.Create("words", Value.Of(Text(fields, $"{name}.words"))),
    ]);

    private static Value Degrees(string? text) => text is null ? Value.Nothing
        : text.Length <= 20 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
            ? Value.Of(decimal.Round(degrees, 6))
        : Value.Of(text);
}
