using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>What somebody decides of an e-mail that was quarantined.</summary>
public sealed record MailForm
{
    /// <summary><c>enquiry</c> or <c>discard</c>.</summary>
    public string? Do { get; init; }

    public string? Words { get; init; }
    public string? Email { get; init; }
    public string? Service { get; init; }
    public string? Reason { get; init; }

    public MailForm Tidy() => this with
    {
        Words = Words is null ? null : Fields.Tidy(Words), Email = string.IsNullOrWhiteSpace(Email) ? null : Fields.Tidy(Email), Service = string.IsNullOrWhiteSpace(Service) ? null : Service.Trim(),
        Reason = Reason is null ? null : Fields.Tidy(Reason),
    };

    public Errors Check() => Do switch
    {
        "enquiry" => new Errors()
            .Check("Words", !string.IsNullOrEmpty(Words), "Enter what they ask")
            .Check("Words", Words is null || Words.Length <= ReadMail.MostWords, "What they ask must be 20,000 characters or fewer")
            .Check("Email", Email is null || EmailAddress.LooksRight(Email), "Enter an email address in the correct format, like name@example.com"),
        "discard" => new Errors()
            .Check("Reason", !string.IsNullOrEmpty(Reason), "Enter why it is no enquiry")
            .Check("Reason", Reason is null or { Length: <= 1000 }, "Why it is no enquiry must be 1,000 characters or fewer"),
        _ => new Errors().Check("Reason", false, "Select what you want to do"),
    };
}

/// <summary>An e-mail as its page shows it: text alone.</summary>
/// <param name="Fault">Why it was quarantined, in words; null where it was not.</param>
/// <param name="Text">What could be read of it, or else how its bytes begin.</param>
/// <param name="IsRaw">It is how the bytes begin.</param>
public sealed record MailView(string Id, string Sender, string Subject, DateTimeOffset At, long Size, MailState State, string? Fault, string Text, bool IsRaw, IReadOnlyList<string> Files, string? Enquiry, string? Reason);

/// <summary>Somebody looks at an e-mail that was quarantined, and makes an enquiry of it or discards it.</summary>
internal static class DecideMail
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/mail/{id}", Show).For(Audience.Desk);
        pages.MapPost("/desk/mail/{id}", Decide).For(Audience.Desk);
    }

    private static async Task<IResult> Show(string id, ConcentricDb db, TakeMail take, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await Find(db, id, visitor, stop) is not { } mail) return Results.NotFound();
        var message = await take.Read(mail.Digest, mail.Size, stop);
        var words = TakeMail.Words(message);
        return await Page(mail, new() { Words = words, Email = message.Sender }, new(), db, take, services, stop);
    }

    private static async Task<IResult> Decide(
        string id, [FromForm] MailForm form, ConcentricDb db, IWriter writer, KeepEnquiry keep, TakeMail take, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock)
    {
        if (await Find(db, id, visitor, default) is not { } mail) return Results.NotFound();
        form = form.Tidy();
        var errors = form.Check();
        if (form.Service is not null && await services.Find(form.Service) is null) errors.Check("Service", false, "Select one of the services listed");
        if (mail.State != MailState.Quarantined) errors.Check(form.Do == "discard" ? "Reason" : "Words", false, "Somebody else has looked at this email in the meantime");
        if (errors.Any) return await Page(mail, form, errors, db, take, services, default);

        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var kept = await writer.Write<Enquiry?>(async d =>
        {
            var open = await d.ReceivedMails.SingleAsync(m => m.Id == mail.Id);
            // Pressed twice, it was decided by the first press.
            if (open.State != MailState.Quarantined) return null;
            (open.HandledBy, open.HandledAt) = (by, now);
            if (form.Do == "discard")
            {
                (open.State, open.Reason) = (MailState.Discarded, form.Reason);
                d.Record(new QuarantineDecided(open.Id, $"{open.State}", null, now), by, now);
                return null;
            }
            var about = open.EnquiryId is { } of ? await d.Enquiries.SingleAsync(e => e.Id == of) : null;
            // We asked, and this is the answer: no enquiry of its own.
            if (about is not null && await Asked.Came(d, about.Id, "email", Actor.Citizen, open.At))
            {
                d.Add(new EnquiryNote { Id = open.Id, EnquiryId = about.Id, Kind = EnquiryNoteKind.Answered, Words = form.Words!, By = Actor.Citizen, At = open.At });
                open.State = MailState.WroteAgain;
                d.Record(new QuarantineDecided(open.Id, $"{open.State}", $"{about.Reference}", now), by, now);
                return about;
            }
            var enquiry = await keep.In(d, new(form.Service ?? about?.Service, form.Words!, new Told(Email: form.Email), "email", Follows: about), open.Id, by, now);
            (open.State, open.EnquiryId) = (MailState.Enquiry, enquiry.Id);
            d.Record(new QuarantineDecided(open.Id, $"{open.State}", $"{enquiry.Reference}", now), by, now);
            return enquiry;
        }, CancellationToken.None);
        return Results.LocalRedirect(kept is null ? "/desk/mail" : await TakeDown.Where(db, kept, visitor, default));
    }

    private static async Task<ReceivedMail?> Find(ConcentricDb db, string id, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (!Guid.TryParseExact(id, "N", out var known) || await db.ReceivedMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == known, stop) is not { } mail) return null;
        if (mail.EnquiryId is not { } of) return mail;
        return (await Sight.Of(db, visitor, stop)).MaySee(await db.Enquiries.AsNoTracking().SingleAsync(e => e.Id == of, stop)) ? mail : null;
    }

    private static async Task<IResult> Page(ReceivedMail mail, MailForm form, Errors errors, ConcentricDb db, TakeMail take, IServiceNames services, CancellationToken stop)
    {
        var message = await take.Read(mail.Digest, mail.Size, stop);
        var isRaw = message.Words.Length == 0;
        var enquiry = await db.Enquiries.AsNoTracking().Where(e => e.Id == mail.EnquiryId).Select(e => (Reference?)e.Reference).SingleOrDefaultAsync(stop);
        var view = new MailView($"{mail.Id:N}", mail.Sender, mail.Subject, mail.At, mail.Size, mail.State, mail.Fault is { } fault ? MailWords.Of(fault) : null,
            isRaw ? await take.Begin(mail.Digest, stop) : message.Words.Length <= ReadMail.MostWords ? message.Words : $"{message.Words[..ReadMail.MostWords]}…", isRaw,
            [.. message.Files.Select(f => Attachments.FileNames.Clean(f.FileName ?? "file"))], enquiry is null ? null : $"{enquiry}", mail.Reason);
        if (form.Words?.Length > ReadMail.MostWords && !errors.Any) form = form with { Words = form.Words[..ReadMail.MostWords] };
        return new RazorComponentResult<MailPage>(new
        {
            Mail = view, Form = form, Errors = errors, Services = (await services.All(stop)).Select(s => new Choice(s.Id, s.Plain)).OrderBy(s => s.Text, StringComparer.CurrentCulture).Prepend(new("", "Not sure")).ToList(),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
