using System.CommandLine;
using System.Globalization;
using Concentric.Core;
using Concentric.Needs.Concepts;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Needs.LinkedData;

/// <summary><c>needs export [--format jsonld|turtle|csv] [--out FILE]</c>: the whole model.</summary>
internal static class ExportCommand
{
    public static void Add(CommandLine line)
    {
        var format = new Option<string>("--format") { Description = "jsonld, turtle, or csv (the statements of the model, one a row).", DefaultValueFactory = _ => "turtle" };
        format.AcceptOnlyFromAmong("jsonld", "turtle", "csv");
        var file = new Option<FileInfo?>("--out") { Description = "The file to write. Without it the model is printed." };
        var export = new Command("export", "Write the whole model: lists, statements, offers and places. Risk factors are statistics for staff and left out.") { format, file };
        export.SetAction(async (parse, stop) =>
        {
            var model = await line.Services.GetRequiredService<ModelCache>().Current(stop);
            var outside = OutsideAddress.Of(line.Services.GetRequiredService<Settings>());
            if (parse.GetValue(file) is not { } target)
            {
                using var memory = new MemoryStream();
                await Write(memory, model, outside, parse.GetValue(format)!, stop);
                await parse.InvocationConfiguration.Output.WriteAsync(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
                return 0;
            }
            await using (var stream = target.Create()) await Write(stream, model, outside, parse.GetValue(format)!, stop);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"Edition {model.Edition} written to {target.Name}.");
            return 0;
        });
        line.Group("needs", "The need model: life events, needs and the services that meet them").Subcommands.Add(export);
    }

    internal static Task Write(Stream output, NeedModel model, OutsideAddress outside, string format, CancellationToken stop) => format switch
    {
        "jsonld" => JsonLdWriter.Write(output, new Describe(model, outside).All(), outside.Terms, stop),
        "turtle" => ShowLinkedData.Turtle(output, new Describe(model, outside).All(), outside.Terms),
        _ => Csv(output, model, outside, stop),
    };

    private static async Task Csv(Stream output, NeedModel model, OutsideAddress outside, CancellationToken stop)
    {
        await using var csv = new CsvWriter(new StreamWriter(output, leaveOpen: true), CultureInfo.InvariantCulture);
        string[] columns = ["Subject", "Subject label", "Predicate", "Object", "Object label", "Mode", "Confidence", "Reason", "Evidence", "Source", "Valid from", "Valid to"];
        foreach (var column in columns) csv.WriteField(column);
        await csv.NextRecordAsync();
        foreach (var relation in model.Relations.Where(r => OwnTerms.Of(r.Predicate, "") is not null))
        {
            stop.ThrowIfCancellationRequested();
            csv.WriteField(outside.Of(relation.Subject));
            csv.WriteField(model.Find(relation.Subject)?.Label);
            csv.WriteField(OwnTerms.Of(relation.Predicate, outside.Terms));
            csv.WriteField(outside.Of(relation.Object));
            csv.WriteField(model.Find(relation.Object)?.Label);
            csv.WriteField(relation.Mode?.ToString().ToLowerInvariant());
            csv.WriteField(relation.Confidence.ToString().ToLowerInvariant());
            csv.WriteField(relation.Reason);
            csv.WriteField(relation.Evidence);
            csv.WriteField(relation.Source);
            csv.WriteField(relation.ValidFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            csv.WriteField(relation.ValidTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await csv.NextRecordAsync();
        }
    }
}
