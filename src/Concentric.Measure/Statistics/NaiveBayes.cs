using System.Text.RegularExpressions;

namespace Concentric.Measure.Statistics;

/// <summary>What a word says for the label.</summary>
/// <param name="LogOdds">ln P(word | label) − ln P(word | not): above 0 it speaks for the label.</param>
/// <param name="With">How often it stood in rows with the label.</param>
/// <param name="Without">How often in the others.</param>
public sealed record WordWeight(string Word, double LogOdds, long With, long Without);

/// <summary>Multinomial naive Bayes over the words of short texts: each word adds its log odds, so that whoever reads a result can see which words made it.</summary>
/// <remarks>
/// A. McCallum and K. Nigam, AAAI-98 Workshop on Learning for Text Categorization (1998), 41, with one added to each count. Words are letters and apostrophes in
/// lower case; a word that was never learnt from says nothing.
/// </remarks>
public sealed partial class NaiveBayes
{
    private readonly Dictionary<string, WordWeight> _words;

    private NaiveBayes(Dictionary<string, WordWeight> words, long with, long without, double prior) => (_words, RowsWith, RowsWithout, PriorLogOdds) = (words, with, without, prior);

    /// <summary>Rows with the label that it learnt from.</summary>
    public long RowsWith { get; }

    public long RowsWithout { get; }

    /// <summary>ln of rows with the label over rows without: what is assumed of a text without a known word.</summary>
    public double PriorLogOdds { get; }

    /// <summary>Every word with what it says, by word.</summary>
    public IReadOnlyDictionary<string, WordWeight> Words => _words;

    /// <summary>The words that say most for the label, then in the order of letters.</summary>
    public IEnumerable<WordWeight> For(int most) => _words.Values.OrderByDescending(w => Math.Round(w.LogOdds, 9)).ThenBy(w => w.Word, StringComparer.Ordinal).Where(w => w.LogOdds > 0).Take(most);

    /// <summary>The words that say most against it.</summary>
    public IEnumerable<WordWeight> Against(int most) => _words.Values.OrderBy(w => Math.Round(w.LogOdds, 9)).ThenBy(w => w.Word, StringComparer.Ordinal).Where(w => w.LogOdds < 0).Take(most);

    /// <summary>The probability of the label, if words came independently of each other. They do not, so it is a rank and no chance.</summary>
    public double Probability(string text) => 1 / (1 + Math.Exp(-Score(text)));

    /// <summary>The log odds of the label.</summary>
    public double Score(string text) => PriorLogOdds + Tokens(text).Sum(t => _words.TryGetValue(t, out var word) ? word.LogOdds : 0);

    /// <summary>Learns from rows whose label is known.</summary>
    /// <exception cref="ArgumentException">All rows have the label, or none: there is nothing to tell apart.</exception>
    public static NaiveBayes Learn(IEnumerable<(string Text, bool Label)> rows)
    {
        var counts = new Dictionary<string, (long With, long Without)>(StringComparer.Ordinal);
        long with = 0, without = 0, wordsWith = 0, wordsWithout = 0;
        foreach (var (text, label) in rows)
        {
            if (label) with++;
            else without++;
            foreach (var token in Tokens(text))
            {
                var (a, b) = counts.GetValueOrDefault(token);
                counts[token] = label ? (a + 1, b) : (a, b + 1);
                if (label) wordsWith++;
                else wordsWithout++;
            }
        }
        if (with == 0 || without == 0) throw new ArgumentException("Rows with the label and rows without it are needed to learn from.", nameof(rows));
        var size = counts.Count;
        return new(counts.ToDictionary(c => c.Key, c => new WordWeight(c.Key,
            Math.Log((c.Value.With + 1.0) / (wordsWith + size)) - Math.Log((c.Value.Without + 1.0) / (wordsWithout + size)), c.Value.With, c.Value.Without), StringComparer.Ordinal),
            with, without, Math.Log((double)with / without));
    }

    /// <summary>The words of a text: letters and apostrophes, in lower case.</summary>
    public static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        foreach (var match in Word().EnumerateMatches(text)) tokens.Add(text.Substring(match.Index, match.Length).ToLowerInvariant().Replace('’', '\''));
        return tokens;
    }

    /// <summary>The score from which a text counts as having the label: the one that best tells apart the rows kept for this, by sensitivity + specificity, on which the error of a corrected share hangs.</summary>
    /// <remarks>W. J. Youden, Cancer 3 (1950), 32. Of several the one nearest to even odds; halfway between two scores, so that it does not hang on one row.</remarks>
    /// <param name="rows">Rows that were not learnt from.</param>
    /// <exception cref="ArgumentException">All rows have the label, or none.</exception>
    public double Threshold(IEnumerable<(string Text, bool Label)> rows)
    {
        var scored = rows.Select(r => (Score: Score(r.Text), r.Label)).OrderBy(r => r.Score).ToList();
        double with = scored.Count(r => r.Label), without = scored.Count - with;
        if (with == 0 || without == 0) throw new ArgumentException("Rows with the label and rows without it are needed to choose a threshold.", nameof(rows));
        var (best, at, below, missed) = (double.NegativeInfinity, 0.0, 0, 0);
        for (var i = 0; i <= scored.Count; i++)
        {
            // Between equal scores there is no place for a threshold.
            if (i == 0 || i == scored.Count || scored[i].Score > scored[i - 1].Score)
            {
                var cut = i == 0 ? scored[0].Score - 1 : i == scored.Count ? scored[^1].Score + 1 : (scored[i - 1].Score + scored[i].Score) / 2;
                var gain = Math.Round(below / without - missed / with, 12);
                if (gain > best || gain == best && Math.Abs(cut) < Math.Abs(at)) (best, at) = (gain, cut);
            }
            if (i == scored.Count) break;
            if (scored[i].Label) missed++;
            else below++;
        }
        return at;
    }

    [GeneratedRegex("[\\p{L}'’]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
