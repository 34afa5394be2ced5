using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Designing;

/// <summary>Somebody says what a new link is to say and where it leads: first which kind and some words, then one of what the words find.</summary>
internal static class ChooseLink
{
    private const int Most = 20;

    public static void Map(Site site) => site.Pages.MapGet("/model/{kind}/{identifier}/links/new", Show).For(Audience.Design);

    // Asked are: link, predicate and direction as Implies.out; words, which find the other end; other, its address; step, find or choose.
    private static async Task<IResult> Show(string kind, string identifier, Workbench bench, ClaimsPrincipal visitor, HttpRequest request, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        string? Asked(string name) => request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;
        if (Kind.Of(kind) is not { } known || known.Find(work.Model, identifier, Asked("uri")) is not { } concept) return Results.NotFound();

        var choices = Choices(concept).ToList();
        var chosen = choices.FirstOrDefault(c => c.Value == Asked("link"));
        var (words, step) = (Typed.Text(Asked("words")), Asked("step"));
        var found = chosen is null || words is null ? [] : FindThings.Of(work.Model, chosen.Other, words, retired: false).Where(c => c.Uri != concept.Uri).Take(Most).ToList();
        if (chosen is not null && step == "choose" && found.Find(c => c.Uri == Asked("other")) is { } end)
            return Results.LocalRedirect(chosen.Outward ? DesignLinks.Relation(concept.Uri, chosen.Link.Predicate, end.Uri) : DesignLinks.Relation(end.Uri, chosen.Link.Predicate, concept.Uri));

        var errors = new Errors();
        if (step is not null)
            errors.Check("link", chosen is not null, "Select what the link says")
                .Check("words", words is not null, "Enter some words of where it leads")
                .Check("words", chosen is null || words is null || found.Count > 0, $"No {chosen?.Other.One} fits “{words}”. Try other words");
        if (step == "choose" && !errors.Any) errors.Check("other", false, $"Select the {chosen!.Other.One}");
        return new RazorComponentResult<ChooseLinkPage>(new
        {
            Draft = work.Line,
            Errors = errors,
            Name = concept.Plain,
            Back = DesignLinks.Of(known, concept),
            Action = DesignLinks.Of(known, concept).Split('?')[0] + "/links/new",
            Address = Asked("uri"),
            Kinds = (IReadOnlyList<Choice>)[.. choices.Select(c => new Choice(c.Value, c.Text) { Hint = c.Link.Means })],
            Link = chosen?.Value,
            Sentence = chosen?.Text,
            Words = words,
            Other = chosen?.Other.One,
            Found = (IReadOnlyList<Choice>)[.. found.Select(c => new Choice(c.Uri, c.Plain) { Hint = Hint(c) })],
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private sealed record LinkChoice(LinkKind Link, bool Outward, Kind Other, string Text)
    {
        public string Value => $"{Link.Predicate}.{(Outward ? "out" : "in")}";
    }

    private static IEnumerable<LinkChoice> Choices(Concept concept)
    {
        foreach (var link in LinkKind.All)
        {
            if (link.Leaves(concept.Type) && Kind.Of(link.To ?? concept.Type) is { } to)
                yield return new(link, true, to, $"This {Kind.Say(concept.Type)} {link.Says} {Words.A(to.One)}");
            if (link.From is not null && link.Reaches(concept.Type) && Kind.Of(link.From.Value) is { } from)
                yield return new(link, false, from, $"{Words.First(Words.A(from.One))} {link.Says} this {Kind.Say(concept.Type)}");
        }
    }

    private static string? Hint(Concept concept)
    {
        var number = concept.Type == ConceptType.Service ? $"Number {concept.Identifier}" : null;
        var published = concept.Label == concept.Plain ? null : concept.Label;
        var definition = concept.Definition is { Length: < 200 } text ? text.TrimEnd('.') : null;
        return string.Join(". ", new[] { number, published, definition }.OfType<string>()) is { Length: > 0 } hint ? hint : null;
    }
}
