using System.CommandLine;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Operations;

internal static class BackupCommand
{
    public static void Add(CommandLine line)
    {
        var file = new Argument<FileInfo>("file") { Description = "Archive to write, as in concentric-2026-11-21.tar.gz. It must not be there yet." };
        var command = new Command("backup", "Save the database, the imported batches, the keys and the files that came with forms in one archive. Works while the program serves. Keep it safe: it holds people’s enquiries, what they sent with forms and the key to their pseudonyms.") { file };
        command.SetAction(async (parse, stop) =>
        {
            await using var db = await line.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            var target = parse.GetRequiredValue(file);
            var size = await Backup.Take(target, line.Services.GetRequiredService<Settings>(), db, line.Services.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
            Console.WriteLine($"Saved {target.FullName} ({size / 1024.0 / 1024.0:0.0} MB).");
        });
        line.Root.Subcommands.Add(command);
    }
}
