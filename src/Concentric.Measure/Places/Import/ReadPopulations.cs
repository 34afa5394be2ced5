using System.Globalization;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Places;

/// <summary>Reads populations, and those who could use a service, from a CSV file: by area, by group, by both, or one line for all.</summary>
internal static class ReadPopulations
{
    private const long MostPersons = 100_000_000;

    /// <param name="services">Keys of the services that are known.</param>
    /// <exception cref="ImportRefusedException">A needed column is missing, or most lines cannot be read.</exception>
    public static PlaceReading Read(PlaceRequest request, ListFile file, IReadOnlyDictionary<string, string> columns, IReadOnlySet<string> services)
    {
        var places = new Dictionary<string, int>();
        foreach (var (role, column) in columns.Where(c => c.Value.Length > 0))
        {
            var at = file.Columns.ToList().FindIndex(c => string.Equals(c, column, StringComparison.OrdinalIgnoreCase));
            places[role] = at >= 0 ? at : throw new ImportRefusedException($"The file has no column “{column}”.", 1, role);
        }
        if (!places.ContainsKey(ColumnRoles.Persons) && !places.ContainsKey(ColumnRoles.Households))
            throw new ImportRefusedException("No column was found for residents or households: choose one of them.", 1, ColumnRoles.Persons);
        if (request.Kind == PlaceKind.Eligible && !places.ContainsKey(ColumnRoles.Service) && string.IsNullOrEmpty(request.Service))
            throw new ImportRefusedException("The file does not say which service it is about: choose the column that does, or name the service.", 1, ColumnRoles.Service);

        var into = new PlaceReading();
        foreach (var line in file.Lines)
        {
            if (line.Bad is not null) into.Refusals.Add(new(line.Line, "", line.Bad));
            else Take(line);
        }
        into.RefuseWhereMostlyBad();
        into.Part = PartOf(into.Populations);
        return into;

        void Take(ListLine line)
        {
            string Get(string role) => places.TryGetValue(role, out var place) ? line.Fields[place].Trim() : "";
            var (area, group) = (Get(ColumnRoles.Area), Get(ColumnRoles.Group));
            var service = request.Kind != PlaceKind.Eligible ? "" : Get(ColumnRoles.Service) is { Length: > 0 } named ? named : request.Service ?? "";
            if (area.Length > 60 || group.Length > 60)
            {
                into.Refusals.Add(new(line.Line, columns[area.Length > 60 ? ColumnRoles.Area : ColumnRoles.Group], "A code is not as long as that."));
                return;
            }
            if (request.Kind == PlaceKind.Eligible && !services.Contains(service))
            {
                into.Refusals.Add(new(line.Line, columns.GetValueOrDefault(ColumnRoles.Service, ColumnRoles.Service), service.Length == 0 ? "The line names no service." : $"There is no service “{(service.Length > 40 ? service[..40] : service)}”."));
                return;
            }
            var rows = new List<PopulationRow>();
            foreach (var (role, unit) in ((string, PopulationUnit)[])[(ColumnRoles.Persons, PopulationUnit.Persons), (ColumnRoles.Households, PopulationUnit.Households)])
            {
                if (Get(role) is not { Length: > 0 } text) continue;
                if (!long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) || value > MostPersons)
                {
                    into.Refusals.Add(new(line.Line, columns[role], $"“{(text.Length > 40 ? text[..40] : text)}” is not a whole number of {(unit == PopulationUnit.Persons ? "residents" : "households")}."));
                    return;
                }
                rows.Add(new() { Council = request.Council, Service = service, Unit = unit, Area = area, Group = group, Value = value, Year = request.Year, Source = request.Source });
            }
            if (rows.Count == 0)
            {
                into.Refusals.Add(new(line.Line, columns.GetValueOrDefault(ColumnRoles.Persons) ?? columns[ColumnRoles.Households], "The line has no number."));
                return;
            }
            if (into.Say(line.Line, "", KeyOf(rows[0]), string.Join(';', rows.Select(ContentOf)), area.Length > 0 ? $"the area {area}" : group.Length > 0 ? $"group {group}" : "the whole council")) into.Populations.AddRange(rows);
        }
    }

    internal static string KeyOf(PopulationRow row) => $"{row.Service}|{row.Area}|{row.Group}";

    internal static string ContentOf(PopulationRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Unit}={row.Value},{row.Year},{row.Source}");

    /// <summary>“persons by area”, and for which services.</summary>
    internal static string PartOf(IEnumerable<PopulationRow> rows) => string.Join("; ", rows
        .GroupBy(r => r.Service, StringComparer.Ordinal).OrderBy(s => s.Key, StringComparer.Ordinal)
        .Select(s => string.Join(", ", s.Select(r => $"{r.Unit.ToString().ToLowerInvariant()} {r.Shape}").Distinct().Order(StringComparer.Ordinal)) + (s.Key.Length > 0 ? $" for the service with the number {s.Key}" : "")));
}
