using System.Text;
using System.Text.Json;

namespace Concentric.Measure.Contacts;

/// <summary>Cuts JSON into the pieces that are records, one at a time, so that a file of any size takes the memory of its largest record.</summary>
/// <remarks>
/// A piece is an element of the array at the top, or of an array that is a member of the object at the top; whatever else that object holds is
/// passed over. Only depth and texts are followed here; whether a piece is in order is for whoever reads it.
/// </remarks>
internal sealed class JsonPieces(Stream stream, ImportLimits limits)
{
    /// <summary>Arrays and objects inside each other.</summary>
    public const int MostDepth = 32;

    private const int LongestInFields = 4;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private byte[] _piece = new byte[4096];
    private int _at, _end, _length;
    private bool _isBegun, _isObject, _isInArray, _isOver;

    /// <summary>The member that the piece is an element of; empty where the array is at the top.</summary>
    public string Member { get; private set; } = "";

    /// <summary>Line on which the piece begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The piece: one JSON value.</summary>
    public ReadOnlyMemory<byte> Piece => _piece.AsMemory(0, _length);

    private long LineNow { get; set; } = 1;

    /// <summary>Goes to the next piece; false at the end.</summary>
    /// <exception cref="ImportRefusedException">It is not such JSON.</exception>
    public bool Next()
    {
        if (!_isBegun) Begin();
        while (true)
        {
            if (_isInArray)
            {
                if (Skip(",") == ']')
                {
                    Take();
                    _isInArray = false;
                    if (!_isObject) return End();
                    continue;
                }
                Line = LineNow;
                Value(isKept: true);
                return true;
            }
            if (Skip(",") == '}') return End();
            if (Peek() != '"') throw Broken();
            Value(isKept: true);
            Member = TextOf(Piece);
            if (Skip("") != ':') throw Broken();
            Take();
            if (Skip("") == '[')
            {
                Take();
                _isInArray = true;
            }
            else
            {
                Value(isKept: false);
            }
        }
    }

    private void Begin()
    {
        _isBegun = true;
        if (Peek() == 0xEF)
        {
            for (var i = 0; i < 3; i++) Take();
        }
        var first = Skip("");
        if (first is not ('[' or '{')) throw Broken();
        Take();
        (_isObject, _isInArray) = (first == '{', first == '[');
    }

    private bool End()
    {
        // Once at the end, no more of it is looked at.
        _at = _end;
        _isObject = true;
        _isInArray = false;
        _isOver = true;
        return false;
    }

    /// <summary>Reads one value, byte by byte: a text, or up to where its brackets are closed, or up to a sign that ends it.</summary>
    private void Value(bool isKept)
    {
        _length = 0;
        var (depth, isText) = (0, false);
        while (true)
        {
            var sign = Peek();
            if (sign < 0) throw new ImportRefusedException("The JSON ends in the middle of a value: the file was cut off.", LineNow);
            if (isText)
            {
                Keep(sign, isKept);
                if (sign == '\\') Keep(Peek(), isKept);
                if (sign != '"') continue;
                isText = false;
                if (depth == 0) return;
                continue;
            }
            if (sign is '"') isText = true;
            else if (sign is '{' or '[')
            {
                if (++depth > MostDepth) throw new ImportRefusedException($"The JSON has more than {MostDepth} brackets inside each other, which no such file should.", LineNow);
            }
            else if (sign is '}' or ']')
            {
                if (depth == 0)
                {
                    if (_length == 0) throw Broken();
                    return;
                }
                Keep(sign, isKept);
                if (--depth == 0) return;
                continue;
            }
            else if (depth == 0 && (sign is ',' or ':' or ' ' or '\n' or '\r' or '\t'))
            {
                if (_length == 0) throw Broken();
                return;
            }
            Keep(sign, isKept);
        }
    }

    private void Keep(int sign, bool isKept)
    {
        if (sign < 0) throw new ImportRefusedException("The JSON ends in the middle of a value: the file was cut off.", LineNow);
        Take();
        if (!isKept)
        {
            _length = 1;
            return;
        }
        if (_length >= (long)limits.MostFieldLength * LongestInFields) throw new ImportRefusedException($"A record is longer than {(long)limits.MostFieldLength * LongestInFields} bytes. A quotation mark or bracket may not be closed.", Line);
        if (_length == _piece.Length) Array.Resize(ref _piece, _piece.Length * 2);
        _piece[_length++] = (byte)sign;
    }

    /// <summary>Passes over blanks and these signs, and gives the sign after them.</summary>
    private int Skip(string also)
    {
        while (true)
        {
            var sign = Peek();
            if (sign < 0) throw new ImportRefusedException("The JSON ends before its brackets are closed: the file was cut off.", LineNow);
            if (sign is not (' ' or '\n' or '\r' or '\t') && !also.Contains((char)sign, StringComparison.Ordinal)) return sign;
            Take();
        }
    }

    private int Peek()
    {
        if (_isOver) return '}';
        if (_at == _end)
        {
            (_at, _end) = (0, stream.Read(_buffer));
            if (_end == 0) return -1;
        }
        return _buffer[_at];
    }

    private void Take()
    {
        if (_buffer[_at] == '\n') LineNow++;
        _at++;
    }

    private string TextOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(json.Span) ?? "";
        }
        catch (JsonException)
        {
            throw Broken();
        }
    }

    private ImportRefusedException Broken() => new("This is not JSON as it should be: a list of records, or an object that has one.", LineNow);
}

/// <summary>Lines of a text in UTF-8, with bounded memory.</summary>
internal sealed class JsonLines(Stream stream, ImportLimits limits)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start, _end;
    private bool _isAtEnd;

    /// <summary>Number of the line, from 1.</summary>
    public long Line { get; private set; }

    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Goes to the next line that is not blank; false at the end.</summary>
    /// <exception cref="ImportRefusedException">A line is too long.</exception>
    public bool Next()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length < 0 && Fill()) continue;
            if (length < 0 && _start == _end) return false;
            var line = _buffer.AsMemory(_start, length < 0 ? _end - _start : length);
            _start = length < 0 ? _end : _start + length + 1;
            if (++Line == 1 && line.Span.StartsWith("\uFEFF"u8)) line = line[Encoding.UTF8.Preamble.Length..];
            if (line.Span.Trim(" \t\r"u8).Length == 0) continue;
            Current = line;
            return true;
        }
    }

    private bool Fill()
    {
        if (_isAtEnd) return false;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length > limits.MostFieldLength) throw new ImportRefusedException($"Line {Line + 1} is longer than {_buffer.Length} bytes.", Line + 1);
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
        return !_isAtEnd;
    }
}

/// <summary>Whether the texts of a JSON value are texts.</summary>
internal static class JsonTexts
{
    /// <summary>Reads every name and text once: JSON may be well formed and hold half of a sign, which comes to light only where somebody asks for that text.</summary>
    /// <exception cref="JsonException">It is not JSON, or a text in it is none.</exception>
    public static void Check(ReadOnlySpan<byte> json, int mostDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = mostDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text in it holds bytes that are no UTF-8, or half of a sign.", e);
        }
    }
}
