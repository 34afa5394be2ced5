using System.Text;

namespace Concentric.Serve.Forms.Building;

/// <summary>Something in a text that is hard to read, or harder than it must be.</summary>
/// <param name="Words">The words it is about.</param>
public sealed record PlainFinding(FormText In, string Words, string Advice);

/// <summary>Whether a form's English can be read by everybody: short sentences, everyday words, no shouting.</summary>
/// <remarks>After the style guide of GOV.UK and its list of words to avoid. Grade: Flesch and Kincaid, 1975.</remarks>
internal static class PlainEnglish
{
    /// <summary>Most words of a sentence.</summary>
    public const int MostWords = 25;

    /// <summary>A longer text reads no harder than this grade; shorter ones have too few words to tell.</summary>
    public const int HighestGrade = 9;

    private const int FewestWordsForGrade = 40;

    /// <summary>Words to avoid, and what to write.</summary>
    public static IReadOnlyDictionary<string, string> Avoid { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["additional"] = "more", ["advise us"] = "tell us", ["agenda"] = "plan", ["aforementioned"] = "this", ["approximately"] = "about", ["ascertain"] = "find out",
        ["as well as"] = "and", ["assist"] = "help", ["assistance"] = "help", ["at this moment in time"] = "now", ["attempt"] = "try", ["collaborate"] = "work with",
        ["combating"] = "solving", ["commence"] = "start", ["complete the form"] = "fill in the form", ["concerning"] = "about", ["consequently"] = "so", ["deliver"] = "make, or say what is done",
        ["deploy"] = "use", ["dialogue"] = "talk to people", ["disincentivise"] = "put off", ["due to the fact that"] = "because", ["e.g."] = "for example", ["eg"] = "for example",
        ["empower"] = "say what people can do", ["endeavour"] = "try", ["ensure"] = "make sure", ["etc"] = "name the others", ["expedite"] = "speed up", ["facilitate"] = "help",
        ["forward"] = "send", ["foster"] = "encourage", ["furthermore"] = "and", ["going forward"] = "from now on", ["henceforth"] = "from now on", ["hereby"] = "leave it out",
        ["i.e."] = "that is", ["ie"] = "that is", ["impact"] = "affect", ["in accordance with"] = "by, or under", ["in excess of"] = "more than", ["in lieu of"] = "instead of",
        ["in order to"] = "to", ["in relation to"] = "about", ["in respect of"] = "about, or for", ["in the event that"] = "if", ["in the event of"] = "if", ["incentivise"] = "encourage",
        ["initiate"] = "start", ["inform us"] = "tell us", ["key"] = "important, or leave it out", ["leverage"] = "use", ["liaise"] = "talk to", ["moreover"] = "and", ["notify"] = "tell",
        ["notwithstanding"] = "despite", ["obtain"] = "get", ["one-stop shop"] = "say what it is", ["overarching"] = "leave it out", ["per annum"] = "a year", ["persons"] = "people",
        ["pledge"] = "promise", ["prior to"] = "before", ["progress"] = "go on", ["provide"] = "give", ["purchase"] = "buy", ["pursuant to"] = "under", ["regarding"] = "about",
        ["remittance"] = "payment", ["remuneration"] = "pay", ["request"] = "ask for", ["requested"] = "asked for", ["require"] = "need", ["requirement"] = "what is needed", ["reside"] = "live",
        ["robust"] = "leave it out", ["slimming down"] = "making smaller", ["streamline"] = "make simpler", ["subsequent to"] = "after", ["submit"] = "send", ["sufficient"] = "enough",
        ["terminate"] = "end", ["thereafter"] = "then", ["utilise"] = "use", ["via"] = "by, or through", ["whereby"] = "by which", ["whilst"] = "while", ["with regard to"] = "about",
    };

    // By the first word, because every word of every form is looked up.
    private static readonly ILookup<string, string[]> Phrases = Avoid.Keys.Select(p => p.Split(' ')).ToLookup(p => p[0], StringComparer.Ordinal);

    public static IReadOnlyList<PlainFinding> Of(Form form) => [.. FormTexts.Of(form).SelectMany(Of)];

    public static IEnumerable<PlainFinding> Of(FormText text)
    {
        var (sentences, words) = (0, 0);
        var syllables = 0;
        foreach (var sentence in Sentences(text.IsMarkdown ? WithoutMarks(text.Text.En) : text.Text.En))
        {
            var inIt = WordsOf(sentence);
            if (inIt.Length == 0) continue;
            sentences++;
            words += inIt.Length;
            syllables += inIt.Sum(Syllables);
            if (inIt.Length > MostWords) yield return new(text, Shortened(sentence), $"This sentence has {inIt.Length} words. Use {MostWords} or fewer, in two sentences or a list.");
            foreach (var finding in InWords(text, inIt)) yield return finding;
        }
        if (words < FewestWordsForGrade) yield break;
        var grade = (0.39 * words / sentences) + (11.8 * syllables / words) - 15.59;
        if (grade > HighestGrade) yield return new(text, Shortened(text.Text.En), $"It reads like school year {Math.Round(grade)}. Aim for {HighestGrade} or lower: shorter sentences and shorter words.");
    }

    private static IEnumerable<PlainFinding> InWords(FormText text, string[] words)
    {
        var shouted = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i].ToLowerInvariant();
            if (word == "please") yield return new(text, words[i], "Leave out “please”: it makes a demand longer and not kinder.");
            foreach (var phrase in Phrases[word])
                if (i + phrase.Length <= words.Length && phrase.Index().All(p => p.Item.Equals(words[i + p.Index], StringComparison.OrdinalIgnoreCase)))
                    yield return new(text, string.Join(' ', words.Skip(i).Take(phrase.Length)), $"Instead of “{string.Join(' ', phrase)}” write: {Avoid[string.Join(' ', phrase)]}.");
            // NHS and GP are read letter by letter; a longer word, or two in a row, is shouted.
            var capitals = words[i].Length > 1 && words[i].All(c => char.IsUpper(c) || c is '’' or '\'');
            shouted = capitals ? shouted + 1 : 0;
            if (capitals && (words[i].Length > 5 || shouted == 2)) yield return new(text, words[i], "Words in capital letters are hard to read. Write them in small letters.");
        }
    }

    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = text[i] == '\n' || (text[i] is '.' or '?' or '!' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])) && !EndsAbbreviation(text, i));
            if (!ends) continue;
            if (i > start) yield return text[start..(i + 1)].Trim();
            start = i + 1;
        }
        if (start < text.Length) yield return text[start..].Trim();
    }

    private static bool EndsAbbreviation(string text, int at) =>
        at >= 3 && text[at] == '.' && (text.AsSpan(at - 3, 4).Equals("e.g.", StringComparison.OrdinalIgnoreCase) || text.AsSpan(at - 3, 4).Equals("i.e.", StringComparison.OrdinalIgnoreCase));

    private static string[] WordsOf(string sentence) =>
        [.. sentence.Split((char[])[' ', '\t', '\n', '/', '–', '—'], StringSplitOptions.RemoveEmptyEntries).Select(Bare).Where(w => w.Any(char.IsLetterOrDigit))];

    private static string Bare(string word)
    {
        var bare = word.Trim(',', ';', ':', '“', '”', '"', '(', ')', '[', ']', '‘', '\'', '!', '?');
        return bare is "e.g." or "i.e." or "E.g." or "I.e." ? bare : bare.TrimEnd('.', '’');
    }

    /// <summary>Markdown without its signs: what a link says and not where it leads.</summary>
    internal static string WithoutMarks(string text)
    {
        var plain = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            var rest = line.TrimStart(' ', '#', '>', '*', '-', '|').Replace("**", "", StringComparison.Ordinal).Replace("((", "", StringComparison.Ordinal).Replace("))", "", StringComparison.Ordinal);
            for (var open = rest.IndexOf("](", StringComparison.Ordinal); open >= 0; open = rest.IndexOf("](", StringComparison.Ordinal))
            {
                var close = rest.IndexOf(')', open);
                rest = rest[..open].Replace("[", "", StringComparison.Ordinal) + (close < 0 ? "" : rest[(close + 1)..]);
            }
            plain.Append(rest).Append('\n');
        }
        return plain.ToString();
    }

    private static int Syllables(string word)
    {
        var (count, before) = (0, false);
        foreach (var c in word.ToLowerInvariant())
        {
            var vowel = c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
            if (vowel && !before) count++;
            before = vowel;
        }
        if (count > 1 && word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal)) count--;
        return Math.Max(1, count);
    }

    private static string Shortened(string text) => text.Length <= 90 ? text : $"{text[..88].TrimEnd()} …";
}
