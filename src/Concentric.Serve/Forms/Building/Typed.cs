using System.Globalization;
using Concentric.Core;

namespace Concentric.Serve.Forms.Building;

/// <summary>What was typed into the builder's boxes, read by name: only names that a page asks for are ever looked at.</summary>
internal static class Typed
{
    /// <summary>Longest text of one box.</summary>
    public const int Longest = 20_000;

    /// <summary>Longest id.</summary>
    public const int LongestId = 60;

    extension(Fields fields)
    {
        /// <summary>A text in English and Welsh, from <c>name</c> and <c>name.cy</c>; null where neither was typed.</summary>
        public LocalText? Text(string name, Errors errors)
        {
            var (en, cy) = (fields[name], fields[$"{name}.cy"]);
            errors.Check(name, en is not null || cy is null, "Enter the English too: people see it where there is no Welsh");
            errors.Check(name, en is null or { Length: <= Longest }, $"It must be {Longest:#,0} characters or fewer").Check($"{name}.cy", cy is null or { Length: <= Longest }, $"It must be {Longest:#,0} characters or fewer");
            return en is null ? null : new(en, cy);
        }

        public int? Number(string name, string what, Errors errors, int least = 0, int most = 100_000)
        {
            if (fields[name] is not { } typed) return null;
            var read = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            errors.Check(name, read && number >= least && number <= most, $"{what} must be a whole number from {least} to {most:#,0}");
            return read ? number : null;
        }

        /// <summary>An expression, if it can be read; what it asks for is checked with the whole form.</summary>
        public string? Expression(string name, Errors errors)
        {
            if (fields[name] is not { } typed) return null;
            var error = Forms.Expression.Parse(typed).Error;
            errors.Check(name, error is null, $"“{(typed.Length <= 40 ? typed : $"{typed[..38]}…")}” cannot be read: {error}");
            return typed;
        }

        public bool IsTicked(string name) => fields[name] == "yes";

        public Fields Put(string name, string? text) => text is null ? fields : fields.Set(name, text);

        public Fields Put(string name, LocalText? text) => fields.Put(name, text?.En).Put($"{name}.cy", text?.Cy);

        public Fields Put(string name, int? number) => fields.Put(name, number?.ToString(CultureInfo.InvariantCulture));

        public Fields Tick(string name, bool ticked) => ticked ? fields.Set(name, "yes") : fields;

        /// <summary>The revision that the page showed.</summary>
        public int? Revision => int.TryParse(fields["Revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
    }

    /// <summary>Whether a text can be an id: small letters, digits and single dashes, beginning with a letter.</summary>
    public static bool IsId(string? text) => text is { Length: > 0 and <= LongestId } && char.IsAsciiLetterLower(text[0]) && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && !text.Contains("--", StringComparison.Ordinal);
}
