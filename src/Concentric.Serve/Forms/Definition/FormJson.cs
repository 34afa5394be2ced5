using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Concentric.Serve.Forms;

/// <summary>How forms are written as JSON: names in camel case, kinds in kebab case, what is empty left out, unknown names refused.</summary>
internal static class FormJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists } },
    };

    /// <summary>As it is kept in the database.</summary>
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a list or a group of names holds null. They are typed without it, but the reader takes it in them.</summary>
    public static bool HasNothingInAList(string json)
    {
        using var document = JsonDocument.Parse(json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return Holds(document.RootElement, null);

        static bool Holds(JsonElement element, string? name) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Null || Holds(e, null)),
            JsonValueKind.Object => element.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.Null ? name is "by" or "messages" : Holds(p.Value, p.Name)),
            _ => false,
        };
    }

    // What must be there when it is read again is written even while it is empty, as the pages of a form that was just begun.
    // What must be there stays there, or it could not be read again.
    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.IsRequired || p.AssociatedParameter is { HasDefaultValue: false })) property.ShouldSerialize = (_, _) => true;
        foreach (var property in type.Properties.Where(p => p.ShouldSerialize is null && p.PropertyType != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(p.PropertyType)))
            property.ShouldSerialize = (_, value) => value is System.Collections.IEnumerable items && items.GetEnumerator().MoveNext();
    }
}

/// <summary>Tells guidance from questions by their kind.</summary>
internal sealed class FormItemJson : JsonConverter<FormItem>
{
    public override bool CanConvert(Type type) => type == typeof(FormItem);

    public override FormItem Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var ahead = reader;
        var kind = KindOf(ref ahead);
        return Enum.GetValues<GuidanceKind>().Any(g => $"guidance-{g}".Equals(kind, StringComparison.OrdinalIgnoreCase))
            ? JsonSerializer.Deserialize<GuidanceShape>(ref reader, options)!.Item()
            : JsonSerializer.Deserialize<Question>(ref reader, options)!;
    }

    public override void Write(Utf8JsonWriter writer, FormItem value, JsonSerializerOptions options)
    {
        if (value is Guidance guidance) JsonSerializer.Serialize(writer, GuidanceShape.Of(guidance), options);
        else JsonSerializer.Serialize(writer, (Question)value, options);
    }

    private static string? KindOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("What stands on a page is an object with a kind.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = reader.ValueTextEquals("kind");
            reader.Read();
            if (isKind) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }
        throw new JsonException("What stands on a page needs a kind.");
    }

    /// <summary>Guidance as it is written down: its kind begins with the word, so that no question can be taken for it.</summary>
    private sealed record GuidanceShape(string Kind, LocalText Text, LocalText? Title = null, string? ShowIf = null)
    {
        public static GuidanceShape Of(Guidance guidance) => new($"guidance-{guidance.Kind}".ToLowerInvariant(), guidance.Text, guidance.Title, guidance.ShowIf);

        public Guidance Item() => new() { Kind = Enum.Parse<GuidanceKind>(Kind["guidance-".Length..], ignoreCase: true), Text = Text, Title = Title, ShowIf = ShowIf };
    }
}
