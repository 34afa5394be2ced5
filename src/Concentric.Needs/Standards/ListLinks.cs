using Concentric.Needs.Concepts;
using Concentric.Needs.Standards.Reading;

namespace Concentric.Needs.Standards;

/// <summary>The links of a file as relations of the model: which are new, which are held and which are no longer there.</summary>
internal sealed class ListLinks
{
    private sealed record End(string Uri, string Scheme, ConceptType Type, string Label);

    private readonly NeedModel _model;
    private readonly ListTarget? _target;
    private readonly Dictionary<string, End> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), End> _byIdentifier = [];
    private readonly List<NamedLink> _added = [], _gone = [];
    private readonly List<LeftOut> _leftOut = [];
    private readonly List<Relation> _toAdd = [];
    private readonly List<Relation> _toTakeAway = [];
    private int _kept;

    public ListLinks(NeedModel model, ListFile file, ListTarget? target)
    {
        (_model, _target) = (model, target);
        if (file.Links.Count == 0) return;
        foreach (var concept in model.Concepts) Know(new(concept.Uri, concept.Scheme, concept.Type, concept.Plain), concept.Identifier);
        if (target is not null)
            foreach (var entry in file.Entries)
                if (!_byIdentifier.ContainsKey((target.Uri, entry.Identifier))) Know(new(target.UriOf(entry), target.Uri, target.Type, entry.Label), entry.Identifier);
        Compare(file);
    }

    public IReadOnlyList<Relation> Added => _toAdd;
    public IReadOnlyList<Relation> Gone => _toTakeAway;

    /// <summary>Who says the links: the address of a map or of the first link's list.</summary>
    public string? Source { get; private set; }

    public ListDiff Into(ListDiff diff) => diff with { LinksAdded = _added, LinksGone = _gone, LinksKept = _kept, LeftOut = _leftOut };

    private void Compare(ListFile file)
    {
        var held = _model.Relations.ToLookup(r => (r.Subject, r.Predicate, r.Object));
        var inFile = new HashSet<(string, Predicate, string)>();
        var groups = new HashSet<(string Source, Predicate, string, string)>();
        foreach (var link in file.Links)
        {
            if (Find(link.Subject) is not { } from) LeaveOut(file, link, $"{link.Subject} is not held. Import its list first.");
            else if (Find(link.Object) is not { } to) LeaveOut(file, link, $"{link.Object} is not held. Import its list first.");
            else if (LinkMeaning.Of(link.Predicate, from.Type, to.Type) is not { } meaning) LeaveOut(file, link, $"the model has no relation “{link.Predicate}”.");
            else
            {
                var source = file.Entries.Count == 0 && file.Header.Uri is { } map ? map : _target?.Uri ?? from.Scheme;
                Source ??= source;
                var (first, second) = meaning.Turned ? (to, from) : (from, to);
                if (!inFile.Add((first.Uri, meaning.Predicate, second.Uri))) continue;
                groups.Add((source, meaning.Predicate, first.Scheme, second.Scheme));
                if (held.Contains((first.Uri, meaning.Predicate, second.Uri))) _kept++;
                else Add(first, meaning.Predicate, second, source, file);
            }
        }
        if (file.IsPart) return;
        foreach (var relation in _model.Relations.Where(r => r.Predicate != Predicate.Broader && !inFile.Contains((r.Subject, r.Predicate, r.Object))))
            if (_byUri.TryGetValue(relation.Subject, out var from) && _byUri.TryGetValue(relation.Object, out var to) && groups.Contains((relation.Source, relation.Predicate, from.Scheme, to.Scheme)))
            {
                _toTakeAway.Add(relation);
                _gone.Add(new(from.Label, LinkMeaning.Say(relation.Predicate), to.Label));
            }
    }

    private void Add(End from, Predicate predicate, End to, string source, ListFile file)
    {
        _added.Add(new(from.Label, LinkMeaning.Say(predicate), to.Label));
        _toAdd.Add(new()
        {
            Subject = from.Uri,
            Predicate = predicate,
            Object = to.Uri,
            Source = source,
            Confidence = Confidence.High,
            Reason = "",
            Evidence = file.Header.Version is { } version && file.Entries.Count == 0 ? $"{file.Header.Label ?? file.Source.File}, version {version}" : null,
            SubjectVersion = VersionOf(from.Scheme),
            ObjectVersion = VersionOf(to.Scheme),
        });
    }

    private string? VersionOf(string scheme) => _target?.Uri == scheme ? _target.Version : _model.Schemes.FirstOrDefault(s => s.Uri == scheme)?.Version;

    private End? Find(LinkEnd end)
    {
        if (end.Uri is { } uri && _byUri.TryGetValue(KnownLists.Plain(uri), out var found)) return found;
        if (end.Identifier is not { } identifier || SchemeOf(end.List) is not { } scheme) return null;
        return _byIdentifier.GetValueOrDefault((scheme, identifier));
    }

    // A list by its address, a word for it, its short name here, or the type of its entries.
    private string? SchemeOf(string? list)
    {
        if (list is null) return _target?.Uri;
        if ((KnownLists.At(list, out _) ?? KnownLists.Named(list)) is { Uri: { } known }) return known;
        return _model.Schemes.FirstOrDefault(s => s.Uri == list || s.Identifier == list || s.Label == list)?.Uri
            ?? (ListTarget.TypeNamed(list) is { } type ? SchemeUris.SchemeOf(type) : null);
    }

    private void LeaveOut(ListFile file, ListLink link, string reason)
    {
        var at = file.Where(link.At);
        _leftOut.Add(new(at.Line, at.Column, $"{link.Subject} – {link.Object}", reason));
    }

    private void Know(End end, string identifier)
    {
        _byUri[end.Uri] = end;
        _byIdentifier[(end.Scheme, identifier)] = end;
    }
}
