using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Needs.Concepts;

/// <summary>What only some kinds of entries have; all may be missing.</summary>
public sealed record ConceptDetails
{
    /// <summary>Circumstance: the question that asks a citizen for it, to be answered yes or no.</summary>
    public string? Question { get; init; }

    /// <summary>Circumstance: why it is asked, in a sentence.</summary>
    public string? WhyAsked { get; init; }

    /// <summary>Circumstance: the protected characteristic of the Equality Act 2010 that it would reveal. Such are never an input of statistics.</summary>
    public string? Protected { get; init; }

    /// <summary>Life event, circumstance, need, service: why its reader may be in danger if somebody sees what they read. Pages about it can be left at once.</summary>
    public string? Sensitive { get; init; }

    /// <summary>Metric: <c>high-is-good</c>, <c>low-is-good</c> or <c>neither</c>.</summary>
    public string? Polarity { get; init; }

    /// <summary>Metric: <c>month</c>, <c>quarter</c> or <c>year</c>.</summary>
    public string? Period { get; init; }

    /// <summary>Metric: what is counted, as <c>per cent</c> or <c>days</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Outcome: its number in the Local Outcomes Framework of 2026, where it is one of those.</summary>
    public string? Framework { get; init; }

    /// <summary>Organisation: <c>council</c>, <c>charity</c>, <c>nhs</c>; local authority: <c>county</c>, <c>district</c>, <c>unitary</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Organisation: address of its site.</summary>
    public string? Web { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>Local authority: code of the Government Statistical Service, as E08000009.</summary>
    public string? Gss { get; init; }
    public string? Country { get; init; }

    /// <summary>Interaction: the word that GOV.UK uses for it.</summary>
    public string? ShortLabel { get; init; }

    /// <summary>The publisher's own word for the kind of the entry, where the list mixes kinds.</summary>
    public string? TypeText { get; init; }
}

/// <summary>How lists inside a row are kept: JSON without what is missing, null for nothing.</summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string? Write<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Options);

    public static T? Read<T>(string? text) where T : class => text is null ? null : JsonSerializer.Deserialize<T>(text, Options);
}
