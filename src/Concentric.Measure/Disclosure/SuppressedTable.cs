namespace Concentric.Measure.Disclosure;

/// <summary>Whether a cell of a published table is shown, and if not, why.</summary>
public enum CellState : byte
{
    Shown,

    /// <summary>From 1 to 4.</summary>
    Small,

    /// <summary>All of a row or of a column: it would say something of everybody in it.</summary>
    Everybody,

    /// <summary>Large enough, but from it a hidden one could be worked out.</summary>
    Protects,
}

/// <summary>A two-way table with its totals under rule B: small cells hidden, and as many others as it takes that nobody can work those out. Verified by what an attacker could conclude.</summary>
public sealed record SuppressedTable
{
    /// <summary>Counts below this are small.</summary>
    public const int Threshold = 5;

    /// <summary>The least and the most that an attacker can conclude of a hidden cell that needs it are at least this far apart.</summary>
    public const int LeastWidth = 5;

    /// <summary>The same for somebody who has noticed that empty cells are shown, and so that a hidden one is at least 1.</summary>
    public const int LeastWidthWithoutZero = 2;

    /// <summary>Larger tables are published under rule A.</summary>
    public const int MostCells = 200;

    /// <summary>More sets than this are not tried one by one.</summary>
    private const int MostTried = 20_000;

    public required long[,] Counts { get; init; }
    public required CellState[,] States { get; init; }

    /// <summary>The least and the most that an attacker can conclude of each hidden cell.</summary>
    public required IReadOnlyDictionary<(int Row, int Column), (long Low, long High)> Bounds { get; init; }

    /// <summary>Whether every cell that needs it is protected. A table that cannot be is not to be published.</summary>
    public required bool IsSafe { get; init; }

    /// <summary>Whether all sets of cells were tried, so that none smaller would do.</summary>
    public required bool IsSmallest { get; init; }

    public IEnumerable<(int Row, int Column)> Hidden => Cells(States, s => s != CellState.Shown);

    public IEnumerable<(int Row, int Column)> Secondary => Cells(States, s => s == CellState.Protects);

    /// <summary>The table under rule B.</summary>
    /// <param name="counts">Without totals, which are all published.</param>
    /// <param name="zerosAreKnown">An empty cell cannot be otherwise and everybody knows it (a structural zero), so that all in one cell of a row says nothing.</param>
    /// <exception cref="ArgumentException">It has more than <see cref="MostCells"/> cells, or a negative count.</exception>
    public static SuppressedTable Of(long[,] counts, bool zerosAreKnown = true)
    {
        if (counts.Length > MostCells) throw new ArgumentException($"A table of more than {MostCells} cells is published under rule A.", nameof(counts));
        if (counts.Cast<long>().Any(c => c < 0)) throw new ArgumentException("A count is not negative.", nameof(counts));
        var states = Primary(counts, zerosAreKnown);
        var search = new SecondarySearch(counts, states, zerosAreKnown);
        var (chosen, smallest) = search.Smallest(MostTried) is { } best ? (best, true) : (search.ByRectangles(), false);
        foreach (var (row, column) in chosen ?? []) states[row, column] = CellState.Protects;
        var hidden = Hide(states);
        var bounds = new TableBounds(counts, hidden);
        return new()
        {
            Counts = counts,
            States = states,
            Bounds = Cells(states, s => s != CellState.Shown).ToDictionary(c => c, c => bounds.Of(c.Row, c.Column)),
            IsSafe = search.Protects(hidden),
            IsSmallest = smallest,
        };
    }

    internal static bool[,] Hide(CellState[,] states)
    {
        var hidden = new bool[states.GetLength(0), states.GetLength(1)];
        foreach (var (row, column) in Cells(states, s => s != CellState.Shown)) hidden[row, column] = true;
        return hidden;
    }

    internal static IEnumerable<(int Row, int Column)> Cells(CellState[,] states, Func<CellState, bool> which) =>
        from row in Enumerable.Range(0, states.GetLength(0)) from column in Enumerable.Range(0, states.GetLength(1)) where which(states[row, column]) select (row, column);

    private static CellState[,] Primary(long[,] counts, bool zerosAreKnown)
    {
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        var states = new CellState[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var count = counts[r, c];
                if (count is > 0 and < Threshold) states[r, c] = CellState.Small;
                else if (!zerosAreKnown && count > 0 && (columns > 1 && Enumerable.Range(0, columns).All(o => o == c || counts[r, o] == 0) || rows > 1 && Enumerable.Range(0, rows).All(o => o == r || counts[o, c] == 0)))
                    states[r, c] = CellState.Everybody;
            }
        }
        return states;
    }
}

/// <summary>Looks for the cells to hide beside those that must be.</summary>
internal sealed class SecondarySearch
{
    private readonly long[,] _counts;
    private readonly List<(int Row, int Column)> _primary, _eligible;

    public SecondarySearch(long[,] counts, CellState[,] states, bool zerosAreKnown)
    {
        _counts = counts;
        _primary = [.. SuppressedTable.Cells(states, s => s != CellState.Shown)];
        // An empty cell protects nothing where everybody knows that it is empty; otherwise only where all of a row or column are in one cell.
        var full = SuppressedTable.Cells(states, s => s == CellState.Everybody).ToList();
        _eligible = [.. SuppressedTable.Cells(states, s => s == CellState.Shown).Where(c => counts[c.Row, c.Column] > 0 || !zerosAreKnown && full.Any(f => f.Row == c.Row || f.Column == c.Column)).OrderBy(c => counts[c.Row, c.Column])];
    }

    /// <summary>Whether of each cell that must be hidden the bounds are wide enough and hold the true count strictly within.</summary>
    public bool Protects(bool[,] hidden)
    {
        // Quick: a hidden cell alone in its row or column follows from the total.
        foreach (var (row, column) in _primary)
            if (!Others(hidden, row, column, alongRow: true) || !Others(hidden, row, column, alongRow: false)) return false;
        var bounds = new TableBounds(_counts, hidden);
        var knowing = new TableBounds(_counts, hidden, floor: 1);
        return _primary.TrueForAll(c => Held(bounds, knowing, c.Row, c.Column));
    }

    private bool Held(TableBounds bounds, TableBounds knowing, int row, int column) =>
        bounds.Of(row, column) is var (low, high) && Wide(low, high) && low < _counts[row, column] && _counts[row, column] < high
        && knowing.Of(row, column) is var (least, most) && (most == long.MaxValue || most - least >= SuppressedTable.LeastWidthWithoutZero);

    private static bool Wide(long low, long high) => high == long.MaxValue || high - low >= SuppressedTable.LeastWidth;

    /// <summary>The fewest cells, and of as many the smallest counts together; null where there would be more than <paramref name="most"/> sets to try.</summary>
    public IReadOnlyList<(int Row, int Column)>? Smallest(int most)
    {
        var tried = 0L;
        for (var size = 0; size <= _eligible.Count; size++)
        {
            tried += Sets(_eligible.Count, size);
            if (tried > most) return null;
            (IReadOnlyList<(int Row, int Column)> Cells, long Sum)? best = null;
            foreach (var set in Choose(size, 0))
            {
                var sum = set.Sum(c => _counts[c.Row, c.Column]);
                if (best is { } held && sum >= held.Sum) continue;
                if (Protects(With(set))) best = ([.. set], sum);
            }
            if (best is { } found) return found.Cells;
        }
        // Not even all cells together would do; the caller sees that the table is not safe.
        return [];
    }

    /// <summary>For each cell that is not yet protected the rectangle that hides the fewest and smallest further cells; then whatever can be shown again is.</summary>
    /// <returns>Null where it cannot be done.</returns>
    public IReadOnlyList<(int Row, int Column)>? ByRectangles()
    {
        var chosen = new HashSet<(int Row, int Column)>();
        var (rows, columns) = (_counts.GetLength(0), _counts.GetLength(1));
        var eligible = _eligible.ToHashSet();
        foreach (var (row, column) in _primary.OrderBy(c => _counts[c.Row, c.Column]))
        {
            var corners = from r in Enumerable.Range(0, rows)
                          where r != row
                          from c in Enumerable.Range(0, columns)
                          where c != column
                          let all = ((int Row, int Column)[])[(row, c), (r, column), (r, c)]
                          where all.All(x => eligible.Contains(x) || _primary.Contains(x))
                          let further = all.Where(x => !_primary.Contains(x) && !chosen.Contains(x)).ToList()
                          orderby further.Count, further.Sum(x => _counts[x.Row, x.Column])
                          select further;
            foreach (var further in corners.ToList())
            {
                var hidden = With(chosen);
                if (Held(new(_counts, hidden), new(_counts, hidden, floor: 1), row, column)) break;
                chosen.UnionWith(further);
            }
        }
        if (!Protects(With(chosen))) chosen.UnionWith(_eligible);
        if (!Protects(With(chosen))) return null;
        foreach (var cell in chosen.OrderByDescending(c => _counts[c.Row, c.Column]).ToList())
        {
            chosen.Remove(cell);
            if (!Protects(With(chosen))) chosen.Add(cell);
        }
        return [.. chosen];
    }

    private bool[,] With(IEnumerable<(int Row, int Column)> secondary)
    {
        var hidden = new bool[_counts.GetLength(0), _counts.GetLength(1)];
        foreach (var (row, column) in _primary.Concat(secondary)) hidden[row, column] = true;
        return hidden;
    }

    private IEnumerable<IReadOnlyList<(int Row, int Column)>> Choose(int size, int from)
    {
        if (size == 0) yield return [];
        else
            for (var i = from; i <= _eligible.Count - size; i++)
                foreach (var rest in Choose(size - 1, i + 1)) yield return [_eligible[i], .. rest];
    }

    private static long Sets(int of, int size)
    {
        var sets = 1L;
        for (var i = 0; i < size && sets < int.MaxValue; i++) sets = sets * (of - i) / (i + 1);
        return sets;
    }

    private static bool Others(bool[,] hidden, int row, int column, bool alongRow)
    {
        for (var o = 0; o < hidden.GetLength(alongRow ? 1 : 0); o++)
            if (o != (alongRow ? column : row) && (alongRow ? hidden[row, o] : hidden[o, column])) return true;
        return false;
    }
}
