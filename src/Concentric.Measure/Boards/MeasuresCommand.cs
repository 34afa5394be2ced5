using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Boards;

/// <summary><c>concentric measures</c>: the command line's door to boards and measures.</summary>
internal static class MeasuresCommand
{
    public static void Add(CommandLine line)
    {
        var name = new Argument<string?>("name") { Description = "Key or name of one measure, as failure-share@524. Without it: the measures of the board.", Arity = ArgumentArity.ZeroOrOne };
        var service = new Option<string?>("--service") { Description = "Key of the service whose board it is, as 524. Without it: the council’s own board." };
        var council = new Option<string?>("--council") { Description = "Short name of the council. Without it: this installation’s own." };
        var rounded = new Option<bool>("--rounded") { Description = "Hide counts from 1 to 7 and round others to 5 (rule A), as the pages do for everybody but analysts. Without it figures are exact." };
        var json = JsonOption.Make();
        var command = new Command("measures", "The measures of a board with what their last points show, or one measure with all its points. Example: measures --service 524") { name, service, council, rounded, json };
        command.SetAction(async (parse, stop) =>
        {
            var answer = await Ask(line, parse.GetValue(name), parse.GetValue(service), parse.GetValue(council), parse.GetValue(rounded), stop)
                ?? throw new RefusedException(parse.GetValue(name) is { } wanted ? $"There is no measure “{wanted}” on that board. Without a name the command lists those that there are." : "There is no such board, or nothing has been counted yet. A service is named by its key, as --service 524, and a council by its short name, as --council northmoor.");
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(answer, JsonOption.Format));
            else Print(answer);
        });
        line.Root.Subcommands.Add(command);
    }

    private static async Task<MeasuresAnswer?> Ask(CommandLine line, string? name, string? service, string? council, bool rounded, CancellationToken stop)
    {
        var settings = line.Services.GetRequiredService<Settings>();
        using var running = await RunningProgram.Find(settings, stop);
        if (running is not null) return await running.Measures(name, service, council, rounded, stop);
        try
        {
            await MigrateCommand.Run(line.Services, stop);
            await line.Services.GetRequiredService<Projector>().CatchUp(stop);
            await using var scope = line.Services.CreateAsyncScope();
            return await TellMeasures.Ask(name, service, council, scope.ServiceProvider.GetRequiredService<BoardPages>(), new(line.Services.GetRequiredService<IContactStore>(), !rounded), stop);
        }
        catch (ContactStoreException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static void Print(MeasuresAnswer answer)
    {
        Console.WriteLine($"{answer.Council}{(answer.Synthetic ? " (synthetic)" : "")}. {(answer.Disclosure == "exact" ? "Exact figures, for whoever looks after this machine: small numbers may tell of persons. --rounded hides them." : "Counts from 1 to 7 are hidden, others rounded to 5.")}");
        foreach (var measure in answer.Measures)
        {
            Console.WriteLine();
            Console.WriteLine($"{measure.Name} [{measure.Key}]: {measure.State}. {measure.Reason}");
            Console.WriteLine($"  {measure.Definition}");
            if (measure.Last is { } last) Console.WriteLine($"  {Show(last.Value)} {measure.Unit} from {Iso(last.From)}{(last.Lower is null ? "" : $", usually {Show(last.Lower)} to {Show(last.Upper)}")}");
            foreach (var point in measure.Points ?? []) Console.WriteLine($"  {Iso(point.From)}  {(point.Hidden ? "*" : Show(point.Value)),12}  {Show(point.Lower),12}  {Show(point.Upper),12}  {string.Join("; ", point.Flags)}".TrimEnd());
        }
    }

    private static string Show(double? value) => Charts.Figures.Show(value, 2);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
