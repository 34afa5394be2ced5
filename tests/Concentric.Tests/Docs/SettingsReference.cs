using Concentric.Core;

namespace Concentric.Tests.Docs;

/// <summary>docs/reference/settings.md: all that can be set. What to mind beside the table is written by hand below it.</summary>
internal static class SettingsReference
{
    public static string Make()
    {
        var page = new List<string> { $"""
            {Committed.Made}
            # Settings

            Environment variables, read once at the start. There is no settings file.

            | variable | without it | |
            |---|---|---|

            """ };
        foreach (var setting in Settings.All) page.Add($"| `{setting.Variable}` | {(setting.Default.Length == 0 ? "nothing" : Committed.Cell(setting.Default))} | {Committed.Cell(setting.Meaning)} |\n");
        return string.Concat(page);
    }
}
