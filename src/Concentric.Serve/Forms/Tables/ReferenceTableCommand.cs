using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Forms.Tables;

/// <summary><c>concentric forms table</c>: loads a table for lookups, beside the running program or without it.</summary>
internal static class ReferenceTableCommand
{
    public static void Add(CommandLine line)
    {
        var name = new Argument<string>("name") { Description = "The table’s name, as forms write it: rounds." };
        var file = new Argument<FileInfo>("file") { Description = "A CSV file whose first line names the columns. It replaces the whole table." };
        var by = new Option<string?>("--by") { Description = "The columns by which rows are found, parted by commas: postcode,bin. Without it: those of last time." };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing." };
        var json = JsonOption.Make();
        var command = new Command("table", "Load a table that forms look things up in: rounds, addresses.") { name, file, by, dry, json };
        command.SetAction(async (parse, stop) =>
        {
            var given = parse.GetRequiredValue(file);
            if (!given.Exists) throw new RefusedException($"There is no file {given.Name}.");
            if (given.Length > ReferenceFile.MostBytes) throw new RefusedException($"{given.Name} is larger than {ReferenceFile.MostBytes / 1024 / 1024} MB.");
            var change = await Run(line.Services, parse.GetRequiredValue(name), await File.ReadAllBytesAsync(given.FullName, stop), parse.GetValue(by), parse.GetValue(dry), stop);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(json) ? JsonSerializer.Serialize(change, JsonOption.Format) : Words(change, parse.GetValue(dry)));
        });
        line.Group("forms", "Forms: what citizens and advisers fill in.").Subcommands.Add(command);
    }

    private static async Task<ReferenceChange> Run(IServiceProvider services, string name, byte[] bytes, string? by, bool dry, CancellationToken stop)
    {
        await MigrateCommand.Run(services, stop);
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            var file = ReferenceFile.Read(name, bytes, await LoadReferenceTable.KeysFor(db, name, by, stop));
            return dry ? await LoadReferenceTable.Compare(db, file, stop) : await LoadReferenceTable.Load(services.GetRequiredService<IWriter>(), file, Actor.System, services.GetRequiredService<TimeProvider>().GetUtcNow());
        }
        catch (ReferenceFileException e)
        {
            throw new RefusedException($"Nothing was loaded.\n{e.Message}");
        }
    }

    private static string Words(ReferenceChange change, bool dry) =>
        $"{change.Table}: {Say.Number(change.Rows)} rows by {string.Join(", ", change.Keys)}. {Say.Number(change.Added)} {(dry ? "would be " : "")}added, {Say.Number(change.Changed)} changed, {Say.Number(change.Removed)} removed."
        + (change.SharedKeys > 0 ? $"\n{Say.Number(change.SharedKeys)} keys have more than one row: a lookup takes the first." : "") + (dry ? "\nNothing was changed." : "");
}
