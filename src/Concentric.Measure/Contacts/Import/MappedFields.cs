using System.Diagnostics.CodeAnalysis;
using Concentric.Core.People;

namespace Concentric.Measure.Contacts;

/// <summary>What a single column may say of a row.</summary>
internal enum MappedField { Service, Area, Postcode, Source, Interaction, Demand, Cause, Resolved, Seconds, Cost, Satisfaction, Name, Amount, Mean, Activity, Organisation }

/// <summary>Which of the columns read is what, and what is given in them.</summary>
internal sealed class MappedFields
{
    private readonly IReadOnlyList<string> _columns;
    private readonly string[] _empty;
    private readonly int[] _places = new int[Enum.GetValues<MappedField>().Length];
    private readonly string?[] _constants;
    private char[] _joined = new char[256];

    public MappedFields(Mapping mapping, IReadOnlyList<string> columns)
    {
        _columns = columns;
        _empty = [.. mapping.Empty];
        Id = Places(mapping.Id);
        Person = Places(mapping.Person);
        Case = Places(mapping.Step?.Case ?? []);
        Actor = Places(mapping.Step?.Actor ?? []);
        Array.Fill(_places, -1);
        foreach (var (field, name) in ColumnsOf(mapping))
        {
            if (name is not null) _places[(int)field] = Place(name);
        }
        _constants = [.. Enum.GetValues<MappedField>().Select(r => mapping.Constants.GetValueOrDefault(r.ToString().ToLowerInvariant()))];
    }

    public int[] Id { get; }
    public int[] Person { get; }
    public int[] Case { get; }
    public int[] Actor { get; }

    /// <summary>The column's place; below 0 where the mapping has none.</summary>
    public int this[MappedField field] => _places[(int)field];

    /// <summary>What holds where the row says nothing.</summary>
    public string? Constant(MappedField field) => _constants[(int)field];

    public int Place(string name)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_columns[i] == name) return i;
        }
        throw new InvalidOperationException($"The column {name} is not read.");
    }

    public int[] Places(IEnumerable<string> names) => [.. names.Select(Place)];

    /// <summary>As <see cref="Given(CsvRow, int)"/>, or the constant.</summary>
    public ReadOnlySpan<char> Given(CsvRow record, MappedField field)
    {
        var text = Given(record, _places[(int)field]);
        return text.Length > 0 ? text : _constants[(int)field];
    }

    public string Names(ReadOnlySpan<int> columns)
    {
        var names = new List<string>();
        foreach (var column in columns)
        {
            if (column >= 0) names.Add(_columns[column]);
        }
        return string.Join(" + ", names);
    }

    /// <summary>The field without blanks about it; empty where there is no such column or the mapping holds the text for nothing.</summary>
    public ReadOnlySpan<char> Given(CsvRow record, int column)
    {
        if (column < 0) return [];
        var text = record[column].Trim();
        foreach (var empty in _empty)
        {
            if (text.SequenceEqual(empty)) return [];
        }
        return text;
    }

    private static (MappedField, string?)[] ColumnsOf(Mapping mapping) =>
    [
        (MappedField.Service, mapping.Service?.Column), (MappedField.Area, mapping.Area), (MappedField.Postcode, mapping.Postcode), (MappedField.Source, mapping.Source?.Column), (MappedField.Interaction, mapping.Interaction),
        (MappedField.Demand, mapping.Demand?.Column), (MappedField.Cause, mapping.Cause?.Column), (MappedField.Resolved, mapping.Resolved?.Column),
        (MappedField.Seconds, mapping.Seconds), (MappedField.Cost, mapping.Cost), (MappedField.Satisfaction, mapping.Satisfaction),
        (MappedField.Name, mapping.Counted?.Name?.Column), (MappedField.Amount, mapping.Counted?.Amount), (MappedField.Mean, mapping.Counted?.Mean),
        (MappedField.Activity, mapping.Step?.Activity), (MappedField.Organisation, mapping.Step?.Organisation),
    ];

    /// <summary>What is given in some columns, with a sign between; empty where none is; valid until the next is asked for.</summary>
    /// <remarks>
    /// With <see cref="CsvBlock.FieldEnd"/> between, an empty column keeps its place, so that (12, nothing) and (nothing, 12) are two ids.
    /// Other signs are for dates and for what people read.
    /// </remarks>
    public ReadOnlySpan<char> Joined(CsvRow record, ReadOnlySpan<int> columns, char between)
    {
        if (columns.Length == 1) return Given(record, columns[0]);
        var keepsPlaces = between == CsvBlock.FieldEnd;
        var (n, given) = (0, 0);
        for (var i = 0; i < columns.Length; i++)
        {
            var text = Given(record, columns[i]);
            if (text.Length == 0 && !keepsPlaces) continue;
            if (_joined.Length < n + text.Length + 1) Array.Resize(ref _joined, (n + text.Length + 1) * 2);
            if (keepsPlaces ? i > 0 : n > 0) _joined[n++] = between;
            text.CopyTo(_joined.AsSpan(n));
            n += text.Length;
            given += text.Length;
        }
        return _joined.AsSpan(0, given == 0 ? 0 : n);
    }
}

/// <summary>What is known of texts, found without making a text first. Where a column that should hold few values holds many, it begins anew and does not fill the memory.</summary>
internal sealed class ByText<T>
{
    private readonly int _most;
    private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public ByText(IEnumerable<KeyValuePair<string, T>>? known = null, int most = 100_000)
    {
        _most = most;
        _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (text, value) in known ?? []) _known.Add(text, value);
    }

    public bool TryGet(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) => _lookup.TryGetValue(text, out value);

    public void Add(string text, T value)
    {
        if (_known.Count >= _most) _known.Clear();
        _known.Add(text, value);
    }
}

/// <summary>Pseudonyms of the people met, because the keyed hash of one costs as much as the rest of a row.</summary>
internal sealed class KnownPersons(Pseudonyms pseudonyms, string council)
{
    private const int Most = 500_000;

    private readonly ByText<ulong> _known = new(most: Most);

    public ulong Pseudonym(ReadOnlySpan<char> person)
    {
        if (person.Length == 0) return 0;
        if (_known.TryGet(person, out var pseudonym)) return pseudonym;
        var text = person.ToString();
        pseudonym = pseudonyms.Of(council, text);
        _known.Add(text, pseudonym);
        return pseudonym;
    }
}
