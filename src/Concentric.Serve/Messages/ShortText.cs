using Concentric.Serve.Forms;

namespace Concentric.Serve.Messages;

/// <summary>A letter as a text message: who writes, what of, and where to read on.</summary>
internal static class ShortText
{
    /// <summary>Two text messages' worth: what is longer costs more and is read less.</summary>
    public const int Most = 306;

    /// <param name="subject">Null where it must not be told to whoever holds the phone.</param>
    public static string Of(string council, string? subject, string reference, string link, Language language)
    {
        var news = subject ?? (language == Language.Welsh ? $"Mae newyddion am {reference}" : $"There is news about {reference}");
        var end = language == Language.Welsh ? $". Darllenwch fwy: {link}" : $". Read more: {link}";
        var room = Most - council.Length - 2 - end.Length;
        return $"{council}: {(news.Length <= room ? news : $"{news[..Math.Max(0, room - 1)].TrimEnd()}…")}{end}";
    }
}
