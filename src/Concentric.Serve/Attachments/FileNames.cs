using System.Globalization;
using System.Text;

namespace Concentric.Serve.Attachments;

/// <summary>Names of files, as other people's machines gave them.</summary>
internal static class FileNames
{
    private const int MostCharacters = 100;

    /// <summary>What Windows does not allow in a name, or understands otherwise.</summary>
    private const string Forbidden = "<>:\"|?*;";

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. from port in (string[])["COM", "LPT"] from number in "0123456789¹²³" select $"{port}{number}"];

    /// <summary>Extensions that do something when they are opened. One that stands before the last is there to deceive. Not <c>com</c>: "letter from example.com.pdf" is honest.</summary>
    private static readonly HashSet<string> Active = new(StringComparer.OrdinalIgnoreCase)
    {
        "exe", "dll", "scr", "pif", "bat", "cmd", "msi", "msp", "cpl", "lnk", "url", "reg", "hta", "js", "jse", "mjs", "vbs", "vbe", "wsf", "wsh", "ps1", "psm1", "jar", "class", "sh", "py", "pl", "rb",
        "php", "php3", "php4", "php5", "phtml", "asp", "aspx", "jsp", "cgi", "html", "htm", "xhtml", "shtml", "svg", "svgz", "xml", "xsl", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "app", "dmg", "iso", "img", "apk", "deb", "rpm",
    };

    /// <summary>The name without folders, without what cannot be seen or turns the reading direction, and short enough for every file system. Never empty.</summary>
    public static string Clean(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            clean.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "",
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => " ",
                _ when rune.Value == 0xFFFD || Forbidden.Contains((char)Math.Min(rune.Value, 0xFFFF), StringComparison.Ordinal) => "_",
                _ => rune.ToString(),
            });
        name = string.Join(' ', clean.ToString().Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '.');
        var extension = ExtensionOf(name);
        var rest = extension.Length == 0 ? name : name[..^(extension.Length + 1)].TrimEnd(' ', '.');
        rest = Short(rest, MostCharacters);
        if (rest.Length == 0) rest = "file";
        if (Reserved.Contains(rest.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase)) rest = $"_{rest}";
        return extension.Length == 0 ? rest : $"{rest}.{extension.ToLowerInvariant()}";
    }

    /// <summary>The last extension without its dot; empty where there is none that could be one.</summary>
    public static string ExtensionOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot >= 0 && name.Length - dot - 1 is > 0 and <= 10 && name[(dot + 1)..].All(char.IsAsciiLetterOrDigit) ? name[(dot + 1)..] : "";
    }

    /// <summary>Whether an extension before the last is one of a program, as in <c>invoice.exe.pdf</c>.</summary>
    public static bool Deceives(string name) => name.Split('.') is [_, .. var inner, _] && inner.Any(part => Active.Contains(part.Trim()));

    // Not in the middle of a character of two halves, and at most 200 bytes in UTF-8.
    private static string Short(string text, int most)
    {
        var length = 0;
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf16SequenceLength > most || bytes + rune.Utf8SequenceLength > 2 * most) break;
            length += rune.Utf16SequenceLength;
            bytes += rune.Utf8SequenceLength;
        }
        return text[..length].TrimEnd(' ', '.');
    }
}
