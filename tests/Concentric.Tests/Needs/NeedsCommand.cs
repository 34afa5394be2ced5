using System.CommandLine;
using Concentric.Core;

namespace Concentric.Tests.Needs;

/// <summary>The commands of Needs, run on a database of the tests.</summary>
internal static class NeedsCommand
{
    public static async Task<(int Code, string Output, string Error)> Run(NeedsDatabase database, params string[] words)
    {
        var root = new RootCommand();
        database.Area.Commands(new CommandLine(root, () => database.Services));
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await root.Parse(words).InvokeAsync(new() { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
