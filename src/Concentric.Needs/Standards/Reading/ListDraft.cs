using System.Globalization;
using System.Text.RegularExpressions;

namespace Concentric.Needs.Standards.Reading;

/// <summary>A list while it is being read: gathers entries and links, and checks what must hold whatever the form of the file.</summary>
internal sealed partial class ListDraft(SourceText source, string format, Func<long, Place> where)
{
    public const int MostEntries = 500_000;
    private const int MostLinks = 2_000_000;
    private const int LongestIdentifier = 200;
    private const int LongestLabel = 1000;

    private readonly List<ListEntry> _entries = [];
    private readonly Dictionary<string, long> _places = new(StringComparer.Ordinal);
    private readonly List<ListLink> _links = [];
    private readonly List<string> _notes = [];

    public ListHeader Header { get; set; } = new();
    public bool IsPart { get; set; }
    public int Count => _entries.Count;

    public BadFileException Bad(long at, string reason) => source.Bad(where(at), reason);

    public void Note(string note) => _notes.Add(note);

    /// <summary>Adds an entry. Its parents may still be addresses, and may come later in the file.</summary>
    /// <exception cref="BadFileException">It has no identifier, no label or one that is there already.</exception>
    public void Add(ListEntry entry)
    {
        var id = entry.Identifier.Trim();
        if (id.Length == 0) throw Bad(entry.At, "the identifier is empty.");
        if (id.Length > LongestIdentifier) throw Bad(entry.At, $"the identifier “{Short(id)}” is longer than {LongestIdentifier} characters.");
        if (id.Any(char.IsControl)) throw Bad(entry.At, $"the identifier “{Short(id)}” has a line break or a control character in it.");
        if (_places.TryGetValue(id, out var first)) throw Bad(entry.At, $"the identifier {Short(id)} is in line {where(first).Line} already. Each may be there once.");
        var label = OneLine(entry.Label);
        if (label.Length == 0) throw Bad(entry.At, $"entry {Short(id)} has no label.");
        if (label.Length > LongestLabel) throw Bad(entry.At, $"the label of entry {Short(id)} is longer than {LongestLabel} characters.");
        if (_entries.Count == MostEntries) throw Bad(entry.At, $"the list has more than {MostEntries.ToString("N0", CultureInfo.InvariantCulture)} entries.");
        _places[id] = entry.At;
        var names = entry.OtherNames.Concat(HistoryNotes.FormerNames(entry.HistoryNote))
            .Select(n => n with { Text = OneLine(n.Text) })
            .Where(n => n.Text.Length is > 0 and <= LongestLabel && n.Text != label)
            .DistinctBy(n => n.Text, StringComparer.OrdinalIgnoreCase);
        _entries.Add(entry with
        {
            Identifier = id,
            Label = label,
            Uri = Filled(entry.Uri),
            OtherNames = [.. names],
            Definition = Filled(entry.Definition),
            ScopeNote = Filled(entry.ScopeNote),
            HistoryNote = Filled(entry.HistoryNote),
            Type = Filled(entry.Type),
        });
    }

    /// <exception cref="BadFileException">There are more than any list has.</exception>
    public void Add(ListLink link)
    {
        if (_links.Count == MostLinks) throw Bad(link.At, $"the file has more than {MostLinks.ToString("N0", CultureInfo.InvariantCulture)} links.");
        _links.Add(link);
    }

    /// <summary>The list, when everything has been read.</summary>
    /// <exception cref="BadFileException">It is empty, two entries have one address, or a parent is not there or leads back to itself.</exception>
    public ListFile Done()
    {
        if (_entries.Count == 0 && _links.Count == 0) throw Bad(0, $"this is read as {format}, and there is no entry in it.");
        var byUri = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in _entries.Where(e => e.Uri is not null))
            if (!byUri.TryAdd(entry.Uri!, entry.Identifier)) throw Bad(entry.At, $"the address {Short(entry.Uri!)} is that of entry {byUri[entry.Uri!]} already.");
        for (var i = 0; i < _entries.Count; i++)
            if (_entries[i].Parents.Count > 0) _entries[i] = _entries[i] with { Parents = [.. _entries[i].Parents.Select(p => Parent(_entries[i], p.Trim(), byUri)).Distinct(StringComparer.Ordinal)] };
        RefuseLoops();
        var latest = _entries.Select(e => e.Modified ?? e.Created).Append(Header.Modified).Max();
        return new()
        {
            Source = source,
            Format = format,
            Header = Header with { Version = Filled(Header.Version) ?? latest?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
            Entries = _entries,
            Links = [.. _links.DistinctBy(l => (l.Subject, l.Predicate, l.Object))],
            IsPart = IsPart,
            Notes = _notes,
            Where = where,
        };
    }

    private string Parent(ListEntry entry, string parent, Dictionary<string, string> byUri)
    {
        if (_places.ContainsKey(parent)) return parent;
        if (byUri.TryGetValue(parent, out var id)) return id;
        var hint = IsPart ? " The file says that it is a part: put all parts into one file." : "";
        throw Bad(entry.At, $"entry {Short(entry.Identifier)} names {Short(parent)} as its parent, and the file has no such entry.{hint}");
    }

    // Entries whose parents are all settled are settled; where nothing moves any more, what is left stands in a loop or below one.
    private void RefuseLoops()
    {
        var waiting = _entries.Where(e => e.Parents.Count > 0).ToDictionary(e => e.Identifier, e => e.Parents.Count, StringComparer.Ordinal);
        if (waiting.Count == 0) return;
        var children = _entries.SelectMany(e => e.Parents.Select(p => (Parent: p, Child: e.Identifier))).ToLookup(l => l.Parent, l => l.Child, StringComparer.Ordinal);
        var settled = new Queue<string>(_entries.Where(e => e.Parents.Count == 0).Select(e => e.Identifier));
        while (settled.TryDequeue(out var id))
            foreach (var child in children[id])
                if (--waiting[child] == 0)
                {
                    waiting.Remove(child);
                    settled.Enqueue(child);
                }
        if (waiting.Count == 0) return;

        var entries = _entries.ToDictionary(e => e.Identifier, StringComparer.Ordinal);
        var way = new List<string>();
        var at = waiting.Keys.Min(StringComparer.Ordinal)!;
        var been = new HashSet<string>(StringComparer.Ordinal);
        while (been.Add(at))
        {
            way.Add(at);
            at = entries[at].Parents.First(waiting.ContainsKey);
        }
        var loop = way[way.IndexOf(at)..];
        var shown = loop.Count <= 6 ? string.Join(" under ", loop.Append(at)) : $"{string.Join(" under ", loop.Take(5))} … {at}";
        throw Bad(entries[at].At, $"entry {at} is its own ancestor: {shown}.");
    }

    /// <summary>A date, or the date of a moment; null for anything else.</summary>
    public static DateOnly? Date(string? text) =>
        text?.Trim() is { Length: >= 10 } trimmed && DateOnly.TryParseExact(trimmed.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static string OneLine(string text) => Blanks.Replace(text, " ").Trim();

    /// <summary>A text of the file inside a message.</summary>
    public static string Short(string text) => OneLine(text.Length <= 80 ? text : text[..80] + "…");

    private static string? Filled(string? text) => text?.Trim() is { Length: > 0 } filled ? filled : null;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }
}
