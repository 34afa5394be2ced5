using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Concentric.Tests.Design;

/// <summary>Options of a fixture, read the way its template does: what is absent, null, false or empty is not there.</summary>
internal readonly struct Options(JsonElement json)
{
    public bool Exists => json.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    public Options this[string name] => new(Get(name));

    /// <summary>The objects of a list; empty places in it are left out.</summary>
    public IEnumerable<Options> List(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(i => new Options(i)) : [];

    /// <summary>The lists of a list.</summary>
    public IEnumerable<IEnumerable<Options>> Lists(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Array).Select(i => i.EnumerateArray().Select(c => new Options(c))) : [];

    public bool Has(string name) => Get(name).ValueKind != JsonValueKind.Undefined;

    public string? Text(string name) => Get(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public int? Number(string name) => Get(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    public bool? Flag(string name) => Get(name).ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public IEnumerable<string> Texts(string name) => Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Select(t => t.ToString()) : [];

    /// <summary>Content given as markup or, failing that, as text.</summary>
    public RenderFragment? Content(string markup = "html", string text = "text")
    {
        if (Text(markup) is { Length: > 0 } html) return builder => builder.AddMarkupContent(0, html.Trim());
        return Text(text) is { Length: > 0 } plain ? builder => builder.AddContent(0, plain) : null;
    }

    public Dictionary<string, object> Attributes =>
        Get("attributes") is { ValueKind: JsonValueKind.Object } attributes ? attributes.EnumerateObject().ToDictionary(a => a.Name, a => (object)(a.Value.ValueKind == JsonValueKind.True ? "true" : a.Value.ToString())) : [];

    private JsonElement Get(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;
}
