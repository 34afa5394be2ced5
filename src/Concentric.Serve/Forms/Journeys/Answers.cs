using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Concentric.Serve.Forms;

/// <summary>What has been answered in a form so far. Never changed: each step makes another.</summary>
/// <param name="Values">Answers by question, and looked-up rows by lookup. Those of pages that are no longer on the way are among them.</param>
/// <param name="Done">Ids of the pages that somebody looked at and continued from.</param>
public sealed record Answers(ImmutableDictionary<string, Value> Values, ImmutableHashSet<string> Done)
{
    public static Answers None { get; } = new(ImmutableDictionary.Create<string, Value>(StringComparer.Ordinal), ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    public Value this[string id] => Values.GetValueOrDefault(id, Value.Nothing);

    public Answers With(string id, Value value) => this with { Values = value.IsNothing ? Values.Remove(id) : Values.SetItem(id, value) };

    /// <summary>A page's answers, and that it was continued from.</summary>
    public Answers WithPage(string page, IEnumerable<KeyValuePair<string, Value>> answers)
    {
        var values = Values.ToBuilder();
        foreach (var (id, value) in answers)
        {
            if (value.IsNothing) values.Remove(id);
            else values[id] = value;
        }
        return new(values.ToImmutable(), Done.Add(page));
    }

    /// <summary>The answers as JSON: texts, numbers, true and false, dates as "2026-01-31", lists and records.</summary>
    public string Write()
    {
        var values = new JsonObject();
        foreach (var (id, value) in Values.OrderBy(v => v.Key, StringComparer.Ordinal)) values[id] = Json(value);
        return new JsonObject { ["values"] = values, ["done"] = new JsonArray([.. Done.Order(StringComparer.Ordinal).Select(d => (JsonNode)d)]) }.ToJsonString(FormJson.Compact);
    }

    /// <summary>Reads what <see cref="Write"/> wrote. What the form does not know any more is kept as it is.</summary>
    public static Answers Read(Form form, string json)
    {
        using var document = JsonDocument.Parse(json);
        var questions = FormIndex.Of(form).Questions;
        var values = ImmutableDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.GetProperty("values").EnumerateObject())
            values[property.Name] = questions.TryGetValue(property.Name, out var question) ? Read(question, property.Value) : Looked(property.Value);
        return new(values.ToImmutable(), [.. document.RootElement.GetProperty("done").EnumerateArray().Select(d => d.GetString()!)]);
    }

    public static JsonNode? Json(Value value) => value switch
    {
        Value.Text text => text.Is,
        Value.Number number => number.Is,
        Value.Truth truth => truth.Is,
        Value.Date date => $"{date}",
        Value.Many many => new JsonArray([.. many.Items.Select(Json)]),
        Value.Parts parts => new JsonObject(parts.Named.Select(p => KeyValuePair.Create(p.Key, Json(p.Value)))),
        _ => null,
    };

    // What was kept may come from an earlier version of the form, that asked something else under this id: it is then kept as it is, and found wrong.
    private static Value Read(Question question, JsonElement json) => (question.Kind, json.ValueKind) switch
    {
        (QuestionKind.Date or QuestionKind.Month, JsonValueKind.String) when DateOf(json.GetString()) is Value.Date date => date,
        (QuestionKind.Repeat, JsonValueKind.Array) => Value.Of(json.EnumerateArray().Select(row => row.ValueKind != JsonValueKind.Object ? Plain(row) : Value.Of(
            row.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, question.Fields.FirstOrDefault(f => f.Id == p.Name) is { } field ? Read(field, p.Value) : Plain(p.Value)))))),
        _ => Plain(json),
    };

    private static Value Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Value.Of(json.GetString()),
        JsonValueKind.Number => Value.Of(json.GetDecimal()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Array => Value.Of(json.EnumerateArray().Select(Plain)),
        JsonValueKind.Object => Value.Of(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Plain(p.Value)))),
        _ => Value.Nothing,
    };

    // A table's columns have no kinds: what is written as a date is one.
    private static Value Looked(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? Value.Of(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.ValueKind == JsonValueKind.String ? Column(p.Value.GetString()!) : Plain(p.Value))))
        : Plain(json);

    /// <summary>The value of a column of a table: a date where it is written as one, otherwise text.</summary>
    public static Value Column(string text) => DateOf(text) is Value.Date date ? date : Value.Of(text.Trim());

    private static Value DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Value.Of(date) : Value.Nothing;
}
