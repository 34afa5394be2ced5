using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Serve.Forms;

/// <summary>The languages that forms are written in.</summary>
public enum Language { English, Welsh }

/// <summary>A text in English and, where it has been written, in Welsh. As JSON: a string, or <c>{"en": "…", "cy": "…"}</c>.</summary>
[JsonConverter(typeof(Json))]
public sealed record LocalText(string En, string? Cy = null)
{
    public static implicit operator LocalText(string english) => new(english);

    /// <summary>The text in that language; English where there is no Welsh, which the builder's page of the Welsh lists.</summary>
    public string In(Language language) => language == Language.Welsh && Cy is { Length: > 0 } welsh ? welsh : En;

    /// <summary>Whether English stands in for Welsh that nobody has written.</summary>
    public bool IsMissing(Language language) => language == Language.Welsh && Cy is not { Length: > 0 };

    /// <summary>Both texts changed in the same way.</summary>
    public LocalText Each(Func<string, string> change) => new(change(En), Cy is null ? null : change(Cy));

    private sealed class Json : JsonConverter<LocalText>
    {
        public override LocalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new(reader.GetString()!);
            if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A text is a string, or an object with “en” and “cy”.");
            string? en = null, cy = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var language = reader.GetString();
                reader.Read();
                if (language == "en") en = reader.GetString();
                else if (language == "cy") cy = reader.GetString();
                else throw new JsonException($"A text has “en” and “cy”, and not “{language}”.");
            }
            return new(en ?? throw new JsonException("A text needs “en”."), cy);
        }

        public override void Write(Utf8JsonWriter writer, LocalText value, JsonSerializerOptions options)
        {
            if (value.Cy is null)
            {
                writer.WriteStringValue(value.En);
                return;
            }
            writer.WriteStartObject();
            writer.WriteString("en", value.En);
            writer.WriteString("cy", value.Cy);
            writer.WriteEndObject();
        }
    }
}
