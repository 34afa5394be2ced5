using System.Text;
using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.LinkedData;

/// <summary>What our addresses lead to: a thing itself cannot be sent, so <c>/id/…</c> points to <c>/doc/…</c>, which is a page, JSON-LD or Turtle.</summary>
internal static class ShowLinkedData
{
    public static void Map(Site site)
    {
        var open = site.Pages.MapGroup("").Open();
        open.MapGet("/id/{type}/{**slug}", Point).ForEverybody();
        open.MapGet("/doc/{type}/{**slug}", Show).ForEverybody();
        open.MapGet("/ns", Words).ForEverybody();
        open.MapGet("/ns.jsonld", Words).ForEverybody();
        open.MapGet("/ns.ttl", Words).ForEverybody();
    }

    private static async Task<IResult> Point(string type, string slug, HttpContext http, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var document = Document.Find(await cache.Current(stop), OutsideAddress.Of(settings, http.Request), type, slug);
        if (document is not { IsOurs: true }) return Results.NotFound();
        http.Response.Headers.Location = Links.Document(type, slug);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<IResult> Show(string type, string slug, HttpContext http, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var (plain, form) = Split(slug);
        var model = await cache.Current(stop);
        var outside = OutsideAddress.Of(settings, http.Request);
        return Document.Find(model, outside, type, plain) is { } document ? Answer(http, model, outside, document, form, Links.Document(type, plain)) : Results.NotFound();
    }

    private static async Task<IResult> Words(HttpContext http, ModelCache cache, Settings settings, CancellationToken stop)
    {
        var outside = OutsideAddress.Of(settings, http.Request);
        var (_, form) = Split(http.Request.Path.Value!);
        var document = new Document { Title = "Words of the need model", Uri = outside.Terms.TrimEnd('#'), Triples = [.. OwnTerms.Describe(outside)], IsOurs = true };
        return Answer(http, await cache.Current(stop), outside, document, form, Links.Terms);
    }

    private static IResult Answer(HttpContext http, NeedModel model, OutsideAddress outside, Document document, Form? asked, string path)
    {
        var headers = http.Response.Headers;
        if (asked is null) headers.Vary = "Accept";
        headers.Link = $"<{path}.jsonld>; rel=\"alternate\"; type=\"{JsonLdWriter.Type}\", <{path}.ttl>; rel=\"alternate\"; type=\"{TurtleWriter.Type}\"";
        return (asked ?? Negotiation.Best(http.Request)) switch
        {
            // The page names who is signed in, so it is nobody else's to keep.
            Form.Page => new RazorComponentResult<DocumentPage>(new { View = DocumentView.Of(document, model, outside, path) }),
            Form.JsonLd => PublicAnswer.Of(http, model, $"{Form.JsonLd}-{Base()}", () => Results.Stream(output => JsonLdWriter.Write(output, document.Triples, outside.Terms), JsonLdWriter.Type)),
            Form.Turtle => PublicAnswer.Of(http, model, $"{Form.Turtle}-{Base()}", () => Results.Stream(output => Turtle(output, document.Triples, outside.Terms), $"{TurtleWriter.Type}; charset=utf-8")),
            _ => Results.Problem($"This is to be had as text/html, {JsonLdWriter.Type} and {TurtleWriter.Type}. Ask for one of them in the Accept header, or put .jsonld or .ttl at the end of the address.", statusCode: StatusCodes.Status406NotAcceptable),
        };

        string Base() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(outside.Base)))[..8];
    }

    internal static async Task Turtle(Stream output, IEnumerable<Triple> triples, string terms)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        await TurtleWriter.Write(writer, triples, terms);
    }

    private static (string, Form?) Split(string slug) =>
        slug.EndsWith(".jsonld", StringComparison.Ordinal) ? (slug[..^".jsonld".Length], Form.JsonLd)
        : slug.EndsWith(".ttl", StringComparison.Ordinal) ? (slug[..^".ttl".Length], Form.Turtle)
        : (slug, null);
}

/// <summary>What is told of one thing.</summary>
internal sealed record Document
{
    public required string Title { get; init; }

    /// <summary>Address of the thing as the outside sees it.</summary>
    public required string Uri { get; init; }
    public string? Definition { get; init; }
    public required IReadOnlyList<Triple> Triples { get; init; }

    /// <summary>The address is one of ours. Of entries of other people's lists we tell what we hold, and their addresses are theirs.</summary>
    public required bool IsOurs { get; init; }

    /// <summary>The document of a type and a short name, as they stand in addresses; null where there is none.</summary>
    public static Document? Find(NeedModel model, OutsideAddress outside, string type, string slug)
    {
        var (describe, ours) = (new Describe(model, outside), $"{SchemeUris.Ours}/{type}/{slug}");
        if (type == "list") return (model.Schemes.FirstOrDefault(s => s.Uri == ours) ?? model.Schemes.FirstOrDefault(s => s.Identifier == slug)) is { } scheme ? Of(scheme.Uri, scheme.Label, scheme.Source, describe.WholeList(scheme)) : null;
        if (type == "offer") return model.FindOffer(slug) is { } offer ? Of(ours, offer.Name, offer.Description, describe.Offer(offer)) : null;
        if (type == "place") return model.FindPlace(slug) is { } place ? Of(ours, place.Name, null, describe.Place(place)) : null;
        if (type == "relation") return describe.FindStatement(slug) is { } relation
            ? Of(ours, $"{model.Find(relation.Subject)!.Plain} → {model.Find(relation.Object)!.Plain}", relation.Reason, describe.Statement(relation)) : null;
        var concept = model.Find(ours) ?? (SchemeUris.TypeOf(type) is { } known ? model.Find(known, slug) : null);
        return concept is null ? null : Of(concept.Uri, concept.Plain, concept.Definition, describe.WholeConcept(concept));

        Document Of(string uri, string title, string? definition, IEnumerable<Triple> triples) =>
            new() { Title = title, Uri = outside.Of(uri), Definition = definition, Triples = [.. triples], IsOurs = uri == ours };
    }
}
