using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>What the page to pay on says.</summary>
public enum PayMessage { None, NotHeard, Failed, Cancelled, MustLook, Away, NotHere }

/// <summary>Paying for what was sent. It is asked for after everything is kept, so that a payment that fails loses nothing; the desk sees what is not paid.</summary>
internal static class Payments
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms/{form}/{draft}/pay", Show).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/pay", Pay).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        pages.MapGet("/forms/{form}/{draft}/pay/return", Return).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
    }

    private static async Task<IResult> Show(string form, string draft, HttpContext http, ConcentricDb db, TakePayment take) =>
        await Find(form, draft, http, db) is not var (known, payment, last) ? Results.NotFound()
            : payment.State == PaymentState.Paid ? Results.LocalRedirect(Addresses(http, known).Sent)
            : Page(http, known, payment, take, take.Door is null ? PayMessage.NotHere : Message(payment, last));

    private static async Task<IResult> Pay(string form, string draft, HttpContext http, ConcentricDb db, TakePayment take)
    {
        if (await Find(form, draft, http, db) is not var (known, payment, _)) return Results.NotFound();
        if (take.Door is null) return Page(http, known, payment, take, PayMessage.NotHere);
        // In the language in which it was sent, so that pressing twice asks the provider for the very same.
        var addresses = new FormAddresses(form, draft, known.Language);
        var step = await take.Start(known.Id, $"{SiteAddress.Of(http)}{addresses.Page("pay/return")}", known.Language, Actor.Citizen);
        if (step.Fault is not null) return Page(http, known, payment, take, PayMessage.Away);
        if (step.Next is { } next) return Results.Redirect(next);
        return Results.LocalRedirect(step.State == PaymentState.Paid ? Addresses(http, known).Sent : Addresses(http, known).Page("pay"));
    }

    /// <summary>The citizen comes back. What came of it is asked of the provider; that somebody opened this address says nothing.</summary>
    private static async Task<IResult> Return(string form, string draft, HttpContext http, ConcentricDb db, TakePayment take)
    {
        if (await Find(form, draft, http, db) is not var (known, payment, last)) return Results.NotFound();
        var state = last is { State: AttemptState.Open } ? (await take.Ask(last, Actor.Citizen)).State : payment.State;
        return Results.LocalRedirect(state == PaymentState.Paid ? Addresses(http, known).Sent : Addresses(http, known).Page("pay"));
    }

    private static PayMessage Message(Payment payment, PaymentAttempt? last) => (payment.State, last?.State) switch
    {
        (PaymentState.Refused, _) => PayMessage.MustLook,
        (PaymentState.Started, _) when last?.ProviderId is not null => PayMessage.NotHeard,
        (PaymentState.Failed, AttemptState.Cancelled) => PayMessage.Cancelled,
        (PaymentState.Failed, _) => PayMessage.Failed,
        _ => PayMessage.None,
    };

    private static RazorComponentResult Page(HttpContext http, Draft draft, Payment payment, TakePayment take, PayMessage message)
    {
        if (take.Door?.FormsTo is { } source) http.LetFormsLeadTo(source);
        return new RazorComponentResult<PayPage>(new
        {
            Amount = new Core.Money(payment.AmountPence).ToString(), payment.Description, payment.Reference, Message = message, Addresses = Addresses(http, draft),
        })
        {
            StatusCode = message == PayMessage.Away ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
        };
    }

    private static FormAddresses Addresses(HttpContext http, Draft draft) =>
        new(draft.Form, draft.Key, http.Request.Query["lang"].ToString() switch { "cy" => Language.Welsh, "en" => Language.English, _ => draft.Language });

    private static async Task<(Draft, Payment, PaymentAttempt?)?> Find(string form, string draft, HttpContext http, ConcentricDb db)
    {
        if (!Guid.TryParseExact(draft, "N", out var id) || await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.Form == form) is not { } known) return null;
        if (!DraftKey.Opens(http.Request, known) || await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.DraftId == id) is not { } payment) return null;
        return (known, payment, await db.PaymentAttempts.AsNoTracking().Where(a => a.PaymentId == payment.Id).OrderByDescending(a => a.Number).FirstOrDefaultAsync());
    }
}
