using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>A payment that is not paid, as staff see it.</summary>
public sealed record UnpaidView(string Reference, string Amount, string What, string State, bool MustLook, DateTimeOffset At, int Attempts, Guid? CanAsk);

/// <summary>What was sent and is not paid: first what somebody must look at, because the provider told of something else than was asked, or said nothing for three days.</summary>
internal static class SeePayments
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/payments", Show).For(Audience.Desk);
        pages.MapPost("/desk/payments/{attempt:guid}", AskAgain).For(Audience.Desk);
    }

    private static async Task<IResult> Show(ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        // Listed to those who may see what is to be paid for; what is sent together is paid together.
        var seen = (await Sight.Of(db, visitor, stop)).Of(db.Enquiries);
        var sent = db.Submissions;
        var before = clock.GetUtcNow() - AskPayments.AskedFor;
        var unpaid = await db.Payments.AsNoTracking().Where(p => p.State != PaymentState.Paid && !sent.Any(s => s.DraftId == p.DraftId && !seen.Any(e => e.Id == s.Id)))
            .OrderBy(p => p.State == PaymentState.Refused ? 0 : 1).ThenByDescending(p => p.At).Take(Most).ToListAsync(stop);
        var ids = unpaid.Select(p => p.Id).ToList();
        var attempts = (await db.PaymentAttempts.AsNoTracking().Where(a => ids.Contains(a.PaymentId)).ToListAsync(stop)).ToLookup(a => a.PaymentId);
        var rows = unpaid.Select(p =>
        {
            var last = attempts[p.Id].MaxBy(a => a.Number);
            var silent = last is { State: AttemptState.Open, ProviderId: not null } && last.At < before;
            return new UnpaidView(
                p.Reference, new Core.Money(p.AmountPence).ToString(), p.Description, Words(p.State, last, silent), silent || p.State == PaymentState.Refused, p.At, attempts[p.Id].Count(),
                last is { State: AttemptState.Open or AttemptState.Refused, ProviderId: not null } ? last.Id : null);
        });
        return new RazorComponentResult<PaymentsPage>(new { Unpaid = rows.OrderBy(r => r.MustLook ? 0 : 1).ToList() });
    }

    private static async Task<IResult> AskAgain(Guid attempt, ConcentricDb db, TakePayment take, ClaimsPrincipal visitor)
    {
        if (await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == attempt) is not { } known) return Results.NotFound();
        await take.Ask(known, visitor.Actor);
        return Results.LocalRedirect("/desk/payments");
    }

    private static string Words(PaymentState state, PaymentAttempt? last, bool silent) => (state, last?.State) switch
    {
        (PaymentState.Refused, _) => "The provider told of another amount or reference",
        (PaymentState.Started, _) when silent => "The provider has not said for three days how it ended",
        (PaymentState.Started, _) => "Begun",
        (PaymentState.Failed, AttemptState.Cancelled) => "Cancelled",
        (PaymentState.Failed, AttemptState.Error) => "The provider could not take it",
        (PaymentState.Failed, _) => "Declined, or not finished in time",
        _ => "Not begun",
    };
}
