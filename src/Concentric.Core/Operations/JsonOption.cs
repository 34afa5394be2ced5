using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concentric.Core.Operations;

/// <summary>The <c>--json</c> of every command that reads.</summary>
public static class JsonOption
{
    public static Option<bool> Make() => new("--json") { Description = "Print JSON, for programs." };

    /// <summary>As the API writes it, indented; for a terminal or a file, where nothing needs escaping for HTML.</summary>
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}
