using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Concentric.Serve.Forms;

/// <summary>Regular expressions of forms. Without backtracking, so that no text can make one run away.</summary>
internal static class Patterns
{
    private const int MostKept = 2000;
    private const int MostCharacters = 500;
    private static readonly ConcurrentDictionary<string, Regex?> Kept = new(StringComparer.Ordinal);

    /// <summary>Whether the whole of a text matches; a pattern that cannot be used lets everything through, and one that takes too long nothing.</summary>
    public static bool Match(string pattern, string text)
    {
        try
        {
            return Of(pattern)?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The expression for the whole of a text; null where it is none, or needs backtracking.</summary>
    public static Regex? Of(string pattern)
    {
        if (Kept.TryGetValue(pattern, out var known)) return known;
        if (Kept.Count > MostKept) Kept.Clear();
        return pattern.Length > MostCharacters ? null : Kept.GetOrAdd(pattern, static p =>
        {
            try
            {
                // By itself first: brackets that only fit together with ours would take the anchors away.
                _ = new Regex(p, RegexOptions.NonBacktracking);
                return new Regex($@"\A(?:{p})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                return null;
            }
        });
    }
}
