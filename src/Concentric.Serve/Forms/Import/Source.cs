using System.Globalization;
using System.Text.Json;

namespace Concentric.Serve.Forms.Import;

/// <summary>An object of the source that remembers which of its properties were read, so that what nobody read can be named.</summary>
internal sealed class Source
{
    private readonly JsonElement _element;
    private readonly HashSet<string> _read;
    private readonly bool _isWelsh;

    private Source(JsonElement element, string place, HashSet<string> read, bool isWelsh) => (_element, Place, _read, _isWelsh) = (element, place, read, isWelsh);

    public static Source Root(JsonElement element, bool isWelsh) => new(element, "", new(StringComparer.Ordinal), isWelsh);

    /// <summary>Where it stands, as <c>/pages/3</c>.</summary>
    public string Place { get; }

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    public bool Has(string key) => Find(key) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The property as text; a number or truth in its own writing.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not { } value) return null;
        var text = TextOf(value);
        if (text is not null) Mark(key);
        return text;
    }

    /// <summary>Its text where it says something.</summary>
    public string? Said(string key) => Text(key) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>A text that may be written in several languages.</summary>
    public LocalText? Words(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Object)
            return Said(key) is { } text ? _isWelsh ? new(text, text) : new(text) : null;
        var parts = Child(key)!;
        var (english, welsh) = (parts.Said("en") ?? parts.Said("en-GB"), parts.Said("cy"));
        return (english ?? welsh) is { } some ? new(some, welsh) : null;
    }

    public decimal? Number(string key) => Number(key, decimal.MinValue, decimal.MaxValue);

    /// <summary>A whole number of things; what is none stays unread.</summary>
    public int? Whole(string key) => (int?)Number(key, 0, 1_000_000);

    private decimal? Number(string key, decimal least, decimal most)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowExponent;
        if (Find(key) is not { } value) return null;
        var text = TextOf(value);
        if (text is { Length: 0 }) Mark(key);
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) || number < least || number > most) return null;
        Mark(key);
        return number;
    }

    public bool? Truth(string key)
    {
        if (Find(key) is not { } value) return null;
        bool? truth = TextOf(value) switch { "true" or "True" => true, "false" or "False" => false, _ => null };
        if (truth is not null) Mark(key);
        return truth;
    }

    /// <summary>An object; null where there is none.</summary>
    public Source? Child(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Object } value) return null;
        Mark(key);
        return new(value, $"{Place}/{key}", _read, _isWelsh);
    }

    /// <summary>The objects of an array; those of another kind stay unread.</summary>
    public IReadOnlyList<Source> Each(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Array } value) return [];
        Mark(key);
        return [.. value.EnumerateArray().Select((item, i) => new Source(item, $"{Place}/{key}/{i}", _read, _isWelsh)).Where(s => s.IsObject)];
    }

    /// <summary>The texts of an array.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Find(key) is not { ValueKind: JsonValueKind.Array } value) return [];
        Mark(key);
        var texts = new List<string>();
        foreach (var (i, item) in value.EnumerateArray().Index())
        {
            if (TextOf(item) is not { } text) continue;
            _read.Add($"{Place}/{key}/{i}");
            texts.Add(text);
        }
        return texts;
    }

    /// <summary>Names of its properties with those of objects.</summary>
    public IEnumerable<string> Keys => IsObject ? _element.EnumerateObject().Select(p => p.Name) : [];

    /// <summary>What kind of value a property has.</summary>
    public JsonValueKind KindOf(string key) => Find(key)?.ValueKind ?? JsonValueKind.Undefined;

    /// <summary>What nobody read: where, as which property (<c>pages.components.options.rows</c>), and its value.</summary>
    public IEnumerable<(string Place, string Property, JsonElement Value)> Unread() => Unread(_element, Place, "", _read);

    private static IEnumerable<(string Place, string Property, JsonElement Value)> Unread(JsonElement element, string place, string property, HashSet<string> read)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var inner in element.EnumerateObject())
            {
                var (at, named) = ($"{place}/{inner.Name}", property.Length == 0 ? inner.Name : $"{property}.{inner.Name}");
                if (!read.Contains(at)) yield return (at, named, inner.Value);
                else foreach (var deeper in Unread(inner.Value, at, named, read)) yield return deeper;
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, item) in element.EnumerateArray().Index())
            {
                var at = $"{place}/{i}";
                if (item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && !read.Contains(at)) yield return (at, property, item);
                else foreach (var deeper in Unread(item, at, property, read)) yield return deeper;
            }
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private JsonElement? Find(string key) => IsObject && _element.TryGetProperty(key, out var value) ? value : null;

    private void Mark(string key) => _read.Add($"{Place}/{key}");
}
