using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>A service manager says what caused failure demand, after the contact and apart from its coding: of an enquiry, or of a contact that followed it.</summary>
internal static class SetCause
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/enquiries/{reference}/cause", Set).For(Audience.Manage);

    private static async Task<IResult> Set(string reference, [FromForm] string? cause, [FromForm] string? contact, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (!Reference.TryParse(reference, out var known)) return Results.NotFound();
        if (cause is { Length: > 0 } && FailureCauses.Find(cause) is null) return Results.BadRequest();
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        if (contact is not null) return Reference.TryParse(contact, out var followUp) && await writer.Write(db => Keep(db, known, followUp, cause, by, now)) ? Results.LocalRedirect($"/desk/enquiries/{known}#follow-ups") : Results.NotFound();
        var found = await writer.Write(async db =>
        {
            var enquiry = await db.Enquiries.Whole.SingleOrDefaultAsync(e => e.Reference == known && e.Coding!.Demand == Demand.Failure);
            if (enquiry is null) return false;
            if (enquiry.Cause is { } before)
            {
                db.Remove(before);
                await db.SaveChangesAsync();
            }
            enquiry.SetCause(cause is { Length: > 0 } ? new Cause { EnquiryId = enquiry.Id, Name = cause, By = by, At = now } : null);
            db.Record(new CauseSet($"{known}", string.IsNullOrEmpty(cause) ? null : cause), by, now);
            return true;
        });
        return found ? Results.LocalRedirect($"/desk/enquiries/{known}") : Results.NotFound();
    }

    /// <summary>What is no failure any more has no cause of one, inside <see cref="IWriter.Write"/>.</summary>
    internal static void Fit(ConcentricDb db, Enquiry enquiry, Demand demand, string by, DateTimeOffset now)
    {
        if (demand == Demand.Failure || enquiry.Cause is not { } cause) return;
        db.Remove(cause);
        enquiry.SetCause(null);
        db.Record(new CauseSet($"{enquiry.Reference}", null), by, now);
    }

    /// <summary>Of a contact that followed an enquiry, inside <see cref="IWriter.Write"/>; false where there is none such.</summary>
    private static async Task<bool> Keep(ConcentricDb db, Reference enquiry, Reference contact, string? cause, string by, DateTimeOffset now)
    {
        var enquiries = db.Enquiries;
        if (await db.FollowUps.SingleOrDefaultAsync(f => f.Contact == contact && enquiries.Any(e => e.Id == f.EnquiryId && e.Reference == enquiry)) is not { } found) return false;
        cause = string.IsNullOrEmpty(cause) ? null : cause;
        if (found.Cause == cause) return true;
        found.Cause = cause;
        db.Record(new CauseSet($"{contact}", cause), by, now);
        return true;
    }
}
