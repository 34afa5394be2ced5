using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concentric.Needs.LinkedData;

/// <summary>Writes triples as JSON-LD 1.1: one object a subject, names shortened by a context that stands in the file, so that nothing has to be fetched.</summary>
internal static class JsonLdWriter
{
    public const string Type = "application/ld+json";

    /// <param name="triples">Those of one subject follow each other, and of it those of one predicate.</param>
    public static async Task Write(Stream output, IEnumerable<Triple> triples, string terms, CancellationToken stop = default)
    {
        const int Enough = 64 * 1024;
        var prefixes = Names.Prefixes(terms);
        // For a file or a program, never for a page of HTML.
        await using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("@context");
        foreach (var (name, full) in prefixes) json.WriteString(name, full);
        json.WriteEndObject();
        json.WriteStartArray("@graph");
        foreach (var subject in Runs(triples, t => t.Subject))
        {
            json.WriteStartObject();
            json.WriteString("@id", Id(subject[0].Subject));
            foreach (var said in subject.GroupBy(t => t.Predicate))
            {
                json.WriteStartArray(said.Key == Names.Type ? "@type" : Names.Shortened(said.Key, prefixes) ?? said.Key);
                foreach (var term in said.Select(t => t.Object)) Write(json, term, said.Key == Names.Type, prefixes);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            if (json.BytesPending > Enough) await json.FlushAsync(stop);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(stop);
    }

    private static void Write(Utf8JsonWriter json, Term term, bool isType, IReadOnlyList<(string, string)> prefixes)
    {
        if (isType)
        {
            json.WriteStringValue(Names.Shortened(term.Value, prefixes) ?? Id(term));
            return;
        }
        json.WriteStartObject();
        if (term.Kind == TermKind.Literal) json.WriteString("@value", term.Value);
        else json.WriteString("@id", Id(term));
        if (term.Language is { } language) json.WriteString("@language", language);
        if (term.Datatype is { } datatype) json.WriteString("@type", Names.Shortened(datatype, prefixes) ?? datatype);
        json.WriteEndObject();
    }

    private static string Id(Term term) => term.IsLink ? Addresses.Written(term.Value) : "_:" + term.Value;

    private static IEnumerable<List<Triple>> Runs(IEnumerable<Triple> triples, Func<Triple, Term> key)
    {
        List<Triple> run = [];
        foreach (var triple in triples)
        {
            if (run.Count > 0 && key(run[0]) != key(triple))
            {
                yield return run;
                run = [];
            }
            run.Add(triple);
        }
        if (run.Count > 0) yield return run;
    }
}
