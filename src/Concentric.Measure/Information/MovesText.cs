using Concentric.Measure.Charts;

namespace Concentric.Measure.Information;

/// <summary>Says how far two series move together, and no more than that.</summary>
internal static class MovesText
{
    /// <summary>In a few words: what is shown, or that nothing is.</summary>
    public static string Short(IReadOnlyList<MovesTogether> moves)
    {
        if (moves.Count == 0) return "Too little is known";
        var shown = moves.Where(m => m.IsShown).ToList();
        return shown.Count == 0 ? "Not shown to move together" : $"Move together: {string.Join("; ", shown.Select(m => $"{When(m.Lag)}, {Figure(m)}"))}";
    }

    /// <summary>When the second follows the first.</summary>
    public static string When(int lag) => lag == 0 ? "same week" : lag == 1 ? "a week later" : $"{lag} weeks later";

    /// <summary>“r 0.62 (0.41 to 0.77), n 51”.</summary>
    public static string Figure(MovesTogether m) => $"r {Signed(m.R)} ({Signed(m.Low)} to {Signed(m.High)}), n {m.N}";

    private static string Signed(double r) => r < 0 ? $"−{Figures.Show(-r, 2)}" : Figures.Show(r, 2);
}
