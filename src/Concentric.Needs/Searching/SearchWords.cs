using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Concentric.Needs.Searching;

/// <summary>Cuts a text into the words that a search compares.</summary>
internal static class SearchWords
{
    private const int LongestText = 2000;

    private static readonly FrozenSet<string> Empty = FrozenSet.ToFrozenSet(
        ("a am an and are arent at be been being but can cannot cant could couldnt do does doesnt dont for from get has have he her his how i id if im in is isnt it its ive me might much my need no not of on or our she so some that the their them they " +
         "this to too us want was we what when where who will with wont would you your youre").Split(' '), StringComparer.Ordinal);

    /// <summary>Lower case, without accents and plural endings, and without the words that every sentence has. All of them where nothing else is left.</summary>
    public static IEnumerable<string> Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var words = Split(text.Length > LongestText ? text[..LongestText] : text).ToList();
        var telling = words.Where(w => !Empty.Contains(w)).ToList();
        return (telling.Count > 0 ? telling : words).Select(Singular);
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            // "child's" is one word, and so is the accent on a letter part of it.
            if (c is '\'' or '’' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }
            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private static string Singular(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 4 } when word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) => word[..^2],
        { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
        _ => word,
    };
}
