using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.SystemCauses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>What a service manager says caused a contact.</summary>
public sealed record CauseForm
{
    /// <summary>The contact that followed, where it is not the enquiry itself.</summary>
    public string? Contact { get; init; }

    /// <summary>Id of the system cause; empty where it is not known.</summary>
    public string? SystemCause { get; init; }

    /// <summary>LGSL identifier of the service that caused it; empty where it is not known.</summary>
    public string? Service { get; init; }

    /// <summary>The step that caused it, in the words of its process.</summary>
    public string? Step { get; init; }

    /// <summary>The symptom: short name of one of Core's FailureCauses; empty where it is not known.</summary>
    public string? Cause { get; init; }
}

/// <summary>A service manager says what caused failure demand, after the contact and apart from its coding: of an enquiry, or of a contact that followed it.</summary>
internal static class SetCause
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/enquiries/{reference}/cause", Set).For(Audience.Manage);

    private static async Task<IResult> Set(string reference, [FromForm] CauseForm form, EnquiryPages page, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!Reference.TryParse(reference, out var known)) return Results.NotFound();
        if (form.Cause is { Length: > 0 } symptom && FailureCauses.Find(symptom) is null) return Results.BadRequest();
        if (form.Service is { Length: > 0 } service && await services.Find(service, stop) is null) return Results.BadRequest();
        var followUp = default(Reference);
        if (form.Contact is not null && !Reference.TryParse(form.Contact, out followUp)) return Results.NotFound();
        var step = form.Step?.Trim() ?? "";
        var errors = new Errors()
            .Check("Step", step.Length <= CausedBy.MostStep, $"The step must be {CausedBy.MostStep} characters or fewer")
            .Check("Step", Masking.Mask(step) == step, "Take out what tells of a person: a step is about how we work");
        if (errors.Any) return await page.Find(reference, visitor, stop) is { } shown ? await page.Page(shown, new() { Cause = form, Errors = errors }, visitor, stop) : Results.NotFound();

        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var kept = await writer.Write(db => Keep(db, known, form.Contact is null ? known : followUp, form with { Step = step }, by, now), CancellationToken.None);
        return kept is { } status ? Results.StatusCode(status) : Results.LocalRedirect($"/desk/enquiries/{known}{(form.Contact is null ? "" : "#follow-ups")}");
    }

    /// <summary>What is no failure any more has no cause of one, inside <see cref="IWriter.Write"/>.</summary>
    internal static async Task Fit(ConcentricDb db, Enquiry enquiry, Demand demand, string by, DateTimeOffset now)
    {
        if (demand == Demand.Failure) return;
        var caused = await db.CausedBys.FindAsync(enquiry.Reference);
        if (caused is null && enquiry.Cause is null) return;
        if (caused is not null) db.Remove(caused);
        if (enquiry.Cause is { } cause) db.Remove(cause);
        enquiry.SetCause(null);
        db.Record(new CauseSet($"{enquiry.Reference}", null), by, now);
    }

    /// <summary>Of an enquiry or a contact that followed it, inside <see cref="IWriter.Write"/>; the status to answer with where it cannot be, otherwise null.</summary>
    private static async Task<int?> Keep(ConcentricDb db, Reference known, Reference contact, CauseForm form, string by, DateTimeOffset now)
    {
        var enquiry = await db.Enquiries.Whole.SingleOrDefaultAsync(e => e.Reference == known);
        if (enquiry is null) return StatusCodes.Status404NotFound;
        var symptom = string.IsNullOrEmpty(form.Cause) ? null : form.Cause;
        var before = await db.CausedBys.FindAsync(contact);
        // One that went out of use stays with what has it.
        var tree = await WriteSystemCauses.Tree(db, default);
        var cause = tree.Find(Guid.TryParse(form.SystemCause, out var id) ? id : null);
        if (!string.IsNullOrEmpty(form.SystemCause) && cause is null or { IsOffered: false } && cause?.Id != before?.CauseId) return StatusCodes.Status400BadRequest;

        var isFollowUp = contact != known;
        var followUp = isFollowUp ? await db.FollowUps.SingleOrDefaultAsync(f => f.Contact == contact && f.EnquiryId == enquiry.Id) : null;
        if (isFollowUp ? followUp is null : enquiry.Coding?.Demand != Demand.Failure) return StatusCodes.Status404NotFound;
        var was = new CauseSet($"{contact}", isFollowUp ? followUp!.Cause : enquiry.Cause?.Name, before?.CauseId, before?.Service, before?.Step);
        var set = cause is null ? new CauseSet($"{contact}", symptom)
            : new CauseSet($"{contact}", symptom, cause.Id, form.Service is { Length: > 0 } service ? service : cause.Service, form.Step is { Length: > 0 } step ? step : null);
        if (was == set) return null;

        if (isFollowUp) followUp!.Cause = symptom;
        else
        {
            if (enquiry.Cause is { } old)
            {
                db.Remove(old);
                await db.SaveChangesAsync();
            }
            enquiry.SetCause(symptom is null ? null : new Cause { EnquiryId = enquiry.Id, Name = symptom, By = by, At = now });
        }
        if (cause is null && before is not null) db.Remove(before);
        else if (cause is not null && before is not null) (before.CauseId, before.Step, before.Service, before.By, before.At) = (cause.Id, set.Step, set.CausedBy, by, now);
        else if (cause is not null) db.Add(new CausedBy { Contact = contact, EnquiryId = enquiry.Id, CauseId = cause.Id, Step = set.Step, Service = set.CausedBy, By = by, At = now });
        db.Record(set, by, now);
        return null;
    }
}
