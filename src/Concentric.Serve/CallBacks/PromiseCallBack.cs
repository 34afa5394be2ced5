using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Calls;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.CallBacks;

/// <summary>For whom somebody is rung: an enquiry that the visitor may see, or a citizen whom they may.</summary>
internal sealed record RungFor(Enquiry? Enquiry, Citizen? Citizen)
{
    /// <summary>The page of it.</summary>
    public string Href => Enquiry is not null ? $"/desk/enquiries/{Enquiry.Reference}" : $"/desk/citizens/{Citizen!.Id}";

    public string Name => Enquiry is not null ? $"Enquiry {Enquiry.Reference}" : Citizen!.Name is { Length: > 0 } name ? name : "Citizen";

    /// <summary>As the address of the form says it.</summary>
    public string Query => Enquiry is not null ? $"?enquiry={Enquiry.Reference}" : $"?citizen={Citizen!.Id}";
}

/// <summary>An adviser promises that somebody is rung, on a working day, and may promise it anew.</summary>
internal static class PromiseCallBack
{
    public const string Address = "/desk/call-backs/new";
    private const string Mine = "me", OfTeam = "team:", OfPerson = "person:";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, ShowNew).For(Audience.Desk);
        pages.MapPost(Address, Promise).For(Audience.Desk);
        pages.MapGet("/desk/call-backs/{id:guid}/change", ShowChange).For(Audience.Desk);
        pages.MapPost("/desk/call-backs/{id:guid}/change", Change).For(Audience.Desk);
    }

    /// <summary>Where a promise is made for what came of a conversation; null where the visitor may not see it.</summary>
    public static async Task<string?> AddressAfter(ConcentricDb db, Guid conversation, Sight sight, CancellationToken stop = default)
    {
        var drafts = db.Drafts.Where(d => d.Conversation == conversation).Select(d => d.Id);
        var sent = db.Submissions.Where(s => drafts.Contains(s.DraftId)).Select(s => s.Id);
        var found = await sight.Of(db.Enquiries.AsNoTracking()).Where(e => e.Token == conversation || sent.Contains(e.Id)).OrderByDescending(e => e.Id).FirstOrDefaultAsync(stop);
        return found is null ? null : $"{Address}?enquiry={found.Reference}";
    }

    private static async Task<IResult> ShowNew(string? enquiry, string? citizen, ConcentricDb db, WorkingCalendar calendar, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Find(enquiry, citizen, db, visitor, clock, stop) is not { } whose) return NotSeen(citizen);
        var now = clock.GetUtcNow();
        var form = new PromiseForm { Token = Guid.CreateVersion7(now), Number = await NumberOf(db, whose, stop), Day = DateParts.Of(calendar.Add(Say.DayOf(now), 1)), Who = Mine };
        return await Page(whose, null, form, new(), db, visitor, calendar, now, stop);
    }

    private static async Task<IResult> Promise(
        [FromQuery] string? enquiry, [FromQuery] string? citizen, [FromForm] PromiseForm form, ConcentricDb db, IWriter writer, WorkingCalendar calendar, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Find(enquiry, citizen, db, visitor, clock, stop) is not { } whose) return NotSeen(citizen);
        if (form.Token is not { } token || token == Guid.Empty) return Results.BadRequest();
        form = form.Tidy();
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var errors = form.Check(calendar, [.. (await Who(db, whose, visitor, stop)).Select(w => w.Value!)], now);
        if (errors.Any) return await Page(whose, null, form, errors, db, visitor, calendar, now, stop);
        await writer.Write(async d =>
        {
            // Sent twice, it is promised already.
            if (await d.CallBacks.AnyAsync(b => b.Id == token)) return;
            var made = new CallBack { Id = token, EnquiryId = whose.Enquiry?.Id, CitizenId = whose.Enquiry is null ? whose.Citizen!.Id : null, By = by, At = now };
            Fill(d, made, form, whose, visitor, now);
            d.Add(made);
        }, CancellationToken.None);
        return Results.LocalRedirect($"{whose.Href}#call-backs");
    }

    private static async Task<IResult> ShowChange(Guid id, string? tried, ConcentricDb db, ListCallBacks list, WorkingCalendar calendar, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await list.Find(id, visitor, stop) is not { IsOpen: true } found) return Results.NotFound();
        return await Page(await list.For(found, stop), found, Form(found, visitor), new(), db, visitor, calendar, clock.GetUtcNow(), stop, tried is not null);
    }

    private static async Task<IResult> Change(
        Guid id, [FromForm] PromiseForm form, ConcentricDb db, ListCallBacks list, IWriter writer, WorkingCalendar calendar, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await list.Find(id, visitor, stop) is not { } found) return Results.NotFound();
        form = form.Tidy();
        var (whose, now) = (await list.For(found, stop), clock.GetUtcNow());
        var errors = form.Check(calendar, [.. (await Who(db, whose, visitor, stop, found)).Select(w => w.Value!)], now);
        if (!errors.Any) errors.Check("Day", found.IsOpen, "It has been done in the meantime");
        if (errors.Any) return await Page(whose, found, form, errors, db, visitor, calendar, now, stop);
        await writer.Write(async d =>
        {
            if (await d.CallBacks.SingleOrDefaultAsync(b => b.Id == id && b.IsOpen) is { } open) Fill(d, open, form, whose, visitor, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"/desk/call-backs/{id}");
    }

    private static void Fill(ConcentricDb db, CallBack promised, PromiseForm form, RungFor whose, ClaimsPrincipal visitor, DateTimeOffset now)
    {
        var (due, part) = (form.DueAt!.Value, form.ChosenPart!.Value);
        (promised.Number, promised.About) = (SubmissionPhone.Digits(form.Number), form.About);
        promised.OwnerId = form.Who == Mine ? visitor.PersonId : form.Who!.StartsWith(OfPerson, StringComparison.Ordinal) ? Guid.Parse(form.Who[OfPerson.Length..]) : null;
        promised.Team = form.Who.StartsWith(OfTeam, StringComparison.Ordinal) ? form.Who[OfTeam.Length..] : whose.Enquiry?.Team ?? "";
        // Another number or other words are no new promise.
        if (promised.DueAt == due && promised.Part == part) return;
        promised.Promise(part, due, now);
        db.Record(new CallBackPromised(promised.Id, whose.Enquiry is null ? null : $"{whose.Enquiry.Reference}", part, due, promised.Attempts + 1, now), visitor.Actor, now);
    }

    private static PromiseForm Form(CallBack promised, ClaimsPrincipal visitor) => new()
    {
        Number = promised.Number is { } number ? CallWords.Number(number) : null, About = promised.About, Day = DateParts.Of(Say.DayOf(promised.DueAt)), Part = $"{promised.Part}",
        Time = promised.Part == CallBackPart.Time ? Say.Time(promised.DueAt) : null,
        Who = promised.OwnerId is not { } owner ? $"{OfTeam}{promised.Team}" : owner == visitor.PersonId ? Mine : $"{OfPerson}{owner}",
    };

    private static async Task<RungFor?> Find(string? reference, string? citizen, ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (reference is not null) return await Desk.EnquiryPages.Find(db, reference, visitor, stop) is { } enquiry ? new(enquiry, null) : null;
        return Guid.TryParse(citizen, out var id) && await db.Citizens.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, stop) is { } known && await SeeCitizen.MayChange(id, db, visitor, clock, stop) ? new(null, known) : null;
    }

    // Whoever may not see a citizen yet says why on the citizen's page.
    private static IResult NotSeen(string? citizen) => Guid.TryParse(citizen, out var id) ? Results.LocalRedirect($"/desk/citizens/{id}") : Results.NotFound();

    /// <summary>The number that is known of them: as a citizen, from their form, or of the call in which they asked.</summary>
    private static async Task<string?> NumberOf(ConcentricDb db, RungFor whose, CancellationToken stop)
    {
        var number = whose.Citizen?.Phone;
        if (whose.Enquiry is { } enquiry)
            number = await db.Citizens.Where(c => c.Id == enquiry.CitizenId).Select(c => c.Phone).SingleOrDefaultAsync(stop)
                ?? await db.SubmissionPhones.Where(p => p.SubmissionId == enquiry.Id).Select(p => p.Phone).SingleOrDefaultAsync(stop)
                ?? await db.Conversations.Where(c => c.Id == enquiry.Token).Join(db.Calls, c => c.Call, c => c.Name, (_, c) => c.Number).SingleOrDefaultAsync(stop);
        return number is null ? null : CallWords.Number(number);
    }

    /// <summary>Who can be chosen to ring: for what is sensitive, those who may see it.</summary>
    private static async Task<IReadOnlyList<Choice>> Who(ConcentricDb db, RungFor whose, ClaimsPrincipal visitor, CancellationToken stop, CallBack? promised = null)
    {
        var (isSensitive, team) = (whose.Enquiry?.IsSensitive is true, whose.Enquiry?.Team ?? "");
        var teams = isSensitive ? [team] : await db.KnownForms.AsNoTracking().Select(f => f.Team).Distinct().ToListAsync(stop);
        if (promised is { OwnerId: null } && !isSensitive) teams.Add(promised.Team);
        if (!isSensitive) teams.Add("");
        var people = (await Staff.WhoMaySee(db, isSensitive, team, stop)).Where(p => p.Id != visitor.PersonId);
        return
        [
            new(Mine, "I do"), .. teams.Distinct().Order(StringComparer.CurrentCultureIgnoreCase).Select(t => new Choice($"{OfTeam}{t}", t.Length == 0 ? "Anybody at the desk" : $"Anybody in {t}")),
            .. people.Select(p => new Choice($"{OfPerson}{p.Id}", p.Name)),
        ];
    }

    private static async Task<IResult> Page(
        RungFor whose, CallBack? promised, PromiseForm form, Errors errors, ConcentricDb db, ClaimsPrincipal visitor, WorkingCalendar calendar, DateTimeOffset now, CancellationToken stop, bool tried = false) =>
        new RazorComponentResult<PromisePage>(new
        {
            Form = form, Errors = errors, whose.Name, whose.Href, Action = promised is null ? $"{Address}{whose.Query}" : $"/desk/call-backs/{promised.Id}/change",
            Id = promised?.Id, Who = await Who(db, whose, visitor, stop, promised), Example = calendar.Add(Say.DayOf(now), 1), TriedAgain = tried ? CallBackWords.When(promised!.Part, promised.DueAt) : null, ShownToCitizen = whose.Enquiry is { Email.Length: > 0 },
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
