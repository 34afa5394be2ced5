using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Standards;

/// <summary><c>standards import FILE [--apply] [--json]</c></summary>
internal static class ImportCommand
{
    private const int MostShown = 20;

    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The Services list in the CSV form that esd-toolkit publishes: Identifier,Label,Description,Created,Modified,History notes,Type." };
        var apply = new Option<bool>("--apply") { Description = "Write the changes. Without it nothing is changed: you see what would be." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON, with every service named." };
        var import = new Command("import", "Import the list of services (LGSL). Services that the file does not have are named and kept.") { file, apply, json };
        import.SetAction(async (parse, stop) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            try
            {
                var given = parse.GetRequiredValue(file);
                await using var stream = given.OpenRead();
                await using var scope = line.Services.CreateAsyncScope();
                var report = await scope.ServiceProvider.GetRequiredService<ImportServices>().Run(stream, given.Name, parse.GetValue(apply), Actor.System, stop);
                if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(report, Printed.Json));
                else await Print(report, output);
                return 0;
            }
            catch (Exception e) when (e is BadFileException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(e.Message);
                if (e is BadFileException) await error.WriteLineAsync("Nothing was changed.");
                return 1;
            }
        });
        line.Group("standards", "The lists of the standards: services and, later, others").Subcommands.Add(import);
    }

    internal static async Task Print(ImportReport report, TextWriter output)
    {
        var changes = report.Changes;
        await output.WriteLineAsync($"{report.File}: {Number(report.Read)} services{(report.Version.Length > 0 ? $", version {report.Version}" : "")}");
        await Counted("added", changes.Added.Count);
        await Counted("renamed", changes.Renamed.Count);
        await Counted("new description", changes.Redescribed.Count);
        await Counted("unchanged", changes.Unchanged);
        await Counted("missing from the file", changes.Missing.Count);
        await Listed("Added", [.. changes.Added.Select(s => $"{s.Id} {s.Label}")]);
        await Listed("Renamed", [.. changes.Renamed.Select(s => $"{s.Id} {s.From} -> {s.To}")]);
        await Listed("Warning: held and missing from the file. Nothing is deleted, so these stay", [.. changes.Missing.Select(s => $"{s.Id} {s.Label}")]);
        await output.WriteLineAsync(report.Applied ? "Written." : "Nothing was written. Run it again with --apply to write this.");

        Task Counted(string what, int count) => output.WriteLineAsync($"{Number(count),9} {what}");

        async Task Listed(string what, List<string> items)
        {
            if (items.Count == 0) return;
            await output.WriteLineAsync($"{what}:");
            foreach (var item in items.Take(MostShown)) await output.WriteLineAsync($"  {item}");
            if (items.Count > MostShown) await output.WriteLineAsync($"  and {Number(items.Count - MostShown)} more: --json names them all");
        }
    }

    private static string Number(int count) => count.ToString("N0", British);
}
