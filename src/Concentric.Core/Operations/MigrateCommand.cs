using System.CommandLine;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Operations;

/// <summary>Brings the database up to date; <c>serve</c> does it too.</summary>
public static class MigrateCommand
{
    internal static void Add(CommandLine line)
    {
        var command = new Command("migrate", "Bring the database up to date. Does nothing when it is; `serve` does it too.");
        command.SetAction(async (_, stop) =>
        {
            foreach (var name in await Run(line.Services, stop)) Console.WriteLine($"Applied {name}");
            Console.WriteLine("The database is up to date.");
        });
        line.Root.Subcommands.Add(command);
    }

    /// <summary>Applies the SQL files that are missing and returns their names.</summary>
    public static async Task<IReadOnlyList<string>> Run(IServiceProvider services, CancellationToken stop)
    {
        Directory.CreateDirectory(services.GetRequiredService<Settings>().Data);
        await using var db = await services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
        return await db.Migrate(services.GetServices<IArea>(), services.GetRequiredService<TimeProvider>(), stop);
    }
}
