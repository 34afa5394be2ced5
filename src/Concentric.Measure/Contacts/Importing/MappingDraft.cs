using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What somebody has said so far of how to read a file: kept with the file, so that no step loses what an earlier one was told.</summary>
public sealed record MappingDraft
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Delimiter { get; init; } = ",";
    public string Encoding { get; init; } = "utf-8";
    public IReadOnlyList<ColumnGuess> Columns { get; init; } = [];

    /// <summary>Name under which the mapping is saved and ids are unique.</summary>
    public string? Name { get; init; }
    public string? About { get; init; }

    /// <summary><c>contact</c> or <c>service-request</c>; null: not said yet.</summary>
    public string? Kind { get; init; }

    /// <summary><c>own</c> or <c>other</c>.</summary>
    public string? Whose { get; init; }
    public string? OtherName { get; init; }
    public string? OtherZone { get; init; }

    /// <summary>Channel of all rows where no column says it.</summary>
    public string Channel { get; init; } = "unknown";

    /// <summary>What values mean, by use of the column and value: for channels “phone staff”, otherwise one word.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Meanings { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What any other value of the column of channels means; null: a row with another value is rejected.</summary>
    public string? OtherChannel { get; init; }

    /// <summary>LGSL identifiers of texts in the column of services.</summary>
    public IReadOnlyDictionary<string, string> Services { get; init; } = new Dictionary<string, string>();

    public static MappingDraft? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<MappingDraft>(json, Readable);

    public string Write() => JsonSerializer.Serialize(this, Readable);

    /// <summary>What to begin with: the guesses.</summary>
    public static MappingDraft Of(FileLook look, string fileName) => new()
    {
        Delimiter = $"{look.Delimiter}",
        Encoding = look.Encoding,
        Columns = ColumnGuesses.Of(look),
        Name = ShortNameOf(fileName),
    };

    public string? ColumnOf(string use) => Columns.FirstOrDefault(c => c.Use == use)?.Name;

    /// <summary>The meaning of a value, or what is guessed of it.</summary>
    public string? Meaning(string use, string value) => Meanings.GetValueOrDefault(use)?.GetValueOrDefault(value) ?? MeaningGuesses.Of(use, value);

    /// <summary>The mapping as one readable file.</summary>
    public string ToJson(CouncilAttributes own)
    {
        var council = Whose == "other" ? new(SlugOf(OtherName ?? ""), OtherName ?? "", false, OtherZone is { Length: > 0 } zone ? zone : own.Zone) : own;
        var json = new JsonObject
        {
            ["name"] = Name,
            ["about"] = About is { Length: > 0 } about ? about : $"Built from a file of {council.Label}.",
            ["council"] = new JsonObject { ["name"] = council.Name, ["label"] = council.Label, ["isSynthetic"] = council.IsSynthetic, ["zone"] = council.Zone },
            ["kind"] = Kind,
        };
        if (Delimiter != ",") json["delimiter"] = Delimiter;
        if (Encoding != "utf-8") json["encoding"] = Encoding;
        if (Names(ColumnUse.Id) is { Count: > 0 } id) json["id"] = id;
        json["opened"] = Dates(ColumnUse.Opened);
        if (ColumnOf(ColumnUse.Closed) is not null) json["closed"] = Dates(ColumnUse.Closed);
        if (ColumnOf(ColumnUse.Service) is { } service) json["service"] = WithValues(new() { ["column"] = service, ["scheme"] = Name }, Services);
        if (ColumnOf(ColumnUse.Area) is { } area) json["area"] = area;
        if (ColumnOf(ColumnUse.Postcode) is { } postcode) json["postcode"] = postcode;
        if (Names(ColumnUse.Text) is { Count: > 0 } texts) json["freeText"] = new JsonArray([.. texts.Select(t => new JsonObject { ["column"] = t!.GetValue<string>() })]);
        if (ColumnOf(ColumnUse.Channel) is { } channel) json["source"] = Source(channel);
        else if (Channel != "unknown") json["channel"] = Channel;
        foreach (var use in (string[])[ColumnUse.Demand, ColumnUse.Cause, ColumnUse.Resolved])
        {
            if (ColumnOf(use) is not { } column) continue;
            json[use] = new JsonObject { ["column"] = column, ["values"] = Values(Meanings.GetValueOrDefault(use) ?? new Dictionary<string, string>()) };
        }
        foreach (var use in (string[])[ColumnUse.Seconds, ColumnUse.Cost, ColumnUse.Satisfaction])
            if (ColumnOf(use) is { } column) json[use] = column;
        if (Names(ColumnUse.Person) is { Count: > 0 } person) json["person"] = person;
        return json.ToJsonString(Readable);
    }

    /// <summary>A short name made of a file's: <c>kansascity311-potholes</c>.</summary>
    public static string ShortNameOf(string fileName) => SlugOf(fileName.Split('.')[0]) is { Length: >= 3 } slug ? slug[..Math.Min(slug.Length, 60)].Trim('-') : "my-contacts";

    public static string SlugOf(string name)
    {
        var signs = name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
        return string.Join('-', new string(signs).Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    private JsonArray Names(string use) => new([.. Columns.Where(c => c.Use == use).Select(c => (JsonNode)c.Name)]);

    private JsonObject Dates(string use)
    {
        // The day before the time of day, whichever stands first in the file.
        var columns = Columns.Where(c => c.Use == use).OrderBy(c => DateFormats.IsTimeOnly(c.Format ?? "y")).ToList();
        var formats = new JsonArray { (JsonNode)string.Join(' ', columns.Select(c => c.Format)) };
        // A row that says the day alone is still of that day.
        if (columns.Count == 2) formats.Add((JsonNode)columns[0].Format!);
        return new() { ["columns"] = new JsonArray([.. columns.Select(c => (JsonNode)c.Name)]), ["formats"] = formats };
    }

    private JsonObject Source(string column)
    {
        var values = new JsonObject();
        foreach (var (value, meaning) in Meanings.GetValueOrDefault(ColumnUse.Channel) ?? new Dictionary<string, string>()) values[value] = SourceMeaning(meaning);
        var source = new JsonObject { ["column"] = column, ["values"] = values };
        if (OtherChannel is { Length: > 0 } other) source["otherwise"] = SourceMeaning(other);
        return source;
    }

    private static JsonObject SourceMeaning(string meaning)
    {
        var parts = meaning.Split(' ');
        return new() { ["channel"] = parts[0], ["initiator"] = parts.Length > 1 ? parts[1] : "citizen" };
    }

    private static JsonObject WithValues(JsonObject column, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count > 0) column["values"] = Values(values);
        return column;
    }

    private static JsonObject Values(IReadOnlyDictionary<string, string> values)
    {
        var json = new JsonObject();
        foreach (var (value, meaning) in values.Where(v => v.Value.Length > 0)) json[value] = meaning;
        return json;
    }
}

/// <summary>Guesses what a value means. A guess is shown and can be changed.</summary>
internal static class MeaningGuesses
{
    private static readonly (string Channel, string[] Words)[] Channels =
    [
        ("web-chat", ["chat"]), ("social-media", ["twitter", "facebook", "social", "tweet", "instagram"]), ("text-message", ["sms", "text message", "text"]),
        ("app", ["app", "mobile", "citizens connect"]), ("email", ["email", "e-mail", "mail in"]), ("web", ["web", "online", "internet", "self service", "portal", "form", "site"]),
        ("phone", ["phone", "call", "voice", "tel"]), ("face-to-face", ["face", "counter", "walk", "in person", "reception", "visit"]), ("post", ["post", "letter", "mail", "fax"]),
        ("partner", ["partner", "agency"]), ("system", ["system", "integration", "batch", "sensor"]),
    ];

    private static readonly string[] StaffWords = ["employee", "staff", "worker", "inspector"];

    /// <summary>Null where nothing can be guessed.</summary>
    public static string? Of(string use, string value)
    {
        var text = value.ToLowerInvariant();
        return use switch
        {
            ColumnUse.Channel => OfChannel(text),
            ColumnUse.Demand when text.Contains("fail", StringComparison.Ordinal) || text.Contains("avoid", StringComparison.Ordinal) => "failure",
            ColumnUse.Demand when text.Contains("value", StringComparison.Ordinal) => "value",
            ColumnUse.Demand when text.Contains("know", StringComparison.Ordinal) || text.Contains("unsure", StringComparison.Ordinal) => "unknown",
            ColumnUse.Cause => FailureCauses.All.FirstOrDefault(c => c.Name == MappingDraft.SlugOf(text))?.Name,
            ColumnUse.Resolved when text is "yes" or "y" or "true" or "1" or "resolved" or "closed" or "completed" => "yes",
            ColumnUse.Resolved when text is "no" or "n" or "false" or "0" or "open" or "unresolved" => "no",
            _ => null,
        };
    }

    private static string? OfChannel(string text)
    {
        var staff = StaffWords.Any(w => text.Contains(w, StringComparison.Ordinal));
        var channel = Channels.FirstOrDefault(c => c.Words.Any(w => text.Contains(w, StringComparison.Ordinal))).Channel;
        if (staff) return $"{channel ?? "unknown"} staff";
        return channel is null ? null : channel == "system" ? "system system" : $"{channel} citizen";
    }
}
