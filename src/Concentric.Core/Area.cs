using System.CommandLine;
using Concentric.Core.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core;

/// <summary>One part of the council's work: its tables, its services, its routes, its commands and its seed.</summary>
/// <remarks>An area knows Core and no other area. What it adds is listed here and nowhere else: no scanning, no attributes.</remarks>
public interface IArea
{
    /// <summary>The area's word; its tables start with it in lower case (<c>serve_enquiry</c>).</summary>
    string Name { get; }

    void Tables(ModelBuilder model);

    void Services(IServiceCollection services, Settings settings) { }

    void Routes(Site site) { }

    /// <summary>Adds the area's commands to the program's command line.</summary>
    void Commands(CommandLine line) { }

    /// <summary>Writes what a fresh installation needs, and the demo council where <paramref name="demo"/> is true. Running it twice changes nothing.</summary>
    Task Seed(IServiceProvider services, bool demo, CancellationToken stop) => Task.CompletedTask;
}

/// <summary>Where areas hang their commands. A command gets the program's services without the web server started.</summary>
public sealed class CommandLine(RootCommand root, Func<IServiceProvider> services)
{
    public RootCommand Root { get; } = root;

    /// <summary>The program's services, built at the first use, so that <c>--help</c> opens no database.</summary>
    public IServiceProvider Services => services();

    /// <summary>The command of that name, made if it is not there, so that two areas can share a word.</summary>
    public Command Group(string name, string description)
    {
        if (Root.Subcommands.FirstOrDefault(c => c.Name == name) is { } known) return known;
        var group = new Command(name, description);
        Root.Subcommands.Add(group);
        return group;
    }
}
