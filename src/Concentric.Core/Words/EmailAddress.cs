namespace Concentric.Core;

/// <summary>Whether a text can be an e-mail address. Only a message that arrives can tell more.</summary>
public static class EmailAddress
{
    /// <summary>Most characters that one may have (RFC 5321).</summary>
    public const int Longest = 254;

    public static bool LooksRight(string? text) =>
        text is { Length: <= Longest } && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@')
        && text.IndexOf('.', at) > at + 1 && !text.EndsWith('.') && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',' or ';');
}
