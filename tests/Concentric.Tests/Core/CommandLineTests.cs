using System.Diagnostics;
using Concentric.Core;
using Concentric.Tests.Docs;

namespace Concentric.Tests.Core;

/// <summary>The command line as it is typed: the program itself, run beside the tests in an empty folder.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly string Dll = Path.Combine(Path.GetDirectoryName(typeof(Program).Assembly.Location)!, "Concentric.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("concentric-cli-");

    /// <summary>All commands; on PostgreSQL, which has no part in this, only a few of them.</summary>
    public static TheoryData<string> Commands =>
        [.. CliReference.Root.Subcommands.Where(c => c.Subcommands.Count > 0).Select(c => c.Name).Concat(CliReference.Leaves(CliReference.Root).Select(c => c.Words)).Take(TestDatabase.IsPostgres ? 2 : int.MaxValue)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_a_command_says_what_it_does_and_touches_nothing(string words)
    {
        var command = words.Split(' ').Aggregate((System.CommandLine.Command)CliReference.Root, (c, name) => c.Subcommands.Single(s => s.Name == name));

        var (code, output, error) = await Run([.. words.Split(' '), "--help"]);

        Assert.True(code == 0, $"{words} --help ended with {code}: {error}");
        Assert.Contains(command.Description!, string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        foreach (var option in command.Options.Where(o => !o.Hidden)) Assert.Contains(option.Name, output, StringComparison.Ordinal);
        Assert.Empty(error);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Help_of_the_program_names_every_command_and_where_the_settings_are()
    {
        var (code, output, _) = await Run(["--help"]);

        Assert.Equal(0, code);
        foreach (var command in CliReference.Root.Subcommands) Assert.Contains($"  {command.Name} ", output, StringComparison.Ordinal);
        Assert.Contains("docs/reference/settings.md", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("contacts frobnicate", "frobnicate")]
    [InlineData("contacts import nothing-here.csv", "--map")]
    [InlineData("contacts import nothing-here.csv --map boston311", "nothing-here.csv")]
    [InlineData("contacts query --from yesterday", "yesterday")]
    [InlineData("audit verify --frobnicate", "--frobnicate")]
    [InlineData("serve --frobnicate", "--frobnicate")]
    [InlineData("restore nothing-here.tar.gz", "nothing-here.tar.gz")]
    public async Task A_mistake_gets_a_message_and_no_stack_trace(string words, string named)
    {
        var (code, output, error) = await Run(words.Split(' '));

        Assert.NotEqual(0, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_and_everything_given_with_it_says_what_it_is() =>
        Assert.Empty(
            from command in CliReference.Leaves(CliReference.Root)
            from text in command.Command.Options.Select(o => (o.Name, o.Description)).Concat(command.Command.Arguments.Select(a => (a.Name, a.Description))).Append((command.Words, command.Command.Description))
            where string.IsNullOrWhiteSpace(text.Item2)
            select $"{command.Words}: {text.Item1}");

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int Code, string Output, string Error)> Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in Settings.All) start.Environment.Remove(setting.Variable);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"concentric {string.Join(' ', arguments)} did not end: {await output}{await error}");
        }
        return (process.ExitCode, await output, await error);
    }
}
