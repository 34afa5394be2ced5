namespace Concentric.Measure.Contacts;

/// <summary>Cuts a CSV text (RFC 4180, any one delimiter, any line ends) into records and fields, without a text of its own for each field.</summary>
/// <remarks>
/// A library was three times as slow on its thread and left two texts a field to the garbage collector; tests hold this one against it.
/// A quotation mark inside a field that does not begin with one is a sign like any other. Memory is bounded by the longest record allowed.
/// </remarks>
internal sealed class CsvScanner(TextReader reader, char delimiter, ImportLimits limits)
{
    private const int FieldsInRecord = 4;

    private readonly List<(int Start, int Length, bool HasDoubled)> _fields = [];
    private char[] _buffer = new char[256 * 1024];
    private char[] _plain = new char[256];
    private int _start, _end;
    private bool _isAtEnd;
    private long _nextLine = 1;

    /// <summary>Fields of the record.</summary>
    public int Count => _fields.Count;

    /// <summary>Line on which the record begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Lines that the record covers: more than 1 where a quoted field holds line ends.</summary>
    public long Lines => _nextLine - Line;

    /// <summary>Whether something stands between a closing quotation mark and the next delimiter.</summary>
    public bool IsBad { get; private set; }

    /// <summary>The record as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<char> Record => _buffer.AsSpan(_start, Length);

    private int Length { get; set; }

    /// <summary>A field without its quotation marks; valid until the next is asked for.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        var (start, length, hasDoubled) = _fields[index];
        var text = _buffer.AsSpan(_start + start, length);
        if (!hasDoubled) return text;
        if (_plain.Length < length) _plain = new char[length * 2];
        var n = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _plain[n++] = text[i];
            if (text[i] == '"') i++;
        }
        return _plain.AsSpan(0, n);
    }

    /// <summary>Goes to the next record that is not a blank line; false at the end.</summary>
    /// <exception cref="ImportRefusedException">A quotation mark is never closed, or a field or record is too long.</exception>
    public bool Read()
    {
        _start += Length;
        (Length, IsBad) = (0, false);
        _fields.Clear();
        SkipLineEnds();
        Line = _nextLine;
        if (!Has(0)) return false;

        for (var at = 0; ;)
        {
            if (_fields.Count > limits.MostColumns) throw new ImportRefusedException($"Line {Line} has more than {limits.MostColumns} columns; no more are read.", Line);
            at = Has(at) && _buffer[_start + at] == '"' ? Quoted(at) : Plain(at, at);
            if (!Has(at) || _buffer[_start + at] != delimiter)
            {
                Length = at;
                // The line end, which the next reading skips, counts as one line.
                _nextLine++;
                return true;
            }
            at++;
        }
    }

    /// <summary>Reads a field up to its delimiter, line end or the end of the text.</summary>
    private int Plain(int start, int from)
    {
        for (var at = from; ;)
        {
            var found = _buffer.AsSpan(_start + at, _end - _start - at).IndexOfAny(delimiter, '\r', '\n');
            at = found < 0 ? _end - _start : at + found;
            if (at - start > limits.MostFieldLength) throw TooLong();
            if (found < 0 && Fill()) continue;
            _fields.Add((start, at - start, false));
            return at;
        }
    }

    private int Quoted(int start)
    {
        var hasDoubled = false;
        for (var at = start + 1; ;)
        {
            var found = _buffer.AsSpan(_start + at, _end - _start - at).IndexOf('"');
            var end = found < 0 ? _end - _start : at + found;
            _nextLine += _buffer.AsSpan(_start + at, end - at).Count('\n');
            if (end - start > limits.MostFieldLength) throw TooLong();
            at = end;
            if (found < 0)
            {
                if (Fill()) continue;
                throw new ImportRefusedException($"A quotation mark opened on line {Line} is never closed, so the rows after it cannot be told apart.", Line);
            }
            if (Has(at + 1) && _buffer[_start + at + 1] == '"')
            {
                hasDoubled = true;
                at += 2;
                continue;
            }
            at++;
            if (!Has(at) || _buffer[_start + at] is '\r' or '\n' || _buffer[_start + at] == delimiter)
            {
                _fields.Add((start + 1, at - start - 2, hasDoubled));
                return at;
            }
            IsBad = true;
            return Plain(start, at);
        }
    }

    private void SkipLineEnds()
    {
        // The end of the record's own line was counted with it; what follows are blank lines.
        var isFirst = _nextLine > 1;
        while (Has(0) && _buffer[_start] is '\r' or '\n')
        {
            var length = _buffer[_start] == '\r' && Has(1) && _buffer[_start + 1] == '\n' ? 2 : 1;
            _start += length;
            if (!isFirst) _nextLine++;
            isFirst = false;
        }
    }

    private bool Has(int at)
    {
        while (_start + at >= _end)
        {
            if (!Fill()) return false;
        }
        return true;
    }

    /// <summary>Reads more behind what is there, moving the record to the front of the buffer; places in a record count from its start and stay.</summary>
    private bool Fill()
    {
        if (_isAtEnd) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length > (long)limits.MostFieldLength * FieldsInRecord) throw TooLong();
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = reader.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
        return !_isAtEnd;
    }

    private ImportRefusedException TooLong() =>
        new($"A field on line {Line} is longer than {limits.MostFieldLength} characters, or the whole row longer than {(long)limits.MostFieldLength * FieldsInRecord}. A quotation mark may not be closed.", Line);
}
