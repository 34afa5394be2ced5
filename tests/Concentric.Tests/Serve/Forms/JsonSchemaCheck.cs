using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Whether JSON fits a JSON Schema: the words of draft 2020-12 that our schemas use. A word that it does not know fails the test.</summary>
internal sealed class JsonSchemaCheck(JsonObject schema)
{
    // As it is read from a file: numbers that a program put in are of one kind only.
    private readonly JsonObject _root = JsonNode.Parse(schema.ToJsonString())!.AsObject();

    private static readonly string[] Silent = ["$schema", "$id", "$defs", "title", "description", "format", "then", "additionalProperties"];

    public IReadOnlyList<string> Of(JsonNode? value)
    {
        var problems = new List<string>();
        Check(_root, value, "", problems);
        return problems;
    }

    private bool Fits(JsonNode? schema, JsonNode? value)
    {
        var problems = new List<string>();
        Check(schema!.AsObject(), value, "", problems);
        return problems.Count == 0;
    }

    private void Check(JsonObject schema, JsonNode? value, string at, List<string> problems)
    {
        foreach (var (word, rule) in schema)
        {
            if (Silent.Contains(word)) continue;
            var holds = word switch
            {
                "$ref" => Referred($"{rule}", value, at, problems),
                "type" => rule is JsonArray types ? types.Any(t => Is($"{t}", value)) : Is($"{rule}", value),
                "const" => JsonNode.DeepEquals(rule, value),
                "enum" => rule!.AsArray().Any(e => JsonNode.DeepEquals(e, value)),
                "oneOf" => rule!.AsArray().Count(s => Fits(s, value)) == 1,
                "anyOf" => rule!.AsArray().Any(s => Fits(s, value)),
                "allOf" => rule!.AsArray().Select(s => (s, true)).All(s => All(s.s!.AsObject(), value, at, problems)),
                "not" => !Fits(rule, value),
                "if" => !Fits(rule, value) || All(schema["then"]!.AsObject(), value, at, problems),
                "required" => value is not JsonObject o || rule!.AsArray().All(r => o.ContainsKey($"{r}")),
                "properties" => Properties(schema, value, at, problems),
                "propertyNames" => value is not JsonObject o || o.All(p => Fits(rule, p.Key)),
                "items" => value is not JsonArray a || a.Index().All(i => All(rule!.AsObject(), i.Item, $"{at}/{i.Index}", problems)),
                "contains" => value is not JsonArray a || a.Any(i => Fits(rule, i)),
                "minItems" => value is not JsonArray a || a.Count >= (int)rule!,
                "maxItems" => value is not JsonArray a || a.Count <= (int)rule!,
                "uniqueItems" => value is not JsonArray a || a.Select(i => i?.ToJsonString()).Distinct().Count() == a.Count,
                "minLength" => !Is("string", value) || $"{value}".Length >= (int)rule!,
                "maxLength" => !Is("string", value) || $"{value}".Length <= (int)rule!,
                "pattern" => !Is("string", value) || Regex.IsMatch($"{value}", $"{rule}", RegexOptions.None, TimeSpan.FromSeconds(1)),
                "minimum" => !Is("number", value) || (decimal)value! >= (decimal)rule!,
                "maximum" => !Is("number", value) || (decimal)value! <= (decimal)rule!,
                "exclusiveMinimum" => !Is("number", value) || (decimal)value! > (decimal)rule!,
                "exclusiveMaximum" => !Is("number", value) || (decimal)value! < (decimal)rule!,
                _ => throw new InvalidOperationException($"The schema says “{word}”, which this check does not know."),
            };
            if (!holds) problems.Add($"{at}: {word} {rule?.ToJsonString()}");
        }
        if (!schema.ContainsKey("properties") && schema["additionalProperties"] is JsonObject other && value is JsonObject named)
            foreach (var (name, inner) in named) Check(other, inner, $"{at}/{name}", problems);
    }

    private bool All(JsonObject schema, JsonNode? value, string at, List<string> problems)
    {
        Check(schema, value, at, problems);
        return true;
    }

    private bool Referred(string reference, JsonNode? value, string at, List<string> problems) => All(_root["$defs"]![reference["#/$defs/".Length..]]!.AsObject(), value, at, problems);

    private bool Properties(JsonObject schema, JsonNode? value, string at, List<string> problems)
    {
        if (value is not JsonObject o) return true;
        var properties = schema["properties"]!.AsObject();
        foreach (var (name, inner) in o)
        {
            if (properties[name] is JsonObject known) Check(known, inner, $"{at}/{name}", problems);
            else if (schema["additionalProperties"] is JsonValue none && !(bool)none) problems.Add($"{at}: “{name}” is not known");
        }
        return true;
    }

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value is JsonValue v && v.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.Number && (decimal)v % 1 == 0,
        _ => false,
    };
}
