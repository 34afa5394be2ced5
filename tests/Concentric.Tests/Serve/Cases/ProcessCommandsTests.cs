using System.CommandLine;
using System.Text.Json.Nodes;
using Concentric.Core;
using Concentric.Serve;
using static Concentric.Tests.Serve.Cases.ProcessCheckTests;

namespace Concentric.Tests.Serve.Cases;

/// <summary>Processes as files on the command line.</summary>
[Trait("Database", "none")]
public sealed class ProcessCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("processes").FullName;

    [Fact]
    public async Task A_process_is_checked_exported_and_imported()
    {
        var process = Small(Step("look", "done"), End());
        var file = Write("small.json", process.Write());
        var into = Path.Combine(_folder, "into");

        var check = await Run("processes", "check", file);
        var bpmn = await Run("processes", "export", file, "--bpmn");
        var json = await Run("processes", "export", file);
        var map = Write("map.bpmn", bpmn.Output);
        var import = await Run("processes", "import", map, "--into", into);
        var again = await Run("processes", "import", _folder, "--into", into);
        var report = await Run("processes", "import", map, "--json");

        Assert.Contains("nothing is wrong", check.Output, StringComparison.Ordinal);
        Assert.Equal(process.Write(), json.Output.Trim());
        Assert.Equal(process.Write(), await File.ReadAllTextAsync(Path.Combine(into, "small.json")));
        Assert.Contains("userTask To look -> look", import.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (import.Code, again.Code));
        Assert.Contains("small.json is there already", again.Error, StringComparison.Ordinal);
        Assert.Equal("understood", $"{JsonNode.Parse(report.Output)![0]!["things"]!.AsArray().First(t => $"{t!["kind"]}" == "userTask")!["outcome"]}");
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_place()
    {
        var file = Write("small.json", Small(Step("look", "gone"), End()).Write());
        var map = Write("map.bpmn", "no map");

        var check = await Run("processes", "check", file);
        var import = await Run("processes", "import", map);
        var export = await Assert.ThrowsAsync<RefusedException>(() => Run("processes", "export", file, "--bpmn"));

        Assert.Equal((1, 1), (check.Code, import.Code));
        Assert.Contains("look: It leads to gone", check.Output, StringComparison.Ordinal);
        Assert.Contains("map.bpmn is not XML", import.Error, StringComparison.Ordinal);
        Assert.Contains("before it is put right, at look", export.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] words)
    {
        var root = new RootCommand();
        new ServeArea().Commands(new CommandLine(root, () => throw new InvalidOperationException("A command about files asked for a service.")));
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await root.Parse(words).InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
