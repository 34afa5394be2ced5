namespace Concentric.Core.Design;

/// <summary>Attributes that hold words parted by spaces: class, aria-describedby.</summary>
internal static class Tokens
{
    /// <summary>The words that are there, parted by spaces, or null so that the attribute is left out.</summary>
    public static string? Of(params ReadOnlySpan<string?> words)
    {
        string? all = null;
        foreach (var word in words)
            if (!string.IsNullOrWhiteSpace(word)) all = all is null ? word.Trim() : $"{all} {word.Trim()}";
        return all;
    }
}
