namespace Concentric.Measure.Statistics;

/// <summary>How a classifier did on rows whose label is known.</summary>
/// <param name="Hits">Of the label, and found.</param>
/// <param name="Missed">Of the label, and not found.</param>
/// <param name="False">Not of the label, and found.</param>
/// <param name="Left">Not of the label, and not found.</param>
public sealed record Confusion(long Hits, long Missed, long False, long Left)
{
    public long N => Hits + Missed + False + Left;

    /// <summary>Rows that have the label.</summary>
    public long Labelled => Hits + Missed;

    /// <summary>Rows that have not.</summary>
    public long Others => False + Left;

    /// <summary>Of those found, how many have the label.</summary>
    public double? Precision => Of(Hits, Hits + False);

    /// <summary>Of those with the label, how many were found: the sensitivity.</summary>
    public double? Recall => Of(Hits, Labelled);

    /// <summary>Of those without it, how many were left.</summary>
    public double? Specificity => Of(Left, Others);

    public double? Accuracy => Of(Hits + Left, N);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double? F1 => Of(2 * Hits, 2 * Hits + False + Missed);

    /// <summary>Cohen's kappa against the label.</summary>
    public double? Kappa => Agreement.Of([[Hits, Missed], [False, Left]])?.Kappa;

    /// <summary>Matthews' correlation of found and labelled; null where a row or a column is empty.</summary>
    /// <remarks>B. W. Matthews, Biochimica et Biophysica Acta 405 (1975), 442.</remarks>
    public double? Matthews => (double)(Hits + False) * Labelled * Others * (Left + Missed) is > 0 and var below ? ((double)Hits * Left - (double)False * Missed) / Math.Sqrt(below) : null;

    /// <summary>Counts rows.</summary>
    public static Confusion Count(IEnumerable<(bool Label, bool Found)> rows)
    {
        var counts = new long[4];
        foreach (var (label, found) in rows) counts[(label ? 0 : 2) + (found ? 0 : 1)]++;
        return new(counts[0], counts[1], counts[2], counts[3]);
    }

    private static double? Of(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
