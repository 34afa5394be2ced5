using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Needs.Standards.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.Standards;

/// <summary><c>standards import FILE [--apply] [--withdraw] [--scheme] [--label] [--type] [--json]</c></summary>
internal static class ImportCommand
{
    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A list: CSV or XML of esd-toolkit, JSON of LG Inform, SKOS as Turtle or JSON-LD, FHIR CodeSystem or ConceptMap, Open Referral UK taxonomy. Which it is goes by its content." };
        var apply = new Option<bool>("--apply") { Description = "Write the changes. Without it nothing is changed: you see what would be." };
        var withdraw = new Option<bool>("--withdraw") { Description = "Retire entries that the file no longer has and nothing uses, and take away links of the same source that it no longer has." };
        var scheme = new Option<string?>("--scheme") { Description = "Address of the list, or the short name of one that is held, where the file does not say it or holds several." };
        var label = new Option<string?>("--label") { Description = "Name of a list that is not held yet." };
        var type = new Option<string?>("--type") { Description = "What the entries of a new list are: need, circumstance, life-event, service, subject and so on." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON, with everything named." };
        var import = new Command("import", "Import a list of a standard, or links between two. What the file no longer has is named and never deleted.") { file, apply, withdraw, scheme, label, type, json };
        import.SetAction(async (parse, stop) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            try
            {
                var given = parse.GetRequiredValue(file);
                await using var stream = given.OpenRead();
                var source = await SourceText.Read(stream, given.Name, stop);
                var options = new ListOptions { Scheme = parse.GetValue(scheme), Label = parse.GetValue(label), Type = parse.GetValue(type), Withdraw = parse.GetValue(withdraw) };
                var report = await line.Services.GetRequiredService<ImportList>().Run(source, options, parse.GetValue(apply), Actor.System, stop);
                if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(report, Printed.Json));
                else await ReportText.Print(report, options.Withdraw, output);
                return 0;
            }
            catch (Exception e) when (e is BadFileException or RefusedException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(e.Message);
                if (e is BadFileException or RefusedException) await error.WriteLineAsync("Nothing was changed.");
                return 1;
            }
        });
        line.Group("standards", "The lists of the standards: what is held, of which version, and imports").Subcommands.Add(import);
    }
}
