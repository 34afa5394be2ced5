using System.Globalization;
using System.Text;

namespace Concentric.Serve.Search;

/// <summary>Words as they are looked for, and which of them are near enough to be the same mistyped.</summary>
/// <remarks>
/// W. Garbe's symmetric deletion ("SymSpell", 2012): a word is kept with each of its letters left out, and so is what is looked for; two words within one edit share one of these. What meets is then measured exactly
/// (F. Damerau, 1964; restricted edits, as by V. Levenshtein with swaps of neighbours).
/// </remarks>
internal static class SearchWords
{
    private const int LongestKept = 40;
    private const int OneEdit = 4;
    private const int TwoEdits = 8;

    // Half of all addresses have one of these: they find nobody and cost much.
    private static readonly HashSet<string> Everywhere =
        ["road", "rd", "street", "st", "avenue", "ave", "lane", "close", "drive", "way", "court", "crescent", "place", "flat", "the", "of", "and", "mr", "mrs", "ms", "miss", "dr"];

    /// <summary>The words of a text in small letters without accents, each once; those that stand in every address left out.</summary>
    public static IReadOnlyList<string> Of(params IEnumerable<string?> texts) => [.. texts.SelectMany(Split).Where(w => !Everywhere.Contains(w) && (w.Length > 1 || char.IsAsciiDigit(w[0]))).Distinct()];

    private static IEnumerable<string> Split(string? text)
    {
        var word = new StringBuilder();
        foreach (var sign in (text ?? "").Normalize(NormalizationForm.FormD))
        {
            // O’Brien is one word, Smith-Jones two.
            if (sign is '\'' or '’' or '‘' || char.GetUnicodeCategory(sign) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(sign)) word.Append(char.ToLowerInvariant(sign));
            else if (word.Length > 0) yield return Take(word);
        }
        if (word.Length > 0) yield return Take(word);
    }

    private static string Take(StringBuilder word)
    {
        var text = word.ToString(0, Math.Min(word.Length, LongestKept));
        word.Clear();
        return text;
    }

    /// <summary>How many edits may lie between a word and what was typed for it. A number is itself or another.</summary>
    public static int Allowed(string word) => word.Any(char.IsAsciiDigit) ? 0 : word.Length >= TwoEdits ? 2 : word.Length >= OneEdit ? 1 : 0;

    /// <summary>The keys under which a word is kept; itself among them.</summary>
    public static IReadOnlyCollection<string> Kept(string word) => Shorter(word, Allowed(word));

    /// <summary>The keys under which what was typed looks. A word of eight letters may have been typed as six.</summary>
    public static IReadOnlyCollection<string> LookedFor(string typed) => Shorter(typed, typed.Any(char.IsAsciiDigit) ? 0 : typed.Length >= TwoEdits - 2 ? 2 : typed.Length >= OneEdit - 1 ? 1 : 0);

    private static HashSet<string> Shorter(string word, int letters)
    {
        var all = new HashSet<string>(StringComparer.Ordinal) { word };
        var last = new List<string> { word };
        for (var i = 0; i < letters; i++)
        {
            last = [.. last.SelectMany(w => Enumerable.Range(0, w.Length).Select(at => w.Remove(at, 1))).Where(w => w.Length > 0 && all.Add(w))];
        }
        return all;
    }

    /// <summary>Edits between two words: a letter put in, left out or exchanged, or two neighbours swapped; no letter is edited twice.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[3][];
        for (var i = 0; i < 3; i++) rows[i] = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) rows[0][j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (now, before, twice) = (rows[i % 3], rows[(i - 1) % 3], rows[(i + 1) % 3]);
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], twice[j - 2] + 1);
            }
        }
        return rows[a.Length % 3][b.Length];
    }

    /// <summary>Whether what was typed may stand for a word, and in how many edits; null where it may not.</summary>
    public static int? Near(string typed, string word) => Distance(typed, word) is var edits && edits <= Allowed(word) ? edits : null;
}
