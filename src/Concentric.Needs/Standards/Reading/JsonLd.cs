using System.Text.Json;
using Concentric.Needs.LinkedData;

namespace Concentric.Needs.Standards.Reading;

/// <summary>
/// Reads the statements of a JSON-LD 1.1 document, expanded or with a context of its own: prefixes, terms, languages, types, nested nodes,
/// <c>@graph</c> and <c>@reverse</c>. A context that stands elsewhere is never fetched; what this does not know is refused and not guessed.
/// </summary>
internal sealed class JsonLd(SourceText source)
{
    private readonly List<Triple> _triples = [];
    private int _blanks;

    public static bool Fits(JsonTree root) => root.IsArray
        ? root.Items.Count > 0 && root.Items[0] is { IsObject: true } first && first.Members.Any(m => m.Name.StartsWith('@'))
        : root["@context"] is not null || root["@graph"] is not null || root["@id"] is not null;

    /// <exception cref="BadFileException">It uses something that this reader does not know, or a context that stands elsewhere.</exception>
    public IReadOnlyList<Triple> Read(JsonTree root)
    {
        foreach (var item in root.Several) Node(item, JsonLdContext.Empty);
        return _triples;
    }

    // Depth is bounded by the JSON reader.
    private Term? Node(JsonTree node, JsonLdContext context)
    {
        if (!node.IsObject) throw Bad(node, "an object was expected here.");
        if (node["@context"] is { } own) context = context.With(own, source);
        var members = node.Members.Select(m => (Key: context.Keyword(m.Name) ?? m.Name, m.Value)).ToList();
        foreach (var (_, graph) in members.Where(m => m.Key == "@graph"))
            foreach (var item in graph.Several) Node(item, context);
        var rest = members.Where(m => m.Key is not ("@context" or "@graph" or "@id")).ToList();
        var id = members.Find(m => m.Key == "@id").Value;
        if (id is null && rest.Count == 0) return null;

        var subject = id is null ? Term.Blank($"#{++_blanks}") : Reference(id, context);
        foreach (var (key, value) in rest) Member(subject, key, value, context);
        return subject;
    }

    private void Member(Term subject, string key, JsonTree value, JsonLdContext context)
    {
        switch (key)
        {
            case "@type":
                foreach (var type in value.Several)
                    if (context.Vocabulary(TextOf(type)) is { } iri) Say(subject, Names.Type, Term.Address(iri), type);
                return;
            case "@reverse":
                foreach (var (name, values) in value.Members)
                    if (context.Vocabulary(name) is { } back)
                        foreach (var other in values.Several) Back(subject, back, other, context);
                return;
            case "@index":
                return;
            case "@included":
                foreach (var other in value.Several) Node(other, context);
                return;
        }
        if (key.StartsWith('@')) throw Bad(value, $"{ListDraft.Short(key)} is not known to this reader.");

        var term = context.Term(key);
        // What has no address of its own says nothing: the specification drops it.
        if ((term?.Id ?? context.Vocabulary(key)) is not { } predicate || !(Iri.IsAbsolute(predicate))) return;
        if (term is { Reverse: true })
        {
            foreach (var other in value.Several) Back(subject, predicate, other, context);
            return;
        }
        if (term?.Container == "@language" && value.IsObject)
        {
            foreach (var (language, texts) in value.Members)
                foreach (var text in texts.Several.Where(t => t.Text is not null))
                    Say(subject, predicate, Term.Literal(text.Text!, language == "@none" ? null : language.ToLowerInvariant()), text);
            return;
        }
        foreach (var item in value.Several) Value(subject, predicate, item, term, context);
    }

    private void Value(Term subject, string predicate, JsonTree value, JsonLdTerm? term, JsonLdContext context)
    {
        switch (value.Kind)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.True or JsonTokenType.False:
                Say(subject, predicate, Term.Literal(value.Text!, datatype: term?.Type ?? Names.Xsd + "boolean"), value);
                return;
            case JsonTokenType.Number:
                Say(subject, predicate, Term.Literal(value.Text!, datatype: term?.Type ?? Names.Xsd + (value.Text!.AsSpan().ContainsAny(".eE") ? "double" : "integer")), value);
                return;
            case JsonTokenType.String when term?.Type == "@id":
                Say(subject, predicate, Reference(value, context), value);
                return;
            case JsonTokenType.String when term?.Type == "@vocab":
                Say(subject, predicate, context.Vocabulary(value.Text!) is { } iri && Iri.IsAbsolute(iri) ? Term.Address(iri) : Reference(value, context), value);
                return;
            case JsonTokenType.String:
                Say(subject, predicate, term?.Type is { } type && type != "@none" ? Typed(value.Text!, type) : Term.Literal(value.Text!, term is { HasLanguage: true } ? term.Language : context.Language), value);
                return;
            case JsonTokenType.StartArray:
                foreach (var item in value.Items) Value(subject, predicate, item, term, context);
                return;
        }
        var keys = value.Members.ToDictionary(m => context.Keyword(m.Name) ?? m.Name, m => m.Value, StringComparer.Ordinal);
        if (keys.TryGetValue("@value", out var text))
        {
            if (text.Text is null) return;
            var language = keys.GetValueOrDefault("@language")?.Text?.ToLowerInvariant();
            Say(subject, predicate, keys.GetValueOrDefault("@type")?.Text is { } type ? Typed(text.Text, context.Vocabulary(type) ?? type) : Term.Literal(text.Text, language), value);
        }
        else if ((keys.GetValueOrDefault("@set") ?? keys.GetValueOrDefault("@list")) is { } several)
        {
            foreach (var item in several.Several) Value(subject, predicate, item, term, context);
        }
        else if (Node(value, context) is { } other)
        {
            Say(subject, predicate, other, value);
        }
    }

    private void Back(Term to, string predicate, JsonTree from, JsonLdContext context)
    {
        var subject = from.IsObject ? Node(from, context) : Reference(from, context);
        if (subject is { } found) Say(found, predicate, to, from);
    }

    private Term Reference(JsonTree value, JsonLdContext context)
    {
        var text = TextOf(value);
        if (text.StartsWith("_:", StringComparison.Ordinal)) return Term.Blank(text[2..]);
        var iri = context.Document(text);
        return Iri.IsAbsolute(iri) ? Term.Address(iri) : throw Bad(value, $"“{ListDraft.Short(text)}” is a relative address, and the context names no @base.");
    }

    private static Term Typed(string text, string type) => Term.Literal(text, datatype: type == Names.Xsd + "string" ? null : type);

    private string TextOf(JsonTree value) => value.Kind == JsonTokenType.String ? value.Text! : throw Bad(value, "a text was expected here.");

    private void Say(Term subject, string predicate, Term what, JsonTree at)
    {
        if (_triples.Count == TurtleReader.MostTriples) throw Bad(at, "the file has more statements than any list.");
        _triples.Add(new(subject, predicate, what, at.At));
    }

    private BadFileException Bad(JsonTree at, string reason) => source.Bad(source.OfByte(at.At), reason);
}
