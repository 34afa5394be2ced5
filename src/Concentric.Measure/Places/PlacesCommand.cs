using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Places;

/// <summary><c>concentric places import</c>: hands the file to the running program, or opens the store itself.</summary>
internal static class PlacesCommand
{
    /// <summary>What the command line sends to the running program.</summary>
    internal sealed record Work
    {
        public required PlaceRequest Request { get; init; }
        public required byte[] File { get; init; }
        public required bool Apply { get; init; }
    }

    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV file with a line of column names, or GeoJSON for boundaries." };
        var kind = new Option<string>("--kind") { Description = $"What it says: {string.Join(", ", Enum.GetValues<PlaceKind>().Select(ImportPlaces.Words.Kebab))}.", Required = true };
        var council = new Option<string?>("--council") { Description = "Short name of the council; without it this installation's own." };
        var year = new Option<int>("--year") { Description = "The year that the figures or the list are of.", Required = true };
        var source = new Option<string>("--source") { Description = "Who published it.", Required = true };
        var column = new Option<string[]>("--column") { Description = "Which column is what where the guess is wrong, as area=lsoa21_code; may be given again. Nothing after the sign: none." };
        var service = new Option<string?>("--service") { Description = "Of an eligible population, the service, where no column names it." };
        var property = new Option<string?>("--property") { Description = "Of boundaries, the property that holds the code of the area or the name of the ward." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing." };
        var json = JsonOption.Make();
        var command = new Command("import", "Take in a list of places or populations: all of it or nothing. A newer list replaces the older one of the same kind.") { file, kind, council, year, source, column, service, property, dryRun, json };
        command.SetAction(async (parse, stop) =>
        {
            var from = parse.GetRequiredValue(file);
            if (!from.Exists) throw new RefusedException($"There is no file {from.FullName}.");
            if (from.Length > ListFile.MostBytes) throw new RefusedException($"The file is larger than {ListFile.MostBytes / 1024 / 1024} MB.");
            if (ImportPlaces.Words.Parse(parse.GetRequiredValue(kind)) is not { } which) throw new RefusedException($"There is no kind “{parse.GetRequiredValue(kind)}”. There are: {string.Join(", ", Enum.GetValues<PlaceKind>().Select(ImportPlaces.Words.Kebab))}.");
            var request = new PlaceRequest
            {
                Council = parse.GetValue(council) ?? line.Services.GetRequiredService<Settings>().Council, Kind = which, FileName = from.Name, Year = parse.GetRequiredValue(year), Source = parse.GetRequiredValue(source),
                Columns = (parse.GetValue(column) ?? []).ToDictionary(c => c.Split('=', 2)[0], c => c.Contains('=', StringComparison.Ordinal) ? c.Split('=', 2)[1] : ""), Service = parse.GetValue(service), Property = parse.GetValue(property),
            };
            var errors = PlaceForm.CheckSource(new(), $"{request.Year}", request.Source);
            if (errors.Any) throw new RefusedException(string.Join(" ", errors.Select(e => e.Message + ".")));
            var report = await Run(line, new() { Request = request, File = await File.ReadAllBytesAsync(from.FullName, stop), Apply = !parse.GetValue(dryRun) }, stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonOption.Format));
            else Print(report);
        });
        line.Group("places", "Places: postcodes, areas, profile groups, populations and boundaries.").Subcommands.Add(command);
    }

    public static void Map(IEndpointRouteBuilder local) => local.MapPost("/places/import", Import).For(Audience.LocalSocket).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(2L * ListFile.MostBytes));

    private static async Task<Results<Ok<PlaceReport>, ProblemHttpResult>> Import(Work work, ImportPlaces import, CancellationToken stop)
    {
        try
        {
            return TypedResults.Ok(await import.Run(work.Request, work.File, Actor.System, work.Apply, stop));
        }
        catch (ImportRefusedException refused)
        {
            return TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest, title: "The file cannot be taken in");
        }
    }

    private static async Task<PlaceReport> Run(CommandLine line, Work work, CancellationToken stop)
    {
        using var running = await LocalProgram.Find(line.Services.GetRequiredService<Settings>(), stop);
        if (running is not null)
        {
            using var answer = await running.PostAsJsonAsync("/local/places/import", work, LocalDoor.Json, stop);
            if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<PlaceReport>(LocalDoor.Json, stop))!;
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
            throw new RefusedException(problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : $"The running program answered {(int)answer.StatusCode}. Its log says more.");
        }
        try
        {
            await MigrateCommand.Run(line.Services, stop);
            await line.Services.GetRequiredService<ContactImport>().Sweep(stop);
            return await line.Services.GetRequiredService<ImportPlaces>().Run(work.Request, work.File, Actor.System, work.Apply, stop);
        }
        catch (Exception e) when (e is ImportRefusedException or ContactStoreException)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static void Print(PlaceReport report)
    {
        Console.WriteLine($"{ImportPlaces.Words.Of(report.Kind)}{(report.Part.Length > 0 ? $" ({report.Part})" : "")} of {report.Year}, {report.Source}{(report.IsApplied ? "" : ": nothing was changed")}");
        if (report.Columns.Count > 0) Console.WriteLine($"columns: {string.Join(", ", report.Columns.Where(c => c.Value.Length > 0).Select(c => $"{c.Key}={c.Value}"))}");
        Console.WriteLine($"read {Say.Number(report.Read)} = taken {Say.Number(report.Taken)} + unchanged {Say.Number(report.Unchanged)} + refused {Say.Number(report.Refused)}");
        if (report.Removed > 0) Console.WriteLine($"{Say.Number(report.Removed)} of the older list {(report.IsApplied ? "are" : "would be")} gone.");
        foreach (var note in report.Notes) Console.WriteLine(note);
        foreach (var refusal in report.Refusals) Console.WriteLine($"line {refusal.Line}, {refusal.Column}: {refusal.Reason}");
        if (report.Refused > report.Refusals.Count) Console.WriteLine($"and {Say.Number(report.Refused - report.Refusals.Count)} more.");
        if (report.StoreIsBehind) Console.WriteLine("An import of contacts runs: the contacts hear of it when this command is given again, or on the page of lists.");
    }
}
