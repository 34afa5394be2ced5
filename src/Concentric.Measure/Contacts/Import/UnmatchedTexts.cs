namespace Concentric.Measure.Contacts;

/// <summary>Counts values that are not known, by field. A column with a value of its own in every row does not fill the memory: what comes after many is counted as one.</summary>
internal sealed class UnmatchedTexts
{
    public const string Others = "(others)";

    private const int MostKept = 10_000;
    private const int MostTold = 100;
    private const int MostLength = 200;

    private readonly Dictionary<string, Counter> _fields = [];

    public void Add(string field, ReadOnlySpan<char> text)
    {
        if (!_fields.TryGetValue(field, out var counter)) _fields.Add(field, counter = new());
        counter.Add(text.Length > MostLength ? text[..MostLength] : text);
    }

    /// <summary>The values by field and count, with what they may mean.</summary>
    /// <param name="known">The services with a number of the national list.</param>
    public IReadOnlyList<UnmatchedValue> Tell(IReadOnlyList<Named> known)
    {
        var likeness = new Lazy<Likeness>(() => new(known));
        return [.. _fields.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value.Counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(MostTold)
            .Select(c => new UnmatchedValue(f.Key, c.Key, c.Value, f.Key == "service" && c.Key != Others ? likeness.Value.To(c.Key) : [])))];
    }

    /// <summary>The half of a postcode that many streets share, as <c>M15</c>.</summary>
    public static ReadOnlySpan<char> FirstHalf(ReadOnlySpan<char> postcode)
    {
        var text = postcode.Trim();
        var space = text.IndexOf(' ');
        return space > 0 ? text[..space] : text.Length > 4 ? text[..^3] : text;
    }

    private sealed class Counter
    {
        private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        public Counter() => _lookup = Counts.GetAlternateLookup<ReadOnlySpan<char>>();

        public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

        public void Add(ReadOnlySpan<char> text)
        {
            if (Counts.Count >= MostKept && !_lookup.ContainsKey(text)) text = Others;
            _lookup.TryGetValue(text, out var count);
            _lookup[text] = count + 1;
        }
    }
}

/// <summary>How alike a text is to names: the share of three-letter pieces that both have (Dice), or of whole words, whichever is more.</summary>
/// <remarks>Letters in lower case, each word with a blank before and behind it, so that beginnings count more. 1: the same words; under 0.3 nothing is suggested.</remarks>
internal sealed class Likeness(IReadOnlyList<Named> names)
{
    private const double Least = 0.3;
    private const int Most = 3;

    private readonly List<(Named Name, HashSet<string> Pieces, HashSet<string> Words)> _names = [.. names.Select(n => (n, PiecesOf(n.Label), WordsOf(n.Label)))];

    public IReadOnlyList<Suggestion> To(string text)
    {
        var (pieces, words) = (PiecesOf(text), WordsOf(text));
        return [.. _names.Select(n => new Suggestion(n.Name.Key, n.Name.Label, Math.Round(Math.Max(Dice(pieces, n.Pieces), Dice(words, n.Words)), 2)))
            .Where(s => s.Likeness >= Least).OrderByDescending(s => s.Likeness).ThenBy(s => s.Label, StringComparer.Ordinal).Take(Most)];
    }

    internal static double Dice(HashSet<string> a, HashSet<string> b) => a.Count + b.Count == 0 ? 0 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);

    internal static HashSet<string> PiecesOf(string text)
    {
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in WordsOf(text))
        {
            var padded = $" {word} ";
            for (var i = 0; i + 3 <= padded.Length; i++) pieces.Add(padded.Substring(i, 3));
        }
        return pieces;
    }

    private static HashSet<string> WordsOf(string text) =>
        [.. new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
