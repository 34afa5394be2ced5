using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Journeys.Reading;

/// <summary>An event log of many objects (OCEL 2.0), flattened on one type of object: a case is an object of it, with every event that names it.</summary>
/// <remarks>
/// An event that names several such objects stands in each of their cases, so that counts of the flat log are higher than what happened (convergence):
/// <see cref="ObjectEdges"/> counts three ways. The log lies in a file while it is read, because objects may stand behind the events that name them.
/// </remarks>
internal static class OcelLog
{
    private const int MostObjects = 2_000_000;

    /// <exception cref="ImportRefusedException">It is no OCEL, or no type of object was chosen where it has several.</exception>
    public static ReadLog Read(Stream file, LogOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("concentric-ocel-");
        try
        {
            using var bytes = FileBytes.Open(file, ReadJourneys.Limits, ReadJourneys.Format(FileFormat.Ocel));
            var whole = Path.Combine(folder.FullName, "log");
            using (var to = new FileStream(whole, FileMode.CreateNew)) OcelRecords.Copy(bytes.Text, to, ReadJourneys.Limits);
            using IOcelLog log = bytes.Looks switch
            {
                FileLooks.Sqlite => new OcelSqlite(whole, ReadJourneys.Limits),
                FileLooks.Xml => new OcelXml(whole, ReadJourneys.Limits),
                _ => new OcelJson(whole, ReadJourneys.Limits),
            };
            return Flatten(log, options.ObjectType);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ReadLog Flatten(IOcelLog log, string? given)
    {
        var type = given ?? OnlyType(log);
        var cases = log.Types().Where(o => o.Type == type).Select(o => o.Id).Where(i => i.Length > 0).Take(MostObjects + 1).ToHashSet(StringComparer.Ordinal);
        if (cases.Count > MostObjects) throw new ImportRefusedException($"The log has more than {Say.Number(MostObjects)} objects of the type “{type}”.");
        if (cases.Count == 0) throw new ImportRefusedException($"The log has no object of the type “{type}”. It has: {Listed(log)}.");
        var (to, left, number) = (new EventLogBuilder(), new LeftOut(), 0);
        foreach (var found in log.Events())
        {
            number++;
            var of = found.Objects.Where(cases.Contains).Distinct(StringComparer.Ordinal).ToList();
            if (of.Count == 0) left.Tell($"with no object of the type {type} left out", number);
            else if (string.IsNullOrWhiteSpace(found.Type)) left.Tell("without a type left out", number);
            else if (!LogTime.TryRead(found.Time, out var at, out _)) left.Tell("with a time that is none left out", number);
            else
            {
                foreach (var one in of) to.Add(new(to.Case(one), to.Activity(found.Type), at, number) { Origin = number });
            }
        }
        return new(to.Build(), [$"Flattened on objects of the type {type}: an event that names several of them stands in the case of each.", .. left.Sentences(to.Events)]);
    }

    private static string OnlyType(IOcelLog log)
    {
        var types = log.Types().Select(o => o.Type).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return types switch
        {
            [] => throw new ImportRefusedException("The log has no objects, so no case can be made of it."),
            [var only] => only,
            _ => throw new ImportRefusedException($"A log of many objects can be looked at from each of their types. Say which one is the case with --object. The log has: {Listed(log)}."),
        };
    }

    private static string Listed(IOcelLog log) =>
        string.Join(", ", log.Types().Take(MostObjects).GroupBy(o => o.Type, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(20).Select(g => $"{Shortened(g.Key)} ({Say.Number(g.Select(o => o.Id).Distinct().Count())})"));

    private static string Shortened(string name) => name.Length > 100 ? name[..100] + "…" : name;
}
