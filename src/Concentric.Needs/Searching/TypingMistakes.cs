namespace Concentric.Needs.Searching;

/// <summary>How many slips of the finger lie between two words: a letter wrong, missing, too many, or two swapped.</summary>
internal static class TypingMistakes
{
    /// <summary>The number of slips, or <paramref name="most"/> + 1 where there are more.</summary>
    /// <remarks>Damerau-Levenshtein distance in its optimal string alignment form: no part is changed twice.</remarks>
    public static int Between(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most) return most + 1;
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > most) return most + 1;
            (before, last, row) = (last, row, before);
        }
        return Math.Min(last[b.Length], most + 1);
    }
}
