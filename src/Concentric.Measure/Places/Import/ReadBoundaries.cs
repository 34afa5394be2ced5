using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Places;

/// <summary>Reads outlines from GeoJSON (RFC 7946), checks them, makes large ones smaller, and keeps of each feature only its outline and its code.</summary>
internal static class ReadBoundaries
{
    private const int MostShapes = 5_000;
    private const int MostDepth = 32;
    private static readonly string[] _usual = ["LSOA21CD", "LSOA11CD", "WD24NM", "WD23NM", "lsoa21_code", "code", "name"];

    /// <param name="areas">Keys of the areas that are known.</param>
    /// <param name="wards">Names of the wards that are known.</param>
    /// <exception cref="ImportRefusedException">It is no such file, or most of its shapes cannot be drawn.</exception>
    public static PlaceReading Read(PlaceRequest request, byte[] bytes, IReadOnlySet<string> areas, IReadOnlySet<string> wards, out Dictionary<string, string> columns)
    {
        using var json = Parse(bytes);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("type", out var type) || !Is(type, "FeatureCollection")
            || !json.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            throw new ImportRefusedException("The file is JSON and no GeoJSON FeatureCollection.");
        if (features.GetArrayLength() == 0) throw new ImportRefusedException("The file holds no shapes.");
        if (features.GetArrayLength() > MostShapes) throw new ImportRefusedException($"The file has {features.GetArrayLength()} shapes; a map takes at most {MostShapes}. Cut out those of your council.");

        var property = request.Property is { Length: > 0 } chosen ? chosen : Guess(features, areas, wards);
        var into = new PlaceReading();
        var shapes = new List<Outline>();
        var number = 0;
        foreach (var feature in features.EnumerateArray())
        {
            number++;
            if (NameOf(feature, property) is not { Length: > 0 and <= 200 } name)
            {
                into.Refusals.Add(new(number, property, "The shape has no such property."));
                continue;
            }
            if (Outline.Of(name, feature, out var reason) is not { } shape)
            {
                into.Refusals.Add(new(number, "geometry", reason));
                continue;
            }
            if (into.Say(number, property, name, shape.Digest, $"“{name}”")) shapes.Add(shape);
        }
        into.RefuseWhereMostlyBad();

        var level = request.Level ?? (shapes.Count(s => wards.Contains(s.Name)) > shapes.Count(s => areas.Contains(s.Name)) ? PlaceLevel.Ward : PlaceLevel.Area);
        var known = level == PlaceLevel.Ward ? wards : areas;
        var without = shapes.Count(s => !known.Contains(s.Name));
        var (word, missing) = (level == PlaceLevel.Ward ? "wards" : "areas", known.Count(k => !into.Content.ContainsKey(k)));
        if (without > 0) into.Notes.Add($"{Say.Number(without)} of {Say.Number(shapes.Count)} shapes belong to none of the {word} that are known here, and would be drawn empty.");
        if (missing > 0) into.Notes.Add($"{Say.Number(missing)} known {word} have no shape in the file.");
        var before = shapes.Sum(s => s.Points);
        Outline.MakeSmaller(shapes);
        if (shapes.Sum(s => s.Points) is var after && after < before) into.Notes.Add($"The outlines were made simpler, from {Say.Number(before)} points to {Say.Number(after)}, so that the map loads quickly. Neighbours may show small gaps.");
        into.Part = word;
        into.Boundaries = new() { Council = request.Council, Level = level, GeoJson = Outline.Write(shapes), Shapes = shapes.Count, Year = request.Year, Source = request.Source };
        columns = new() { ["property"] = property, ["level"] = level.ToString().ToLowerInvariant() };
        return into;
    }

    /// <summary>The properties that features have, for a choice.</summary>
    public static IReadOnlyList<string> Properties(byte[] bytes)
    {
        using var json = Parse(bytes);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("features", out var features) && features.ValueKind == JsonValueKind.Array
            ? [.. features.EnumerateArray().Take(20).SelectMany(NamesOf).Distinct(StringComparer.Ordinal).Take(100)] : [];
    }

    private static JsonDocument Parse(byte[] bytes)
    {
        if (bytes.Length > ListFile.MostBytes) throw new ImportRefusedException($"The file is larger than {ListFile.MostBytes / 1024 / 1024} MB. Use generalised boundaries (the Office for National Statistics publishes them as BGC or BUC).");
        try
        {
            return JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new() { MaxDepth = MostDepth });
        }
        catch (JsonException e)
        {
            throw new ImportRefusedException($"The file is not JSON: {e.Message}");
        }
    }

    private static string Guess(JsonElement features, IReadOnlySet<string> areas, IReadOnlySet<string> wards)
    {
        var names = features.EnumerateArray().Take(20).SelectMany(NamesOf).Distinct(StringComparer.Ordinal).ToList();
        var best = names.Select(n => (Name: n, Hits: features.EnumerateArray().Count(f => NameOf(f, n) is { } v && (areas.Contains(v) || wards.Contains(v))))).OrderByDescending(n => n.Hits).FirstOrDefault();
        if (best.Hits > 0) return best.Name;
        return _usual.Select(u => names.Find(n => n.Equals(u, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(n => n is not null)
            ?? names.FirstOrDefault() ?? throw new ImportRefusedException("The shapes have no properties, so nothing says which area each is.");
    }

    private static IEnumerable<string> NamesOf(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? p.EnumerateObject().Select(x => x.Name) : [];

    private static string? NameOf(JsonElement feature, string property) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object && p.TryGetProperty(property, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString()!.Trim(), JsonValueKind.Number => value.GetRawText(), _ => null } : null;

    internal static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    internal static string Number(double value) => Math.Round(value, 5).ToString(CultureInfo.InvariantCulture);
}
