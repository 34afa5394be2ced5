using System.Text.RegularExpressions;

namespace Concentric.Measure.Contacts;

/// <summary>Looks through free text for what names or reaches a person, and counts it by kind. Nothing of the text is kept.</summary>
/// <remarks>What looks like it counts: a number of eleven digits that begins with 0 is taken for a telephone number. The patterns take time in proportion to the text, whatever it holds.</remarks>
internal sealed class FreeTexts
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly (string Kind, Regex Pattern)[] Kinds =
    [
        ("email", new(@"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", Options)),
        ("telephone", new(@"(\+44[ -]?(\(0\))?|\b0)[0-9]([ -]?[0-9]){8,9}\b", Options)),
        ("postcode", new(@"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b", Options | RegexOptions.IgnoreCase)),
        ("national-insurance", new(@"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b", Options | RegexOptions.IgnoreCase)),
        ("salutation", new(@"\b(Mr|Mrs|Miss|Ms|Mx|Dr|Prof|Rev|Sir|Dame|Cllr|Dear)\.? \p{Lu}\p{L}+", Options)),
    ];

    private readonly Dictionary<string, (long Texts, long[] Kinds)> _columns = new(StringComparer.Ordinal);

    /// <summary>The kinds of what a text holds.</summary>
    public static IReadOnlyList<string> KindsOf(string text) => [.. Kinds.Where(k => k.Pattern.IsMatch(text)).Select(k => k.Kind)];

    public void Look(string column, ReadOnlySpan<char> text)
    {
        var (texts, kinds) = _columns.TryGetValue(column, out var found) ? found : (0, new long[Kinds.Length]);
        if (text.Length > 0)
        {
            texts++;
            for (var i = 0; i < Kinds.Length; i++)
            {
                if (Kinds[i].Pattern.IsMatch(text)) kinds[i]++;
            }
        }
        _columns[column] = (texts, kinds);
    }

    public IReadOnlyList<FreeTextFound> Tell() =>
        [.. _columns.Select(c => new FreeTextFound(c.Key, c.Value.Texts, Kinds.Index().ToDictionary(k => k.Item.Kind, k => c.Value.Kinds[k.Index])))];
}
