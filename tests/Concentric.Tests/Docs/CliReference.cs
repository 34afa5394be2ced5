using System.CommandLine;
using System.CommandLine.Help;

namespace Concentric.Tests.Docs;

/// <summary>docs/reference/cli.md: every command with what it does, how it is written, and what can be given with it.</summary>
internal static class CliReference
{
    /// <summary>The program's commands, with no program behind them: describing them must open nothing.</summary>
    public static RootCommand Root => Commands.Root(TestDatabase.Areas, () => throw new InvalidOperationException("Describing the commands asked for a service."));

    /// <summary>Every command that does something, as the words that are typed.</summary>
    public static IEnumerable<(string Words, Command Command)> Leaves(Command command, string words = "") =>
        from sub in command.Subcommands
        let name = words.Length == 0 ? sub.Name : $"{words} {sub.Name}"
        from leaf in sub.Subcommands.Count == 0 ? [(name, sub)] : Leaves(sub, name)
        select leaf;

    public static string Make()
    {
        var root = Root;
        var page = new List<string> { $"""
            {Committed.Made}
            # The command line

            `bin/concentric COMMAND`, or `dotnet Concentric.dll COMMAND` where the program is installed. Options alone, or nothing, start the server, as `serve` does.
            `--help` after any command says what is said here. A command that was done ends with 0; one that was refused or failed ends with 1 and a
            message on standard error; one that was stopped with Ctrl+C ends with 130.
            [Settings](settings.md) are environment variables and hold for every command.

            | command | |
            |---|---|

            """ };
        foreach (var (words, command) in Leaves(root)) page.Add($"| [`{words}`](#{Page.Anchor($"`{words}`")}) | {Committed.Cell(FirstSentence(command.Description!))} |\n");
        foreach (var (words, command) in Leaves(root)) Add(page, words, command);
        return string.Concat(page);
    }

    private static void Add(List<string> page, string words, Command command)
    {
        page.Add($"\n## `{words}`\n\n{Committed.Cell(command.Description!)}\n\n    concentric {words}");
        var options = command.Options.Where(o => !o.Hidden && o is not HelpOption).ToList();
        foreach (var argument in command.Arguments) page.Add(argument.Arity.MinimumNumberOfValues == 0 ? $" [<{argument.Name}>]" : $" <{argument.Name}>");
        foreach (var option in options.OrderByDescending(o => o.Required)) page.Add(option.Required ? $" {Written(option)}" : $" [{Written(option)}]");
        page.Add("\n");
        if (command.Arguments.Count + options.Count == 0) return;
        page.Add("\n| | |\n|---|---|\n");
        foreach (var argument in command.Arguments) page.Add($"| `<{argument.Name}>` | {Committed.Cell(argument.Description!)} |\n");
        foreach (var option in options) page.Add($"| `{Written(option)}` | {Committed.Cell(option.Description!)}{Default(option)} |\n");
    }

    private static string Written(Option option) => option.ValueType == typeof(bool) ? option.Name : $"{option.Name} <{option.HelpName ?? option.Name.TrimStart('-')}>";

    private static string Default(Option option) =>
        option.Required ? " Must be given." : option.ValueType != typeof(bool) && option.HasDefaultValue && option.GetDefaultValue() is { } value and not "" ? $" Without it: `{value}`." : "";

    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;
}
