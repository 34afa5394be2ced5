using System.Globalization;
using System.Text;

namespace Concentric.Needs.LinkedData;

/// <summary>Writes triples as Turtle (W3C, RDF 1.1 Turtle). Triples of one subject that follow each other are written together.</summary>
internal static class TurtleWriter
{
    public const string Type = "text/turtle";

    public static async Task Write(TextWriter output, IEnumerable<Triple> triples, string terms, CancellationToken stop = default)
    {
        var prefixes = Names.Prefixes(terms);
        foreach (var (name, full) in prefixes) await output.WriteAsync($"@prefix {name}: <{full}> .\n");
        Triple? before = null;
        foreach (var triple in triples)
        {
            stop.ThrowIfCancellationRequested();
            if (before?.Subject != triple.Subject)
            {
                await output.WriteAsync($"{(before is null ? "" : " .\n")}\n{Written(triple.Subject)}\n    ");
                before = null;
            }
            if (before?.Predicate == triple.Predicate) await output.WriteAsync(", ");
            else await output.WriteAsync($"{(before is null ? "" : " ;\n    ")}{(triple.Predicate == Names.Type ? "a" : Name(triple.Predicate))} ");
            await output.WriteAsync(Written(triple.Object));
            before = triple;
        }
        if (before is not null) await output.WriteAsync(" .\n");

        string Name(string uri) => Names.Shortened(uri, prefixes) ?? $"<{Addresses.Written(uri)}>";

        string Written(Term term) => term switch
        {
            { IsLink: true } => Name(term.Value),
            { Kind: TermKind.Blank } => "_:" + term.Value,
            { Language: { } language } => $"{Quoted(term.Value)}@{language}",
            { Datatype: { } datatype } => $"{Quoted(term.Value)}^^{Name(datatype)}",
            _ => Quoted(term.Value),
        };
    }

    /// <summary>A text in quotation marks.</summary>
    internal static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\u007f' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
