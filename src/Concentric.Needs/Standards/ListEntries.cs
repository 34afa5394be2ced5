using Concentric.Needs.Concepts;
using Concentric.Needs.Editions;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Needs.Standards;

/// <summary>The entries of a file against those that are held of its list.</summary>
internal sealed class ListEntries
{
    private readonly NeedModel _model;
    private readonly ListFile _file;
    private readonly ListTarget _target;
    private readonly Dictionary<string, Concept> _held;
    private readonly Dictionary<string, ListEntry> _entries;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly List<(Concept? Before, Concept After)> _concepts = [];
    private readonly List<(Relation? Before, Relation? After)> _parents = [];
    private readonly List<NamedEntry> _added = [], _redescribed = [], _returned = [];
    private readonly List<RenamedEntry> _renamed = [];
    private readonly List<MovedEntry> _moved = [];
    private int _unchanged;

    /// <exception cref="BadFileException">An entry has the address of an entry of another list.</exception>
    public ListEntries(NeedModel model, ListFile file, ListTarget target)
    {
        (_model, _file, _target) = (model, file, target);
        _held = model.Concepts.Where(c => c.Scheme == target.Uri).ToDictionary(c => c.Identifier, StringComparer.Ordinal);
        _entries = file.Entries.ToDictionary(e => e.Identifier, StringComparer.Ordinal);
        Compare();
        Parents();
        var withdrawn = Withdrawn();
        Diff = ListDiff.Nothing with { Added = _added, Renamed = _renamed, Redescribed = _redescribed, Moved = _moved, Returned = _returned, Withdrawn = withdrawn, Unchanged = _unchanged };
    }

    /// <summary>What differs of the entries; of links it says nothing.</summary>
    public ListDiff Diff { get; }
    public IReadOnlyList<(Concept? Before, Concept After)> Changes => _concepts;

    /// <summary>What stands below what, anew and no longer.</summary>
    public IReadOnlyList<(Relation? Before, Relation? After)> Hierarchy => _parents;

    /// <summary>Entries that are withdrawn and that nothing uses.</summary>
    public IReadOnlyList<Concept> ToRetire { get; private set; } = [];

    private void Compare()
    {
        foreach (var entry in _file.Entries)
        {
            if (!_held.TryGetValue(entry.Identifier, out var held))
            {
                _concepts.Add((null, New(entry)));
                _added.Add(new(entry.Identifier, entry.Label));
                continue;
            }
            var after = Merged(held, entry);
            if (after is null)
            {
                _unchanged++;
                continue;
            }
            _concepts.Add((held, after));
            _touched.Add(entry.Identifier);
            if (!held.InUse && after.InUse) _returned.Add(new(entry.Identifier, entry.Label));
            if (held.Label != after.Label) _renamed.Add(new(entry.Identifier, held.Label, after.Label));
            else if (held.InUse) _redescribed.Add(new(entry.Identifier, entry.Label));
        }
    }

    private Concept New(ListEntry entry)
    {
        var uri = _target.UriOf(entry);
        if (_model.Find(uri) is { } other) throw _file.Bad(entry.At, $"entry {entry.Identifier} has the address {uri}, which is that of entry {other.Identifier} of the list {other.Scheme}.");
        var concept = new Concept
        {
            Uri = uri,
            Scheme = _target.Uri,
            Identifier = entry.Identifier,
            Type = _target.Type,
            Label = entry.Label,
            Status = entry.Retired ? ConceptStatus.Retired : InUse,
            Details = entry.Type is { } type && ListTarget.TypeNamed(type) is null ? new() { TypeText = type } : null,
        };
        Fill(concept, entry, null);
        return concept;
    }

    private ConceptStatus InUse => _target.IsOurs ? ConceptStatus.Local : ConceptStatus.Active;

    /// <summary>The held entry with what the file says anew; null where that is nothing. What the file does not say stays, and so do the council's own words.</summary>
    private Concept? Merged(Concept held, ListEntry entry)
    {
        var after = Copy(held);
        after.Label = entry.Label;
        if (!entry.Retired) after.Status = InUse;
        Fill(after, entry, held.Label == entry.Label ? null : held.Label);
        return ModelChange.Written(after) == ModelChange.Written(held) ? null : after;
    }

    private void Fill(Concept concept, ListEntry entry, string? oldLabel)
    {
        concept.Definition = entry.Definition ?? concept.Definition;
        concept.ScopeNote = entry.ScopeNote ?? concept.ScopeNote;
        concept.HistoryNote = entry.HistoryNote ?? concept.HistoryNote;
        concept.Created = entry.Created ?? concept.Created;
        concept.Modified = entry.Modified ?? concept.Modified;
        if (entry.ReplacedBy.Count > 0) concept.ReplacedBy = _entries.TryGetValue(entry.ReplacedBy[0], out var other) ? _target.UriOf(other) : KnownLists.Plain(entry.ReplacedBy[0]);
        concept.FormerLabels = Joined('\n', concept.FormerLabels, [.. entry.OtherNames.Where(n => n.Kind == NameKind.Historic).Select(n => n.Text), oldLabel ?? ""], name => name != entry.Label);
        // What is a name of the entry already is no other name.
        var names = (concept.FormerLabels?.Split('\n') ?? []).Append(entry.Label).Append(concept.CitizenLabel ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        concept.OtherNames = Joined('\n', concept.OtherNames, entry.OtherNames.Where(n => n.Kind is NameKind.Citizen or NameKind.Legal).Select(n => n.Text), name => !names.Contains(name));
        concept.OtherWords = Joined(' ', concept.OtherWords, entry.OtherNames.Where(n => n.Kind == NameKind.Hidden).SelectMany(n => n.Text.Split(' ')), _ => true);
    }

    /// <summary>What is held and what is new, each once; null for nothing.</summary>
    private static string? Joined(char between, string? held, IEnumerable<string> more, Func<string, bool> belongs)
    {
        var all = (held?.Split(between) ?? []).Concat(more).Where(n => n.Length > 0 && belongs(n)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return all.Count > 0 ? string.Join(between, all) : null;
    }

    private void Parents()
    {
        // A plain list says nothing of what stands below what.
        if (_file.Entries.All(e => e.Parents.Count == 0)) return;
        var broader = _model.Relations.Where(r => r.Predicate == Predicate.Broader && _model.Find(r.Subject)?.Scheme == _target.Uri).ToLookup(r => r.Subject, StringComparer.Ordinal);
        foreach (var entry in _file.Entries)
        {
            var uri = UriOf(entry);
            var now = entry.Parents.ToDictionary(p => UriOf(_entries[p]), p => _entries[p].Label, StringComparer.Ordinal);
            var before = broader[uri].ToList();
            var plus = now.Keys.Except(before.Select(r => r.Object), StringComparer.Ordinal).ToList();
            var minus = before.Where(r => !now.ContainsKey(r.Object)).ToList();
            foreach (var parent in plus) _parents.Add((null, Broader(uri, parent)));
            foreach (var gone in minus) _parents.Add((gone, null));
            if (_held.ContainsKey(entry.Identifier) && plus.Count + minus.Count > 0)
            {
                _moved.Add(new(entry.Identifier, entry.Label, [.. before.Select(r => _model.Find(r.Object)?.Label ?? r.Object).Order(StringComparer.Ordinal)], [.. now.Values.Order(StringComparer.Ordinal)]));
                if (!_touched.Contains(entry.Identifier)) _unchanged--;
            }
        }
    }

    private string UriOf(ListEntry entry) => _held.GetValueOrDefault(entry.Identifier)?.Uri ?? _target.UriOf(entry);

    private Relation Broader(string subject, string parent) => new()
    {
        Subject = subject,
        Predicate = Predicate.Broader,
        Object = parent,
        Source = _target.Uri,
        Confidence = Confidence.High,
        Reason = "",
        SubjectVersion = _target.Version,
        ObjectVersion = _target.Version,
    };

    private IReadOnlyList<WithdrawnEntry> Withdrawn()
    {
        var there = _file.Entries.Where(e => !e.Retired).Select(e => e.Identifier).ToHashSet(StringComparer.Ordinal);
        var said = _file.Entries.Where(e => e.Retired).Select(e => e.Identifier).ToHashSet(StringComparer.Ordinal);
        // An entry of the council's own in a published list was never in the file.
        var gone = _held.Values.Where(c => c.InUse && !there.Contains(c.Identifier) && (said.Contains(c.Identifier) || (!_file.IsPart && (c.Status != ConceptStatus.Local || _target.IsOurs)))).ToList();
        var uses = ListUses.Of(_model, gone);
        List<WithdrawnEntry> all = [.. gone.OrderBy(c => c.Identifier.Length).ThenBy(c => c.Identifier, StringComparer.Ordinal).Select(c => new WithdrawnEntry(c.Identifier, c.Label, uses[c.Uri]))];
        ToRetire = [.. gone.Where(c => uses[c.Uri].Count == 0)];
        return all;
    }

    public static Concept Copy(Concept concept) => StoredJson.Read<Concept>(ModelChange.Written(concept))!;
}
