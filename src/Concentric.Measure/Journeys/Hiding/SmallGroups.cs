namespace Concentric.Measure.Journeys.Hiding;

/// <summary>Which rows of a table of groups may be shown where the whole is shown as well.</summary>
/// <remarks>
/// k-anonymity (L. Sweeney, 2002): a group of fewer than k cases tells of single people, because a rare journey is as good as a name. Where the whole is known,
/// what is hidden must also be two groups or more and k cases or more together, or it could be worked out by taking the others from the whole.
/// </remarks>
internal static class SmallGroups
{
    /// <summary>The fewest cases that a group may have to be shown to an analyst.</summary>
    public const int Least = 5;

    /// <summary>Whether each group may be shown, in the order given.</summary>
    /// <param name="cases">How many cases each group has.</param>
    /// <param name="least">The fewest of a group that is shown.</param>
    public static bool[] Shown(IReadOnlyList<int> cases, int least)
    {
        var shown = cases.Select(c => c >= least).ToArray();
        var hidden = cases.Where((_, i) => !shown[i] && cases[i] > 0).ToList();
        // The smallest of those that could be shown, until what is hidden tells nothing.
        foreach (var i in Enumerable.Range(0, shown.Length).Where(i => shown[i]).OrderBy(i => cases[i]))
        {
            if (hidden.Count == 0 || hidden.Count >= 2 && hidden.Sum() >= least) break;
            shown[i] = false;
            hidden.Add(cases[i]);
        }
        return shown;
    }
}
