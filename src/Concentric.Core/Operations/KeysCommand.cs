using System.CommandLine;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
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
        group.Subcommands.Add(RotatePseudonyms(line));
    }

    private static Command Make(CommandLine line)
    {
        var name = new Argument<string>("name") { Description = "What will use the key, as in “nightly dashboard”." };
        var scope = new Option<string[]>("--scope") { Description = "What it may do: read, write-contacts, write-enquiries or write-calls. Give it more than once for several. Without it: read." };
        scope.AcceptOnlyFromAmong([.. Scopes.Keys]);
        var command = new Command("make", "Make a key and print it. It is shown once: we keep only its digest.") { name, scope };
        command.SetAction(async (parse, _) =>
        {
            var scopes = (parse.GetValue(scope) is { Length: > 0 } given ? given : ["read"]).Aggregate((ApiScopes)0, (all, one) => all | Scopes[one]);
            Console.WriteLine(await ApiKeyHandler.Make(parse.GetRequiredValue(name), line.Services.GetRequiredService<IWriter>(), Now(line), scopes));
        });
        return command;
    }

    private static Command List(CommandLine line)
    {
        var json = JsonOption.Make();
        var command = new Command("list", "List the keys, without the keys themselves.") { json };
        command.SetAction(async (parse, stop) =>
        {
            await using var db = await line.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            var keys = await db.ApiKeys.AsNoTracking().OrderBy(k => k.MadeAt).Select(k => new { k.Name, k.Scopes, k.MadeAt, k.WithdrawnAt }).ToListAsync(stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(keys, JsonOption.Format));
            else if (keys.Count == 0) Console.WriteLine("There are no keys. Make one with: concentric keys make NAME");
            else foreach (var key in keys) Console.WriteLine($"{key.Name}  may {InWords(key.Scopes)}, made {key.MadeAt:d MMMM yyyy}{(key.WithdrawnAt is { } at ? $", withdrawn {at:d MMMM yyyy}" : "")}");
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

    private static Command RotatePseudonyms(CommandLine line)
    {
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it the command says what would be lost." };
        var command = new Command("rotate-pseudonyms", "Replace the key under which persons are made pseudonyms. Persons before and after do not meet. The program must not run.") { yes };
        command.SetAction(async (parse, stop) =>
        {
            var settings = line.Services.GetRequiredService<Settings>();
            using var running = await LocalProgram.Find(settings, stop);
            if (running is not null) throw new RefusedException("The program is running and knows the old key. Stop it first.");
            if (!parse.GetValue(yes)) throw new RefusedException(
                "Nothing was changed. With a new key, everybody who got in touch before is counted as somebody new at their next contact: counts of persons over the change count them twice, and repeats over it are not seen. "
                + "This cannot be undone but from a backup. Give the command again with --yes to do it.");
            await MigrateCommand.Run(line.Services, stop);
            Pseudonyms.Rotate(Path.Combine(settings.Data, "keys"));
            var now = Now(line);
            await line.Services.GetRequiredService<IWriter>().Write(db =>
            {
                db.Record(new PseudonymsRotated(), Actor.System, now);
                return Task.CompletedTask;
            }, stop);
            Console.WriteLine($"A new key is in use from {now:d MMMM yyyy}. Persons before and after do not meet.");
        });
        return command;
    }

    private static readonly Dictionary<string, ApiScopes> Scopes = new() { ["read"] = ApiScopes.Read, ["write-contacts"] = ApiScopes.WriteContacts, ["write-enquiries"] = ApiScopes.WriteEnquiries, ["write-calls"] = ApiScopes.WriteCalls };

    private static string InWords(ApiScopes scopes) => string.Join(" and ", Scopes.Where(s => scopes.HasFlag(s.Value)).Select(s => s.Key));

    private static DateTimeOffset Now(CommandLine line) => line.Services.GetRequiredService<TimeProvider>().GetUtcNow();
}
