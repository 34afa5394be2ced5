using System.Globalization;
using System.Net.Mail;
using System.Text.Json;

namespace Concentric.Tests.Needs.OpenReferral;

/// <summary>Holds JSON against a schema of this folder. Knows the keywords that they use and refuses any other, so that none is passed over.</summary>
internal sealed class SchemaCheck
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Concentric.Tests/Needs/OpenReferral");
    private static readonly Dictionary<string, JsonElement> Schemas = Directory.EnumerateFiles(Folder, "*.json")
        .ToDictionary(f => Path.GetFileName(f), f => JsonElement.Parse(File.ReadAllText(f)), StringComparer.Ordinal);

    private readonly List<string> _errors = [];

    public static IEnumerable<(string Name, JsonElement Schema)> All => Schemas.Select(s => (s.Key, s.Value));

    /// <summary>What is wrong, each with its place; nothing where all is right.</summary>
    public static IReadOnlyList<string> Errors(string schema, JsonElement json)
    {
        var check = new SchemaCheck();
        check.Check(Schemas[schema + ".json"], json, "$");
        return check._errors;
    }

    private void Check(JsonElement schema, JsonElement json, string at)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var value = keyword.Value;
            switch (keyword.Name)
            {
                case "$comment": break;
                case "$ref": Check(Schemas[value.GetString()!], json, at); break;
                case "type": Must(IsOf(json, value.GetString()!), $"is no {value}"); break;
                case "enum": Must(value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, json)), "is none of those allowed"); break;
                case "format": Must(json.ValueKind != JsonValueKind.String || IsIn(json.GetString()!, value.GetString()!), $"“{json}” is no {value}"); break;
                case "items":
                    if (json.ValueKind == JsonValueKind.Array) foreach (var (i, item) in json.EnumerateArray().Index()) Check(value, item, $"{at}[{i}]");
                    break;
                case "required":
                    foreach (var name in value.EnumerateArray().Select(v => v.GetString()!)) Must(json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _), $"has no {name}");
                    break;
                case "properties":
                    if (json.ValueKind == JsonValueKind.Object)
                        foreach (var property in value.EnumerateObject()) if (json.TryGetProperty(property.Name, out var held)) Check(property.Value, held, $"{at}.{property.Name}");
                    break;
                case "additionalProperties":
                    var known = schema.GetProperty("properties");
                    if (json.ValueKind == JsonValueKind.Object) foreach (var property in json.EnumerateObject()) Must(known.TryGetProperty(property.Name, out _), $"has {property.Name}, which nobody knows");
                    break;
                default: throw new NotSupportedException($"The keyword {keyword.Name} is not known to this check.");
            }
        }

        void Must(bool right, string otherwise)
        {
            if (!right) _errors.Add($"{at} {otherwise}");
        }
    }

    private static bool IsOf(JsonElement json, string type) => type switch
    {
        "object" => json.ValueKind == JsonValueKind.Object,
        "array" => json.ValueKind == JsonValueKind.Array,
        "string" => json.ValueKind == JsonValueKind.String,
        "boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => json.ValueKind == JsonValueKind.Number,
        "integer" => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The type {type} is not known to this check."),
    };

    private static bool IsIn(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) && Uri.IsWellFormedUriString(text, UriKind.Absolute),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.Contains('T', StringComparison.Ordinal) && (text[^1] == 'Z' || text[^6] is '+' or '-') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => MailAddress.TryCreate(text, out var address) && address.Address == text,
        _ => throw new NotSupportedException($"The format {format} is not known to this check."),
    };
}
