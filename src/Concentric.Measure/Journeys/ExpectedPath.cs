namespace Concentric.Measure.Journeys;

/// <summary>How a case held to the path that was expected of it.</summary>
/// <param name="Cost">How many steps would have to be put in or taken out; 0: it went exactly so.</param>
/// <param name="Fitness">From 0 to 1: 1 − cost ÷ (steps done + steps expected).</param>
/// <param name="Skipped">Expected and not done, by place in the path.</param>
/// <param name="Added">Done and not expected there, by activity, as often as that was so.</param>
public sealed record Alignment(int Cost, double Fitness, IReadOnlyList<int> Skipped, IReadOnlyList<int> Added);

/// <summary>Holds what was done against a path that was expected.</summary>
/// <remarks>
/// Edit distance with a cost of 1 to put in and to take out, and none to put in place of another (S. Needleman and C. Wunsch, 1970): on a path of one line it is the
/// cost of an optimal alignment as pm4py reckons it, divided by 10,000.
/// </remarks>
public static class ExpectedPath
{
    /// <summary>Steps of a path that may be expected, at most.</summary>
    public const int MostSteps = 100;

    /// <summary>Steps of a case that are held against it one by one; of a longer case only its first so many, and its rest is added.</summary>
    public const int MostDone = 20_000;

    /// <param name="done">Activities by number.</param>
    /// <param name="expected">Likewise; −1 for one that the log does not have.</param>
    public static Alignment Of(ReadOnlySpan<int> done, ReadOnlySpan<int> expected)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expected.Length, MostSteps);
        var looked = done.Length > MostDone ? done[..MostDone] : done;
        var rest = done[looked.Length..];
        // How many steps are common to what is left of both from each place on.
        var width = expected.Length + 1;
        var common = new int[(looked.Length + 1) * width];
        for (var i = looked.Length - 1; i >= 0; i--)
        {
            for (var j = expected.Length - 1; j >= 0; j--)
                common[i * width + j] = looked[i] == expected[j] ? common[(i + 1) * width + j + 1] + 1 : Math.Max(common[(i + 1) * width + j], common[i * width + j + 1]);
        }
        var (skipped, added, a, e) = (new List<int>(), new List<int>(), 0, 0);
        while (a < looked.Length || e < expected.Length)
        {
            if (a < looked.Length && e < expected.Length && looked[a] == expected[e]) (a, e) = (a + 1, e + 1);
            else if (e == expected.Length || a < looked.Length && common[(a + 1) * width + e] >= common[a * width + e + 1]) added.Add(looked[a++]);
            else skipped.Add(e++);
        }
        added.AddRange(rest);
        var (cost, both) = (skipped.Count + added.Count, done.Length + expected.Length);
        return new(cost, both == 0 ? 1 : 1 - (double)cost / both, skipped, added);
    }
}
