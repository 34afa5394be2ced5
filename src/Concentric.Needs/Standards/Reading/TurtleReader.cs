using Concentric.Needs.LinkedData;

namespace Concentric.Needs.Standards.Reading;

/// <summary>Reads RDF 1.1 Turtle (W3C Recommendation, 25 February 2014): every statement with its place, and the first mistake with its place.</summary>
/// <remarks>It is ours because no RDF library could be had. Relative addresses need a base in the file, for a file that was sent has no address.</remarks>
internal sealed class TurtleReader(SourceText source)
{
    private const int Deepest = 64;

    /// <summary>More are no list, in whichever form.</summary>
    public const int MostTriples = 5_000_000;

    private readonly TurtleScanner _scan = new(source);
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private readonly List<Triple> _triples = [];
    private string? _base;
    private int _blanks;
    private int _depth;

    /// <exception cref="BadFileException">It is not Turtle.</exception>
    public IReadOnlyList<Triple> Read()
    {
        for (_scan.Skip(); !_scan.AtEnd; _scan.Skip()) Statement();
        return _triples;
    }

    private void Statement()
    {
        if (_scan.Next("@prefix"))
        {
            _scan.At += "@prefix".Length;
            DeclarePrefix();
            _scan.Expect('.', "The full stop after @prefix");
        }
        else if (_scan.Next("@base"))
        {
            _scan.At += "@base".Length;
            DeclareBase();
            _scan.Expect('.', "The full stop after @base");
        }
        else if (_scan.Word("PREFIX", anyCase: true)) DeclarePrefix();
        else if (_scan.Word("BASE", anyCase: true)) DeclareBase();
        else
        {
            // Only a blank node with properties of its own says something without a predicate behind it.
            var properties = _scan.Now == '[';
            var before = _triples.Count;
            var subject = Subject();
            _scan.Skip();
            if (!(properties && _scan.Now == '.' && _triples.Count > before)) Predicates(subject);
            _scan.Expect('.', "A full stop (or ; or ,)");
        }
    }

    private void DeclarePrefix()
    {
        _scan.Skip();
        var prefix = _scan.Prefix();
        _scan.Skip();
        _prefixes[prefix] = Address();
    }

    private void DeclareBase()
    {
        _scan.Skip();
        _base = Address();
    }

    private string Address()
    {
        var at = _scan.At;
        if (_scan.Now != '<') throw _scan.Bad($"an address between < and > was expected here{_scan.Found()}.");
        var iri = _scan.Iri();
        if (Iri.IsAbsolute(iri)) return iri;
        return _base is null ? throw _scan.Bad($"“{ListDraft.Short(iri)}” is a relative address, and the file names no @base.", at) : Iri.Resolve(_base, iri);
    }

    private Term Subject() => _scan.Now switch
    {
        '[' => BlankProperties(),
        '(' => Collection(),
        _ => Node(),
    };

    private Term Node()
    {
        if (_scan.Now == '<') return Term.Address(Address());
        return _scan.Next("_:") ? Term.Blank(_scan.BlankLabel()) : Term.Address(Named());
    }

    private string Named()
    {
        var at = _scan.At;
        var prefix = _scan.Prefix();
        return _prefixes.TryGetValue(prefix, out var start) ? start + _scan.Local() : throw _scan.Bad($"the prefix “{prefix}:” was not declared.", at);
    }

    private void Predicates(Term subject)
    {
        while (true)
        {
            _scan.Skip();
            var predicate = !_scan.Next("a.") && _scan.Word("a") ? Names.Type : _scan.Now == '<' ? Address() : Named();
            do
            {
                _scan.Skip();
                var at = _scan.At;
                Say(subject, predicate, Object(), at);
                _scan.Skip();
            }
            while (Took(','));
            if (!Took(';')) return;
            do _scan.Skip();
            while (Took(';'));
            if (_scan.Now is '.' or ']' || _scan.AtEnd) return;
        }
    }

    private bool Took(char c)
    {
        if (_scan.AtEnd || _scan.Now != c) return false;
        _scan.At++;
        return true;
    }

    private Term Object()
    {
        switch (_scan.Now)
        {
            case '[': return BlankProperties();
            case '(': return Collection();
            case '"' or '\'': return Literal();
            case '+' or '-' or '.' or (>= '0' and <= '9'):
                var (number, datatype) = _scan.Number();
                return Term.Literal(number, datatype: datatype);
        }
        if (_scan.Word("true")) return Term.Literal("true", datatype: Names.Xsd + "boolean");
        return _scan.Word("false") ? Term.Literal("false", datatype: Names.Xsd + "boolean") : Node();
    }

    private Term Literal()
    {
        var text = _scan.Quoted();
        if (_scan.Now == '@') return Term.Literal(text, _scan.Language().ToLowerInvariant());
        if (!_scan.Next("^^")) return Term.Literal(text);
        _scan.At += 2;
        var datatype = _scan.Now == '<' ? Address() : Named();
        return Term.Literal(text, datatype: datatype == Names.Xsd + "string" ? null : datatype);
    }

    private Term BlankProperties()
    {
        Deeper();
        _scan.At++;
        var node = Fresh();
        _scan.Skip();
        if (_scan.Now != ']') Predicates(node);
        _scan.Expect(']', "The closing ]");
        _depth--;
        return node;
    }

    private Term Collection()
    {
        Deeper();
        var at = _scan.At++;
        var (head, last) = (Term.Address(Names.Rdf + "nil"), (Term?)null);
        for (_scan.Skip(); !Took(')'); _scan.Skip())
        {
            if (_scan.AtEnd) throw _scan.Bad("a collection opens here with ( and is never closed.", at);
            var cell = Fresh();
            if (last is null) head = cell;
            else Say(last.Value, Names.Rdf + "rest", cell, _scan.At);
            Say(cell, Names.Rdf + "first", Object(), _scan.At);
            last = cell;
        }
        if (last is not null) Say(last.Value, Names.Rdf + "rest", Term.Address(Names.Rdf + "nil"), at);
        _depth--;
        return head;
    }

    private void Say(Term subject, string predicate, Term what, int at)
    {
        if (_triples.Count == MostTriples) throw _scan.Bad("the file has more statements than any list.", at);
        _triples.Add(new(subject, predicate, what, at));
    }

    // A label in a file cannot begin with #.
    private Term Fresh() => Term.Blank($"#{++_blanks}");

    private void Deeper()
    {
        if (++_depth > Deepest) throw _scan.Bad($"brackets stand more than {Deepest} deep in each other.");
    }
}
