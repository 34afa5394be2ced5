using Concentric.Core.People;
using Concentric.Measure.Places;

namespace Concentric.Measure.Contacts;

/// <summary>What an import knows beside file and mapping, and what it notes for its report.</summary>
internal sealed class ImportAids(Pseudonyms pseudonyms, PostcodeAreas postcodes)
{
    public Pseudonyms Pseudonyms => pseudonyms;
    public PostcodeAreas Postcodes => postcodes;
    public UnmatchedTexts Unmatched { get; } = new();
    public FreeTexts FreeTexts { get; } = new();

    /// <summary>Fields of wide files in which no amount stands.</summary>
    public long Blank { get; set; }
}

/// <summary>Makes rows of records by a mapping. Not for use by two threads at once.</summary>
internal abstract class Mapper<T> where T : struct
{
    private readonly (int Place, string Column)[] _freeText;
    private readonly ImportAids _aids;

    protected Mapper(Mapping mapping, IReadOnlyList<string> columns, ImportAids aids)
    {
        _aids = aids;
        Reading = new(mapping, columns, aids);
        Key = new(mapping.Council.Name, mapping.IdScheme);
        _freeText = [.. mapping.FreeText.Where(f => f.Do == "classify").Select(f => (Reading.Fields.Place(f.Column), f.Column))];
    }

    protected FieldReading Reading { get; }

    protected RowKey Key { get; }

    /// <summary>Puts the rows of a record into the block, and those that cannot be taken among the rejects.</summary>
    /// <param name="number">Number of the first row.</param>
    /// <returns>How many rows were read.</returns>
    public long Map(CsvRow record, uint number, MappedBlock<T> to, RejectsFile rejects)
    {
        foreach (var (place, column) in _freeText) _aids.FreeTexts.Look(column, Reading.Fields.Given(record, place));
        return MapRows(record, number, to, rejects);
    }

    protected abstract long MapRows(CsvRow record, uint number, MappedBlock<T> to, RejectsFile rejects);
}

/// <summary>Rows on their way from the mapper to the staging table.</summary>
internal sealed class MappedBlock<T> where T : struct
{
    private T[] _rows = new T[CsvBlock.Rows];
    private int _count;

    public ReadOnlySpan<T> Rows => _rows.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(in T row)
    {
        if (_count == _rows.Length) Array.Resize(ref _rows, _rows.Length * 2);
        _rows[_count++] = row;
    }
}
