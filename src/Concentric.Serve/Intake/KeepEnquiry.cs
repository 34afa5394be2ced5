using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>What came by a way other than our own forms: by the API, by e-mail, or taken down by an adviser.</summary>
/// <param name="Service">LGSL identifier, or null where it is not known.</param>
/// <param name="Who">What was said of who asks.</param>
/// <param name="Channel">Short name of a channel.</param>
/// <param name="OtherReference">What another system calls it.</param>
/// <param name="Follows">The enquiry that it is about once more.</param>
internal sealed record Incoming(string? Service, string Words, Told Who, string Channel, string? OtherReference = null, Enquiry? Follows = null);

/// <summary>Keeps an enquiry that came without a form: whose it is, which team it waits with, and its fact.</summary>
internal sealed class KeepEnquiry(RouteEnquiry route, Pseudonyms pseudonyms, OwnCouncil council)
{
    public const int MostWords = 4000;

    /// <summary>Inside <see cref="IWriter.Write"/>.</summary>
    /// <param name="token">Given out with what was sent, so that sending it twice makes one enquiry.</param>
    /// <param name="by">Who brought it, as an actor of the journal.</param>
    public async Task<Enquiry> In(ConcentricDb db, Incoming incoming, Guid token, string by, DateTimeOffset now)
    {
        var reference = Reference.New();
        while (await db.Enquiries.AnyAsync(e => e.Reference == reference)) reference = Reference.New();
        var who = incoming.Who.Tidy();
        var (team, isSensitive) = await route.Of(db, incoming.Service, who.Postcode);
        // As with a sensitive form: it makes nobody known, and what was said of somebody stays with the enquiry.
        var citizen = isSensitive ? (await KeepCitizen.Find(db, who))?.Id : await KeepCitizen.Of(db, incoming.Who, now);
        var enquiry = new Enquiry
        {
            Id = Guid.CreateVersion7(now), Reference = reference, Token = token, Service = incoming.Service, Words = isSensitive || citizen is null ? WithWho(incoming.Words, who) : incoming.Words,
            Email = who.Email ?? "", Channel = incoming.Channel, RaisedAt = now, CitizenId = citizen, Team = team, IsSensitive = isSensitive, OtherReference = incoming.OtherReference,
        };
        db.Enquiries.Add(enquiry);
        // What follows something sensitive says as little of where as that did.
        var area = await WhereTheyLive.Area(db, council.Slug, who.Postcode, citizen, isSensitive || incoming.Follows is { IsSensitive: true });
        db.Record(new EnquiryRaised($"{reference}", council.Slug, incoming.Service, incoming.Channel, Person(who), now, incoming.Follows is { } followed ? $"{followed.Reference}" : null, area), by, now);
        return enquiry;
    }

    /// <summary>The pseudonym of who asks, 0 where nobody can be told apart by what was said.</summary>
    public ulong Person(Told tidy) => (tidy.Email ?? tidy.Phone) is { } contact ? pseudonyms.Of(council.Slug, contact) : 0;

    // No citizen is kept who would hold it.
    private static string WithWho(string words, Told who)
    {
        var lines = new[] { ("Name", who.Name), ("Phone", who.Phone), ("Address", string.Join(", ", new[] { who.Address, who.Postcode }.OfType<string>())) }
            .Where(l => l.Item2 is { Length: > 0 }).Select(l => $"{l.Item1}: {l.Item2}").ToList();
        return lines.Count == 0 ? words : $"{words}\n\n{string.Join('\n', lines)}";
    }
}
