using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Feedback;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>"Check your answers", sending, and the page that confirms it.</summary>
internal static class CheckAnswers
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms/{form}/{draft}/check", Show).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/check", Send).ForEverybody();
        pages.MapGet("/forms/{form}/{draft}/tasks", Tasks).ForEverybody();
        pages.MapGet("/forms/{form}/{draft}/sent", Sent).ForEverybody();
    }

    private static async Task<IResult> Show(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        var addresses = visitor.Addresses(open);
        if (!open.Journey.IsComplete) return Results.LocalRedirect(AnswerPage.Onward(open.Journey, addresses));
        if (await LostFiles.Of(db, open.Journey, http.RequestAborted) is [var lost, ..]) return Results.LocalRedirect(addresses.Change(lost.Page));
        return new RazorComponentResult<CheckAnswersPage>(new { open.Journey, Addresses = addresses, addresses.Language });
    }

    private static async Task<IResult> Send(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, SendForm send, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        var addresses = visitor.Addresses(open);
        // Where nothing was sent, the check leads to what is missing or to the page that stops the form.
        return Results.LocalRedirect(await send.Send(open.Draft.Id, visitor.Asked) is null ? addresses.Check : addresses.Sent);
    }

    private static async Task<IResult> Tasks(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        return open.Form.TaskList
            ? new RazorComponentResult<FormTasksPage>(new { open.Journey, Addresses = visitor.Addresses(open), Language = visitor.LanguageOf(open.Draft) })
            : Results.LocalRedirect(AnswerPage.Onward(open.Journey, visitor.Addresses(open)));
    }

    /// <summary>Shows what was sent and until when it is done; the answers are not shown again, because the page may stay open on somebody else's screen.</summary>
    private static async Task<IResult> Sent(string form, string draft, HttpContext http, ConcentricDb db, FillDraft fill, FormsToFill forms, FeedbackPass pass, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        if (!Guid.TryParseExact(draft, "N", out var id) || await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.Form == form) is not { } known || !DraftKey.Opens(http.Request, known))
            return visitor.Gone(form);
        var language = visitor.LanguageOf(known);
        if (known.SentAt is null) return Results.LocalRedirect(new FormAddresses(form, draft, language).Check);
        var sent = new List<SentView>();
        Guid? first = null;
        foreach (var submission in await db.Submissions.AsNoTracking().Where(s => s.DraftId == id).OrderBy(s => s.Id).ToListAsync())
        {
            if (await forms.Version(submission.Form, submission.Version) is not { } one) continue;
            var answers = Answers.Read(one, submission.Answers);
            var journey = Journey.Of(one, answers, fill.Today);
            var hasEmail = await db.Enquiries.AnyAsync(e => e.Reference == submission.Reference && e.Email != "");
            first ??= submission.Id;
            sent.Add(new($"{submission.Reference}", one, journey, submission.DueOn, hasEmail));
        }
        if (sent.Count == 0) return visitor.Gone(form);
        var payment = await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.DraftId == id);
        return new RazorComponentResult<FormSentPage>(new { Sent = sent, Language = language, About = pass.Of(first!.Value), ToPay = payment is { State: not PaymentState.Paid } ? new Core.Money(payment.AmountPence).ToString() : null, Addresses = new FormAddresses(form, draft, language), Keep = await KeepDetails.Offer(db, http.User, sent, language) });
    }
}

/// <summary>What was sent, as its citizen sees it.</summary>
public sealed record SentView(string Reference, Form Form, Journey Journey, DateOnly DueOn, bool HasEmail);
