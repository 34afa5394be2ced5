using System.Text.Json;

namespace Concentric.Measure.Contacts;

/// <summary>Records that are JSON objects, each with plain values.</summary>
internal abstract class JsonRecords(Mapping mapping, ImportLimits limits) : NamedRecords(mapping, limits)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonPieces.MostDepth };

    private readonly bool _refusesOthers = mapping.RefusesOtherFields;

    protected void AddObject(CsvBlock block, ReadOnlyMemory<byte> json, long line)
    {
        Clear();
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in document.RootElement.EnumerateObject()) Set(member);
            }
            else
            {
                Bad("This is not a JSON object.");
            }
        }
        catch (JsonException e)
        {
            Bad($"This is not JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            Bad("A text in it is not UTF-8.");
        }
        Add(block, line);
    }

    /// <summary>A plain value as text; null is none.</summary>
    internal static bool TryText(JsonElement value, out string text)
    {
        text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };
        return value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
    }

    private void Set(JsonProperty member)
    {
        if (!IsRead(member.Name))
        {
            if (_refusesOthers) Bad($"“{(member.Name.Length > 60 ? member.Name[..60] + "…" : member.Name)}” is not a field. Fields are {string.Join(", ", Columns)}.");
            return;
        }
        if (TryText(member.Value, out var text)) Set(member.Name, text);
        else Bad($"“{member.Name}” is a list or an object; a plain value belongs there.");
    }
}

/// <summary>A JSON object on each line.</summary>
internal sealed class NdjsonRecords(FileBytes bytes, Mapping mapping, ImportLimits limits) : JsonRecords(mapping, limits)
{
    private readonly JsonLines _lines = new(bytes.Text, limits);

    public override void Dispose() { }

    protected override bool TryAdd(CsvBlock block)
    {
        if (!_lines.Next()) return false;
        AddObject(block, _lines.Current, _lines.Line);
        return true;
    }
}

/// <summary>Service requests of Open311 GeoReport v2 as JSON: a list of them, or an object that has the list.</summary>
internal sealed class Open311Json(FileBytes bytes, Mapping mapping, ImportLimits limits) : JsonRecords(mapping, limits)
{
    private readonly JsonPieces _pieces = new(bytes.Text, limits);

    public override void Dispose() { }

    protected override bool TryAdd(CsvBlock block)
    {
        if (!_pieces.Next()) return false;
        AddObject(block, _pieces.Piece, _pieces.Line);
        return true;
    }
}
