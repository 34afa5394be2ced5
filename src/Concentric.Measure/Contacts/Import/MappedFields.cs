using System.Diagnostics.CodeAnalysis;
using Concentric.Core.People;

namespace Concentric.Measure.Contacts;

/// <summary>Which of the columns read is what, and what is given in them.</summary>
internal sealed class MappedFields
{
    private readonly IReadOnlyList<string> _columns;
    private readonly string[] _empty;
    private char[] _joined = new char[256];

    public MappedFields(Mapping mapping, IReadOnlyList<string> columns)
    {
        _columns = columns;
        _empty = [.. mapping.Empty];
        var list = columns.ToList();
        int[] Places(IEnumerable<string> names) => [.. names.Select(n => list.IndexOf(n))];
        int Place(string? name) => name is null ? -1 : list.IndexOf(name);
        (Id, Opened, Closed, Person) = (Places(mapping.Id), Places(mapping.Opened.Columns), Places(mapping.Closed?.Columns ?? []), Places(mapping.Person));
        (Service, Area, Source) = (Place(mapping.Service?.Column), Place(mapping.Area), Place(mapping.Source?.Column));
        (Demand, Cause, Resolved) = (Place(mapping.Demand?.Column), Place(mapping.Cause?.Column), Place(mapping.Resolved?.Column));
        (Seconds, Cost, Satisfaction) = (Place(mapping.Seconds), Place(mapping.Cost), Place(mapping.Satisfaction));
    }

    public int[] Id { get; }
    public int[] Opened { get; }
    public int[] Closed { get; }
    public int[] Person { get; }

    /// <summary>Below 0 where the mapping has none; likewise those that follow.</summary>
    public int Service { get; }
    public int Area { get; }
    public int Source { get; }
    public int Demand { get; }
    public int Cause { get; }
    public int Resolved { get; }
    public int Seconds { get; }
    public int Cost { get; }
    public int Satisfaction { get; }

    public string Names(int[] columns) => string.Join(" + ", columns.Select(c => _columns[c]));

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

    /// <summary>What is given in some columns, with a sign between; valid until the next is asked for.</summary>
    public ReadOnlySpan<char> Joined(CsvRow record, int[] columns, char between)
    {
        if (columns.Length == 1) return Given(record, columns[0]);
        var n = 0;
        foreach (var column in columns)
        {
            var text = Given(record, column);
            if (text.Length == 0) continue;
            if (_joined.Length < n + text.Length + 1) Array.Resize(ref _joined, (n + text.Length + 1) * 2);
            if (n > 0) _joined[n++] = between;
            text.CopyTo(_joined.AsSpan(n));
            n += text.Length;
        }
        return _joined.AsSpan(0, n);
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
