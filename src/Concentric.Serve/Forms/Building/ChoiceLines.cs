using Concentric.Core;
using Concentric.Serve.Forms.Import;

namespace Concentric.Serve.Forms.Building;

/// <summary>Choices as lines: "value | text | hint | alone" in English, "value | text | hint" in Welsh.</summary>
internal static class ChoiceLines
{
    private const string Alone = "alone";

    /// <summary>As many as the form's check allows.</summary>
    private const int MostChoices = 5000;

    public static void Put(Fields fields, string name, IReadOnlyList<FormChoice> choices)
    {
        if (choices.Count == 0) return;
        fields.Put(name, Lines.Write(choices.Select(c => new[] { c.Value, c.Text.En, c.Hint?.En, c.Alone ? Alone : null })));
        if (choices.Any(c => c.Text.Cy is not null || c.Hint?.Cy is not null)) fields.Put($"{name}.cy", Lines.Write(choices.Select(c => new[] { c.Value, c.Text.Cy, c.Hint?.Cy })));
    }

    /// <param name="before">What the choices were: what they reveal is kept by their values.</param>
    public static IReadOnlyList<FormChoice> Read(Fields fields, string name, IReadOnlyList<FormChoice> before, Errors errors)
    {
        var (english, welsh) = (Lines.Read(fields[name]), Lines.Read(fields[$"{name}.cy"]));
        if (errors.Check(name, english.Count <= MostChoices, $"There can be {MostChoices:#,0} choices at most")[name] is not null) return [];
        var other = welsh.DistinctBy(w => w[0]).ToDictionary(w => w[0], StringComparer.Ordinal);
        var reveals = before.DistinctBy(b => b.Value).ToDictionary(b => b.Value, b => b.Reveals, StringComparer.Ordinal);
        var choices = english.Select(row => Choice(row, other, reveals)).ToList();
        var values = choices.Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        errors.Check(name, choices.All(c => c.Value.Length is > 0 and <= 100), "Each line begins with a value of 100 characters or fewer, as in: refuse | Rubbish");
        errors.Check(name, values.Count == choices.Count, "Two lines have the same value");
        errors.Check($"{name}.cy", welsh.All(w => values.Contains(w[0])), "A line of the Welsh begins with a value that no English line has");
        foreach (var gone in before.Where(b => b.Reveals.Count > 0 && !values.Contains(b.Value)))
            errors.Check(name, false, $"The choice “{gone.Value}” reveals {string.Join(", ", gone.Reveals.Select(r => $"“{r.Id}”"))}. Remove those questions first, or keep its value");
        return choices;
    }

    private static FormChoice Choice(IReadOnlyList<string> row, Dictionary<string, IReadOnlyList<string>> welsh,
        Dictionary<string, IReadOnlyList<Question>> reveals)
    {
        // One part alone is the text; its value is made of it.
        var value = row.Count == 1 ? Ids.Slug(row[0]) : row[0];
        var text = row.At(1) ?? row[0];
        var other = welsh.GetValueOrDefault(value);
        var alone = row.Skip(2).Contains(Alone, StringComparer.Ordinal);
        var hint = row.At(2) is { } said && !(said == Alone && row.Count == 3) ? new LocalText(said, other?.At(2)) : null;
        return new(value, new(text, other?.At(1))) { Hint = hint, Alone = alone, Reveals = reveals.GetValueOrDefault(value) ?? [] };
    }
}
