using System.Text.Json;
using Concentric.Measure.Disclosure;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure.Disclosure;

/// <summary>Rule B: what is hidden of a published table, and what somebody can work out of it all the same.</summary>
[Trait("Database", "none")]
public sealed class SuppressedTableTests
{
    [Fact]
    public void All_tables_of_the_reference_hide_the_fewest_and_smallest_cells_and_leave_the_same_bounds()
    {
        var cases = Vectors.Read("sdc_suppression.json").GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(7, cases.Count);
        foreach (var one in cases)
        {
            var counts = Counts(one.GetProperty("table"));
            var name = one.GetProperty("id").GetString();

            var table = SuppressedTable.Of(counts);

            Assert.True(table is { IsSafe: true, IsSmallest: true }, name);
            Assert.Equal(Cells(one.GetProperty("primary")), table.Hidden.Except(table.Secondary).Order());
            Assert.Equal(Cells(one.GetProperty("optimal_secondary")), table.Secondary.Order());
            var size = one.GetProperty("optimal_secondary_count_then_value");
            Assert.Equal((size[0].GetInt32(), size[1].GetInt64()), (table.Secondary.Count(), table.Secondary.Sum(c => counts[c.Row, c.Column])));
            Assert.Equal(BoundsOf(one.GetProperty("attacker_bounds_final")), table.Bounds.OrderBy(b => b.Key).Select(b => (b.Key.Row, b.Key.Column, b.Value.Low, b.Value.High)));
            var before = new bool[counts.GetLength(0), counts.GetLength(1)];
            foreach (var (row, column) in Cells(one.GetProperty("primary"))) before[row, column] = true;
            Assert.Equal(BoundsOf(one.GetProperty("attacker_bounds_primary_only")), Cells(one.GetProperty("primary")).Select(c => new TableBounds(counts, before).Of(c.Row, c.Column) is var (low, high) ? (c.Row, c.Column, low, high) : default));
        }
    }

    [Fact]
    public void Bounds_are_those_found_by_trying_all_tables() =>
        Prop.ForAll(Gen.Choose(0, 5).ListOf(9).SelectMany(counts => Gen.Elements(true, false).ListOf(9).Select(hidden => (counts, hidden))).ToArbitrary(), table =>
        {
            var (counts, hidden) = (Grid(table.counts.Select(c => (long)c).ToArray(), 3), Grid(table.hidden.ToArray(), 3));
            var bounds = new TableBounds(counts, hidden);
            var found = ByTrying(counts, hidden);
            return found.All(f => bounds.Of(f.Key.Row, f.Key.Column) == f.Value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20261122, 9));

    [Fact]
    public void In_any_table_that_is_called_safe_every_small_count_may_be_at_least_five_apart_from_itself() =>
        Prop.ForAll(Gen.Choose(2, 6).SelectMany(rows => Gen.Choose(2, 6).SelectMany(columns => Gen.Frequency((2, Gen.Choose(0, 6)), (3, Gen.Choose(5, 80))).ListOf(rows * columns).Select(counts => (rows, columns, counts)))).ToArbitrary(), drawn =>
        {
            var counts = Grid(drawn.counts.Select(c => (long)c).ToArray(), drawn.columns);
            var table = SuppressedTable.Of(counts);
            // Totals alone may give a small count away; then the table is not safe and nothing is published.
            return !table.IsSafe || table.Hidden.Where(c => table.States[c.Row, c.Column] == CellState.Small)
                .All(c => table.Bounds[c] is var (low, high) && high - low >= 5 && low < counts[c.Row, c.Column] && counts[c.Row, c.Column] < high);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20261122, 11));

    [Fact]
    public void A_large_table_is_protected_by_rectangles_and_hides_less_than_half()
    {
        var chance = new SeededChance(7);
        var counts = new long[20, 10];
        for (var r = 0; r < 20; r++)
            for (var c = 0; c < 10; c++) counts[r, c] = chance.Below(12) == 0 ? 1 + chance.Below(4) : 10 + chance.Below(200);

        var table = SuppressedTable.Of(counts);

        Assert.True(table is { IsSafe: true, IsSmallest: false });
        Assert.InRange(table.Hidden.Count(), 1, 100);
        Assert.Throws<ArgumentException>(() => SuppressedTable.Of(new long[21, 10]));
    }

    [Fact]
    public void Hidden_cells_that_add_up_to_their_number_are_not_left_to_be_ones()
    {
        long[,] counts = { { 1, 30, 20 }, { 1, 25, 18 }, { 1, 40, 31 }, { 1, 50, 22 }, { 1, 33, 27 }, { 9, 21, 40 } };

        var table = SuppressedTable.Of(counts);

        var knowing = new TableBounds(counts, SuppressedTable.Hide(table.States), floor: 1);
        Assert.True(table.IsSafe);
        Assert.Contains((5, 0), table.Secondary);
        Assert.All(Enumerable.Range(0, 5), r => Assert.True(knowing.Of(r, 0) is var (low, high) && high - low >= 2));
    }

    [Fact]
    public void Where_all_of_a_row_are_in_one_cell_that_is_hidden_unless_it_cannot_be_otherwise()
    {
        long[,] counts = { { 30, 0 }, { 20, 25 }, { 40, 31 } };

        var table = SuppressedTable.Of(counts, zerosAreKnown: false);

        Assert.Equal((true, CellState.Everybody), (table.IsSafe, table.States[0, 0]));
        Assert.Contains((0, 1), table.Secondary);
        Assert.Empty(SuppressedTable.Of(counts).Hidden);
    }

    [Fact]
    public void A_table_that_cannot_be_protected_says_so()
    {
        Assert.False(SuppressedTable.Of(new long[,] { { 3, 0 }, { 0, 40 } }).IsSafe);
        Assert.False(SuppressedTable.Of(new long[,] { { 3 }, { 40 } }).IsSafe);
    }

    private static Dictionary<(int Row, int Column), (long, long)> ByTrying(long[,] counts, bool[,] hidden)
    {
        var cells = (from r in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 3) where hidden[r, c] select (Row: r, Column: c)).ToList();
        var rows = Enumerable.Range(0, 3).Select(r => cells.Where(c => c.Row == r).Sum(c => counts[c.Row, c.Column])).ToArray();
        var columns = Enumerable.Range(0, 3).Select(k => cells.Where(c => c.Column == k).Sum(c => counts[c.Row, c.Column])).ToArray();
        var found = cells.ToDictionary(c => c, _ => (Low: long.MaxValue, High: long.MinValue));
        var tried = new long[cells.Count];
        void Try(int at)
        {
            if (at == cells.Count)
            {
                if (rows.Any(r => r != 0) || columns.Any(c => c != 0)) return;
                foreach (var (i, cell) in cells.Index()) found[cell] = (Math.Min(found[cell].Low, tried[i]), Math.Max(found[cell].High, tried[i]));
                return;
            }
            var (row, column) = cells[at];
            var last = !cells.Skip(at + 1).Any(c => c.Row == row);
            for (var v = last ? rows[row] : 0; v <= Math.Min(rows[row], columns[column]); v++)
            {
                (rows[row], columns[column], tried[at]) = (rows[row] - v, columns[column] - v, v);
                Try(at + 1);
                (rows[row], columns[column]) = (rows[row] + v, columns[column] + v);
            }
        }
        Try(0);
        return found.ToDictionary(f => f.Key, f => (f.Value.Low, f.Value.High));
    }

    private static T[,] Grid<T>(IReadOnlyList<T> cells, int columns)
    {
        var grid = new T[cells.Count / columns, columns];
        foreach (var (i, cell) in cells.Index()) grid[i / columns, i % columns] = cell;
        return grid;
    }

    private static long[,] Counts(JsonElement table) => Grid(table.EnumerateArray().SelectMany(r => r.EnumerateArray().Select(c => c.GetInt64())).ToList(), table[0].GetArrayLength());

    private static IEnumerable<(int Row, int Column)> Cells(JsonElement cells) => cells.EnumerateArray().Select(c => (c[0].GetInt32(), c[1].GetInt32())).Order();

    private static IEnumerable<(int, int, long, long)> BoundsOf(JsonElement cells) => cells.EnumerateArray()
        .Select(c => (c.GetProperty("row").GetInt32(), c.GetProperty("col").GetInt32(), (long)c.GetProperty("lo").GetDouble(), (long)c.GetProperty("hi").GetDouble()));
}
