namespace Concentric.Measure.ChannelPlans;

/// <summary>How a row of a linear programme is held against its limit.</summary>
public enum RowKind { AtMost, AtLeast, Equal }

/// <summary>One condition: coefficients × values, at most, at least or equal to a limit.</summary>
public sealed record LinearRow(string Name, double[] Coefficients, RowKind Kind, double Limit);

/// <summary>Finds values from 0 to <see cref="Upper"/> that cost least and keep every row.</summary>
/// <param name="Cost">Of one unit of each variable.</param>
/// <param name="Upper">The most of each variable; infinity for none.</param>
public sealed record LinearProgram(double[] Cost, double[] Upper, IReadOnlyList<LinearRow> Rows);

public enum LinearStatus { Optimal, Infeasible, Unbounded }

/// <summary>What the simplex found. Without an optimum the values mean nothing.</summary>
/// <param name="RowPrices">For each row, how much the objective changes for one more unit of its limit; 0 where the row does not bind.</param>
/// <param name="BoundPrices">For each variable, how much it changes for one more unit of its upper bound.</param>
public sealed record LinearSolution(LinearStatus Status, double Objective, double[] Values, double[] RowPrices, double[] BoundPrices);

/// <summary>A small simplex for tens of variables: dense, with bounds kept apart from rows, in two phases.</summary>
/// <remarks>
/// The bounded-variable simplex of G. Dantzig, entering and leaving by R. Bland's rule (Mathematics of Operations Research 2 (1977), 103), which cannot go round in circles.
/// Every row has an artificial variable, whose columns hold the inverse of the basis, and with it the prices.
/// </remarks>
public static class Simplex
{
    private const double Near = 1e-9;
    private const int MostSteps = 50_000;

    /// <exception cref="ArgumentException">Lengths do not fit, or a number is none.</exception>
    public static LinearSolution Solve(LinearProgram program)
    {
        Check(program);
        return new Tableau(program).Solve();
    }

    private static void Check(LinearProgram program)
    {
        var n = program.Cost.Length;
        if (program.Upper.Length != n || program.Rows.Any(r => r.Coefficients.Length != n)) throw new ArgumentException("Costs, bounds and rows have not the same number of variables.");
        if (program.Upper.Any(u => !(u >= 0)) || !program.Cost.All(double.IsFinite) || program.Rows.Any(r => !double.IsFinite(r.Limit) || !r.Coefficients.All(double.IsFinite)))
            throw new ArgumentException("A bound is negative, or a number is none.");
    }

    private sealed class Tableau
    {
        private readonly LinearProgram _program;
        private readonly int _variables, _rows, _columns;
        private readonly double _scale;
        private readonly double[,] _body;
        private readonly double[] _upper, _basic, _sign;
        private readonly int[] _basis;
        private readonly bool[] _isBasic, _isAtUpper;

        public Tableau(LinearProgram program)
        {
            _program = program;
            (_variables, _rows) = (program.Cost.Length, program.Rows.Count);
            _columns = _variables + 2 * _rows;
            // Limits are brought to about 1, so that one measure of "near" serves contacts in thousands and shares alike.
            _scale = Math.Max(1, program.Rows.Select(r => Math.Abs(r.Limit)).Concat(program.Upper.Where(double.IsFinite)).DefaultIfEmpty(1).Max());
            _body = new double[_rows, _columns];
            (_upper, _isBasic, _isAtUpper) = (new double[_columns], new bool[_columns], new bool[_columns]);
            (_basic, _sign, _basis) = (new double[_rows], new double[_rows], new int[_rows]);
            for (var j = 0; j < _variables; j++) _upper[j] = program.Upper[j] / _scale;
            foreach (var (i, row) in program.Rows.Index())
            {
                var limit = row.Limit / _scale;
                _sign[i] = limit < 0 ? -1 : 1;
                for (var j = 0; j < _variables; j++) _body[i, j] = _sign[i] * row.Coefficients[j];
                _body[i, Slack(i)] = _sign[i] * (row.Kind == RowKind.AtLeast ? -1 : 1);
                _body[i, Artificial(i)] = 1;
                _upper[Slack(i)] = row.Kind == RowKind.Equal ? 0 : double.PositiveInfinity;
                _upper[Artificial(i)] = double.PositiveInfinity;
                (_basis[i], _basic[i], _isBasic[Artificial(i)]) = (Artificial(i), Math.Abs(limit), true);
            }
        }

        public LinearSolution Solve()
        {
            var first = new double[_columns];
            for (var i = 0; i < _rows; i++) first[Artificial(i)] = 1;
            Minimise(first);
            if (_basis.Index().Sum(b => first[b.Item] * _basic[b.Index]) > Near * (_rows + 1) * 10) return Nothing(LinearStatus.Infeasible);
            for (var i = 0; i < _rows; i++) _upper[Artificial(i)] = 0;

            double[] second = [.. _program.Cost, .. new double[2 * _rows]];
            if (!Minimise(second)) return Nothing(LinearStatus.Unbounded);
            var values = new double[_variables];
            for (var j = 0; j < _variables; j++) values[j] = _isAtUpper[j] ? _program.Upper[j] : 0;
            for (var i = 0; i < _rows; i++)
                if (_basis[i] < _variables) values[_basis[i]] = Math.Clamp(_basic[i] * _scale, 0, _program.Upper[_basis[i]]);
            return new(LinearStatus.Optimal, values.Index().Sum(v => v.Item * _program.Cost[v.Index]), values,
                [.. Enumerable.Range(0, _rows).Select(i => Tidy(-_sign[i] * Reduced(second, Artificial(i))))],
                [.. Enumerable.Range(0, _variables).Select(j => _isAtUpper[j] && !_isBasic[j] ? Tidy(Reduced(second, j)) : 0)]);
        }

        private int Slack(int row) => _variables + row;

        private int Artificial(int row) => _variables + _rows + row;

        private static double Tidy(double price) => Math.Abs(price) < Near ? 0 : price;

        private LinearSolution Nothing(LinearStatus status) => new(status, double.NaN, new double[_variables], new double[_rows], new double[_variables]);

        private double Reduced(double[] cost, int column)
        {
            var reduced = cost[column];
            for (var i = 0; i < _rows; i++) reduced -= cost[_basis[i]] * _body[i, column];
            return reduced;
        }

        /// <summary>Goes downhill until nothing helps any more; false where there is no end to it.</summary>
        private bool Minimise(double[] cost)
        {
            for (var step = 0; step < MostSteps; step++)
            {
                if (Entering(cost) is not { } column) return true;
                if (!Move(column)) return false;
            }
            throw new InvalidOperationException("The simplex did not come to an end.");
        }

        // Bland: the first column that helps. One whose bounds are the same cannot move.
        private int? Entering(double[] cost)
        {
            for (var j = 0; j < _columns; j++)
            {
                if (_isBasic[j] || _upper[j] == 0) continue;
                var reduced = Reduced(cost, j);
                if (_isAtUpper[j] ? reduced > Near : reduced < -Near) return j;
            }
            return null;
        }

        private bool Move(int column)
        {
            var direction = _isAtUpper[column] ? -1.0 : 1.0;
            var (least, leaving) = (_upper[column], -1);
            for (var i = 0; i < _rows; i++)
            {
                var change = -direction * _body[i, column];
                if (Math.Abs(change) <= Near) continue;
                var room = change < 0 ? _basic[i] / -change : (_upper[_basis[i]] - _basic[i]) / change;
                room = Math.Max(0, room);
                if (room < least - 1e-12 || leaving >= 0 && room <= least + 1e-12 && _basis[i] < _basis[leaving]) (least, leaving) = (Math.Min(room, least), i);
            }
            if (double.IsPositiveInfinity(least)) return false;

            for (var i = 0; i < _rows; i++) _basic[i] -= direction * _body[i, column] * least;
            if (leaving < 0)
            {
                _isAtUpper[column] = !_isAtUpper[column];
                return true;
            }
            Pivot(leaving, column, (_isAtUpper[column] ? _upper[column] : 0) + direction * least, leavesAtUpper: -direction * _body[leaving, column] > 0);
            return true;
        }

        private void Pivot(int row, int column, double value, bool leavesAtUpper)
        {
            var left = _basis[row];
            (_isBasic[left], _isAtUpper[left]) = (false, leavesAtUpper);
            (_isBasic[column], _isAtUpper[column]) = (true, false);
            (_basis[row], _basic[row]) = (column, value);
            var by = _body[row, column];
            for (var j = 0; j < _columns; j++) _body[row, j] /= by;
            for (var i = 0; i < _rows; i++)
            {
                var times = _body[i, column];
                if (i == row || times == 0) continue;
                for (var j = 0; j < _columns; j++) _body[i, j] -= times * _body[row, j];
            }
        }
    }
}
