namespace Concentric.Needs.Anticipation.Figures;

/// <summary>How many sets hold each thing, and each two things: persons and the services that they asked for, without order or time.</summary>
internal sealed class CoUse
{
    private readonly Dictionary<(int, int), int> _both = [];
    private readonly int[] _one;

    /// <param name="things">How many things there are; they are numbered from 0.</param>
    public CoUse(IEnumerable<IReadOnlyCollection<int>> sets, int things)
    {
        _one = new int[things];
        foreach (var set in sets)
        {
            Sets++;
            foreach (var a in set)
            {
                _one[a]++;
                foreach (var b in set)
                    if (a != b) _both[(a, b)] = _both.GetValueOrDefault((a, b)) + 1;
            }
        }
    }

    public int Sets { get; }

    public int Things => _one.Length;

    /// <summary>Sets that hold it.</summary>
    public int With(int thing) => _one[thing];

    /// <summary>Sets that hold both.</summary>
    public int WithBoth(int a, int b) => _both.GetValueOrDefault((a, b));

    /// <summary>Share of the sets that hold it: the popularity baseline.</summary>
    public double BaseRate(int thing) => (double)_one[thing] / Sets;

    public double Shrunken(int a, int b) => Estimates.Shrunken(WithBoth(a, b), With(a), BaseRate(b));

    /// <summary>The co-occurrence graph, for <see cref="PageRank"/>.</summary>
    public PageRank Graph() => new(Things, _both.Select(e => (e.Key.Item1, e.Key.Item2, (double)e.Value)));
}
