using System.Globalization;
using System.Text;

namespace Concentric.Serve.Forms.Import;

/// <summary>Ids that are given out once: small letters, digits and dashes.</summary>
internal sealed class Ids
{
    // The builder takes 60; what tells two apart is put behind.
    private const int Longest = 50;
    private readonly HashSet<string> _taken;

    public Ids(params string[] reserved) => _taken = new(reserved, StringComparer.Ordinal);

    /// <summary>Words of the language of expressions, which cannot be names in it.</summary>
    public static readonly string[] ReservedInExpressions = ["and", "or", "not", "in", "contains", "true", "false", "nothing"];

    public string Take(string? wanted, string otherwise)
    {
        var slug = Slug(wanted ?? "");
        if (slug.Length == 0) slug = otherwise;
        if (!char.IsAsciiLetter(slug[0])) slug = $"{otherwise[0]}{slug}";
        var id = slug;
        for (var n = 2; !_taken.Add(id); n++) id = $"{slug}-{n}";
        return id;
    }

    /// <summary>Takes an id as it is, where nobody has it.</summary>
    public bool TryTake(string id) => _taken.Add(id);

    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (slug.Length >= Longest) break;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-');
    }
}
