using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Concentric.Core;

/// <summary>
/// What a citizen is given to quote: <c>CN-7K2M-4QXT</c>. Seven signs of chance and a check sign, from 31 letters and
/// digits that are not mistaken for one another when read aloud or by eye (no 0 O 1 I L).
/// </summary>
/// <remarks>
/// The check sign is the weighted sum of the others modulo the prime 31, so one wrong sign and two swapped ones are
/// always found. 31^7 is 27,512,614,111 references.
/// </remarks>
public readonly record struct Reference
{
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Chance = 7;

    private readonly string? _signs;

    private Reference(string signs) => _signs = signs;

    /// <summary>The reference as a number, by which the contact store knows it.</summary>
    public ulong Number => (_signs ?? "").Aggregate(0UL, (n, c) => n * 31 + (ulong)Signs.IndexOf(c, StringComparison.Ordinal));

    /// <summary>A new reference from chance that nobody can guess.</summary>
    public static Reference New()
    {
        Span<char> signs = stackalloc char[Chance];
        for (var i = 0; i < Chance; i++) signs[i] = Signs[RandomNumberGenerator.GetInt32(Signs.Length)];
        return new(new string(signs) + Check(signs));
    }

    /// <summary>The reference of a given number below 31^7, for demos and tests.</summary>
    public static Reference Of(ulong number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, 27_512_614_111UL);
        Span<char> signs = stackalloc char[Chance];
        for (var i = Chance - 1; i >= 0; i--, number /= 31) signs[i] = Signs[(int)(number % 31)];
        return new(new string(signs) + Check(signs));
    }

    /// <summary>Reads a reference as people type it: any case, with or without CN, spaces and dashes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Reference reference)
    {
        reference = default;
        var compact = string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (compact.Length == Chance + 3 && compact.StartsWith("CN", StringComparison.Ordinal)) compact = compact[2..];
        if (compact.Length != Chance + 1 || compact.Any(c => !Signs.Contains(c, StringComparison.Ordinal))) return false;
        if (Check(compact.AsSpan(0, Chance)) != compact[Chance]) return false;
        reference = new(compact);
        return true;
    }

    /// <exception cref="FormatException">The text is not a reference.</exception>
    public static Reference Parse(string text) => TryParse(text, out var reference) ? reference : throw new FormatException($"“{text}” is not a reference.");

    public override string ToString() => _signs is null ? "" : $"CN-{_signs[..4]}-{_signs[4..]}";

    private static char Check(ReadOnlySpan<char> signs)
    {
        var sum = 0;
        for (var i = 0; i < signs.Length; i++) sum += (i + 2) * Signs.IndexOf(signs[i], StringComparison.Ordinal);
        return Signs[sum % 31];
    }
}
