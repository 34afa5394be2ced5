using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Measure.Journeys.Reading;

namespace Concentric.Measure.Journeys;

/// <summary><c>concentric journeys FILE</c>: what a log of events says, without a database.</summary>
internal static class JourneysCommand
{
    public static void Add(CommandLine line)
    {
        var file = new Argument<string>("file") { Description = "An event log: XES, OCEL 2.0 (JSON, XML or SQLite) or CSV, plain or gzip. Which it is, is seen by its first bytes. A CSV file needs a header line and times as 2026-03-02T14:30:00+00:00 or 2026/03/02 14:30." };
        var inCase = new Option<string?>("--case") { Description = "Of CSV: the column that says which case an event belongs to. Without it: case:concept:name, case_id, case or reference." };
        var activity = new Option<string?>("--activity") { Description = "Of CSV: the column that says what was done. Without it: concept:name, activity, step, event or task." };
        var time = new Option<string?>("--time") { Description = "Of CSV: the column that says when it was done. Without it: time:timestamp, timestamp, time, completed or end." };
        var start = new Option<string?>("--start") { Description = "Of CSV: the column that says when it was begun, for touch time. Without it: start_timestamp, started or start." };
        var resource = new Option<string?>("--resource") { Description = "Of CSV: the column that says who did it. Without it: org:resource, resource, user or worker." };
        var team = new Option<string?>("--team") { Description = "Of CSV: the column that says which team or organisation did it. Without it: org:group, team, group or department." };
        var ofType = new Option<string?>("--object") { Description = "Of OCEL: the type of object that is taken for the case." };
        var top = new Option<int>("--top") { Description = "Rows of each table that are printed. --json prints all.", DefaultValueFactory = _ => 10 };
        var json = JsonOption.Make();
        var command = new Command("journeys", "Say what a log of events holds: cases, orders of steps, what follows what and how long it takes, rework and hand-overs. Example: journeys receipt.xes.gz. Figures are exact; small ones may tell of persons.")
        {
            file, inCase, activity, time, start, resource, team, ofType, top, json,
        };
        command.SetAction(parse =>
        {
            var read = Read(parse.GetValue(file)!, new()
            {
                Case = parse.GetValue(inCase), Activity = parse.GetValue(activity), Time = parse.GetValue(time), Start = parse.GetValue(start),
                Resource = parse.GetValue(resource), Team = parse.GetValue(team), ObjectType = parse.GetValue(ofType), MustFit = true,
            });
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(JourneysReport.Of(read), JsonOption.Format));
            else JourneysPrint.Write(Console.Out, read, Math.Max(1, parse.GetValue(top)));
        });
        line.Root.Subcommands.Add(command);
    }

    private static ReadLog Read(string path, LogOptions options)
    {
        try
        {
            if (Directory.Exists(path)) throw new RefusedException($"{path} is a folder. Name a file in it.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024);
            return ReadJourneys.Read(file, options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException($"There is no file {path}.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new RefusedException($"{path} cannot be read: {e.Message}");
        }
    }
}
