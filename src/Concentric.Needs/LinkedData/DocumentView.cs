using Concentric.Needs.Concepts;

namespace Concentric.Needs.LinkedData;

/// <summary>What the page of a thing shows of what is told of it.</summary>
public sealed record DocumentView
{
    // A whole list of services would be a page of some megabytes.
    private const int MostShown = 100;

    public sealed record Value(string Text, string? Href);
    public sealed record Row(string Name, IReadOnlyList<Value> Values);

    /// <param name="Heading">Null for what the page is about.</param>
    public sealed record Thing(string? Heading, string? Anchor, IReadOnlyList<Row> Rows);

    public required string Title { get; init; }
    public required string? Definition { get; init; }
    public required bool IsRetired { get; init; }

    /// <summary>Address of the page, to which <c>.jsonld</c> and <c>.ttl</c> can be put.</summary>
    public required string Path { get; init; }
    public required IReadOnlyList<Thing> Things { get; init; }

    /// <summary>How many things are not shown.</summary>
    public required int More { get; init; }

    internal static DocumentView Of(Document document, NeedModel model, OutsideAddress outside, string path)
    {
        var prefixes = Names.Prefixes(outside.Terms);
        var id = $"{outside.Base}/id/";
        var things = document.Triples.GroupBy(t => t.Subject.Value).ToList();
        return new()
        {
            Title = document.Title,
            Definition = document.Definition,
            IsRetired = document.Triples.Any(t => t.Subject.Value == document.Uri && t.Predicate == Names.Owl + "deprecated"),
            Path = path,
            More = Math.Max(0, things.Count - MostShown),
            Things = [.. things.Take(MostShown).Select(t => new Thing(t.Key == document.Uri ? null : TitleOf(t), Anchor(t.Key), [.. Address(t.Key), .. t.GroupBy(s => s.Predicate).Select(s => new Row(NameOf(s.Key), [.. s.Select(o => ValueOf(o.Object))]))]))],
        };

        IEnumerable<Row> Address(string uri) => [new("Address", [new(uri, null)])];

        Value ValueOf(Term term) => term.IsLink ? new(LabelOf(term.Value), Here(term.Value)) : new(term.Value, null);

        string NameOf(string uri) => OwnTerms.All.FirstOrDefault(t => outside.Terms + t.Name == uri)?.Label ?? Names.Shortened(uri, prefixes) ?? uri;

        string LabelOf(string uri)
        {
            var stored = uri.StartsWith(id, StringComparison.Ordinal) ? $"{SchemeUris.Ours}/{uri[id.Length..]}" : uri;
            return model.Find(stored)?.Plain ?? model.Schemes.FirstOrDefault(s => s.Uri == stored)?.Label ?? Names.Shortened(uri, prefixes) ?? uri;
        }

        // Our own things are shown by this program, whatever address it was given.
        string Here(string uri) => uri.StartsWith(id, StringComparison.Ordinal) ? $"/doc/{uri[id.Length..]}"
            : uri.StartsWith(outside.Terms, StringComparison.Ordinal) ? $"{Links.Terms}#{uri[outside.Terms.Length..]}" : uri;

        string TitleOf(IGrouping<string, Triple> thing) =>
            thing.FirstOrDefault(t => t.Predicate is Names.Skos + "prefLabel" or Names.Rdfs + "label" or Names.Dct + "title").Object.Value ?? LabelOf(thing.Key);

        static string? Anchor(string uri) => uri.IndexOf('#', StringComparison.Ordinal) is > 0 and var at ? uri[(at + 1)..] : null;
    }
}
