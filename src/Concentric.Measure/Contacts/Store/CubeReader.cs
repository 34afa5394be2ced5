using System.Buffers;
using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Turns the rows of a query into its answer.</summary>
internal static class CubeReader
{
    public static CubeResult Read(CubeQuery query, SqlWriter sql, DuckResult rows)
    {
        var codes = query.By.Select(_ => new Growing<int>()).ToArray();
        var values = query.Measures.Select(_ => new Growing<double>()).ToArray();
        var parts = Enumerable.Range(0, sql.PartCount).Select(_ => new double[DuckResult.MostRows]).ToArray();
        while (rows.NextChunk())
        {
            for (var k = 0; k < codes.Length; k++) rows.Column(k).CopyTo(codes[k].Next(rows.Rows));
            for (var p = 0; p < parts.Length; p++) rows.Column(codes.Length + p).CopyTo(parts[p].AsSpan(0, rows.Rows));
            for (var m = 0; m < values.Length; m++) sql.Fill(m, parts, values[m].Next(rows.Rows));
        }
        return new(query, [.. codes.Select(c => c.Take())], [.. values.Select(v => v.Take())]);
    }

    /// <summary>An array of which a stretch is asked for at a time. It gathers in borrowed pieces, because an array that doubles as it grows is copied and cleared over and over.</summary>
    private sealed class Growing<T>
    {
        private const int Piece = 1 << 16;

        private readonly List<(T[] Items, int Used)> _full = [];
        private T[] _open = ArrayPool<T>.Shared.Rent(DuckResult.MostRows);
        private int _used;

        public Span<T> Next(int count)
        {
            if (_open.Length - _used < count)
            {
                _full.Add((_open, _used));
                (_open, _used) = (ArrayPool<T>.Shared.Rent(Math.Max(Piece, count)), 0);
            }
            _used += count;
            return _open.AsSpan(_used - count, count);
        }

        /// <summary>The whole; after this there is no more to ask for.</summary>
        public T[] Take()
        {
            _full.Add((_open, _used));
            var all = GC.AllocateUninitializedArray<T>(_full.Sum(p => p.Used));
            var at = 0;
            foreach (var (items, used) in _full)
            {
                items.AsSpan(0, used).CopyTo(all.AsSpan(at));
                at += used;
                ArrayPool<T>.Shared.Return(items);
            }
            return all;
        }
    }
}

/// <summary>How many rows there are and how wide the dimensions, by which a query is given a direct-addressed table or not.</summary>
/// <remarks>
/// DuckDB groups by direct addressing where the ranges of the group's columns fit in <c>perfect_ht_threshold</c> bits (12 unless set). At 24 bits cubes
/// over many rows are up to twice as fast, but the table of 2^bits cells must be cleared, so a query over few rows gets slower. It changes times, never answers.
/// </remarks>
internal sealed class CubeSizes
{
    public const int UsualPerfectHashBits = 12;
    private const int MostPerfectHashBits = 24;

    private readonly Dictionary<(int Council, int Month), long> _rows = [];
    private readonly Dictionary<Dimension, int> _most = [];
    private int _mostPerson;

    public static CubeSizes Read(DuckConnection store)
    {
        var sizes = new CubeSizes();
        using (var rows = store.Query("SELECT council, month, count(*) FROM contact GROUP BY council, month"))
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++) sizes._rows[((int)rows.Column(0).Number(i), (int)rows.Column(1).Number(i))] = rows.Column(2).Number(i);
            }
        }
        sizes._most[Dimension.Service] = (int)store.Number("SELECT max(code) FROM service");
        sizes._most[Dimension.Area] = (int)store.Number("SELECT max(code) FROM area");
        sizes._most[Dimension.Ward] = (int)store.Number("SELECT max(code) FROM ward");
        sizes._most[Dimension.Profile] = (int)store.Number("SELECT max(code) FROM profile");
        sizes._most[Dimension.Source] = (int)store.Number("SELECT max(code) FROM source");
        sizes._most[Dimension.Batch] = (int)store.Number("SELECT max(number) FROM batch");
        sizes._most[Dimension.Council] = (int)store.Number("SELECT max(code) FROM council");
        sizes._most[Dimension.CauseService] = sizes._most[Dimension.Service];
        sizes._most[Dimension.DemandType] = (int)store.Number("SELECT max(code) FROM demand_type");
        sizes._most[Dimension.SystemCause] = (int)store.Number("SELECT max(code) FROM system_cause");
        sizes._most[Dimension.CauseStep] = (int)store.Number("SELECT max(code) FROM activity");
        sizes._most[Dimension.Team] = (int)store.Number("SELECT max(code) FROM actor") + 1;
        sizes._mostPerson = (int)store.Number("SELECT max(code) FROM person");
        return sizes;
    }

    /// <summary>The setting for a query: 24 where its groups fit in 24 bits and its rows are enough to be worth clearing the table.</summary>
    public int PerfectHashBits(CubeQuery query)
    {
        var inRange = InRange(query);
        if (inRange.Count == 0) return UsualPerfectHashBits;

        var months = inRange.Max(r => r.Key.Month) - inRange.Min(r => r.Key.Month) + 1;
        var bits = query.By.Sum(d => BitsOf(Range(d, months)));
        if (query.Measures.Contains(Measure.Persons)) bits += BitsOf(_mostPerson);
        var rows = inRange.Sum(r => r.Value);
        return bits > UsualPerfectHashBits && bits <= MostPerfectHashBits && rows > 1L << (bits - 2) ? MostPerfectHashBits : UsualPerfectHashBits;
    }

    /// <summary>Rows of the council in the months that the query looks at: at least as many as it counts.</summary>
    public long Rows(CubeQuery query) => InRange(query).Sum(r => r.Value);

    private List<KeyValuePair<(int Council, int Month), long>> InRange(CubeQuery query)
    {
        var (from, to) = query.Days is { } days
            ? (MonthOf(days.From), MonthOf(days.To))
            : (int.MinValue, int.MaxValue);
        return [.. _rows.Where(r => r.Key.Council == query.Council && r.Key.Month >= from && r.Key.Month <= to)];
    }

    private int Range(Dimension dimension, int months) => dimension switch
    {
        Dimension.Month => months,
        Dimension.Week => months * 31 / 7 + 2,
        Dimension.Day => months * 31,
        Dimension.Interaction or Dimension.SecondsBin => 255,
        Dimension.Channel or Dimension.FailureCause or Dimension.Decile => 15,
        _ => _most.GetValueOrDefault(dimension, 3),
    };

    // One more value than the range for null, as DuckDB counts.
    private static int BitsOf(int range) => 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)range + 1);

    private static int MonthOf(DateOnly date) => date.Year < 1970 ? 0 : ContactCalendar.Month(date);
}
