using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Operations;
using Concentric.Measure.Contacts.Asking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Contacts.Local;

/// <summary><c>concentric contacts query</c>: the command line's door to what the pages and the API show.</summary>
internal static class QueryCommand
{
    public static void Add(CommandLine line)
    {
        var by = new Option<string>("--by") { Description = $"What to group by, parted by commas: {string.Join(", ", AskContacts.Dimensions.Keys)}." };
        var measures = new Option<string>("--measures") { Description = $"What to measure, parted by commas: {string.Join(", ", AskedMeasure.All.Select(m => m.Name))}.", DefaultValueFactory = _ => "contacts" };
        var where = new Option<string[]>("--where") { Description = "What to keep, as channel=web or channel=web,phone. May be given several times. Without kind and initiator: contacts that citizens made.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<DateOnly?>("--from") { Description = "First day, as 2026-03-02.", CustomParser = Date };
        var to = new Option<DateOnly?>("--to") { Description = "Last day, included.", CustomParser = Date };
        var council = new Option<string?>("--council") { Description = "Short name of the council. Without it: this installation’s own." };
        var limit = new Option<int?>("--limit") { Description = "Most rows, the largest first unless --sort says otherwise." };
        var sort = new Option<string?>("--sort") { Description = $"Order of the rows: {string.Join(", ", AskContacts.Sorts)} (by the first measure, or as they are grouped)." };
        var rounded = new Option<bool>("--rounded") { Description = "Hide counts from 1 to 7 and round others to 5 (rule A), as the pages do for everybody but analysts. Without it figures are exact." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, with what it is in lines that begin with #." };
        var json = JsonOption.Make();
        var command = new Command("query", "Measure contacts by service, channel, week and more. Example: contacts query --by service,channel --measures contacts,failure-share --limit 20")
        {
            by, measures, where, from, to, council, limit, sort, rounded, csv, json,
        };
        command.SetAction(async (parse, stop) =>
        {
            var question = new ContactQuestion
            {
                Council = parse.GetValue(council),
                By = Parts(parse.GetValue(by)),
                Measures = Parts(parse.GetValue(measures)),
                Where = Where(parse.GetValue(where) ?? []),
                From = parse.GetValue(from),
                To = parse.GetValue(to),
                Limit = parse.GetValue(limit),
                Sort = parse.GetValue(sort),
            };
            if (parse.GetValue(csv) && parse.GetValue(json)) throw new RefusedException("Choose --csv or --json, not both.");
            var answer = await Ask(line, question, parse.GetValue(rounded), stop);
            if (parse.GetValue(csv)) Console.Write(AnswerCsv.Write(answer));
            else if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(answer, JsonOption.Format));
            else Print(answer);
        });
        line.Group(ImportCommand.Group, ImportCommand.About).Subcommands.Add(command);
    }

    private static async Task<ContactAnswer> Ask(CommandLine line, ContactQuestion question, bool rounded, CancellationToken stop)
    {
        var settings = line.Services.GetRequiredService<Settings>();
        using var running = await RunningProgram.Find(settings, stop);
        if (running is not null) return await running.Query(question, rounded, stop);
        try
        {
            await MigrateCommand.Run(line.Services, stop);
            await line.Services.GetRequiredService<Projector>().CatchUp(stop);
            await using var db = await line.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            return await AskContacts.Ask(question, new(line.Services.GetRequiredService<IContactStore>(), !rounded), await LocalCostParts.Costs(question, db, settings, stop), settings, stop);
        }
        catch (ContactStoreException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static void Print(ContactAnswer answer)
    {
        Console.WriteLine($"{answer.Council}{(answer.Synthetic ? " (synthetic)" : "")}. {answer.Definition}");
        foreach (var (name, definition) in answer.Definitions) Console.WriteLine($"{name}: {definition}");
        Console.WriteLine($"{(answer.From is { } f && answer.To is { } t ? $"{Say.Date(f)} to {Say.Date(t)}. " : "")}n = {(answer.N is { } n ? Say.Number(n) : $"1 to {ShownCount.MostHidden}")}.");
        Console.WriteLine(answer.Disclosure == "exact"
            ? "Exact figures, for whoever looks after this machine: small numbers may tell of persons. --rounded hides them."
            : $"Counts from 1 to {ShownCount.MostHidden} are hidden (*), others rounded to 5.");
        if (answer.Withheld) Console.WriteLine("Rows from which a hidden count could be worked out are left out.");
        Console.WriteLine();
        var hidden = answer.Hidden.Select(h => (h.Row, h.Column)).ToHashSet();
        var rows = answer.Rows.Select((r, at) => r.Select((cell, i) => hidden.Contains((at, answer.Columns[i])) ? "*" : Show(cell, answer.Columns[i])).ToArray()).Prepend([.. answer.Columns]).ToList();
        var widths = answer.Columns.Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        var groups = answer.Columns.Count - answer.Definitions.Count;
        foreach (var row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i >= groups ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        if (answer.More > 0) Console.WriteLine($"{Say.Number(answer.More)} more rows.");
    }

    private static string Show(object? cell, string column)
    {
        var unit = AskedMeasure.Find(column)?.Unit ?? FigureUnit.Count;
        return AnswerCsv.Plain(cell) switch
        {
            string text => text,
            double number => FigureWords.Write(unit, number),
            Estimate e => $"{FigureWords.Write(unit, e.Value)} ({(FigureWords.Interval(unit, e.Low, e.High) is { } interval ? interval + ", " : "")}n {Say.Number(e.N)})",
            _ => Charts.Figures.None,
        };
    }

    private static string[] Parts(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static Dictionary<string, IReadOnlyList<string>> Where(string[] conditions)
    {
        var where = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var condition in conditions)
        {
            if (condition.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } values]) throw new RefusedException($"Write a condition as channel=web, not “{condition}”.");
            where[name] = [.. where.GetValueOrDefault(name, []), .. Parts(values)];
        }
        return where;
    }

    private static DateOnly? Date(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        result.AddError($"“{text}” is no date. Write it as 2026-03-02.");
        return null;
    }
}
