using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace Concentric.Needs.Standards;

/// <summary>A service as a file lists it.</summary>
internal sealed record ServiceRow(string Identifier, string Label, string? Description);

/// <summary>
/// The Services list in the CSV form that esd-toolkit publishes: <c>Identifier,Label,Description,Created,Modified,History notes,Type,</c> with an
/// empty last column and cells of several lines. Columns are found by name; those not named here are left alone.
/// </summary>
/// <param name="Version">The latest date in the file, as <c>2015-02-05</c>; empty where it has none.</param>
internal sealed record ServiceFile(string Version, IReadOnlyList<ServiceRow> Services)
{
    private const string Service = "Service";

    /// <exception cref="BadFileException">The file is not the list of services; the message says where and why.</exception>
    public static async Task<ServiceFile> Read(Stream stream, string file, CancellationToken stop)
    {
        var text = await CsvText.Read(stream, file, stop);
        using var csv = new CsvParser(new StringReader(text.Text), new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        var header = Header(text, csv.Record!);

        var services = new List<ServiceRow>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var version = "";
        for (var row = 1; csv.Read(); row++)
        {
            services.Add(Row(text, header, csv.Record!, row, lines));
            foreach (var date in new[] { header.Created, header.Modified }.Where(c => c >= 0 && c < csv.Count).Select(c => csv[c].Trim()))
                if (DateOnly.TryParseExact(date, "yyyy-MM-dd", out _) && string.CompareOrdinal(date, version) > 0) version = date;
        }
        return services.Count > 0 ? new(version, services) : throw text.Bad(0, 0, "there is a header and no service below it.");
    }

    private static ServiceRow Row(CsvText text, Columns header, string[] record, int row, Dictionary<string, int> lines)
    {
        // Less than the header: a short line or blank columns left away. More: a comma that should stand between quotation marks.
        if (record.Length > header.Count && record[header.Count..].Any(f => f.Length > 0))
            throw text.Bad(row, header.Count, $"this row has {record.Length} columns and the header {header.Count}. Put a text with a comma between quotation marks.");
        string Field(int column) => column >= 0 && column < record.Length ? record[column].Trim() : "";

        var id = Field(header.Identifier);
        if (!Regex.IsMatch(id, "^[0-9]{1,9}$")) throw text.Bad(row, header.Identifier, id.Length == 0 ? "the Identifier is empty." : $"“{Short(id)}” is not the number of a service.");
        if (lines.TryGetValue(id, out var line)) throw text.Bad(row, header.Identifier, $"service {id} is in line {line} already.");
        lines[id] = text.LineOf(row);
        var label = OneLine(Field(header.Label));
        if (label.Length == 0) throw text.Bad(row, header.Label, $"service {id} has no Label.");
        if (Field(header.Type) is var type && type != Service)
            throw text.Bad(row, header.Type, $"the Type is “{Short(type)}” and not “{Service}”: this is not the list of services.");
        return new(id, label, Field(header.Description) is { Length: > 0 } description ? description : null);
    }

    private sealed record Columns(int Count, int Identifier, int Label, int Description, int Created, int Modified, int Type);

    private static Columns Header(CsvText text, string[] header)
    {
        var names = header.Select(h => h.Trim()).ToArray();
        if (names.Index().FirstOrDefault(n => n.Item.Length > 0 && Array.IndexOf(names, n.Item) < n.Index) is { Item: not null } twice)
            throw text.Bad(0, twice.Index, $"the column {twice.Item} is in the header twice.");
        int Needed(string name) => Array.IndexOf(names, name) is var at and >= 0
            ? at
            : throw text.Bad(0, 0, $"the header has no column {name}. The list of services begins with Identifier,Label,Description,Created,Modified,History notes,Type and this file with “{Short(string.Join(',', names))}”.");
        return new(names.Length, Needed("Identifier"), Needed("Label"), Array.IndexOf(names, "Description"), Array.IndexOf(names, "Created"), Array.IndexOf(names, "Modified"), Needed("Type"));
    }

    private static string OneLine(string text) => Regex.Replace(text, @"\s+", " ");

    private static string Short(string text) => OneLine(text.Length <= 80 ? text : text[..80] + "…");
}
