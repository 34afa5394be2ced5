using System.Text;

namespace Concentric.Serve.Forms;

/// <summary>Texts that a question takes, to try a form with.</summary>
internal static class SampleText
{
    private static readonly string[] Usual =
    [
        "Sample answer", "Ada", "12345678", "1", "2026", "LS1 4AP", "AB12 CDE", "AB12CDE", "QQ123456C", "QQ 12 34 56 C", "100001", "12-34-56", "123456", "1234567890", "A1",
            "ABC123", "abc",
    ];

    /// <summary>Texts that match the question's pattern and fit its length, or are the likeliest to.</summary>
    public static IEnumerable<string> For(Question question)
    {
        var most = question.MaxLength ?? 200;
        IEnumerable<string> texts = question.Pattern is { } pattern && Patterns.Of(pattern) is not null
            ? Usual.Append(Matching(pattern)).Where(t => Patterns.Match(pattern, t)).DefaultIfEmpty(Matching(pattern))
            : Usual;
        return texts.Select(t => t.Length > most ? t[..most].Trim() : t);
    }

    /// <summary>A text made by following the pattern from left to right, always by its first way. Not each pattern can be followed so; the caller checks.</summary>
    public static string Matching(string pattern)
    {
        var at = 0;
        return Choice(pattern, ref at, 0);
    }

    private static string Choice(string pattern, ref int at, int depth)
    {
        var first = Row(pattern, ref at, depth);
        while (at < pattern.Length && pattern[at] == '|')
        {
            at++;
            Row(pattern, ref at, depth);
        }
        return first;
    }

    private static string Row(string pattern, ref int at, int depth)
    {
        var text = new StringBuilder();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var one = One(pattern, ref at, depth);
            for (var times = Times(pattern, ref at); times > 0 && text.Length < 1000; times--) text.Append(one);
        }
        return text.ToString();
    }

    private static string One(string pattern, ref int at, int depth)
    {
        var sign = pattern[at++];
        if (sign is '^' or '$') return "";
        if (sign == '.') return "a";
        if (sign == '[') return Set(pattern, ref at);
        if (sign == '\\' && at < pattern.Length) return Escaped(pattern[at++]);
        if (sign != '(' || depth > 20) return $"{sign}";
        if (at < pattern.Length && pattern[at] == '?')
            at = Math.Max(at + 1, pattern.IndexOf(':', at) is >= 0 and var colon && colon < at + 12 ? colon + 1 : at + 1);
        var inner = Choice(pattern, ref at, depth + 1);
        if (at < pattern.Length) at++;
        return inner;
    }

    private static string Set(string pattern, ref int at)
    {
        var excluded = at < pattern.Length && pattern[at] == '^';
        if (excluded) at++;
        var start = at;
        while (at < pattern.Length && (pattern[at] != ']' || at == start)) at += pattern[at] == '\\' ? 2 : 1;
        var inside = pattern[start..Math.Min(at, pattern.Length)];
        at = Math.Min(at + 1, pattern.Length);
        if (excluded) return new[] { "a", "1", "-", "Z" }.FirstOrDefault(s => !inside.Contains(s, StringComparison.Ordinal), "a");
        return inside.Length == 0 ? "" : inside[0] == '\\' && inside.Length > 1 ? Escaped(inside[1]) : inside[..1];
    }

    private static string Escaped(char sign) => sign switch { 'd' => "1", 'w' => "a", 's' => " ", 'D' or 'S' => "a", 'W' => "-", 'b' or 'A' or 'z' or 'Z' => "", _ => $"{sign}" };

    private static int Times(string pattern, ref int at)
    {
        if (at == pattern.Length) return 1;
        var times = 1;
        if (pattern[at] is '*' or '?') times = 0;
        else if (pattern[at] == '{' && pattern.IndexOf('}', at) is > 0 and var end)
        {
            times = int.TryParse(pattern[(at + 1)..end].Split(',')[0], out var least) ? least : 1;
            at = end;
        }
        else if (pattern[at] != '+') return 1;
        at++;
        if (at < pattern.Length && pattern[at] == '?') at++;
        return times;
    }
}
