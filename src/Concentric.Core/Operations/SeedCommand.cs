using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Operations;

/// <summary>Writes what a fresh installation needs.</summary>
public static class SeedCommand
{
    internal static void Add(CommandLine line)
    {
        var demo = new Option<bool>("--demo") { Description = "Also write Northmoor, an invented council with two years of invented contacts. Only into a fresh installation." };
        var command = new Command("seed", "Write what a fresh installation needs: the council, the services and the need model. Running it twice changes nothing.") { demo };
        command.SetAction(async (parse, stop) =>
        {
            await MigrateCommand.Run(line.Services, stop);
            await Run(line.Services, parse.GetValue(demo), stop);
            Console.WriteLine("Seeded.");
        });
        line.Root.Subcommands.Add(command);
    }

    public static async Task Run(IServiceProvider services, bool demo, CancellationToken stop)
    {
        foreach (var area in services.GetServices<IArea>()) await area.Seed(services, demo, stop);
    }
}
