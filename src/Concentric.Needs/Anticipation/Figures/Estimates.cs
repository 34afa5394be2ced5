namespace Concentric.Needs.Anticipation.Figures;

/// <summary>Estimates of the chance that somebody who asked for one thing asks for another.</summary>
internal static class Estimates
{
    /// <summary>How many imagined observations of the base rate each estimate begins with.</summary>
    public const double Weight = 4;

    /// <summary>P(b|a) = (n_ab + m·p_b) / (n_a + m): the share of those who asked for a that went on to b, drawn towards b's base rate where few asked for a.</summary>
    /// <param name="both">n_ab, those who asked for a and then b.</param>
    /// <param name="first">n_a, those who asked for a.</param>
    /// <param name="baseRate">p_b, how usual b is whatever was asked.</param>
    /// <remarks>The m-estimate: B. Cestnik, Estimating probabilities: a crucial task in machine learning, ECAI 1990.</remarks>
    public static double Shrunken(double both, double first, double baseRate, double weight = Weight) => (both + weight * baseRate) / (first + weight);

    /// <summary>n_ab / √(n_a·n_b): how alike two services are in who asks for them, 0 to 1 (G. Salton and M. McGill, 1983).</summary>
    public static double Cosine(double both, double first, double second) => first * second == 0 ? 0 : both / Math.Sqrt(first * second);

    /// <summary>
    /// Naive Bayes over what was asked for: P(b) Π P(a|b) against P(¬b) Π P(a|¬b), each P(a|·) = (n + m·p_a) / (N + m). Takes things asked for
    /// as independent, which they are not, so it is too sure where several go together.
    /// </summary>
    /// <param name="withNext">N_b, observations followed by b.</param>
    /// <param name="all">N, all observations.</param>
    /// <param name="known">For each thing asked for: n_ab, those with both, and n_a, those with it.</param>
    public static double NaiveBayes(double withNext, double all, IEnumerable<(double Both, double First)> known, double weight = 2)
    {
        var (next, not) = (withNext / all, 1 - withNext / all);
        foreach (var (both, first) in known)
        {
            var usual = weight * first / all;
            next *= (both + usual) / (withNext + weight);
            not *= (first - both + usual) / (all - withNext + weight);
        }
        return next + not == 0 ? 0 : next / (next + not);
    }
}

/// <summary>How estimates from several known things become one.</summary>
internal enum Combining
{
    /// <summary>Their average: a thing known that says nothing pulls the estimate down.</summary>
    Average,

    /// <summary>The largest of them.</summary>
    Largest,

    /// <summary>1 − Π(1 − p): as if each known thing were another chance of its own. Counts what they share more than once.</summary>
    Independent,

    /// <summary><see cref="Estimates.NaiveBayes"/>.</summary>
    NaiveBayes,
}
