namespace Concentric.Measure.Costs;

/// <summary>A cost with all that must be known before it is held against another.</summary>
/// <param name="Mode">Null where only a range is known.</param>
public sealed record CostFigure(string Name, decimal Low, decimal? Mode, decimal High, CostUnit Unit, CostScope Scope, int? PriceYear)
{
    public bool IsSingle => Low == High;

    /// <summary>"£2.83", "£1.28 to £5.57", or "£1.28 to £5.57, most likely £2.83".</summary>
    public string InWords => IsSingle ? Pounds.Show(Low) : Mode is { } mode ? $"{Pounds.Show(Low)} to {Pounds.Show(High)}, most likely {Pounds.Show(mode)}" : $"{Pounds.Show(Low)} to {Pounds.Show(High)}";
}

/// <summary>What came of holding two costs against each other.</summary>
/// <param name="Refusals">Why they cannot be compared; with any there is nothing else.</param>
/// <param name="Times">How many times the second is as dear as the first, by the most likely figures, in prices of the later year; null where the first is nothing or has no most likely figure.</param>
/// <param name="Difference">The second less the first, in pounds.</param>
/// <param name="Note">In whose prices, and by which deflator.</param>
public sealed record CostComparison(IReadOnlyList<string> Refusals, decimal? Difference, decimal? Times, string Note);

/// <summary>Holds two costs against each other only where they are costs of the same thing.</summary>
public static class CompareCosts
{
    /// <param name="deflator">Null where the council has loaded none: then only costs of the same year are compared.</param>
    public static CostComparison Of(CostFigure first, CostFigure second, Deflator? deflator)
    {
        var refusals = new List<string>();
        if (first.Unit == CostUnit.NotKnown || second.Unit == CostUnit.NotKnown) refusals.Add($"The unit of {Which(first, second, f => f.Unit == CostUnit.NotKnown)} is not known, so nobody can say whether they are costs of the same thing.");
        else if (first.Unit != second.Unit) refusals.Add($"Their units differ: the first is for each {CostWords.Of(first.Unit)}, the second for each {CostWords.Of(second.Unit)}.");
        if (first.Scope == CostScope.NotKnown || second.Scope == CostScope.NotKnown) refusals.Add($"The scope of {Which(first, second, f => f.Scope == CostScope.NotKnown)} is not known, so what is counted in may differ.");
        else if (first.Scope != second.Scope) refusals.Add($"Their scopes differ: the first is {CostWords.Of(first.Scope)}, the second {CostWords.Of(second.Scope)}.");

        var (one, other, note) = (first.Mode, second.Mode, "");
        if (first.PriceYear is not { } from || second.PriceYear is not { } to) refusals.Add($"The price year of {Which(first, second, f => f.PriceYear is null)} is not known.");
        else if (from == to) note = $"Both are in prices of {from}.";
        else if (deflator is null) refusals.Add($"Their price years differ: the first is in prices of {from}, the second of {to}, and no deflator has been loaded.");
        else if (deflator.Factor(Math.Min(from, to), Math.Max(from, to)) is not { } factor) refusals.Add($"Their price years differ, and the deflator does not have both {from} and {to}.");
        else
        {
            if (from < to) one *= (decimal)factor; else other *= (decimal)factor;
            note = $"Both in prices of {Math.Max(from, to)}, by the deflator of {deflator.Source}.";
        }
        if (refusals.Count > 0) return new(refusals, null, null, "");
        if (one is null || other is null) return new([$"{Which(first, second, f => f.Mode is null, capital: true)} states a range without a most likely figure, so there is no difference to give."], null, null, note);
        return new([], decimal.Round(other.Value - one.Value, 3), one > 0 ? decimal.Round(other.Value / one.Value, 2) : null, note);
    }

    private static string Which(CostFigure first, CostFigure second, Func<CostFigure, bool> lacks, bool capital = false)
    {
        var words = lacks(first) && lacks(second) ? "both" : lacks(first) ? "the first" : "the second";
        return capital ? char.ToUpperInvariant(words[0]) + words[1..] : words;
    }
}
