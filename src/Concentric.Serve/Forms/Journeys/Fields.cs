using Microsoft.Extensions.Primitives;

namespace Concentric.Serve.Forms;

/// <summary>What was typed into a page, by field. Only fields that the form asks for are ever looked at.</summary>
public sealed class Fields
{
    private readonly Dictionary<string, string[]> _typed = new(StringComparer.Ordinal);

    public Fields() { }

    public Fields(IEnumerable<KeyValuePair<string, StringValues>> typed)
    {
        foreach (var (name, values) in typed) _typed[name] = [.. values.Where(v => v is not null)!];
    }

    /// <summary>What was typed, tidied: no blanks around it, line breaks as one sign, no control signs.</summary>
    public string? this[string name] => _typed.TryGetValue(name, out var values) && values.Length > 0 && Tidy(values[0]) is { Length: > 0 } text ? text : null;

    public IReadOnlyList<string> All(string name) => _typed.GetValueOrDefault(name, []);

    public bool Has(string name) => _typed.ContainsKey(name);

    public Fields Set(string name, params string[] values)
    {
        _typed[name] = values;
        return this;
    }

    public IReadOnlyDictionary<string, string[]> Typed => _typed;

    // Text copied from other pages and letters brings blanks that do not break, signs of no width and signs that turn the direction of writing.
    internal static string Tidy(string text) =>
        string.Concat(text.Replace("\r\n", "\n", StringComparison.Ordinal).Where(c => c is '\n' or '\t' || !char.IsControl(c) && !IsUnseen(c))
            .Select(c => c is '\u00A0' or '\u202F' or '\u2007' ? ' ' : c)).Trim();

    private static bool IsUnseen(char c) => c is '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
