using System.Text;

namespace Concentric.Measure.Contacts;

/// <summary>Reads the columns of a CSV file that a mapping names, record by record.</summary>
internal sealed class CsvFile : Records
{
    private readonly CsvScanner _scanner;
    private readonly GuardedReader _reader;
    private readonly int[] _places;
    private readonly int _columns;
    private readonly bool _keepsWholeRow;

    /// <exception cref="ImportRefusedException">The header lacks a column of the mapping, or is no header.</exception>
    public CsvFile(FileBytes bytes, Mapping mapping, ImportLimits limits)
    {
        _reader = new(bytes.Text, bytes.MarkedEncoding ?? EncodingOf(mapping), limits);
        _scanner = new(_reader, mapping.DelimiterSign, limits);
        Columns = mapping.Columns;
        _keepsWholeRow = mapping.Id.Count == 0;
        if (!Next()) throw new ImportRefusedException("The file has no header line.", 1);
        var header = Enumerable.Range(0, _scanner.Count).Select(i => _scanner.Field(i).Trim().ToString()).ToList();
        _columns = header.Count;
        _places = PlacesOf(Columns, header, mapping);
    }

    /// <summary>The columns read, in the order of <see cref="Mapping.Columns"/>.</summary>
    public override IReadOnlyList<string> Columns { get; }

    public override void Dispose() => _reader.Dispose();

    protected override bool TryAdd(CsvBlock block)
    {
        if (!Next()) return false;
        Take(block);
        return true;
    }

    private void Take(CsvBlock block)
    {
        block.Begin(_scanner.Line);
        if (_scanner.IsBad || _scanner.Count != _columns)
        {
            var over = _scanner.Lines > 1 ? $" It runs over {_scanner.Lines} lines: a quotation mark before it may not be closed." : "";
            block.Reject(new(_scanner.Line, "", Reject.Cut(_scanner.Record), _scanner.Count != _columns
                ? $"The row has {_scanner.Count} columns and the header {_columns}.{over}"
                : $"A quotation mark stands where none can stand.{over}"));
            return;
        }
        foreach (var place in _places) block.Add(_scanner.Field(place));
        if (_keepsWholeRow) block.SetWhole(_scanner.Record.ToString());
    }

    private bool Next()
    {
        try
        {
            return _scanner.Read();
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException($"The file is not in {_reader.EncodingName}: after line {_scanner.Line} it holds bytes that are none of its signs. Save it as “CSV UTF-8”, or name its encoding in the mapping (Excel on Windows often writes windows-1252).", _scanner.Line);
        }
        catch (NulFoundException)
        {
            throw new ImportRefusedException($"After line {_scanner.Line} the file holds a NUL character: it is damaged or not a CSV file.", _scanner.Line);
        }
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
        private readonly StreamReader _inner = new(text, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 128 * 1024);
        private long _count;

        public string EncodingName => encoding.WebName.ToUpperInvariant();

        public override int Read(char[] buffer, int index, int count)
        {
            var read = _inner.Read(buffer, index, count);
            if (buffer.AsSpan(index, read).Contains('\0')) throw new NulFoundException();
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
