using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Concentric.Core;

/// <summary>A postcode as the Royal Mail writes it: "SW1A 1AA". One that is not well formed cannot exist.</summary>
public readonly partial record struct Postcode
{
    private readonly string? _value;

    private Postcode(string value) => _value = value;

    /// <summary>The part before the space: "SW1A".</summary>
    public string Outward => _value is null ? "" : _value[..^4];

    public static bool TryParse([NotNullWhen(true)] string? text, out Postcode postcode)
    {
        var compact = string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var good = Shape.IsMatch(compact);
        postcode = good ? new($"{compact[..^3]} {compact[^3..]}") : default;
        return good;
    }

    public override string ToString() => _value ?? "";

    // The letters that each place may hold: Royal Mail, Programmers' Guide; C I K M O V are not used in the last two. ZZ is no area of the
    // Royal Mail's, so what is invented can have a postcode that is nobody's.
    [GeneratedRegex(@"^(GIR0AA|ZZ[0-9]{1,2}[0-9][ABD-HJLNP-UW-Z]{2}|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9ABEHMNPRV-Y]|[0-9][A-HJKPS-UW])[0-9][ABD-HJLNP-UW-Z]{2})$")]
    private static partial Regex Shape { get; }
}
