namespace Concentric.Measure.ChannelPlans;

/// <summary>A condition that has to give for all others to hold.</summary>
/// <param name="By">How much, in the unit of its limit.</param>
public sealed record Relief(string Name, double By);

/// <summary>Why nothing keeps every condition.</summary>
/// <param name="Together">Conditions that cannot all hold at once.</param>
/// <param name="Reliefs">The least that would have to give, by the weights that were asked for.</param>
public sealed record ConflictFound(IReadOnlyList<string> Together, IReadOnlyList<Relief> Reliefs);

/// <summary>Finds out which conditions of a linear programme are against each other.</summary>
/// <remarks>
/// Elastic programming (J. Chinneck, Feasibility and Infeasibility in Optimization, 2008, chapter 6): each condition that may give has a slack that costs its weight.
/// What slack is left says what has to give; conditions with a price at that point are those that hold each other up.
/// </remarks>
public static class Conflicts
{
    /// <param name="program">The programme that nothing keeps.</param>
    /// <param name="rowWeights">For each row, what a unit of giving way costs; 0 for a row that must hold, as that every citizen is served.</param>
    /// <param name="boundNames">For each variable, what its upper bound is called.</param>
    /// <param name="boundWeight">What a unit of giving way costs on a bound.</param>
    /// <returns>Null where there is no conflict.</returns>
    public static ConflictFound? Find(LinearProgram program, IReadOnlyList<double> rowWeights, IReadOnlyList<string> boundNames, double boundWeight)
    {
        var n = program.Cost.Length;
        var bounds = Enumerable.Range(0, n).Where(j => double.IsFinite(program.Upper[j])).ToList();
        var soft = program.Rows.Index().Where(r => rowWeights[r.Index] > 0).Select(r => r.Index).ToList();
        var width = n + soft.Count + bounds.Count;
        double[] Wide(double[] coefficients, int elastic, double sign)
        {
            var wide = new double[width];
            coefficients.CopyTo(wide, 0);
            if (elastic >= 0) wide[elastic] = sign;
            return wide;
        }

        var rows = program.Rows.Select((row, i) =>
        {
            var at = soft.IndexOf(i);
            return row with { Coefficients = Wide(row.Coefficients, at < 0 ? -1 : n + at, row.Kind == RowKind.AtLeast ? 1 : -1) };
        }).ToList();
        foreach (var (at, j) in bounds.Index())
        {
            var one = new double[n];
            one[j] = 1;
            rows.Add(new(boundNames[j], Wide(one, n + soft.Count + at, -1), RowKind.AtMost, program.Upper[j]));
        }
        var cost = new double[width];
        for (var i = 0; i < soft.Count; i++) cost[n + i] = rowWeights[soft[i]];
        for (var i = 0; i < bounds.Count; i++) cost[n + soft.Count + i] = boundWeight;

        var found = Simplex.Solve(new(cost, [.. Enumerable.Repeat(double.PositiveInfinity, width)], rows));
        if (found.Status != LinearStatus.Optimal) return null;
        var least = 1e-6 * Math.Max(1, program.Rows.Max(r => Math.Abs(r.Limit)));
        Relief[] reliefs =
        [
            .. soft.Select((row, i) => new Relief(program.Rows[row].Name, found.Values[n + i])),
            .. bounds.Select((j, i) => new Relief(boundNames[j], found.Values[n + soft.Count + i])),
        ];
        reliefs = [.. reliefs.Where(r => r.By > least)];
        return reliefs.Length == 0 ? null : new([.. rows.Where((_, i) => found.RowPrices[i] != 0).Select(r => r.Name)], reliefs);
    }
}
