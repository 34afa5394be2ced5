namespace Concentric.Measure.Disclosure;

/// <summary>
/// What somebody who knows all that is published of a two-way table, and that counts are not negative, can conclude of the cells that are not shown: the exact least and most.
/// </summary>
/// <remarks>
/// What is not shown of each row and column is its total less what is shown. So the hidden cells are the flow of a transportation network from rows to columns, and the bounds of
/// a cell follow from one maximum flow: the most it can carry is what it carries in a full flow and what can be led back to it through the others; the least, what they cannot take over.
/// A network of whole numbers has whole bounds, so that they are those of the linear programme.
/// </remarks>
internal sealed class TableBounds
{
    private readonly long[,] _flow;
    private readonly bool[,] _hidden;
    private readonly int _rows, _columns;
    private readonly long _floor;

    /// <param name="counts">The table without its totals, which are published.</param>
    /// <param name="hidden">The cells not shown.</param>
    /// <param name="floor">What a hidden cell is known to be at least: 1 for somebody who has seen that empty cells are shown.</param>
    public TableBounds(long[,] counts, bool[,] hidden, long floor = 0)
    {
        _floor = floor;
        (_rows, _columns, _hidden) = (counts.GetLength(0), counts.GetLength(1), hidden);
        // The true table is a flow that fills the network, so that none has to be sought.
        _flow = (long[,])counts.Clone();
    }

    /// <summary>The least and the most that a hidden cell may be.</summary>
    public (long Low, long High) Of(int row, int column)
    {
        var here = _flow[row, column];
        return (here - Moved(row, column, here - Floor(row, column), up: false), here + Moved(row, column, long.MaxValue, up: true));
    }

    // An empty cell that is hidden all the same is at least 0.
    private long Floor(int row, int column) => Math.Min(_floor, _flow[row, column]);

    /// <summary>How much more (or less) the cell can have, where other hidden cells of the table give way: a maximum flow from its row to its column through all other hidden cells.</summary>
    private long Moved(int row, int column, long most, bool up)
    {
        var flow = (long[,])_flow.Clone();
        var moved = 0L;
        while (moved < most && Path(flow, row, column, up) is { } path)
        {
            var room = path.Where(step => step.Sign < 0).Select(step => flow[step.Row, step.Column] - Floor(step.Row, step.Column)).DefaultIfEmpty(long.MaxValue).Min();
            room = Math.Min(room, most - moved);
            if (room == long.MaxValue) return room;
            foreach (var (r, c, sign) in path) flow[r, c] += sign * room;
            moved += room;
        }
        return moved;
    }

    /// <summary>A shortest cycle of hidden cells through this one, which lose and gain in turn; null where there is none. The cell itself is not on it.</summary>
    private List<(int Row, int Column, int Sign)>? Path(long[,] flow, int row, int column, bool up)
    {
        // From the row: a cell of it that loses (or gains) where this one gains (or loses); along its column, one that gains; and so on, until the column of this cell.
        var sign = up ? -1 : 1;
        var (fromRow, fromColumn) = (new int[_columns], new int[_rows]);
        Array.Fill(fromRow, -1);
        Array.Fill(fromColumn, -1);
        var (queue, seen) = (new Queue<(bool IsRow, int At)>([(true, row)]), new HashSet<(bool, int)> { (true, row) });
        while (queue.TryDequeue(out var node))
        {
            if (node is (false, var reached) && reached == column) break;
            for (var other = 0; other < (node.IsRow ? _columns : _rows); other++)
            {
                var (r, c) = node.IsRow ? (node.At, other) : (other, node.At);
                var loses = (node.IsRow ? sign : -sign) < 0;
                if (!_hidden[r, c] || (r, c) == (row, column) || (loses && flow[r, c] <= Floor(r, c)) || !seen.Add((!node.IsRow, other))) continue;
                if (node.IsRow) fromRow[other] = node.At; else fromColumn[other] = node.At;
                queue.Enqueue((!node.IsRow, other));
            }
        }
        if (fromRow[column] < 0) return null;
        var path = new List<(int, int, int)>();
        for (var c = column; ;)
        {
            var r = fromRow[c];
            path.Add((r, c, sign));
            if (r == row) return path;
            c = fromColumn[r];
            path.Add((r, c, -sign));
        }
    }
}
