using System.CommandLine;
using Concentric.Core;
using Concentric.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Search;

/// <summary><c>concentric search build</c>: the words by which citizens are found, built anew from what is kept of them.</summary>
internal static class SearchCommand
{
    public static void Add(CommandLine line)
    {
        var build = new Command("build", "Build the words by which citizens are found from what is kept of them. Running it twice changes nothing.");
        build.SetAction(async (parse, stop) =>
        {
            var count = await KeepWords.Build(line.Services.GetRequiredService<IWriter>(), stop);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"Words of {Say.Number(count)} citizens.");
        });
        line.Group("search", "Search: finding citizens at the desk.").Subcommands.Add(build);
    }
}
