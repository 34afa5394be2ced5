using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Concentric.Measure.Contacts.Local;

/// <summary><c>concentric contacts import</c>: hands the file to the running program, or opens the store itself.</summary>
internal static class ImportCommand
{
    public const string Group = "contacts";
    public const string About = "Contacts as they are counted: import files of them, ask, rebuild the store.";

    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV file, plain or .gz." };
        var map = new Option<string>("--map") { Description = $"How to read its columns: a mapping that comes with the program ({string.Join(", ", Mapping.Shipped)}) or the path of a JSON file.", Required = true };
        var json = JsonOption.Make();
        var command = new Command("import", "Count the rows of a file: all of them or none, and none twice. Rows that cannot be read go to a rejects file with line, column and reason.") { file, map, json };
        command.SetAction(async (parse, stop) =>
        {
            var source = parse.GetRequiredValue(file);
            if (!source.Exists) throw new RefusedException($"There is no file {source.FullName}.");
            var report = await Run(line, source, parse.GetRequiredValue(map), quiet: parse.GetValue(json), stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonOption.Format));
            else Print(report);
        });
        line.Group(Group, About).Subcommands.Add(command);
    }

    private static async Task<ImportReport> Run(CommandLine line, FileInfo source, string map, bool quiet, CancellationToken stop)
    {
        try
        {
            var mapping = Mapping.TextOf(map);
            await using var file = source.OpenRead();
            var settings = line.Services.GetRequiredService<Settings>();
            using var running = await RunningProgram.Find(settings, stop);
            if (running is not null)
                return await WithProgress(quiet, source.Length, progress => running.Import(file, source.Name, mapping, map, progress, stop));

            await MigrateCommand.Run(line.Services, stop);
            var import = line.Services.GetRequiredService<ContactImport>();
            await import.Sweep(stop);
            return await WithProgress(quiet, source.Length, progress => import.Run(file, source.Name, Mapping.Parse(mapping, map), Actor.System, progress, stop: stop));
        }
        catch (Exception e) when (e is ImportRefusedException or MappingException or ContactStoreException)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static async Task<T> WithProgress<T>(bool quiet, long bytes, Func<IProgress<ImportProgress>, Task<T>> work)
    {
        // To stderr, so that what is printed can be piped; a bar only where somebody watches.
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error), Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect });
        if (quiet || Console.IsErrorRedirected) return await work(new Bar(null, bytes));
        return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new Bar(context.AddTask("Reading"), bytes)));
    }

    private static void Print(ImportReport report)
    {
        Console.WriteLine($"read {Say.Number(report.Read)} = imported {Say.Number(report.Imported)} + duplicates {Say.Number(report.Duplicates)} + rejected {Say.Number(report.Rejected)}");
        if (report.Flagged > 0) Console.WriteLine($"{Say.Number(report.Flagged)} of the imported are flagged as odd, such as closed before they were opened: their duration is left empty.");
        if (report.Changed > 0) Console.WriteLine($"{Say.Number(report.Changed)} of the duplicates now say something else. What came first is kept.");
        if (report.RejectsFile is not null) Console.WriteLine($"Rejected rows, with line, column and reason: {report.RejectsFile}");
        Console.WriteLine($"{(report.Batch is { } batch ? $"Batch {batch}, " : "Nothing new, ")}{report.Seconds:0.0} s.");
    }

    private sealed class Bar(ProgressTask? task, long bytes) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (task is null) return;
            var (words, share) = value.Stage switch
            {
                ImportProgress.Reading => ("Reading", 80.0 * value.BytesRead / Math.Max(1, value.BytesInAll ?? bytes)),
                ImportProgress.Comparing => ("Looking for rows already counted", 82),
                ImportProgress.Keeping => ("Keeping", 88),
                _ => ("Counting", 94),
            };
            task.Description = $"{words} ({Say.Number(value.Rows)} rows)";
            task.Value = Math.Max(task.Value, Math.Min(99, share));
        }
    }
}
