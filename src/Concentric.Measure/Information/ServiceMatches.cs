namespace Concentric.Measure.Information;

/// <summary>Which service a page or a search is about: the longest beginning of the path, or the longest words, that somebody matched.</summary>
public sealed class ServiceMatches(IReadOnlyList<InformationMatch> matches)
{
    private static readonly string[] _little = ["a", "an", "and", "apply", "for", "how", "in", "my", "of", "on", "or", "report", "service", "services", "the", "to", "with", "your", "council", "online", "new"];

    private readonly List<InformationMatch> _paths = [.. matches.Where(m => m.Kind == MatchKind.Path).OrderByDescending(m => m.Pattern.Length)];
    private readonly List<InformationMatch> _words = [.. matches.Where(m => m.Kind == MatchKind.Words).OrderByDescending(m => m.Pattern.Length)];

    /// <summary>Key of the service that a page is about; null where none is matched. A beginning ends where a part of the path ends.</summary>
    public string? OfPath(string path) => _paths.Find(m => m.Pattern == "/" || path == m.Pattern || path.StartsWith(m.Pattern.TrimEnd('/') + "/", StringComparison.Ordinal))?.Service;

    /// <summary>Key of the service that search words are about; null where none is matched. Whole words count.</summary>
    public string? OfWords(string words) => _words.Find(m => $" {words} ".Contains($" {m.Pattern} ", StringComparison.Ordinal))?.Service;

    /// <summary>The service whose name has most words in common with a path or with search words, for somebody to say yes or no to; null where none has any.</summary>
    public static string? Suggest(string text, IEnumerable<(string Key, string Name)> services)
    {
        var asked = Stems(text);
        return asked.Count == 0 ? null : services.Select(s => (s.Key, Name: Stems(s.Name)))
            .Select(s => (s.Key, Likeness: s.Name.Count == 0 ? 0 : (double)s.Name.Count(asked.Contains) / s.Name.Union(asked).Count()))
            .Where(s => s.Likeness > 0).OrderByDescending(s => s.Likeness).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Key).FirstOrDefault();
    }

    // Enough for a suggestion: plurals and “-ing” aside.
    private static HashSet<string> Stems(string text) =>
    [
        .. text.ToLowerInvariant().Split([' ', '/', '-', '_', ',', '.', '(', ')', '’', '\''], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 2 && !_little.Contains(w))
            .Select(w => w.EndsWith("ies", StringComparison.Ordinal) ? w[..^3] + "y" : w.EndsWith('s') && !w.EndsWith("ss", StringComparison.Ordinal) ? w[..^1] : w.EndsWith("ing", StringComparison.Ordinal) && w.Length > 6 ? w[..^3] : w),
    ];
}
