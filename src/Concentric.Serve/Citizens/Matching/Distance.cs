namespace Concentric.Serve.Citizens.Matching;

/// <summary>How far two words lie apart.</summary>
internal static class Distance
{
    /// <summary>Letters that are wrong, missing, too many or swapped with the next, where each counts as one (optimal string alignment); at most <paramref name="most"/>.</summary>
    public static int Edits(string a, string b, int most = 4)
    {
        if (a == b) return 0;
        if (Math.Abs(a.Length - b.Length) >= most) return most;
        var (before, last, now) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
            }
            (before, last, now) = (last, now, before);
        }
        return Math.Min(most, last[b.Length]);
    }

    /// <summary>Jaro's likeness with Winkler's bonus for the same beginning (W. E. Winkler, 1990): 1 for the same word, 0 for nothing in common.</summary>
    public static double JaroWinkler(string a, string b)
    {
        if (a == b) return 1;
        if (a.Length == 0 || b.Length == 0) return 0;
        var reach = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        var (inA, inB) = (new bool[a.Length], new bool[b.Length]);
        var common = 0;
        for (var i = 0; i < a.Length; i++)
            for (var j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
            {
                if (inB[j] || a[i] != b[j]) continue;
                (inA[i], inB[j]) = (true, true);
                common++;
                break;
            }
        if (common == 0) return 0;
        var (swapped, at) = (0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            if (!inA[i]) continue;
            while (!inB[at]) at++;
            if (a[i] != b[at++]) swapped++;
        }
        var jaro = ((double)common / a.Length + (double)common / b.Length + (common - swapped / 2.0) / common) / 3;
        var same = a.Zip(b).Take(4).TakeWhile(p => p.First == p.Second).Count();
        return jaro + same * 0.1 * (1 - jaro);
    }
}
