using System.CommandLine;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Operations;

internal static class KeysCommand
{
    public static void Add(CommandLine line)
    {
        var group = line.Group("keys", "Keys with which programs ask the API.");
        group.Subcommands.Add(Make(line));
        group.Subcommands.Add(List(line));
        group.Subcommands.Add(Withdraw(line));
    }

    private static Command Make(CommandLine line)
    {
        var name = new Argument<string>("name") { Description = "What will use the key, as in “nightly dashboard”." };
        var command = new Command("make", "Make a key and print it. It is shown once: we keep only its digest.") { name };
        command.SetAction(async (parse, _) =>
            Console.WriteLine(await ApiKeyHandler.Make(parse.GetRequiredValue(name), line.Services.GetRequiredService<IWriter>(), Now(line))));
        return command;
    }

    private static Command List(CommandLine line)
    {
        var json = JsonOption.Make();
        var command = new Command("list", "List the keys, without the keys themselves.") { json };
        command.SetAction(async (parse, stop) =>
        {
            await using var db = await line.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            var keys = await db.ApiKeys.AsNoTracking().OrderBy(k => k.MadeAt).Select(k => new { k.Name, k.MadeAt, k.WithdrawnAt }).ToListAsync(stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(keys, JsonOption.Format));
            else if (keys.Count == 0) Console.WriteLine("There are no keys. Make one with: concentric keys make NAME");
            else foreach (var key in keys) Console.WriteLine($"{key.Name}  made {key.MadeAt:d MMMM yyyy}{(key.WithdrawnAt is { } at ? $", withdrawn {at:d MMMM yyyy}" : "")}");
        });
        return command;
    }

    private static Command Withdraw(CommandLine line)
    {
        var name = new Argument<string>("name") { Description = "The key's name, as `keys list` prints it." };
        var command = new Command("withdraw", "Withdraw a key. The next request with it is refused.") { name };
        command.SetAction(async (parse, _) =>
        {
            if (!await ApiKeyHandler.Withdraw(parse.GetRequiredValue(name), line.Services.GetRequiredService<IWriter>(), Now(line)))
                throw new RefusedException($"There is no key in use named “{parse.GetRequiredValue(name)}”. `concentric keys list` shows the names.");
            Console.WriteLine("Withdrawn.");
        });
        return command;
    }

    private static DateTimeOffset Now(CommandLine line) => line.Services.GetRequiredService<TimeProvider>().GetUtcNow();
}
