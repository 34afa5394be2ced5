using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Feedback;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Messages;

/// <summary>A message as it stands in the history of what it is about.</summary>
/// <param name="Stands">What became of it, in words.</param>
/// <param name="Body">Null once the text is not kept any more.</param>
public sealed record SentMessage(Guid Id, MessageChannel Channel, string To, string Subject, string? Body, string Lang, DateTimeOffset At, string Stands, bool HasFailed);

/// <summary>What was written to a citizen about an enquiry, for whoever may see the enquiry.</summary>
internal static class SeeSent
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/enquiries/{reference}/messages/{id:guid}", TryAgain).For(Audience.Desk);

    public static async Task<IReadOnlyList<SentMessage>> Of(ConcentricDb db, Guid enquiry, CancellationToken stop)
    {
        var messages = await db.Messages.AsNoTracking().Where(m => m.EnquiryId == enquiry).OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(Most).ToListAsync(stop);
        return messages.ConvertAll(m => new SentMessage(m.Id, m.Channel, m.To, m.Subject, AskFeedback.WithoutToken(m.Body), m.Language == Forms.Language.Welsh ? "cy" : "en", m.At, DeliveryWords.Of(m), m is { Fault: not null, NextAt: null, AgainAs: null }));
    }

    private static async Task<IResult> TryAgain(string reference, Guid id, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var sight = await Sight.Of(db, visitor, stop);
        if (!Reference.TryParse(reference, out var known) || await sight.Of(db.Enquiries).Where(e => e.Reference == known).Select(e => (Guid?)e.Id).SingleOrDefaultAsync(stop) is not { } enquiry
            || !await db.Messages.AnyAsync(m => m.Id == id && m.EnquiryId == enquiry, stop)) return Results.NotFound();
        await SendAgain.One(writer, id, visitor.Actor, clock.GetUtcNow());
        return Results.LocalRedirect($"/desk/enquiries/{known}#messages");
    }
}
