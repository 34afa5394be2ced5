using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Concentric.Core.Questions;
using Concentric.Needs.Anticipation;
using CsvHelper;

namespace Concentric.Bench;

/// <summary>Anticipation tried on real requests: Boston's, with a neighbourhood in a month in the place of a person, because the file names nobody.</summary>
internal static class RealAnticipationBench
{
    // What staff and systems began is no demand of citizens.
    private static readonly HashSet<string> Citizens = ["Constituent Call", "Citizens Connect App", "Self Service", "Twitter"];

    /// <summary>Months, made as far apart as the days within which a second service counts, so that only what was asked in the same month goes together.</summary>
    private const int Apart = AlsoAsked.Days + 1;

    public static Command Verb()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Requests of the City of Boston as CSV, plain or gzipped: as published in 2015." };
        var verb = new Command("needs-real", "Try anticipation on real requests, by neighbourhood and month, and print what is found, also when it is nothing.") { file };
        verb.SetAction(parse => Run(parse.GetRequiredValue(file)));
        return verb;
    }

    private static void Run(FileInfo file)
    {
        var asked = Read(file).Where(r => r.Neighbourhood.Length > 0).ToList();
        // A type that is asked for in nearly every neighbourhood and month says nothing of what goes with it; it is kept, for so it is.
        Print("Whether a type is asked for at all", asked.Select(r => (r.Neighbourhood, r.Month, r.Type)).Distinct().ToList());
        var usual = asked.GroupBy(r => (r.Neighbourhood, r.Type)).ToDictionary(g => g.Key, g => (double)g.Count() / asked.Select(a => a.Month).Distinct().Count());
        Print("Whether a type is asked for at least half more often than is usual in that neighbourhood, and at least three times",
            asked.GroupBy(r => (r.Neighbourhood, r.Month, r.Type)).Where(g => g.Count() >= 3 && g.Count() >= 1.5 * usual[(g.Key.Neighbourhood, g.Key.Type)]).Select(g => g.Key).ToList());
    }

    private static void Print(string what, List<(string Neighbourhood, DateOnly Month, string Type)> sets)
    {
        var months = sets.Select(s => s.Month).Distinct().Order().ToList();
        string[] types = ["", .. sets.Select(s => s.Type).Distinct().Order(StringComparer.Ordinal)];
        // Each neighbourhood and month is a person of its own; one day is added so that the split by time falls between months.
        var persons = sets.Select(s => (s.Month, s.Neighbourhood)).Distinct().OrderBy(p => p.Month).ThenBy(p => p.Neighbourhood, StringComparer.Ordinal).Index().ToDictionary(p => p.Item, p => p.Index);
        var rows = sets.Select(s => (Person: persons[(s.Month, s.Neighbourhood)], Day: months.IndexOf(s.Month) * Apart, Service: Array.IndexOf(types, s.Type))).OrderBy(r => r.Person).ThenBy(r => r.Service).ToList();
        var of = new FirstContacts
        {
            Council = "Boston", IsSynthetic = false, From = months[0], To = months[0].AddDays(months.Count * Apart), Services = types, Profiles = [""],
            Person = [.. rows.Select(r => r.Person)], Service = [.. rows.Select(r => (ushort)r.Service)], Day = [.. rows.Select(r => (ushort)r.Day)], Profile = new byte[rows.Count],
        };
        var split = months[0].AddDays(months.Count * 2 / 3 * Apart);
        var found = Evaluate.Run(of, split, _ => []);
        Console.WriteLine($"{what}. {persons.Count} neighbourhoods in a month, {types.Length - 1} types, {months[0]:yyyy-MM} to {months[^1]:yyyy-MM}; learnt before {months[months.Count * 2 / 3]:yyyy-MM}. The dates below are made up to keep months apart.");
        Console.WriteLine(EvaluationText.Of(found with { Services = [], Groups = [] }));
    }

    private static IEnumerable<(string Neighbourhood, DateOnly Month, string Type)> Read(FileInfo file)
    {
        using var raw = file.OpenRead();
        using Stream bytes = file.Extension == ".gz" ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var reader = new StreamReader(bytes);
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            if (!Citizens.Contains(csv.GetField("Source")!)) continue;
            var opened = DateTime.Parse(csv.GetField("OPEN_DT")!, CultureInfo.InvariantCulture);
            yield return (csv.GetField("neighborhood")!.Trim(), new(opened.Year, opened.Month, 1), csv.GetField("TYPE")!.Trim());
        }
    }
}
