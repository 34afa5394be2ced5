using System.Globalization;
using Concentric.Core;
using Concentric.Core.Questions;
using Concentric.Serve.Forms.Tables;
using CsvHelper;
using CsvHelper.Configuration;

namespace Concentric.Serve.Teams;

/// <summary>One rule as a file says it, with the line on which it stands.</summary>
internal sealed record RouteRow(int Line, string Service, string Area, string Team);

/// <summary>Rules of which team gets what as a CSV file: columns <c>service</c>, <c>area</c> and <c>team</c>, in any order and with others beside them.</summary>
internal static class RouteFile
{
    public const int MostBytes = 2 * 1024 * 1024;
    public const int MostRows = 5_000;
    private const int MostProblems = 20;
    private static readonly string[] Columns = ["service", "area", "team"];

    /// <exception cref="ReferenceFileException">What is wrong, by line; then nothing of it is taken.</exception>
    public static IReadOnlyList<RouteRow> Read(byte[] bytes, IReadOnlyCollection<string> services, IReadOnlyCollection<string> teams)
    {
        var (problems, rows, bad) = (new List<string>(), new List<RouteRow>(), new List<int>());
        var text = ReferenceFile.TextOf(bytes);
        using var reader = new StringReader(text);
        CsvParser? parser = null;
        using (parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ReferenceFile.DelimiterOf(text), BadDataFound = _ => bad.Add(parser!.RawRow), IgnoreBlankLines = true, TrimOptions = TrimOptions.Trim }))
        {
            if (!parser.Read()) throw new ReferenceFileException(["The file is empty."]);
            var head = parser.Record!.Select(ReferenceFile.NameOf).ToList();
            var places = Columns.Select(c => head.IndexOf(c)).ToArray();
            problems.AddRange(Columns.Where(c => !head.Contains(c)).Select(c => $"Line 1: there is no column “{c}”. The columns are {string.Join(", ", Columns)}."));
            if (problems.Count > 0) throw new ReferenceFileException(problems);
            while (problems.Count < MostProblems && parser.Read())
            {
                // Read first: only then is it known whether it is well formed.
                var values = parser.Record!;
                var line = parser.RawRow - parser.RawRecord.Trim('\r', '\n').Count(c => c == '\n');
                if (bad.Count > 0) problems.Add($"Line {line}: quotation marks are not as they should be. Write one inside a value twice.");
                else if (values.Length != head.Count) problems.Add($"Line {line} has {values.Length} values, and the first line names {head.Count} columns.");
                else if (rows.Count == MostRows) problems.Add($"Line {line}: there are at most {Say.Number(MostRows)} rules.");
                else if (Row(line, values[places[0]], values[places[1]], values[places[2]], services, teams, out var row) is { } wrong) problems.Add($"Line {line}: {wrong}");
                else if (rows.Find(r => r.Service == row!.Service && r.Area == row.Area) is { } before) problems.Add($"Line {line}: line {before.Line} is a rule for the same service and area.");
                else rows.Add(row!);
                bad.Clear();
            }
        }
        if (rows.Count == 0 && problems.Count == 0) problems.Add("The file has a first line with names and no rules.");
        return problems.Count == 0 ? rows : throw new ReferenceFileException(problems);
    }

    private static string? Row(int line, string service, string area, string team, IReadOnlyCollection<string> services, IReadOnlyCollection<string> teams, out RouteRow? row)
    {
        var known = area.Length == 0 ? "" : RouteArea.Read(area);
        // Our own files have a sign before what a spreadsheet would take for a formula.
        if (!teams.Contains(team) && team.StartsWith('\'') && teams.Contains(team[1..])) team = team[1..];
        row = known is null ? null : new(line, service, known, team);
        if (service.Length > 0 && !services.Contains(service)) return $"there is no service “{Cut(service)}”. Write its LGSL number, or leave it empty for any.";
        if (known is null) return $"“{Cut(area)}” is not how a postcode begins. Write it as LS, LS1, LS1 4 or LS1 4AP, or leave it empty for any.";
        if (service.Length + known.Length == 0) return "it names neither a service nor an area.";
        return teams.Contains(team) ? null : $"there is no team “{Cut(team)}”.";
    }

    private static string Cut(string text) => text.Length <= 40 ? text : $"{text[..39]}…";

    /// <summary>The rules as a file that can be read again; the name of the service stands beside its number for whoever reads it.</summary>
    public static string Write(IEnumerable<Route> routes, IReadOnlyDictionary<string, ServiceName> services) =>
        "service,service name,area,team\r\n" + string.Concat(routes.Select(r => $"{Csv.Field(r.Service)},{Csv.Field(services.GetValueOrDefault(r.Service)?.Plain ?? "")},{Csv.Field(r.Area)},{Csv.Field(r.Team)}\r\n"));
}
