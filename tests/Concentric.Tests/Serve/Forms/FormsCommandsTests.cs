using System.CommandLine;
using System.Text.Json.Nodes;
using Concentric.Core;
using Concentric.Serve;
using Concentric.Serve.Forms;

namespace Concentric.Tests.Serve.Forms;

/// <summary>Forms as files on the command line.</summary>
public sealed class FormsCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forms").FullName;

    [Fact]
    public async Task A_form_is_imported_checked_and_exported()
    {
        var source = Write("bin day.json", ImportSource.Pages(ImportSource.Page("""{ "type": "YesNoField", "name": "bin", "title": "Was it your bin?" }""")));
        var into = Path.Combine(_folder, "into");

        var import = await Run("forms", "import", source, "--into", into);
        var check = await Run("forms", "check", into);
        var schema = await Run("forms", "export", Path.Combine(into, "bin-day.json"), "--json-schema");
        var again = await Run("forms", "export", Path.Combine(into, "bin-day.json"));

        Assert.Equal(0, import.Code);
        Assert.Contains("without loss: pages 2 of 2, conditions 0 of 0, components 1 of 1", import.Output, StringComparison.Ordinal);
        Assert.Contains("to be filled in before publishing:\n    title", import.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("nothing is wrong", check.Output, StringComparison.Ordinal);
        Assert.Equal("boolean", $"{JsonNode.Parse(schema.Output)!["properties"]!["bin"]!["type"]}");
        Assert.Equal("bin-day", Form.Read(again.Output).Id);
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten_and_one_bad_file_does_not_stop_the_others()
    {
        var good = Write("good.json", ImportSource.Pages(ImportSource.Page("""{ "type": "TextField", "name": "a", "title": "A?" }""")));
        var bad = Write("bad.json", "no form");

        var first = await Run("forms", "import", bad, good, "--into", _folder);
        var json = await Run("forms", "import", good, "--json");

        Assert.Equal(1, first.Code);
        Assert.Contains("bad.json is not JSON", first.Error, StringComparison.Ordinal);
        Assert.Contains("good.json is there already", first.Error, StringComparison.Ordinal);
        Assert.Contains("\"startPage\"", await File.ReadAllTextAsync(good, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, (int)JsonNode.Parse(json.Output)![0]!["pages"]!["all"]!);
        Assert.Equal("good.json", $"{JsonNode.Parse(json.Output)![0]!["fileName"]}");
    }

    [Fact]
    public async Task Check_says_where_something_is_wrong()
    {
        var file = Write("wrong.json", """{ "id": "wrong", "title": "W", "service": "1", "interaction": "0", "team": "t", "promiseDays": 1, "process": "p", "pages": [ { "id": "one", "items": [ { "kind": "text", "id": "a", "title": "A?", "showIf": "nobody" } ] } ] }""");

        var check = await Run("forms", "check", file);

        Assert.Equal(1, check.Code);
        Assert.Contains("one, a: “nobody” asks for “nobody”", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_in_use_is_exported_by_its_id()
    {
        using var app = new SharedApp();

        var pothole = await Run(app.Services, "forms", "export", "pothole");

        Assert.Equal(Library.Forms.Single(f => f.Id == "pothole").Write(), pothole.Output.Trim());
        Assert.Contains("no form of that id is in use", (await Assert.ThrowsAsync<RefusedException>(() => Run(app.Services, "forms", "export", "potholes"))).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static Task<(int Code, string Output, string Error)> Run(params string[] words) => Run(null, words);

    private static async Task<(int Code, string Output, string Error)> Run(IServiceProvider? services, params string[] words)
    {
        var root = new RootCommand();
        new ServeArea().Commands(new CommandLine(root, () => services ?? throw new InvalidOperationException("A command about files asked for a service.")));
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await root.Parse(words).InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
