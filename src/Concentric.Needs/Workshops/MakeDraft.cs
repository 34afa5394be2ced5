using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Designing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Workshops;

/// <summary>Makes a draft of what was said in a workshop: new circumstances and needs, and links that name the workshop as their source.</summary>
internal static class MakeDraft
{
    public static void Map(Site site) => site.Pages.MapPost("/model/workshops/{id:guid}/draft", Make).For(Audience.Design);

    private static async Task<IResult> Make(Guid id, Workbench bench, ClaimsPrincipal visitor)
    {
        var (by, now) = (visitor.Actor, bench.Now);
        var model = await bench.Published();
        var draft = await bench.Writer.Write(async db =>
        {
            if (await db.Workshops.SingleOrDefaultAsync(w => w.Id == id) is not { } workshop) return (Guid?)null;
            // A draft that was thrown away can be made again.
            if (workshop.Draft is { } made && await db.Editions.AnyAsync(e => e.Id == made)) return made;
            var statements = await db.Statements.AsNoTracking().Where(s => s.Workshop == id).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync();
            var edition = await Drafts.Begin(db, $"Workshop: {workshop.Title}", $"Said at the workshop of {Say.Date(workshop.HeldOn)}, {workshop.Venue}.", by, now);
            await Drafts.Put(db, edition.Id, Edits(model, workshop, statements), null, by, now);
            workshop.Draft = edition.Id;
            return edition.Id;
        });
        return draft is { } to ? Results.LocalRedirect(DesignLinks.Draft(to)) : Results.NotFound();
    }

    /// <summary>What the statements add to the model. What several people said of the same link becomes one, as strong as the strongest, with all their words.</summary>
    /// <remarks>
    /// A circumstance hangs on a life event in the centre (changes). A need hangs on a circumstance (implies): one that was put straight to a life event
    /// becomes a need without a link, and the review says so. A service hangs on a need (addressed by), or on the life event itself (calls directly for).
    /// A service in words of its own is in nobody's list: it stays a statement.
    /// </remarks>
    internal static IReadOnlyList<Edit> Edits(NeedModel model, Workshop workshop, IReadOnlyList<Statement> statements)
    {
        var situation = model.Find(workshop.Situation)!;
        var added = new Dictionary<string, Concept>();
        var meant = new Dictionary<string, Concept>();
        foreach (var statement in statements)
        {
            if (statement.Concept is { } uri && model.Find(uri) is { } held) meant[statement.Id.ToString()] = held;
            else if (statement is { Words: { } words, Ring: not Ring.Service }) meant[statement.Id.ToString()] = New(words, statement.Ring.Type());
        }

        var links =
            from statement in statements
            where meant.ContainsKey(statement.Id.ToString())
            let end = meant[statement.Id.ToString()]
            let start = statement.Because is not { } because ? situation : meant.GetValueOrDefault(because) ?? model.Find(because)
            let kind = start is null ? null : Kind(start.Type, end.Type)
            where kind is not null && start.Uri != end.Uri
            group statement by (Start: start, Predicate: kind.Value, End: end) into said
            select new Relation
            {
                Subject = said.Key.Start.Uri,
                Predicate = said.Key.Predicate,
                Object = said.Key.End.Uri,
                Source = workshop.Source,
                Confidence = said.Max(s => s.Strength),
                Reason = Reason(workshop, [.. said]),
                SubjectVersion = EditLinkForm.VersionOf(model, said.Key.Start.Uri),
                ObjectVersion = EditLinkForm.VersionOf(model, said.Key.End.Uri),
            };
        return [.. added.Values.Select(Edit.Of), .. links.Select(Edit.Of)];

        Concept New(string words, ConceptType type)
        {
            var slug = Typed.Slug(words) is { Length: > 0 } made ? made : "card";
            if (added.TryGetValue($"{type} {slug}", out var known)) return known;
            // A short name that is taken by something else gets a number.
            var free = Enumerable.Range(1, 1000).Select(n => n == 1 ? slug : $"{slug}-{n}").First(s => model.Find(type, s) is null);
            var concept = new Concept { Uri = SchemeUris.UriOf(type, free), Scheme = SchemeUris.SchemeOf(type), Identifier = free, Type = type, Label = words, Status = ConceptStatus.Local };
            return added[$"{type} {slug}"] = concept;
        }
    }

    private static Predicate? Kind(ConceptType from, ConceptType to) => (from, to) switch
    {
        (ConceptType.LifeEvent, ConceptType.Circumstance) => Predicate.Changes,
        (ConceptType.Circumstance, ConceptType.Need) => Predicate.Implies,
        (ConceptType.Need, ConceptType.Service) => Predicate.AddressedBy,
        (ConceptType.LifeEvent, ConceptType.Service) => Predicate.Determines,
        _ => null,
    };

    private static string Reason(Workshop workshop, List<Statement> said)
    {
        var quotes = said.Where(s => s.Quote is not null).Select(s => $"{Words.First(Words.A(s.SaidBy.Trim()))} said: “{s.Quote}”").Distinct().ToList();
        return quotes.Count > 0 ? string.Join(" ", quotes) : $"Said by {string.Join(", ", said.Select(s => Words.A(s.SaidBy.Trim())).Distinct())} at a workshop on {Say.Date(workshop.HeldOn)}.";
    }
}
