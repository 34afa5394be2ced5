using Concentric.Serve.Forms;

namespace Concentric.Serve.Attachments;

/// <summary>Why a file was not taken.</summary>
public enum FileProblem
{
    Empty,
    TooLarge,
    TooMany,

    /// <summary>Of a kind that the question does not take, or not of the kind that its name says.</summary>
    Format,

    /// <summary>Broken off, or put together so that it cannot be trusted.</summary>
    Damaged,

    /// <summary>Protected by a password.</summary>
    Locked,

    /// <summary>Holds macros or programs.</summary>
    Macros,
    Virus,
}

/// <summary>A file that was not taken, with the message for its question.</summary>
/// <param name="Key">As a form's <c>messages</c> name it: <c>too-large</c>.</param>
internal sealed record RefusedFile(FileProblem Problem, string Key, LocalText Message)
{
    /// <summary>The Design System's wording.</summary>
    public static RefusedFile For(FileProblem problem, FileLimits limits, bool heic = false) => problem switch
    {
        FileProblem.Empty => new(problem, "empty", new("The selected file is empty", "Mae’r ffeil a ddewiswyd yn wag")),
        FileProblem.TooLarge => new(problem, "too-large", new($"The selected file must be smaller than {FileLimits.MegaBytes}MB", $"Mae’n rhaid i’r ffeil a ddewiswyd fod yn llai na {FileLimits.MegaBytes}MB")),
        FileProblem.TooMany => new(problem, "too-many", limits.AtMost == 1
            ? new("You can only select 1 file", "Dim ond 1 ffeil y gallwch ei dewis")
            : new($"You can only select up to {limits.AtMost} files", $"Dim ond hyd at {limits.AtMost} o ffeiliau y gallwch eu dewis")),
        FileProblem.Locked => new(problem, "locked", new("The selected file is password protected", "Mae’r ffeil a ddewiswyd wedi’i diogelu gan gyfrinair")),
        FileProblem.Macros => new(problem, "format", new("The selected file must not contain macros or other files", "Ni chaiff y ffeil a ddewiswyd gynnwys macros na ffeiliau eraill")),
        FileProblem.Virus => new(problem, "virus", new("The selected file contains a virus", "Mae’r ffeil a ddewiswyd yn cynnwys feirws")),
        FileProblem.Damaged => new(problem, "format", new("The selected file is damaged. Save it again and then select it", "Mae’r ffeil a ddewiswyd wedi’i difrodi. Cadwch hi eto ac yna dewiswch hi")),
        _ when heic => new(problem, "format", new("The selected file is a HEIC photo. Save it as a JPG and then select it", "Llun HEIC yw’r ffeil a ddewiswyd. Cadwch ef fel JPG ac yna dewiswch ef")),
        _ => new(problem, "format", new($"The selected file must be a {List(limits, "or")}", $"Mae’n rhaid i’r ffeil a ddewiswyd fod yn {List(limits, "neu")}")),
    };

    /// <summary>Of one that was taken while the scanner was away, and in which it found something once it was back.</summary>
    public static LocalText FoundLater(string fileName) =>
        new($"“{fileName}” contains a virus, so we deleted it. Select another file", $"Mae “{fileName}” yn cynnwys feirws, felly rydym wedi’i dileu. Dewiswch ffeil arall");

    private static string List(FileLimits limits, string or)
    {
        var titles = FileKind.Taken(limits.Accept).Select(k => k.Title).ToList();
        return titles is [var only] ? only : $"{string.Join(", ", titles[..^1])} {or} {titles[^1]}";
    }
}

/// <summary>What one question takes.</summary>
/// <param name="Accept">Extensions; all kinds that we know where it is empty.</param>
/// <param name="AtMost">Files.</param>
internal sealed record FileLimits(IReadOnlyList<string> Accept, int AtMost = FileLimits.MostFiles)
{
    public const int MostFiles = 10;
    public const int MegaBytes = 10;

    /// <summary>One file.</summary>
    public const int MostBytes = MegaBytes * 1024 * 1024;

    /// <summary>All files of one half-done form together: a form has several questions.</summary>
    public const int MostOfDraft = 50;

    /// <summary>One request with as many files as a question takes, and the rest of its page.</summary>
    public const long RequestBytes = (long)MostFiles * MostBytes + 1024 * 1024;
}
