using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Cases;

/// <summary>Names and durations of BPMN 2.0 (OMG, formal/2011-01-03; ISO/IEC 19510:2013), and what of ours it has no word for.</summary>
internal static class Bpmn
{
    public static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public static readonly XNamespace Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    public static readonly XNamespace Bounds = "http://www.omg.org/spec/DD/20100524/DC";
    public static readonly XNamespace Edges = "http://www.omg.org/spec/DD/20100524/DI";
    public static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>What stages, roles, needs, letters and Welsh stand in. The number is that of <see cref="Process.Schema"/>.</summary>
    public static readonly XNamespace Ours = "urn:concentric:process:1";

    // As JSON inside the XML, so that a field that is added to a process is exchanged from its first day on and cannot be forgotten here.
    private static readonly JsonSerializerOptions Json = new(FormJson.Options) { WriteIndented = false };

    public static XElement Extension<T>(string name, T value) => new(Model + "extensionElements", new XElement(Ours + name, JsonSerializer.Serialize(value, Json)));

    /// <summary>What of ours an element holds; null where it holds nothing, or nothing that can be read.</summary>
    public static T? Extension<T>(XElement element, string name) where T : class
    {
        if (element.Element(Model + "extensionElements")?.Element(Ours + name) is not { } ours) return null;
        try
        {
            return FormJson.HasNothingInAList(ours.Value) ? null : JsonSerializer.Deserialize<T>(ours.Value, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Working days as calendar days, five to a week: a duration of ISO 8601 knows no others.</summary>
    public static string Duration(int workingDays) => string.Create(CultureInfo.InvariantCulture, $"P{workingDays / 5 * 7 + workingDays % 5}D");

    /// <summary>A duration of ISO 8601 as working days, rounded up; null where it is none.</summary>
    public static int? WorkingDays(string duration)
    {
        var text = duration.Trim();
        try
        {
            // XML Schema's durations are those of ISO 8601 but for weeks.
            var days = text is ['P', .. var weeks, 'W'] ? double.Parse(weeks, NumberStyles.None, CultureInfo.InvariantCulture) * 7 : XmlConvert.ToTimeSpan(text).TotalDays;
            return days is >= 0 and < 1_000_000 ? (int)Math.Ceiling(Math.Round(days * 5 / 7, 6)) : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
