using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Conversations;

/// <summary>Finds the person of a conversation by what they say of themselves: what they asked before stands beside, and what they told us is offered.</summary>
internal sealed class KnowCitizen(ConcentricDb db, FormsToFill forms)
{
    private const int MostContacts = 10;
    private const int MostSubmissions = 5;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/conversations/{id}/person", Know).For(Audience.Desk);

    private static async Task<IResult> Know(string id, [FromForm] string? find, [FromForm] string? forget, ConversationScreen screen, KnowCitizen citizens, IWriter writer, OfferKnown offer, ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await screen.Find(id, visitor) is not { } conversation) return Results.NotFound();
        var address = ConversationView.AddressOf(conversation.Id);
        if (!conversation.IsOpen) return Results.LocalRedirect(address);
        if (forget is not null)
        {
            await offer.Change(writer, conversation.Id, c => (c.PersonEmail, c.PersonPhone, c.CitizenId, c.Known) = (null, null, null, KnownParticulars.Read(c.Known).OnlySaid().Write()));
            return Results.LocalRedirect($"{address}#Citizen");
        }
        var sight = await Sight.Of(db, visitor);
        find = find?.Trim() is { Length: > 0 and <= 320 } words ? words : null;
        var (email, phone) = find is null ? (null, null) : await citizens.Find(find, sight);
        if (email is null && phone is null)
        {
            var errors = new Errors().Check("Find", false, find is null ? "Enter an email address, a phone number or a reference" : "Nobody is known by that. Check it with them, or go on without");
            return await screen.Page(conversation, null, new() { Errors = errors, Find = find });
        }
        var told = await citizens.ToldBefore(citizens.Of(email, phone));
        var citizen = await citizens.Kept(email, phone);
        await offer.Change(writer, conversation.Id, c =>
        {
            var known = KnownParticulars.Read(c.Known).OnlySaid();
            foreach (var (journey, on) in told) known = known.Before(journey, on);
            (c.PersonEmail, c.PersonPhone, c.CitizenId, c.Known) = (email, phone, citizen, known.Write());
        });
        if (citizen is { } met) await writer.Write(d => Looks.Record(d, met, sight, visitor, clock.GetUtcNow()));
        return Results.LocalRedirect($"{address}#Citizen");
    }

    /// <summary>A conversation that is about to begin is with this citizen. Nobody of that id: it begins without.</summary>
    public async Task Meet(Conversation conversation, Guid id)
    {
        if (await db.Citizens.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id) is not { } citizen) return;
        var known = KnownParticulars.Read(conversation.Known);
        foreach (var (journey, on) in await ToldBefore(db.Enquiries.AsNoTracking().Where(e => e.CitizenId == id))) known = known.Before(journey, on);
        (conversation.CitizenId, conversation.PersonEmail, conversation.PersonPhone, conversation.Known) = (id, citizen.Email, citizen.Email is null ? citizen.Phone : null, known.Write());
    }

    /// <summary>Whose it is: by an e-mail address, a reference or a telephone number of something they sent.</summary>
    private async Task<(string? Email, string? Phone)> Find(string find, Sight sight)
    {
        if (Reference.TryParse(find, out var reference))
        {
            var enquiry = await db.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Reference == reference);
            if (enquiry is null || !sight.MaySee(enquiry)) return (null, null);
            return enquiry.Email.Length > 0 ? (enquiry.Email, null) : (null, await db.SubmissionPhones.Where(p => p.SubmissionId == enquiry.Id).Select(p => p.Phone).SingleOrDefaultAsync());
        }
        if (EmailAddress.LooksRight(find)) return await sight.Of(Of(find, null)).AnyAsync() ? (find, null) : (null, null);
        return SubmissionPhone.Digits(find) is { } phone && await sight.Of(Of(null, phone)).AnyAsync() ? (null, phone) : (null, null);
    }

    /// <summary>Who they are kept as, where it can be one alone.</summary>
    private async Task<Guid?> Kept(string? email, string? phone)
    {
        var small = email?.Trim().ToLowerInvariant();
        var theirs = small is null ? db.Citizens.Where(c => c.Phone == phone) : db.Citizens.Where(c => c.Email == small);
        var found = await theirs.OrderBy(c => c.Id).Select(c => c.Id).Take(10).ToListAsync();
        return found.Count > 0 && !found.Except(await CitizenPair.Joined(db, found[0])).Any() ? found[0] : null;
    }

    public async Task<CitizenView> View(Conversation conversation, Sight sight, string? find, IReadOnlyDictionary<string, ServiceName> names, IReadOnlyList<NextNeed> next)
    {
        var (email, phone) = (conversation.PersonEmail, conversation.PersonPhone);
        var contacts = email is null && phone is null ? []
            : await sight.Of(Of(email, phone)).OrderByDescending(e => e.RaisedAt).Take(MostContacts).Select(e => new { e.Reference, e.Service, e.RaisedAt, e.IsOpen }).ToListAsync();
        var known = KnownParticulars.Read(conversation.Known).All.Select(k => new KnownRow(Particulars.Find(k.Key)?.Title.En ?? k.Key, Plain(k.Value.Value), k.Value.From));
        return new(email ?? phone, [.. contacts.Select(c => new EarlierContact($"{c.Reference}", c.Service is null ? "Not sure what" : names.GetValueOrDefault(c.Service)?.Plain ?? c.Service, c.RaisedAt, c.IsOpen))], [.. known], next, find) { Citizen = conversation.CitizenId };
    }

    /// <summary>What somebody sent, the newest first. Nothing of sensitive forms: that they were sent must not show.</summary>
    private async Task<IReadOnlyList<(Journey Journey, DateOnly On)>> ToldBefore(IQueryable<Enquiry> asked)
    {
        var ids = await asked.OrderByDescending(e => e.RaisedAt).Select(e => e.Id).Take(MostContacts * 2).ToListAsync();
        var told = new List<(Journey, DateOnly)>();
        foreach (var sent in await db.Submissions.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderByDescending(s => s.SentAt).Take(MostSubmissions).ToListAsync())
            if (await forms.Version(sent.Form, sent.Version) is { Sensitive: false } form)
                told.Add((Journey.Of(form, Answers.Read(form, sent.Answers), Say.DayOf(sent.SentAt)), Say.DayOf(sent.SentAt)));
        return told;
    }

    private IQueryable<Enquiry> Of(string? email, string? phone)
    {
        if (email is null)
        {
            var rung = db.SubmissionPhones.Where(p => p.Phone == phone).Select(p => p.SubmissionId);
            return db.Enquiries.AsNoTracking().Where(e => rung.Contains(e.Id));
        }
        var small = email.Trim().ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL, which has no culture.
        return db.Enquiries.AsNoTracking().Where(e => e.Email.ToLower() == small);
#pragma warning restore CA1304, CA1311, CA1862
    }

    private static string Plain(System.Text.Json.Nodes.JsonNode value) => value switch
    {
        System.Text.Json.Nodes.JsonObject parts => string.Join(", ", parts.Where(p => p.Key != "uprn").Select(p => $"{p.Value}")),
        System.Text.Json.Nodes.JsonArray items => string.Join(", ", items.Select(i => i is null ? "" : Plain(i))),
        _ when value.GetValueKind() is System.Text.Json.JsonValueKind.True => "Yes",
        _ when value.GetValueKind() is System.Text.Json.JsonValueKind.False => "No",
        _ when DateOnly.TryParseExact($"{value}", "yyyy-MM-dd", out var date) => Say.Date(date),
        _ => $"{value}",
    };
}
