using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Concentric.Measure.Contacts;

/// <summary>Reads the columns of a CSV file that a mapping names, record by record.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly CsvParser _parser;
    private readonly GuardedReader _reader;
    private readonly ImportLimits _limits;
    private readonly int[] _places;
    private readonly int _columns;
    private readonly char _delimiter;
    private bool _isBad;
    private string _last = "";
    private long _lastLine;
    private long _linesBefore;

    /// <exception cref="ImportRefusedException">The header lacks a column of the mapping, or is no header.</exception>
    public CsvFile(Stream text, Mapping mapping, ImportLimits limits)
    {
        (_limits, _delimiter) = (limits, mapping.Delimiter[0]);
        _reader = new(text, EncodingOf(mapping), limits);
        _parser = new(_reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = mapping.Delimiter,
            BadDataFound = _ => _isBad = true,
            BufferSize = 64 * 1024,
            MaxFieldSize = limits.MostFieldLength,
            CountBytes = false,
        });
        Columns = mapping.Columns;
        KeepsWholeRow = mapping.Id.Count == 0;
        if (!Next()) throw new ImportRefusedException("The file has no header line.", 1);
        var header = Enumerable.Range(0, _parser.Count).Select(i => _parser[i].Trim()).ToList();
        _columns = header.Count;
        _places = PlacesOf(Columns, header, mapping);
    }

    /// <summary>The columns read, in the order of <see cref="Mapping.Columns"/>.</summary>
    public IReadOnlyList<string> Columns { get; }

    private bool KeepsWholeRow { get; }

    /// <summary>Reads up to as many records as the block holds; false at the end of the file.</summary>
    public bool Fill(CsvBlock block)
    {
        block.Clear();
        while (block.Count < CsvBlock.Rows)
        {
            if (!Next())
            {
                RefuseOpenQuote();
                break;
            }
            Take(block);
        }
        return block.Count > 0;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _reader.Dispose();
    }

    private void Take(CsvBlock block)
    {
        var line = LineOfRecord();
        var row = block.Begin(line);
        _isBad = false;
        for (var c = 0; c < _places.Length && _places[c] < _parser.Count; c++) row[c] = _parser[_places[c]];
        if (KeepsWholeRow) block.SetWhole(_parser.RawRecord.TrimEnd('\r', '\n'));
        if (_reader.IsAtEnd) (_last, _lastLine) = (_parser.RawRecord, _linesBefore + 1);
        if (!_isBad && _parser.Count == _columns) return;
        var record = _parser.RawRecord;
        var lines = record.TrimEnd('\r', '\n').Count(c => c == '\n') + 1;
        var over = lines > 1 ? $" It runs over {lines} lines: a quotation mark before it may not be closed." : "";
        block.Reject(line, record.TrimEnd('\r', '\n'), _parser.Count != _columns
            ? $"The row has {_parser.Count} columns and the header {_columns}.{over}"
            : $"A quotation mark stands where none can stand.{over}");
    }

    /// <summary>The line on which the record begins; blank lines before it do not belong to it.</summary>
    private long LineOfRecord() => _parser.RawRow == _linesBefore + 1
        ? _parser.RawRow
        : _parser.RawRow - _parser.RawRecord.TrimEnd('\r', '\n').Count(c => c == '\n');

    private bool Next()
    {
        _linesBefore = _parser.RawRow;
        try
        {
            if (!_parser.Read()) return false;
        }
        catch (MaxFieldSizeException)
        {
            throw new ImportRefusedException($"A field that begins near line {_parser.RawRow + 1} is longer than {_limits.MostFieldLength} characters. A quotation mark may not be closed.", _parser.RawRow + 1);
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException($"The file is not in {_reader.EncodingName}: near line {_parser.RawRow + 1} it holds bytes that are none of its signs. Save it as “CSV UTF-8”, or name its encoding in the mapping (Excel on Windows often writes windows-1252).", _parser.RawRow + 1);
        }
        catch (NulFoundException)
        {
            throw new ImportRefusedException($"Near line {_parser.RawRow + 1} the file holds a NUL character: it is damaged or not a CSV file.", _parser.RawRow + 1);
        }
        if (_parser.Count > _limits.MostColumns) throw new ImportRefusedException($"Line {_parser.RawRow} has {_parser.Count} columns; at most {_limits.MostColumns} are read.", _parser.RawRow);
        return true;
    }

    /// <summary>A quotation mark that is never closed swallows the rest of the file into one record.</summary>
    private void RefuseOpenQuote()
    {
        if (!EndsInQuotes(_last, _delimiter)) return;
        throw new ImportRefusedException($"A quotation mark opened on line {_lastLine} is never closed, so the rows after it cannot be told apart.", _lastLine);
    }

    private static bool EndsInQuotes(string record, char delimiter)
    {
        var (isInside, isStart) = (false, true);
        foreach (var sign in record)
        {
            if (isInside) isInside = sign != '"';
            else isInside = sign == '"' && isStart;
            // After a closing mark another one opens again: that is how a mark is written inside marks.
            isStart = !isInside && (sign == delimiter || sign is '\r' or '\n' or '"');
        }
        return isInside;
    }

    private static int[] PlacesOf(IReadOnlyList<string> columns, List<string> header, Mapping mapping)
    {
        return [.. columns.Select(column =>
        {
            var place = header.IndexOf(column);
            if (place < 0)
            {
                throw new ImportRefusedException($"Line 1 lacks the column “{column}”, which the mapping {mapping.Name} reads. " +
                    $"It has {header.Count} {(header.Count == 1 ? "column" : "columns")}: {string.Join(", ", header.Take(60).Select(h => $"“{(h.Length > 60 ? h[..60] + "…" : h)}”"))}.", 1, column);
            }
            if (header.IndexOf(column, place + 1) >= 0) throw new ImportRefusedException($"Line 1 names the column “{column}” twice.", 1, column);
            return place;
        })];
    }

    private static Encoding EncodingOf(Mapping mapping)
    {
        try
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(mapping.Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw new MappingException($"The mapping {mapping.Name}: “{mapping.Encoding}” is not an encoding that is known here.");
        }
    }

    private sealed class NulFoundException : Exception;

    /// <summary>Stops at a NUL and at what no text of that length should be.</summary>
    private sealed class GuardedReader(Stream text, Encoding encoding, ImportLimits limits) : TextReader
    {
        private readonly StreamReader _inner = new(text, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 256 * 1024);
        private long _count;

        /// <summary>Whether what was read last was the end of the file.</summary>
        public bool IsAtEnd { get; private set; }

        public string EncodingName => encoding.WebName.ToUpperInvariant();

        public override int Read(char[] buffer, int index, int count)
        {
            var read = _inner.Read(buffer, index, count);
            if (buffer.AsSpan(index, read).Contains('\0')) throw new NulFoundException();
            IsAtEnd = _inner.Peek() < 0;
            _count += read;
            if (_count > limits.MostBytes) throw new ImportRefusedException($"The file holds more than {limits.MostBytes} characters.");
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Some records on their way from the reader to the mapper.</summary>
internal sealed class CsvBlock(int columns)
{
    public const int Rows = 2048;

    private readonly string[] _fields = new string[Rows * columns];
    private readonly long[] _lines = new long[Rows];
    private readonly string?[] _wholes = new string?[Rows];
    private readonly Dictionary<int, Reject> _rejects = [];

    public int Count { get; private set; }

    public ReadOnlySpan<string> Fields(int row) => _fields.AsSpan(row * columns, columns);

    public long Line(int row) => _lines[row];

    public string? Whole(int row) => _wholes[row];

    /// <summary>Why a record cannot be read, where it cannot.</summary>
    public bool IsRejected(int row, out Reject reject) => _rejects.TryGetValue(row, out reject);

    public void Clear()
    {
        Count = 0;
        _rejects.Clear();
    }

    public Span<string> Begin(long line)
    {
        _lines[Count] = line;
        return _fields.AsSpan(Count++ * columns, columns);
    }

    public void SetWhole(string record) => _wholes[Count - 1] = record;

    public void Reject(long line, string record, string reason) => _rejects[Count - 1] = new(line, "", record, reason);
}
