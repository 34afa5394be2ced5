using System.Collections.Immutable;
using System.Text.Json;
using Concentric.Needs.LinkedData;

namespace Concentric.Needs.Standards.Reading;

/// <summary>What a name stands for in a JSON-LD document.</summary>
internal sealed record JsonLdTerm(string Id, string? Type, string? Container, bool Reverse, bool HasLanguage, string? Language);

/// <summary>The names, prefixes and languages that hold at a place of a JSON-LD document.</summary>
internal sealed record JsonLdContext
{
    private const int LongestChain = 16;

    // Contexts that many publishers name by their address; they are known here and nothing is fetched.
    private static readonly Dictionary<string, (string Prefix, string Vocabulary)> Known = new(StringComparer.Ordinal)
    {
        ["http://www.w3.org/2004/02/skos/core"] = ("skos", Names.Skos),
        ["http://purl.org/dc/terms"] = ("dct", Names.Dct),
        ["http://purl.org/dc/terms/"] = ("dct", Names.Dct),
    };

    private static readonly string[] Containers = ["@set", "@list", "@language"];

    public static readonly JsonLdContext Empty = new();

    private ImmutableDictionary<string, JsonLdTerm?> Terms { get; init; } = ImmutableDictionary<string, JsonLdTerm?>.Empty;
    private string? Vocab { get; init; }
    private string? Base { get; init; }
    public string? Language { get; private init; }

    /// <summary>The keyword that a name stands for: itself, or what the context calls it.</summary>
    public string? Keyword(string name) => name.StartsWith('@') ? name : Terms.GetValueOrDefault(name)?.Id is ['@', ..] and { } keyword ? keyword : null;

    public JsonLdTerm? Term(string name) => Terms.GetValueOrDefault(name);

    /// <summary>The address of a name of a property or a type; null where it has none.</summary>
    public string? Vocabulary(string name)
    {
        if (Terms.TryGetValue(name, out var term)) return term?.Id;
        if (Compact(name) is { } full) return full;
        return Iri.IsAbsolute(name) ? name : Vocab is null ? null : Vocab + name;
    }

    /// <summary>The address of a thing, against the base; still relative where there is none.</summary>
    public string Document(string name) => Compact(name) ?? (Base is null || Iri.IsAbsolute(name) ? name : Iri.Resolve(Base, name));

    /// <exception cref="BadFileException">It stands elsewhere, or uses something that is not known here.</exception>
    public JsonLdContext With(JsonTree own, SourceText source)
    {
        var context = this;
        foreach (var part in own.Several)
        {
            context = part.Kind switch
            {
                JsonTokenType.Null => Empty,
                JsonTokenType.String => context.WithKnown(part, source),
                JsonTokenType.StartObject => context.WithInline(part, source),
                _ => throw Bad(source, part, "a context is an object or an address."),
            };
        }
        return context;
    }

    private JsonLdContext WithKnown(JsonTree address, SourceText source)
    {
        if (!Known.TryGetValue(address.Text!.TrimEnd('#'), out var known))
            throw Bad(source, address, $"the context {ListDraft.Short(address.Text)} stands elsewhere, and nothing is fetched for an import. Put its content in place of the address, or send the list as Turtle.");
        var id = new JsonLdTerm(known.Vocabulary, null, null, false, false, null);
        return this with { Vocab = Vocab ?? known.Vocabulary, Terms = Terms.SetItem(known.Prefix, id) };
    }

    private JsonLdContext WithInline(JsonTree inline, SourceText source)
    {
        var context = this;
        foreach (var (name, value) in inline.Members.Where(m => m.Name.StartsWith('@')))
        {
            context = name switch
            {
                "@vocab" => context with { Vocab = value.Text },
                "@base" => context with { Base = value.Text is { } given && Iri.IsAbsolute(given) ? given : throw Bad(source, value, "@base must be a full address.") },
                "@language" => context with { Language = value.Text?.ToLowerInvariant() },
                "@version" or "@protected" => context,
                _ => throw Bad(source, value, $"{ListDraft.Short(name)} in a context is not known to this reader."),
            };
        }
        // A name may be made of another that comes later in the same context.
        var waiting = inline.Members.Where(m => !m.Name.StartsWith('@')).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        foreach (var name in waiting.Keys.ToList()) context = Define(context, name, waiting, source, 0);
        return context;
    }

    private static JsonLdContext Define(JsonLdContext context, string name, Dictionary<string, JsonTree> waiting, SourceText source, int depth)
    {
        if (!waiting.Remove(name, out var value)) return context;
        if (depth > LongestChain) throw Bad(source, value, "names in the context stand for each other too often.");
        if (value.Kind == JsonTokenType.Null) return context with { Terms = context.Terms.SetItem(name, null) };
        var inline = value.IsObject ? value : null;
        foreach (var (key, part) in inline?.Members ?? [])
            if (key is not ("@id" or "@type" or "@container" or "@language" or "@reverse" or "@protected" or "@prefix"))
                throw Bad(source, part, $"{ListDraft.Short(key)} in a name of a context is not known to this reader.");
        var id = inline is null ? value.Text : inline.TextOf("@id", "@reverse");
        // What it is made of comes first: "prefLabel": "skos:prefLabel".
        foreach (var text in new[] { id, inline?.TextOf("@type"), name }.OfType<string>())
        {
            var prefix = text.Split(':')[0];
            if (prefix != name) context = Define(context, prefix, waiting, source, depth + 1);
        }
        var full = Expand(context, id ?? name) ?? throw Bad(source, value, $"“{ListDraft.Short(id ?? name)}” stands for no address.");
        var type = inline?.TextOf("@type") is { } given ? given.StartsWith('@') ? given : Expand(context, given) : null;
        var container = (inline?["@container"]?.Several ?? []).Select(c => c.Text).FirstOrDefault(c => c != "@set");
        if (container is not null && !Containers.Contains(container)) throw Bad(source, value, $"the container {ListDraft.Short(container)} is not known to this reader.");
        var language = inline?.Members.FirstOrDefault(m => m.Name == "@language").Value;
        var term = new JsonLdTerm(full, type, container, inline?["@reverse"] is not null, language is not null, language?.Text?.ToLowerInvariant());
        return context with { Terms = context.Terms.SetItem(name, term) };
    }

    private static string? Expand(JsonLdContext context, string text) => text.StartsWith('@') ? text : context.Vocabulary(text);

    private string? Compact(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || name.AsSpan(colon + 1).StartsWith("//")) return null;
        return Terms.GetValueOrDefault(name[..colon]) is { Id: var start } ? start + name[(colon + 1)..] : null;
    }

    private static BadFileException Bad(SourceText source, JsonTree at, string reason) => source.Bad(source.OfByte(at.At), reason);
}
