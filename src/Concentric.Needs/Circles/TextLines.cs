namespace Concentric.Needs.Circles;

/// <summary>Breaks a label into lines. SVG does not, and the server cannot measure a browser's letters, so widths are those of Arial, a little generous.</summary>
internal static class TextLines
{
    /// <summary>Lines of at most <paramref name="width"/> at a letter size, both in pixels. A word wider than that stands alone and is broken.</summary>
    public static IReadOnlyList<string> Of(string text, int width, int size)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Broken(w, width, size)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && WidthOf(longer, size) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    public static int WidthOf(string text, int size) => (int)Math.Ceiling(text.Sum(WidthOf) * size);

    private static IEnumerable<string> Broken(string word, int width, int size)
    {
        while (WidthOf(word, size) > width)
        {
            var most = word.Length - 1;
            while (most > 1 && WidthOf(word[..most] + "-", size) > width) most--;
            yield return word[..most] + "-";
            word = word[most..];
        }
        yield return word;
    }

    // Of the letter size: Arial's own widths, by group, rounded up.
    private static double WidthOf(char c) => c switch
    {
        'i' or 'j' or 'l' or '\'' or '’' or '|' => 0.24,
        ' ' or 'f' or 't' or 'r' or 'I' or '.' or ',' or ':' or ';' or '-' or '(' or ')' or '/' or '!' => 0.34,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.92,
        'c' or 'k' or 's' or 'v' or 'x' or 'y' or 'z' => 0.51,
        _ when char.IsUpper(c) => 0.74,
        _ => 0.57,
    };
}
