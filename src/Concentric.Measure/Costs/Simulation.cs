using Concentric.Measure.Demo;
using Concentric.Measure.Statistics;

namespace Concentric.Measure.Costs;

/// <summary>A figure of a sum that is known as a range.</summary>
/// <param name="Driver">What moves it. Figures with the same driver rise and fall together, as two channels' costs do with one pay scale; null where nothing else shares it.</param>
public sealed record UncertainInput(string Name, Pert Range, string? Driver = null);

/// <summary>What a simulation gave, with what is needed to give it again.</summary>
/// <param name="ChanceBelowZero">Share of the draws whose result is negative: of a saving, the chance of a loss.</param>
public sealed record SimulatedResult(int Draws, ulong Seed, string Algorithm, double Mean, double Deviation, double P5, double P50, double P95, double ChanceBelowZero);

/// <summary>What one uncertain figure alone does to the result, all others at their means.</summary>
/// <param name="Low">The figure's own 5th percentile.</param>
/// <param name="High">Its 95th.</param>
public sealed record TornadoLine(string Name, double Low, double High, double AtLow, double AtHigh)
{
    public double Swing => Math.Abs(AtHigh - AtLow);
}

/// <summary>Draws uncertain figures again and again and looks at what comes of each time. The same inputs and seed give the same draws.</summary>
public sealed class Simulation
{
    /// <summary>How the draws are made; kept with every result.</summary>
    public const string Algorithm = "PERT (weight 4), Latin hypercube, xoshiro256**, version 1";

    /// <summary>Draws where nothing else is asked for.</summary>
    public const int UsualDraws = 10_000;

    private readonly double[][] _values;

    /// <param name="inputs">A figure that several sums share, as the volume across channels, stands here once, so that it is drawn once.</param>
    public Simulation(IReadOnlyList<UncertainInput> inputs, ulong seed, int draws = UsualDraws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        (Inputs, Seed, Draws) = (inputs, seed, draws);
        var chance = new Chance(seed);
        var orders = new Dictionary<string, int[]>();
        _values = new double[inputs.Count][];
        foreach (var (i, input) in inputs.Index())
        {
            var sorted = input.Range.Slices(draws, chance.Unit);
            var driver = input.Driver ?? $"\0{i}";
            if (!orders.TryGetValue(driver, out var order)) orders[driver] = order = Mixed(draws, chance);
            _values[i] = [.. order.Select(at => sorted[at])];
        }
    }

    public IReadOnlyList<UncertainInput> Inputs { get; }

    public ulong Seed { get; }

    public int Draws { get; }

    /// <summary>The results of all draws, in the order in which they were drawn.</summary>
    /// <param name="result">What follows from the figures, in the order of <see cref="Inputs"/>. The array is used again for the next draw.</param>
    public double[] Each(Func<double[], double> result)
    {
        var (figures, results) = (new double[_values.Length], new double[Draws]);
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < figures.Length; i++) figures[i] = _values[i][draw];
            results[draw] = result(figures);
        }
        return results;
    }

    /// <summary>The results of all draws, summed up.</summary>
    /// <param name="result">As of <see cref="Each"/>.</param>
    public SimulatedResult Run(Func<double[], double> result) => Summarise(Each(result));

    /// <summary>Sums results up.</summary>
    public SimulatedResult Summarise(IReadOnlyList<double> results)
    {
        var sorted = results.Order().ToArray();
        var mean = sorted.Average();
        return new(Draws, Seed, Algorithm, mean, Math.Sqrt(sorted.Sum(r => (r - mean) * (r - mean)) / Math.Max(1, sorted.Length - 1)),
            Quantiles.OfSorted(sorted, 0.05), Quantiles.OfSorted(sorted, 0.5), Quantiles.OfSorted(sorted, 0.95), (double)sorted.Count(r => r < 0) / sorted.Length);
    }

    /// <summary>Moves one figure at a time from its 5th to its 95th percentile while the others stand at their means; the widest first.</summary>
    public static IReadOnlyList<TornadoLine> Tornado(IReadOnlyList<UncertainInput> inputs, Func<double[], double> result)
    {
        double At(int place, double value)
        {
            var figures = inputs.Select(i => i.Range.Mean).ToArray();
            figures[place] = value;
            return result(figures);
        }
        return
        [
            .. inputs.Select((input, i) =>
            {
                var (low, high) = (input.Range.Quantile(0.05), input.Range.Quantile(0.95));
                return new TornadoLine(input.Name, low, high, At(i, low), At(i, high));
            }).OrderByDescending(l => l.Swing),
        ];
    }

    // R. Durstenfeld's shuffle.
    private static int[] Mixed(int count, Chance chance)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = chance.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
