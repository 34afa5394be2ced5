using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concentric.Core;
using Microsoft.AspNetCore.Http;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What somebody says of an event log in XES: whose cases it holds. All else the format says itself, so that no mapping need be written.</summary>
internal static class EventLogFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks what was said and gives the mapping's JSON, or null where something is wrong.</summary>
    /// <param name="fileName">Steps are known by the log's name, their case and their place in it, so that the same log sent again does not count twice.</param>
    public static string? Mapping(IFormCollection form, string fileName, CouncilAttributes own, Errors errors)
    {
        var label = form["LogOf"].ToString().Trim();
        var slug = MappingDraft.SlugOf(label);
        errors.Check("LogOf", label.Length > 0, "Enter whose cases the log holds").Check("LogOf", slug.Length is >= 2 and <= 60 && label.Length <= 100, "Use between 2 and 60 letters or digits for whose cases they are");
        if (errors.Any) return null;
        // Who enters this council's own name means this council.
        var council = slug == own.Name || slug == MappingDraft.SlugOf(own.Label) ? own : new(slug, label, IsSynthetic: false, own.Zone);
        return new JsonObject
        {
            ["name"] = $"{MappingDraft.ShortNameOf(fileName)}-log",
            ["about"] = $"Event log in XES of {council.Label}. One event is one step. A step is known by its case and its place in it.",
            ["council"] = new JsonObject { ["name"] = council.Name, ["label"] = council.Label, ["isSynthetic"] = council.IsSynthetic, ["zone"] = council.Zone },
            ["kind"] = "step",
            ["format"] = "xes",
            ["id"] = new JsonArray("case:concept:name", "@position"),
            ["opened"] = new JsonObject { ["columns"] = new JsonArray("time:timestamp"), ["formats"] = new JsonArray("yyyy-MM-ddTHH:mm:ss.FFFFFFFK") },
            ["step"] = new JsonObject { ["case"] = new JsonArray("case:concept:name"), ["activity"] = "concept:name", ["actor"] = new JsonArray("org:resource"), ["organisation"] = "org:group" },
        }.ToJsonString(Readable);
    }
}
