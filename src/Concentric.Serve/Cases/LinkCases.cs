using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Citizens;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Cases;

/// <summary>What is said of how a case has to do with others.</summary>
public sealed record LinkForm
{
    /// <summary>What: <c>link</c>, <c>unlink</c> or <c>part</c>.</summary>
    public string? Do { get; init; }

    /// <summary>Reference of the other case.</summary>
    public string? Other { get; init; }

    /// <summary>The process by which a part is worked on.</summary>
    public string? Process { get; init; }

    /// <summary>What is to be done in a part.</summary>
    public string? Words { get; init; }
}

/// <summary>A case that another has to do with, as its page lists it.</summary>
/// <param name="How">“Part of it”, “It is a part of” or “Linked”.</param>
public sealed record LinkedCase(string Reference, string Title, string How, bool CanUnlink, CaseOutcome? Outcome);

/// <summary>Whoever works on a case says which others have to do with it, or begins a part of it that is worked on by a process of its own.</summary>
internal static class LinkCases
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/cases/{reference}/links", Do).For(Audience.Desk);

    private static async Task<IResult> Do(
        string reference, [FromForm] LinkForm form, ConcentricDb db, IWriter writer, MoveCase cases, Processes processes, PublishedForms published, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var sight = await Sight.Of(db, visitor, stop);
        if (!Reference.TryParse(reference, out var known) || await sight.Of(db.Cases).AsNoTracking().SingleOrDefaultAsync(c => c.Reference == known, stop) is not { } of) return Results.NotFound();
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var errors = new Errors();
        if (form.Do == "part")
        {
            var words = Fields.Tidy(form.Words ?? "").Trim();
            errors.Check("Process", await processes.Find(form.Process ?? "", stop) is not null, "Select how it is worked on")
                .Check("Words", words.Length > 0, "Enter what is to be done").Check("Words", words.Length <= CaseForm.MostNote, "What is to be done must be 4,000 characters or fewer");
            if (!errors.Any) await cases.BeginPart(known, form.Process!, (await published.All(stop)).Any(f => f.Form.Process == form.Process && f.Form.Sensitive), words, by, now);
        }
        else
        {
            var other = Reference.TryParse(form.Other, out var found) ? await sight.Of(db.Cases).AsNoTracking().SingleOrDefaultAsync(c => c.Reference == found, stop) : null;
            errors.Check("Other", other is not null, "Enter the reference of a case, like CN-7K2M4X").Check("Other", other?.Id != of.Id, "Enter the reference of another case, not of this one");
            if (!errors.Any) await writer.Write(d => form.Do == "unlink" ? Unlink(d, of, other!, by, now) : Link(d, of, other!, by, now), CancellationToken.None);
        }
        return errors.Any ? await WorkCase.Page(known, new() { Linking = form }, errors, null, db, cases, processes, visitor, clock, stop) : Results.LocalRedirect($"/desk/cases/{known}#links");
    }

    /// <summary>The cases that one has to do with and that may be seen, its parts first.</summary>
    public static async Task<IReadOnlyList<LinkedCase>> Of(ConcentricDb db, Sight sight, Guid id, Processes processes, CancellationToken stop)
    {
        var links = await db.CaseLinks.AsNoTracking().Where(l => l.CaseId == id || l.OtherId == id).ToListAsync(stop);
        var ids = links.ConvertAll(l => l.CaseId == id ? l.OtherId : l.CaseId);
        var seen = await sight.Of(db.Cases).AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);
        var linked = new List<LinkedCase>();
        foreach (var link in links.OrderByDescending(l => l.Kind).ThenBy(l => l.At))
            if (seen.GetValueOrDefault(link.CaseId == id ? link.OtherId : link.CaseId) is { } other)
                linked.Add(new($"{other.Reference}", (await processes.Find(other.Process, other.Version, stop)).Title.En, link.Kind == CaseLinkKind.Linked ? "Linked" : link.CaseId == id ? "A part of this" : "This is a part of it",
                    link.Kind == CaseLinkKind.Linked, other.Outcome));
        return linked;
    }

    private static async Task Link(ConcentricDb db, Case of, Case other, string by, DateTimeOffset now)
    {
        if (await Between(db, of, other).AnyAsync()) return;
        // It has no direction, so two who link the same two at once from either side make one row.
        var (first, second) = CitizenPair.InOrder(of.Id, other.Id);
        db.Add(new CaseLink { CaseId = first, OtherId = second, Kind = CaseLinkKind.Linked, By = by, At = now });
        db.Record(new CasesLinked($"{of.Reference}", $"{other.Reference}", $"{CaseLinkKind.Linked}"), by, now);
    }

    private static async Task Unlink(ConcentricDb db, Case of, Case other, string by, DateTimeOffset now)
    {
        if (await Between(db, of, other).SingleOrDefaultAsync(l => l.Kind == CaseLinkKind.Linked) is not { } link) return;
        db.Remove(link);
        db.Record(new CasesLinked($"{of.Reference}", $"{other.Reference}", "Unlinked"), by, now);
    }

    private static IQueryable<CaseLink> Between(ConcentricDb db, Case one, Case other) =>
        db.CaseLinks.Where(l => (l.CaseId == one.Id && l.OtherId == other.Id) || (l.CaseId == other.Id && l.OtherId == one.Id));
}
