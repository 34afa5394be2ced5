namespace Concentric.Needs.Standards.Reading;

/// <summary>The names in the first row of a CSV file.</summary>
internal sealed class CsvColumns
{
    private readonly SourceText _source;
    private readonly CsvTable _table;
    private readonly string[] _names;

    /// <exception cref="BadFileException">A name is there twice.</exception>
    public CsvColumns(SourceText source, CsvTable table)
    {
        (_source, _table) = (source, table);
        _names = [.. Enumerable.Range(0, table.Rows > 0 ? table.Width(0) : 0).Select(c => table[0, c])];
        for (var at = 0; at < _names.Length; at++)
            if (_names[at].Length > 0 && Find(_names[at]) < at) throw Bad(0, at, $"the column {_names[at]} is in the header twice.");
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The first of these names that is there, as a number from 0; -1 for none.</summary>
    public int Find(params string[] names) => names.Select(n => Array.FindIndex(_names, c => c.Equals(n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(c => c >= 0, -1);

    /// <exception cref="BadFileException">It is not there.</exception>
    public int Needed(string name, string begins) => Find(name) is var at and >= 0
        ? at
        : throw Bad(0, 0, $"the header has no column {name}. {begins}, and this file with “{ListDraft.Short(string.Join(',', _names))}”.");

    /// <summary>Less than the header is a short line or blank columns left away; more is a comma that should stand between quotation marks.</summary>
    /// <exception cref="BadFileException">The row has more fields than the header has names.</exception>
    public void RefuseMore(int row)
    {
        for (var at = _names.Length; at < _table.Width(row); at++)
            if (_table[row, at].Length > 0)
                throw Bad(row, _names.Length, $"this row has {_table.Width(row)} columns and the header {_names.Length}. Put a text with a comma between quotation marks.");
    }

    private BadFileException Bad(int row, int column, string reason) => _source.Bad(_source.OfCharacter(_table.Rows > 0 ? _table.At(row, column) : 0), reason);
}
