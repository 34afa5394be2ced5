using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Concentric.Needs.Gaps;

/// <summary>Something that a finding is about.</summary>
/// <param name="Href">Its page, where it has one.</param>
public sealed record FindingLink(string Label, string? Href);

/// <summary>One thing that the model shows and that somebody should look at.</summary>
public sealed record Finding
{
    /// <summary>
    /// Known by its kind and what it is about, so that it is the same finding in every edition that shows it: twelve hexadecimal digits.
    /// </summary>
    public required string Id { get; init; }
    public required GapKind Kind { get; init; }

    /// <summary>What it is about, in words.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, in a sentence.</summary>
    public required string Says { get; init; }

    /// <summary>Addresses or identifiers of what it is about.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    [JsonIgnore]
    public IReadOnlyList<FindingLink> Links { get; init; } = [];

    internal static Finding Of(GapKind kind, string title, string says, IReadOnlyList<string> subjects, params IEnumerable<FindingLink> links) => new()
    {
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{GapWords.Of(kind).Name}\n{string.Join('\n', subjects)}")))[..12],
        Kind = kind,
        Title = title,
        Says = says,
        Subjects = subjects,
        Links = [.. links],
    };
}
