using MathNet.Numerics.Distributions;

namespace Concentric.Measure.Variation;

/// <summary>What a page of charts shows although nothing changed.</summary>
/// <param name="Icons">Charts whose variation icon would tell of a change.</param>
/// <param name="Charts">Charts with a signal at any of their points.</param>
public readonly record struct ExpectedFalseAlarms(double Icons, double Charts);

/// <summary>How often a chart raises an alarm while its process stands still.</summary>
/// <remarks>
/// Simulated by <see cref="Simulate"/>: independent normal values, limits from the same points, as charts on a page have them; 60,000 charts for each number, seed 7. Values that move together
/// with their neighbours raise many more: with a lag-1 correlation of 0.3 about three times as many, with 0.6 five to ten times.
/// </remarks>
public static class FalseAlarms
{
    private static readonly int[] Lengths = [12, 18, 24, 36, 52, 78, 104];

    // Chance that the last point shows a signal, and that any point does, at each of these lengths; made by the simulation below.
    private static readonly Dictionary<(RuleSet Set, bool Screen), (double[] Icon, double[] Any)> Chances = new()
    {
        [(RuleSet.Mdc7, false)] = ([0.0101, 0.0125, 0.0141, 0.0155, 0.0173, 0.0170, 0.0176], [0.0467, 0.1007, 0.1573, 0.2635, 0.3821, 0.5430, 0.6609]),
        [(RuleSet.Mdc7, true)] = ([0.0141, 0.0157, 0.0166, 0.0174, 0.0189, 0.0186, 0.0186], [0.0713, 0.1315, 0.1893, 0.2975, 0.4156, 0.5726, 0.6883]),
        [(RuleSet.Mdc6, false)] = ([0.0186, 0.0241, 0.0287, 0.0307, 0.0327, 0.0343, 0.0348], [0.0900, 0.1904, 0.2862, 0.4480, 0.6044, 0.7760, 0.8708]),
        [(RuleSet.Mdc6, true)] = ([0.0225, 0.0274, 0.0311, 0.0326, 0.0342, 0.0358, 0.0359], [0.1110, 0.2147, 0.3102, 0.4697, 0.6222, 0.7883, 0.8796]),
        [(RuleSet.Nelson, false)] = ([0.0142, 0.0188, 0.0207, 0.0218, 0.0217, 0.0216, 0.0222], [0.0651, 0.1289, 0.1969, 0.3172, 0.4477, 0.6139, 0.7316]),
        [(RuleSet.Nelson, true)] = ([0.0191, 0.0231, 0.0243, 0.0246, 0.0238, 0.0238, 0.0236], [0.0884, 0.1605, 0.2305, 0.3522, 0.4820, 0.6450, 0.7591]),
        [(RuleSet.WesternElectric, false)] = ([0.0117, 0.0129, 0.0141, 0.0150, 0.0153, 0.0150, 0.0152], [0.0525, 0.1011, 0.1550, 0.2513, 0.3604, 0.5112, 0.6258]),
        [(RuleSet.WesternElectric, true)] = ([0.0167, 0.0172, 0.0178, 0.0181, 0.0178, 0.0177, 0.0173], [0.0773, 0.1344, 0.1917, 0.2919, 0.4031, 0.5545, 0.6670]),
    };

    /// <summary>What to expect of a page of charts whose processes all stand still.</summary>
    /// <param name="charts">Charts on the page.</param>
    /// <param name="points">Points of each chart.</param>
    public static ExpectedFalseAlarms Expected(int charts, int points, XmrRules? rules = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(charts);
        rules ??= XmrRules.Default;
        var (icon, any) = Chances[(rules.Set, rules.Screen)];
        return new(charts * Between(icon, points), charts * Between(any, points));
    }

    /// <summary>The sentence for a page.</summary>
    public static string Sentence(int charts, int points, XmrRules? rules = null)
    {
        var expected = Expected(charts, points, rules);
        return $"Of {charts} {(charts == 1 ? "chart" : "charts")} of {points} points, {Number(expected.Icons)} would tell of a change in the last period by chance alone, and {Number(expected.Charts)} would mark some point. "
            + "Where neighbouring values move together there are more.";
    }

    /// <summary>Charts of a process that stands still, drawn by chance: the parts that raise an alarm at the last point, and at any.</summary>
    /// <param name="autocorrelation">Of neighbouring values, from 0 to below 1.</param>
    public static (double Icon, double Any) Simulate(int points, XmrRules rules, int charts, Random chance, double autocorrelation = 0)
    {
        var (icons, any) = (0, 0);
        var values = new double?[points];
        for (var chart = 0; chart < charts; chart++)
        {
            var before = Normal.Sample(chance, 0, 1);
            for (var i = 0; i < points; i++) values[i] = before = i == 0 ? before : autocorrelation * before + Math.Sqrt(1 - autocorrelation * autocorrelation) * Normal.Sample(chance, 0, 1);
            var found = rules.Find(values, XmrLimits.Of(values, rules.Screen));
            if (found[^1].Count > 0) icons++;
            if (Array.Exists(found, f => f.Count > 0)) any++;
        }
        return ((double)icons / charts, (double)any / charts);
    }

    private static double Between(double[] chances, int points)
    {
        if (points <= Lengths[0]) return chances[0];
        for (var i = 1; i < Lengths.Length; i++)
            if (points <= Lengths[i]) return chances[i - 1] + (chances[i] - chances[i - 1]) * (points - Lengths[i - 1]) / (Lengths[i] - Lengths[i - 1]);
        return chances[^1];
    }

    private static string Number(double expected) => expected is > 0 and < 0.05 ? "fewer than 0.1" : $"about {expected.ToString(expected >= 10 ? "0" : "0.0", System.Globalization.CultureInfo.InvariantCulture)}";
}
