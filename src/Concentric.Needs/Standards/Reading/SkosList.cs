using Concentric.Needs.LinkedData;

namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// A list as SKOS tells it (W3C Recommendation, 18 August 2009), whichever way its statements were written: a ConceptScheme and its Concepts, with
/// the properties of DCMI Terms that ESD and others use beside them.
/// </summary>
internal sealed class SkosList
{
    private static readonly HashSet<string> NotLinks = new(StringComparer.Ordinal)
    {
        Names.Skos + "broader", Names.Skos + "narrower", Names.Skos + "inScheme", Names.Skos + "topConceptOf", Names.Skos + "hasTopConcept",
        Names.Skos + "broaderTransitive", Names.Skos + "narrowerTransitive", Names.Skos + "semanticRelation",
    };

    private readonly ListDraft _draft;
    private readonly ILookup<string, Triple> _of;
    private readonly string? _scheme;
    private readonly HashSet<string> _concepts;

    private SkosList(SourceText source, string format, Func<long, Place> where, IReadOnlyList<Triple> triples, string? wanted)
    {
        _draft = new(source, format, where);
        // SKOS in which a concept is a blank node cannot be pointed at, so it is no list.
        var named = triples.Where(t => t.Subject.Kind == TermKind.Address).Distinct().ToList();
        _of = named.ToLookup(t => t.Subject.Value, StringComparer.Ordinal);
        var schemes = named.Where(t => t.Predicate == Names.Type && t.Object.Value == Names.Skos + "ConceptScheme").Select(t => t.Subject.Value)
            .Concat(named.Where(t => t.Predicate == Names.Skos + "inScheme").Select(t => t.Object.Value)).Distinct(StringComparer.Ordinal).ToList();
        _scheme = schemes.Count <= 1 ? schemes.FirstOrDefault() : schemes.Find(s => s == wanted)
            ?? throw _draft.Bad(named.First(t => t.Subject.Value == schemes[1] || t.Object.Value == schemes[1]).At, $"the file holds {schemes.Count} lists: {string.Join(", ", schemes.Take(10))}. Say which to take (--scheme).");
        var members = named.Where(t => t.Predicate is Names.Skos + "inScheme" or Names.Skos + "topConceptOf").Select(t => (Concept: t.Subject.Value, Scheme: t.Object.Value))
            .Concat(named.Where(t => t.Predicate == Names.Skos + "hasTopConcept").Select(t => (Concept: t.Object.Value, Scheme: t.Subject.Value)))
            .Where(m => schemes.Count <= 1 || m.Scheme == _scheme).Select(m => m.Concept);
        // Where there is one list, everything that is called a concept belongs to it.
        var typed = schemes.Count > 1 ? [] : named.Where(t => t.Predicate == Names.Type && t.Object.Value == Names.Skos + "Concept").Select(t => t.Subject.Value);
        _concepts = members.Concat(typed).Except(schemes, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="wanted">The address of the ConceptScheme to take, where there are several.</param>
    /// <exception cref="BadFileException">There is no concept, several lists and none was chosen, or other rules of a list are broken.</exception>
    public static ListFile Of(SourceText source, string format, Func<long, Place> where, IReadOnlyList<Triple> triples, string? wanted) =>
        new SkosList(source, format, where, triples, wanted).Read(triples);

    private ListFile Read(IReadOnlyList<Triple> triples)
    {
        var known = KnownLists.At(_scheme, out var isPart);
        _draft.IsPart = isPart;
        _draft.Header = _scheme is null ? new() : new()
        {
            Uri = known?.Uri ?? _scheme,
            Identifier = known?.Identifier ?? Text(_scheme, Names.Dct + "identifier") ?? Last(_scheme),
            Label = Text(_scheme, Names.Skos + "prefLabel", Names.Dct + "title", Names.Dc + "title", Names.Rdfs + "label"),
            Version = Text(_scheme, Names.Owl + "versionInfo", Names.Dct + "hasVersion", "http://schema.org/version", "https://schema.org/version"),
            Licence = Text(_scheme, Names.Dct + "license", Names.Dct + "rights", Names.Dc + "rights"),
            Attribution = Text(_scheme, Names.Dct + "rightsHolder", Names.Dct + "publisher", Names.Dct + "creator", Names.Dc + "creator"),
            Source = Text(_scheme, Names.Dct + "source", Names.Dc + "source"),
            Modified = ListDraft.Date(Text(_scheme, Names.Dct + "modified") ?? Text(_scheme, Names.Dct + "issued")),
            Type = known?.Word,
        };
        var narrower = triples.Where(t => t.Predicate == Names.Skos + "narrower" && t.Subject.Kind == TermKind.Address && t.Object.Kind == TermKind.Address).ToLookup(t => t.Object.Value, t => t.Subject.Value, StringComparer.Ordinal);
        foreach (var uri in _of.Select(g => g.Key).Where(_concepts.Contains)) Concept(uri, narrower[uri], known);
        return _draft.Done();
    }

    private void Concept(string uri, IEnumerable<string> above, KnownList? known)
    {
        var at = _of[uri].First().At;
        RefuseTwoNames(uri);
        var types = All(uri, Names.Type).Where(t => !t.StartsWith(Names.Skos, StringComparison.Ordinal) && !t.StartsWith(Names.Owl, StringComparison.Ordinal)).Select(Last);
        _draft.Add(new ListEntry
        {
            Identifier = Text(uri, Names.Skos + "notation", Names.Dct + "identifier", Names.Dc + "identifier") ?? Last(uri),
            Uri = uri,
            Label = Text(uri, Names.Skos + "prefLabel", Names.Rdfs + "label") ?? throw _draft.Bad(at, $"{ListDraft.Short(uri)} has no skos:prefLabel."),
            OtherNames = [.. English(uri, Names.Skos + "altLabel").Select(n => new OtherName(n, NameKind.Citizen)), .. English(uri, Names.Skos + "hiddenLabel").Select(n => new OtherName(n, NameKind.Hidden))],
            Definition = Text(uri, Names.Skos + "definition", Names.Dct + "description", Names.Dc + "description", Names.Rdfs + "comment"),
            ScopeNote = Text(uri, Names.Skos + "scopeNote", Names.Skos + "note"),
            HistoryNote = Text(uri, Names.Skos + "historyNote", Names.Skos + "changeNote"),
            Created = ListDraft.Date(Text(uri, Names.Dct + "created")),
            Modified = ListDraft.Date(Text(uri, Names.Dct + "modified")),
            Type = types.FirstOrDefault() ?? known?.Word,
            Retired = Text(uri, Names.Owl + "deprecated") is "true" or "1",
            ReplacedBy = [.. All(uri, Names.Dct + "isReplacedBy")],
            Parents = [.. All(uri, Names.Skos + "broader").Concat(above)],
            At = at,
        });
        foreach (var triple in _of[uri].Where(IsLink))
            _draft.Add(new ListLink { Subject = new() { Uri = uri }, Predicate = triple.Predicate, Object = new() { Uri = triple.Object.Value }, At = triple.At });
    }

    // SKOS, S14: no more than one preferred name in a language.
    private void RefuseTwoNames(string uri)
    {
        var twice = _of[uri].Where(t => t.Predicate == Names.Skos + "prefLabel").GroupBy(t => t.Object.Language ?? "", StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw _draft.Bad(twice.Last().At, $"{ListDraft.Short(uri)} has two skos:prefLabels{(twice.Key.Length > 0 ? $" in {twice.Key}" : "")}. A second name is a skos:altLabel.");
    }

    private static bool IsLink(Triple triple) => triple.Object.Kind == TermKind.Address && !NotLinks.Contains(triple.Predicate)
        && !triple.Predicate.StartsWith(Names.Rdf, StringComparison.Ordinal) && !triple.Predicate.StartsWith(Names.Rdfs, StringComparison.Ordinal)
        && !triple.Predicate.StartsWith(Names.Owl, StringComparison.Ordinal) && !triple.Predicate.StartsWith(Names.Dct, StringComparison.Ordinal)
        && !triple.Predicate.StartsWith(Names.Dc, StringComparison.Ordinal);

    private IEnumerable<string> All(string uri, string predicate) => _of[uri].Where(t => t.Predicate == predicate).Select(t => t.Object.Value);

    /// <summary>The first of these properties that is there, in English before no language before any other.</summary>
    private string? Text(string uri, params string[] predicates) => predicates
        .Select(p => _of[uri].Where(t => t.Predicate == p && t.Object.Kind != TermKind.Blank).OrderBy(t => t.Object.Language switch { "en-gb" => 0, "en" => 1, null => 2, ['e', 'n', '-', ..] => 3, _ => 4 }).Select(t => t.Object.Value.Trim()).FirstOrDefault(v => v.Length > 0))
        .FirstOrDefault(v => v is not null);

    private IEnumerable<string> English(string uri, string predicate) => _of[uri]
        .Where(t => t.Predicate == predicate && t.Object.Kind == TermKind.Literal && (t.Object.Language is null || t.Object.Language.StartsWith("en", StringComparison.Ordinal))).Select(t => t.Object.Value);

    /// <summary>What stands behind the last slash or hash of an address.</summary>
    private static string Last(string uri) => Uri.UnescapeDataString(uri.TrimEnd('/', '#').Split('/', '#')[^1]);
}
