using System.Text.Json.Nodes;
using Concentric.Serve.Forms;
using Concentric.Serve.Forms.Import;
using Concentric.Tests.Measure;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Forms to import: the published ones, and small ones written here.</summary>
internal static class ImportSource
{
    /// <summary>The 92 published forms; skips the test where they are not there.</summary>
    public static IReadOnlyList<string> Published
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(SharedData.Find("forms/defra/feedback.json"), "..", ".."));
            return [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }
    }

    public static ImportedForm Read(string json) => FormImport.Read(json, "a-form.json");

    /// <summary>A form of v1 with one question on a page, a condition on it, and a page that the condition leads to.</summary>
    public static string OneCondition(string component, string condition, string lists = "[]", string more = "") => $$"""
        { "name": "One", "startPage": "/one", "version": 2, "lists": {{lists}}, "sections": [],
          "pages": [
            { "path": "/one", "title": "One", "components": [ {{component}} ], "next": [ { "path": "/two", "condition": "cond" }, { "path": "/summary" } ] },
            { "path": "/two", "title": "Two", "components": [ { "type": "TextField", "name": "two", "title": "Two?", "options": {}, "schema": {} } ], "next": [ { "path": "/summary" } ] },
            { "path": "/summary", "title": "Summary", "controller": "./pages/summary.js", "components": [], "next": [] } ],
          "conditions": [ { "name": "cond", "displayName": "It holds", "value": {{condition}} } {{more}} ] }
        """;

    /// <summary>Pages of v1 in a row, of which the first may be given whole.</summary>
    public static string Pages(string pages, string rest = "") => $$"""{ "startPage": "/one", "pages": [ {{pages}}, { "path": "/summary", "title": "Summary", "controller": "./pages/summary.js", "components": [], "next": [] } ], "lists": [], "sections": [], "conditions": [] {{rest}} }""";

    /// <summary>A page of v1 with one component.</summary>
    public static string Page(string component, string path = "/one", string next = "/summary") => $$"""{ "path": "{{path}}", "title": "A page", "components": [ {{component}} ], "next": [ { "path": "{{next}}" } ] }""";

    /// <summary>The first question of the form.</summary>
    public static Question Question(string component, string lists = "[]") =>
        Read(Pages(Page(component)).Replace("\"lists\": []", $"\"lists\": {lists}", StringComparison.Ordinal)).Form.Questions.First();

    /// <summary>Whether a named condition holds.</summary>
    public static bool Holds(Form form, string calculation, params (string Name, Value Value)[] answers)
    {
        Value Find(string name) => answers.FirstOrDefault(a => a.Name == name).Value
            ?? (form.Calculations.FirstOrDefault(c => c.Id == name) is { } other ? Expression.Of(other.Value).Evaluate(new(Find, Today)) : Value.Nothing);
        return Expression.Of(calculation).IsTrue(new(Find, Today));
    }

    public static DateOnly Today { get; } = new(2026, 3, 15);

    public static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(file))!;
}
