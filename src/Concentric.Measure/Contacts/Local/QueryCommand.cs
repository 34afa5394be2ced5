using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Measure.Contacts.Asking;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Contacts.Local;

/// <summary><c>concentric contacts query</c>: the command line's door to what the pages and the API show.</summary>
internal static class QueryCommand
{
    public static void Add(CommandLine line)
    {
        var by = new Option<string>("--by") { Description = $"What to group by, parted by commas: {string.Join(", ", AskContacts.Dimensions.Keys)}." };
        var measures = new Option<string>("--measures") { Description = $"What to count, parted by commas: {string.Join(", ", AskContacts.Measures.Keys.Concat(AskContacts.Shares.Keys))}.", DefaultValueFactory = _ => "contacts" };
        var where = new Option<string[]>("--where") { Description = "What to keep, as channel=web or channel=web,phone. May be given several times. Without kind and initiator: contacts that citizens made.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<DateOnly?>("--from") { Description = "First day, as 2026-03-02.", CustomParser = Date };
        var to = new Option<DateOnly?>("--to") { Description = "Last day, included.", CustomParser = Date };
        var council = new Option<string?>("--council") { Description = "Short name of the council. Without it: this installation’s own." };
        var limit = new Option<int?>("--limit") { Description = "Most rows, the largest first." };
        var json = JsonOption.Make();
        var command = new Command("query", "Count contacts by service, channel, week and more. Example: contacts query --by service,channel --measures contacts,failure-share --limit 20")
        {
            by, measures, where, from, to, council, limit, json,
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
            };
            var answer = await Ask(line, question, stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(answer, JsonOption.Format));
            else Print(answer);
        });
        line.Group(ImportCommand.Group, ImportCommand.About).Subcommands.Add(command);
    }

    private static async Task<ContactAnswer> Ask(CommandLine line, ContactQuestion question, CancellationToken stop)
    {
        var settings = line.Services.GetRequiredService<Settings>();
        using var running = await RunningProgram.Find(settings, stop);
        if (running is not null) return await running.Query(question, stop);
        try
        {
            await MigrateCommand.Run(line.Services, stop);
            await line.Services.GetRequiredService<Projector>().CatchUp(stop);
            return await AskContacts.Ask(question, line.Services.GetRequiredService<IContactStore>(), settings, stop);
        }
        catch (ContactStoreException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static void Print(ContactAnswer answer)
    {
        Console.WriteLine($"{answer.Council}{(answer.Synthetic ? " (synthetic)" : "")}. {answer.Definition}");
        Console.WriteLine($"{(answer.From is { } f && answer.To is { } t ? $"{Say.Date(f)} to {Say.Date(t)}. " : "")}n = {Say.Number(answer.N)}.");
        Console.WriteLine();
        var rows = answer.Rows.Select(r => r.Select(Show).ToArray()).Prepend([.. answer.Columns]).ToList();
        var widths = answer.Columns.Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => IsNumeric(answer, i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    private static bool IsNumeric(ContactAnswer answer, int column) => answer.Rows.Any(r => r[column] is not (null or string or JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Null }));

    // What came over the socket is JSON still.
    private static string Show(object? value) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null } => "–",
        string text => text,
        ShareOf share => $"{share.Share:P1} ({share.Low:P1} to {share.High:P1}, n {Say.Number(share.N)})",
        double number => number.ToString("#,0.##", CultureInfo.InvariantCulture),
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Number } number => Show(number.GetDouble()),
        JsonElement { ValueKind: JsonValueKind.Object } share => Show(share.Deserialize<ShareOf>(LocalDoor.Json)),
        _ => $"{value}",
    };

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
