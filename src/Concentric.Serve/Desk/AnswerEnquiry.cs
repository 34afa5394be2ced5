using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Conversations;
using Concentric.Serve.DemandTypes;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Intake;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

public sealed record AnswerForm
{
    public string? Answer { get; init; }

    /// <summary>What the citizen wanted in their own words, masked, as the adviser left it.</summary>
    public string? OwnWords { get; init; }

    /// <summary>Id of one of the service's demand types, or <c>value</c>, <c>failure</c> or <c>unknown</c>.</summary>
    public string? Demand { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Resolved { get; init; }

    /// <summary>When the page was opened, in seconds since 1970: how long the answer took.</summary>
    public long? Opened { get; init; }

    public Errors Check() => new Errors()
        .Check("Answer", !string.IsNullOrWhiteSpace(Answer), "Enter the answer")
        .Check("Answer", Answer is null or { Length: <= 8000 }, "The answer must be 8,000 characters or fewer")
        .Check("OwnWords", OwnWords is null or { Length: <= 4000 }, "What they wanted must be 4,000 characters or fewer")
        .Check("Demand", !string.IsNullOrEmpty(Demand), "Select what kind of contact this was, or ‘Don’t know’");
}

/// <summary>An adviser answers an enquiry and, with one choice more, says what kind of demand it was.</summary>
internal static class AnswerEnquiry
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/enquiries/{reference}", Show).For(Audience.Desk);
        pages.MapPost("/desk/enquiries/{reference}", Answer).For(Audience.Desk);
    }

    private static async Task<IResult> Show(
        string reference, string[]? said, ConcentricDb db, IServiceNames services, INextNeeds needs, SeeForm sent, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Find(db, reference, visitor, stop) is not { } enquiry) return Results.NotFound();
        var form = new AnswerForm { OwnWords = enquiry.Coding?.Words is { Length: > 0 } own ? own : Masking.Mask(enquiry.Words), Resolved = "yes", Demand = Kept(enquiry.Coding), Opened = clock.GetUtcNow().ToUnixTimeSeconds() };
        return await Page(enquiry, form, new(), said ?? [], db, services, needs, sent, visitor, clock, stop);
    }

    private static async Task<IResult> Answer(
        string reference, [FromForm] AnswerForm form, [FromQuery] string[]? said, ConcentricDb db, IWriter writer, IServiceNames services, INextNeeds needs, SeeForm sent, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await Find(db, reference, visitor, default) is not { } enquiry) return Results.NotFound();
        var errors = form.Check();
        if (!errors.Any && await Type(db, form, enquiry) is null && Plain(form.Demand) is null) errors.Check("Demand", false, "Select one of the kinds of contact listed");
        errors.Check("Answer", enquiry.IsOpen, "Somebody else has answered this enquiry. Your answer was not sent: copy what you need of it");
        if (errors.Any) return await Page(enquiry, form, errors, said ?? [], db, services, needs, sent, visitor, clock, default);

        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var handling = Handling(form, now);
        await writer.Write(async d =>
        {
            var open = await d.Enquiries.Whole.SingleAsync(e => e.Id == enquiry.Id);
            var type = await Type(d, form, open);
            var demand = type?.Demand ?? Plain(form.Demand)!.Value;
            var resolved = form.Resolved == "yes";
            // An adviser who sent it for the citizen may have coded it already: what is said now stands.
            if (open.Coding is { } before)
            {
                d.Remove(before);
                await d.SaveChangesAsync();
            }
            open.AnswerWith(new() { Text = form.Answer!.Trim(), Resolved = resolved, By = by, At = now }, Coding.Of(form.OwnWords ?? "", type, demand, by, now));
            d.Record(new EnquiryAnswered($"{open.Reference}", handling, resolved), by, now);
            d.Record(new ContactCoded($"{open.Reference}", type?.Id, demand), by, now);
        });
        return Results.LocalRedirect($"/desk/enquiries/{enquiry.Reference}");
    }

    /// <summary>The enquiry, where the visitor may see it; null otherwise.</summary>
    public static async Task<Enquiry?> Find(ConcentricDb db, string reference, ClaimsPrincipal visitor, CancellationToken stop) =>
        Reference.TryParse(reference, out var known) && await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == known, stop) is { } found
        && (await Sight.Of(db, visitor, stop)).MaySee(found) ? found : null;

    /// <summary>The demand type chosen, if it is one that this enquiry's service uses.</summary>
    private static async Task<DemandType?> Type(ConcentricDb db, AnswerForm form, Enquiry enquiry) =>
        Guid.TryParse(form.Demand, out var id) ? await db.DemandTypes.SingleOrDefaultAsync(t => t.Id == id && t.Service == enquiry.Service && t.InUse) : null;

    private static Demand? Plain(string? choice) => choice switch
    {
        "value" => Demand.Value,
        "failure" => Demand.Failure,
        "unknown" => Demand.Unknown,
        _ => null,
    };

    private static string? Kept(Coding? coding) => coding is null ? null : coding.DemandTypeId is { } type ? $"{type}" : coding.Demand switch
    {
        Demand.Value => "value",
        Demand.Failure => "failure",
        _ => "unknown",
    };

    private static int? Handling(AnswerForm form, DateTimeOffset now) => form.Opened is { } opened ? Conversation.Taken(now.ToUnixTimeSeconds() - opened) : null;

    private static async Task<IResult> Page(
        Enquiry enquiry, AnswerForm form, Errors errors, string[] said, ConcentricDb db, IServiceNames services, INextNeeds needs, SeeForm sent, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var types = enquiry.Service is null ? [] : await db.DemandTypes.AsNoTracking().Where(t => t.Service == enquiry.Service && t.InUse).OrderBy(t => t.Id).ToListAsync(stop);
        return new RazorComponentResult<EnquiryPage>(new
        {
            Enquiry = EnquiryView.Of(enquiry),
            Service = enquiry.Service is null ? null : await services.Find(enquiry.Service, stop),
            Purpose = enquiry.Service is null ? null : (await db.Purposes.FindAsync([enquiry.Service], stop))?.Text,
            Types = types.Select(t => new DemandTypeView(t.Id, t.Words, t.Demand, t.InUse)).ToList(),
            Form = form,
            Errors = errors,
            Next = await SuggestNext.View(enquiry, said, await Sight.Of(db, visitor, stop), db, needs, services, stop),
            CanManage = visitor.IsOf(Audience.Manage),
            Messages = await SeeSent.Of(db, enquiry.Id, stop),
            enquiry.HasCase,
            Owner = enquiry.OwnerId is { } owner ? await db.Set<Person>().Where(p => p.Id == owner).Select(p => p.Name).SingleOrDefaultAsync(stop) ?? "Somebody who has left" : null,
            IsMine = enquiry.OwnerId == visitor.PersonId,
            People = enquiry is { HasCase: false, IsOpen: true } ? (await Staff.WhoMaySee(db, enquiry.IsSensitive, enquiry.Team, stop)).Where(p => p.Id != enquiry.OwnerId).Select(p => new Choice($"{p.Id}", p.Name)).ToList() : null,
            Alike = await LooksLike.Of(db, await Sight.Of(db, visitor, stop), enquiry, stop),
            CallBacks = await new ListCallBacks(db, clock).Of(enquiry.Id, await Sight.Of(db, visitor, stop), stop),
            Added = await SeeAdded.Of(db, enquiry.Id, stop),
            Sent = await sent.Of(enquiry.Id, enquiry.IsOpen, Say.DayOf(clock.GetUtcNow()), stop),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
