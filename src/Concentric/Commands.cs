using System.CommandLine;
using Concentric.Core;
using Concentric.Core.Data;

namespace Concentric;

/// <summary>The program's command line. Each area adds its own commands.</summary>
internal static class Commands
{
    public static async Task<int> Run(string[] args, IReadOnlyList<IArea> areas)
    {
        WebApplication? app = null;
        var root = Root(areas, () => (app ??= Host.Builder([], areas).Build()).Services);
        try
        {
            return await root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is RefusedException or MigrationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. Nothing was left half-done.");
            return 130;
        }
        finally
        {
            if (app is not null) await app.DisposeAsync();
        }
    }

    public static RootCommand Root(IReadOnlyList<IArea> areas, Func<IServiceProvider> services)
    {
        var root = new RootCommand("Concentric: need, service, measurement and improvement for a council. Settings are environment variables: docs/reference/settings.md.");
        // Run by Server before this is reached; it stands here so that --help names it.
        root.Subcommands.Add(new Command("serve", "Start the web server. Brings the database up to date first.")
        {
            new Option<bool>("--demo") { Description = "Also seed the demo council, if that has not been done." },
        });
        var line = new CommandLine(root, services);
        foreach (var area in areas) area.Commands(line);
        return root;
    }
}
