using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Concentric.Serve.Desk;

/// <summary>What an enquiry's person may need next, and what came of it so far.</summary>
public sealed record NextView
{
    public required IReadOnlyList<NextRow> Rows { get; init; }

    /// <summary>What was offered or declined before and is not suggested any more, as what is said of the person has changed.</summary>
    public required IReadOnlyList<NextRow> Earlier { get; init; }

    public required IReadOnlyList<SaidChoice> LifeEvents { get; init; }
    public required IReadOnlyList<SaidChoice> Circumstances { get; init; }

    public IReadOnlyList<string> Said => [.. LifeEvents.Concat(Circumstances).Where(c => c.IsSaid).Select(c => c.Id).Distinct()];

    /// <summary>What was said, as it stands in addresses: <c>?said=living-alone</c>; empty where nothing was.</summary>
    public string Query => Said.Count == 0 ? "" : "?" + string.Join('&', Said.Select(s => $"said={Uri.EscapeDataString(s)}"));
}

/// <summary>A suggestion.</summary>
/// <param name="Done">What came of it, in words; null where nothing was said yet.</param>
public sealed record NextRow(string Service, string Label, string Reason, string Source, bool ByCounts, int? SecondOpinion, string? Done);

/// <summary>Beside the conversation: an adviser offers what may be needed next and keeps in one press what came of it.</summary>
internal static class SuggestNext
{
    /// <summary>What was asked for longer ago than this says nothing of what is needed now.</summary>
    private const int Lately = 90;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/enquiries/{reference}/next", Answer).For(Audience.Desk);

    /// <param name="said">Identifiers of life events and circumstances that the adviser ticked. They stand in the address and are not kept.</param>
    public static async Task<NextView> View(Enquiry enquiry, IReadOnlyList<string> said, Sight sight, ConcentricDb db, INextNeeds needs, IServiceNames names, CancellationToken stop)
    {
        var answer = await needs.For(await Situation(enquiry, said, sight, db, stop), stop);
        var kept = await db.Suggestions.AsNoTracking().Where(s => s.EnquiryId == enquiry.Id).OrderBy(s => s.At).ToListAsync(stop);
        var earlier = new List<NextRow>();
        foreach (var old in kept.Where(k => answer.Needs.All(n => n.Service != k.Service)))
            earlier.Add(new(old.Service, (await names.Find(old.Service, stop))?.Plain ?? old.Service, old.Reason, old.Source, old.Basis == SuggestionBasis.Counts, null, Words(old)));
        return new()
        {
            Rows = [.. answer.Needs.Select(n => new NextRow(n.Service, n.Label, n.Reason, n.Source, n.Basis == SuggestionBasis.Counts, n.SecondOpinion, Words(kept.Find(k => k.Service == n.Service))))],
            Earlier = earlier,
            LifeEvents = answer.LifeEvents,
            Circumstances = answer.Circumstances,
        };
    }

    private static async Task<IResult> Answer(
        string reference, [FromForm] string? service, [FromForm] string? response, [FromForm] StringValues said, ConcentricDb db, EnquiryPages pages, IWriter writer, INextNeeds needs, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await pages.Find(reference, visitor, default) is not { Reference: var known } enquiry) return Results.NotFound();
        var sight = await Sight.Of(db, visitor);
        if (service is null || Read(response) is not { } came) return Results.BadRequest();
        // The reason is the one that the program gives, never one that was sent in.
        var suggested = (await needs.For(await Situation(enquiry, Words(said), sight, db, default))).Needs.FirstOrDefault(n => n.Service == service);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var found = await writer.Write(async d =>
        {
            var held = await d.Suggestions.FindAsync(enquiry.Id, service);
            if (held is null && suggested is null) return false;
            if (held is null)
            {
                d.Suggestions.Add(new()
                {
                    EnquiryId = enquiry.Id, Service = service, Response = came, Basis = suggested!.Basis, Reason = suggested.Reason, Source = suggested.Source, By = by, At = now,
                });
            }
            else (held.Response, held.By, held.At) = (came, by, now);
            d.Record(new SuggestionAnswered($"{known}", service, came, held?.Basis ?? suggested!.Basis), by, now);
            return true;
        });
        return found ? Results.LocalRedirect($"/desk/enquiries/{known}{Query(Words(said))}#next") : Results.NotFound();
    }

    private static async Task<SituationAsked> Situation(Enquiry enquiry, IReadOnlyList<string> said, Sight sight, ConcentricDb db, CancellationToken stop)
    {
        var email = enquiry.Email.Trim().ToLowerInvariant();
        // Those who left no address are many people, and not one.
        if (email.Length == 0) return new() { Service = enquiry.Service, Said = said };
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL, which has no culture.
        // What the visitor may not see shows in no suggestion either.
        var others = await sight.Of(db.Enquiries.AsNoTracking()).Where(e => e.Email.ToLower() == email && e.Id != enquiry.Id && e.Service != null).Select(e => new { e.Service, e.RaisedAt }).ToListAsync(stop);
#pragma warning restore CA1304, CA1311, CA1862
        var since = enquiry.RaisedAt.AddDays(-Lately);
        var lately = others.Where(o => o.RaisedAt >= since).Select(o => o.Service!).Distinct().Where(s => s != enquiry.Service).ToList();
        return new() { Service = enquiry.Service, Lately = lately, Before = [.. others.Select(o => o.Service!).Distinct().Where(s => s != enquiry.Service && !lately.Contains(s))], Said = said };
    }

    private static string Query(string[] said) => said.Length == 0 ? "" : "?" + string.Join('&', said.Select(s => $"said={Uri.EscapeDataString(s)}"));

    private static string[] Words(StringValues said) => [.. said.OfType<string>()];

    private static SuggestionResponse? Read(string? response) => response switch
    {
        "offer" => SuggestionResponse.Offered,
        "declined" => SuggestionResponse.Declined,
        "already-has" => SuggestionResponse.AlreadyHas,
        _ => null,
    };

    private static string? Words(Suggestion? suggestion) => suggestion is null ? null
        : $"{suggestion.Response switch { SuggestionResponse.Offered => "Offered", SuggestionResponse.Declined => "Declined", _ => "Already has it" }} {Say.When(suggestion.At)}";
}
