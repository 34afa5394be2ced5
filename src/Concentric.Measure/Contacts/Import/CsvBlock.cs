namespace Concentric.Measure.Contacts;

/// <summary>Some records on their way from the reader to the mapper: the signs of their fields one behind the other.</summary>
internal sealed class CsvBlock(int columns)
{
    public const int Rows = 2048;

    /// <summary>Signs with which a block is full before its rows are: 2,048 of the longest records would fill the memory.</summary>
    public const int MostSigns = 4_000_000;

    /// <summary>Stands behind each field: a sign that no file holds, so that two ways of cutting a row differ in its digest.</summary>
    public const char FieldEnd = '\u001F';

    private readonly long[] _lines = new long[Rows];
    private readonly int[] _starts = new int[Rows * columns + 1];
    private readonly string?[] _wholes = new string?[Rows];
    private readonly Dictionary<int, Reject> _rejects = [];
    private char[] _signs = new char[Rows * 128];
    private int _field, _length, _beside;

    public int Count { get; private set; }

    /// <summary>Whether the next record belongs into another block.</summary>
    public bool IsFull => Count == Rows || _length + _beside >= MostSigns;

    public CsvRow this[int row] => new(_signs, _starts.AsSpan(row * columns, columns + 1), _lines[row], _wholes[row]);

    /// <summary>Why a record cannot be read, where it cannot.</summary>
    public bool IsRejected(int row, out Reject reject) => _rejects.TryGetValue(row, out reject);

    public void Clear()
    {
        Array.Clear(_wholes, 0, Count);
        (Count, _length, _beside) = (0, 0, 0);
        _rejects.Clear();
    }

    public void Begin(long line)
    {
        _field = Count * columns;
        _lines[Count] = line;
        _starts.AsSpan(_field, columns + 1).Fill(_length);
        Count++;
    }

    public void Add(ReadOnlySpan<char> field)
    {
        if (_length + field.Length + 1 > _signs.Length) Array.Resize(ref _signs, Math.Max(_signs.Length * 2, _length + field.Length + 1));
        _starts[_field++] = _length;
        field.CopyTo(_signs.AsSpan(_length));
        _length += field.Length;
        _signs[_length++] = FieldEnd;
        _starts[_field] = _length;
    }

    public void SetWhole(string record)
    {
        _wholes[Count - 1] = record;
        _beside += record.Length;
    }

    public void Reject(Reject reject)
    {
        _rejects[Count - 1] = reject;
        _beside += reject.Value.Length;
    }
}

/// <summary>One record: the fields of the mapping's columns.</summary>
/// <param name="whole">The record as it stands in the file, where there is no id to know it by.</param>
internal readonly ref struct CsvRow(char[] signs, ReadOnlySpan<int> starts, long line, string? whole)
{
    private readonly ReadOnlySpan<int> _starts = starts;

    public long Line => line;

    public string? Whole => whole;

    /// <summary>All fields, each with <see cref="CsvBlock.FieldEnd"/> behind it.</summary>
    public ReadOnlySpan<char> All => signs.AsSpan(_starts[0].._starts[^1]);

    public ReadOnlySpan<char> this[int column] => signs.AsSpan(_starts[column]..(_starts[column + 1] - 1));
}
