namespace Concentric.Needs.Standards.Reading;

/// <summary>The rows and fields of a CSV file, by RFC 4180, each with its place. Blank lines are no rows.</summary>
internal sealed class CsvTable
{
    private const int MostColumns = 200;

    private readonly SourceText _source;
    private readonly List<Field> _fields = [];
    private readonly List<int> _rows = [];

    private CsvTable(SourceText source)
    {
        _source = source;
        Scan(source.Text);
        _rows.Add(_fields.Count);
    }

    private readonly record struct Field(int Start, int End, bool Quoted);

    public int Rows => _rows.Count - 1;

    /// <exception cref="BadFileException">Quotation marks do not match.</exception>
    public static CsvTable Of(SourceText source) => new(source);

    /// <summary>How many fields a row has.</summary>
    public int Width(int row) => _rows[row + 1] - _rows[row];

    /// <summary>A field without blanks around it; empty where the row is shorter or the column is -1.</summary>
    public string this[int row, int column]
    {
        get
        {
            if (column < 0 || column >= Width(row)) return "";
            var field = _fields[_rows[row] + column];
            var text = _source.Text.AsSpan(field.Start, field.End - field.Start).Trim();
            return field.Quoted ? text.ToString().Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : text.ToString();
        }
    }

    /// <summary>Where a field begins, as a character of the text; the row itself where it has no such field.</summary>
    public long At(int row, int column)
    {
        var field = _fields[_rows[row] + (column >= 0 && column < Width(row) ? column : 0)];
        return field.Quoted ? field.Start - 1 : field.Start;
    }

    private void Scan(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var first = _fields.Count;
            at = ReadField(text, at);
            while (at < text.Length && text[at] == ',') at = ReadField(text, at + 1);
            if (_fields.Count - first > MostColumns) throw Bad(at - 1, $"the row has more than {MostColumns} columns.");
            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            if (_fields.Count == first + 1 && _fields[first] is { Quoted: false } only && only.Start == only.End) _fields.RemoveAt(first);
            else _rows.Add(first);
        }
    }

    // A field is quoted as a whole or not at all, and a mark inside it is doubled.
    private int ReadField(string text, int start)
    {
        var at = start;
        if (at == text.Length || text[at] != '"')
        {
            while (at < text.Length && text[at] is not (',' or '\n') && !(text[at] == '\r' && (at + 1 == text.Length || text[at + 1] == '\n')))
            {
                if (text[at] == '"') throw Bad(at, "a quotation mark stands inside a field that does not begin with one.");
                at++;
            }
            _fields.Add(new(start, at, false));
            return at;
        }
        for (at++; ; at += 2)
        {
            at = text.IndexOf('"', at);
            if (at < 0) throw Bad(start, "a quotation mark opens here and is never closed.");
            if (at + 1 == text.Length || text[at + 1] != '"') break;
        }
        if (at + 1 < text.Length && text[at + 1] is not (',' or '\r' or '\n'))
            throw Bad(start, "a quotation mark opens here, and after the one that closes it the field goes on. A mark inside a field is written twice.");
        _fields.Add(new(start + 1, at, true));
        return at + 1;
    }

    private BadFileException Bad(int at, string reason) => _source.Bad(_source.OfCharacter(at), reason);
}
