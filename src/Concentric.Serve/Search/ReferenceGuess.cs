using Concentric.Core;

namespace Concentric.Serve.Search;

/// <summary>References that somebody may have meant who read or typed one sign wrong, left its line out, or swapped two.</summary>
internal static class ReferenceGuess
{
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Length = 8;
    private const int MostUnknown = 2;

    /// <summary>All that are one wrong sign or one swap away and have a right check sign. Signs that no reference has (0 O 1 I L) were certainly read wrong: up to two of them.</summary>
    public static IReadOnlyList<Reference> Of(string typed)
    {
        var compact = string.Concat(typed.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (compact.Length == Length + 2 && compact.StartsWith("CN", StringComparison.Ordinal)) compact = compact[2..];
        if (compact.Length != Length || compact.Any(c => !char.IsAsciiLetterOrDigit(c))) return [];
        var unknown = Enumerable.Range(0, Length).Where(i => !Signs.Contains(compact[i], StringComparison.Ordinal)).ToList();
        if (unknown.Count > MostUnknown) return [];
        IEnumerable<string> tries = unknown.Count > 0
            ? unknown.Aggregate((IEnumerable<string>)[compact], (texts, at) => texts.SelectMany(t => Signs.Select(s => With(t, at, s))))
            : Enumerable.Range(0, Length).SelectMany(at => Signs.Select(s => With(compact, at, s)))
                .Concat(Enumerable.Range(0, Length - 1).Select(at => With(With(compact, at, compact[at + 1]), at + 1, compact[at])));
        return [.. tries.Distinct().Select(t => Reference.TryParse(t, out var r) ? r : default).Where(r => r != default && $"{r}" != "")];
    }

    private static string With(string text, int at, char sign) => string.Concat(text.AsSpan(0, at), [sign], text.AsSpan(at + 1));
}
