using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Measure.Contacts;

/// <summary>Codes of one kind of name, densely and in the order of their first sight, per council: activities, actors, organisations, what was counted.</summary>
internal sealed class NameBook(string table)
{
    private readonly List<NameCode> _names = [];
    private readonly Dictionary<(int Council, string Key), int> _byKey = [];

    public void Load(DuckConnection store) => Codebook.Each(store, $"SELECT code, council, key, label FROM {table}",
        (r, i) => Add(new(Codebook.Int(r, 0, i), Codebook.Int(r, 1, i), Codebook.Text(r, 2, i), Codebook.Text(r, 3, i))));

    public IReadOnlyList<NameCode> Snapshot() => [.. _names];

    /// <summary>The code of a name; who is new gets the next one.</summary>
    public int Code(DuckConnection store, CouncilCode council, Named name)
    {
        if (name.Key.Length == 0) return 0;
        if (_byKey.TryGetValue((council.Code, name.Key), out var known)) return known;
        var code = new NameCode(Codebook.Next(_names.Count, ushort.MaxValue, $"names in {table}"), council.Code, name.Key, name.Label);
        store.Execute($"INSERT INTO {table} VALUES (?, ?, ?, ?)", code.Code, code.Council, code.Key, code.Label);
        Add(code);
        return code.Code;
    }

    /// <summary>The words by which a name goes from now on.</summary>
    public void Rename(DuckConnection store, CouncilCode council, Named name)
    {
        var code = Code(store, council, name);
        if (_names[code].Label == name.Label) return;
        store.Execute($"UPDATE {table} SET label = ? WHERE code = ?", name.Label, code);
        _names[code] = _names[code] with { Label = name.Label };
    }

    private void Add(NameCode name)
    {
        _names.Add(name);
        _byKey[(name.Council, name.Key)] = name.Code;
    }
}
