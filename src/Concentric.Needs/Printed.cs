using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concentric.Needs;

/// <summary>How the commands print JSON: as the API names things, with line breaks, and quotation marks that people can read.</summary>
internal static class Printed
{
    // For a terminal or a file, never for a page of HTML.
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
