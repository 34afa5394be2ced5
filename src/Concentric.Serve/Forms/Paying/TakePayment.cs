using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Concentric.Serve.Forms;

/// <summary>Where a payment stands after a step.</summary>
/// <param name="Next">Where the citizen goes to pay, at the provider's; null where there is nothing to do there.</param>
/// <param name="Fault">The provider did not say.</param>
internal sealed record PayStep(PaymentState State, string? Next = null, PaymentFault? Fault = null);

/// <summary>Takes what is to pay for what was sent.</summary>
/// <remarks>One attempt is open at a time, and a new one is made only when the provider said that the last came to nothing: nobody pays twice.</remarks>
internal sealed class TakePayment(IWriter writer, TimeProvider clock, IHostEnvironment environment, DemoPayments demo, IPaymentDoor? provider = null)
{
    /// <summary>Who takes payments here: in development, where no key is set, a page that plays it; elsewhere nobody.</summary>
    public IPaymentDoor? Door => provider ?? (environment.IsDevelopment() ? demo : null);

    /// <summary>"Pay now": finds the attempt that is open or makes one, and says where to pay.</summary>
    public async Task<PayStep> Start(Guid draft, string returnTo, Language language, string by)
    {
        if (Door is not { } door) return new(PaymentState.Asked, Fault: PaymentFault.Away);
        // Twice, because the attempt that was open may turn out to have ended long ago: then this press begins the next.
        for (var turn = 0; ; turn++)
        {
            var (payment, attempt) = await Open(draft, door);
            if (payment is null) return new(PaymentState.Asked, Fault: PaymentFault.Unknown);
            if (attempt is null) return new(payment.State);
            var answer = attempt.ProviderId is { } id ? await door.Find(id)
                : await door.Create(new($"{attempt.Id:N}", payment.AmountPence, payment.Reference, payment.Description, returnTo, language));
            if (answer.Told is not { } told)
            {
                // Refused before anybody was sent there: this attempt can take no money, and its key is of no more use.
                if (attempt.ProviderId is null && answer.Fault == PaymentFault.Refused) await End(attempt.Id, AttemptState.Error, by);
                return new(payment.State, Fault: answer.Fault);
            }
            var state = await Settle(attempt.Id, told, by);
            if (state == PaymentState.Failed && attempt.ProviderId is not null && turn == 0) continue;
            if (state != PaymentState.Started) return new(state);
            // Something is left to do there, and no way that can be gone.
            return told.Next is null && told.State is ProviderState.Created or ProviderState.Started ? new(state, Fault: PaymentFault.Unusable) : new(state, told.Next);
        }
    }

    /// <summary>Asks the provider how an attempt stands, and keeps what it says.</summary>
    public async Task<PayStep> Ask(PaymentAttempt attempt, string by)
    {
        if (attempt.ProviderId is not { } id || Door is not { } door || attempt.Provider != door.Name) return new(PaymentState.Started, Fault: PaymentFault.Unknown);
        var answer = await door.Find(id);
        return answer.Told is { } told ? new(await Settle(attempt.Id, told, by)) : new(PaymentState.Started, Fault: answer.Fault);
    }

    /// <summary>Keeps what the provider told of an attempt. What ended stays as it ended, however often and late it is told.</summary>
    internal Task<PaymentState> Settle(Guid id, PaymentTold told, string by) => writer.Write(async db =>
    {
        var now = clock.GetUtcNow();
        var attempt = await db.PaymentAttempts.AsNoTracking().SingleAsync(a => a.Id == id);
        var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.Id == attempt.PaymentId);
        if (attempt.State is not (AttemptState.Open or AttemptState.Refused)) return payment.State;
        var isOurs = (attempt.ProviderId ?? told.Id) == told.Id && told.AmountPence == payment.AmountPence && told.Reference == payment.Reference
            && !await db.PaymentAttempts.AnyAsync(a => a.Id != id && a.Provider == attempt.Provider && a.ProviderId == told.Id);
        var state = !isOurs ? AttemptState.Refused : told.State switch
        {
            ProviderState.Success => AttemptState.Paid,
            ProviderState.Failed => AttemptState.Failed,
            ProviderState.Cancelled => AttemptState.Cancelled,
            ProviderState.Error => AttemptState.Error,
            _ => AttemptState.Open,
        };
        if (isOurs) await db.PaymentAttempts.Where(a => a.Id == id && a.ProviderId == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.ProviderId, told.Id));
        return await Change(db, attempt, payment, state, by, now);
    });

    private Task End(Guid id, AttemptState state, string by) => writer.Write(async db =>
    {
        var attempt = await db.PaymentAttempts.AsNoTracking().SingleAsync(a => a.Id == id);
        if (attempt is not { State: AttemptState.Open, ProviderId: null }) return;
        await Change(db, attempt, await db.Payments.AsNoTracking().SingleAsync(p => p.Id == attempt.PaymentId), state, by, clock.GetUtcNow());
    });

    private static async Task<PaymentState> Change(ConcentricDb db, PaymentAttempt attempt, Payment payment, AttemptState state, string by, DateTimeOffset now)
    {
        var (id, was) = (attempt.Id, attempt.State);
        // Of two who are told the same at once, one changes it, and one fact is recorded.
        var ours = db.PaymentAttempts.Where(a => a.Id == id && a.State == was);
        if (await ours.ExecuteUpdateAsync(a => a.SetProperty(x => x.State, state).SetProperty(x => x.ToldAt, now)) == 0)
            return (await db.Payments.AsNoTracking().SingleAsync(p => p.Id == payment.Id)).State;
        var all = state switch
        {
            AttemptState.Open => PaymentState.Started,
            AttemptState.Paid => PaymentState.Paid,
            AttemptState.Refused => PaymentState.Refused,
            _ => PaymentState.Failed,
        };
        // Paid once is paid.
        await db.Payments.Where(p => p.Id == payment.Id && p.State != PaymentState.Paid && p.State != all)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.State, all).SetProperty(x => x.ChangedAt, now));
        if (state != was && state != AttemptState.Open) db.Record(new FormPaid(payment.Reference, payment.AmountPence, OutcomeOf(state)), by, now);
        return payment.State == PaymentState.Paid ? PaymentState.Paid : all;
    }

    private static PayOutcome OutcomeOf(AttemptState state) => state switch
    {
        AttemptState.Paid => PayOutcome.Paid,
        AttemptState.Cancelled => PayOutcome.Cancelled,
        AttemptState.Error => PayOutcome.Error,
        AttemptState.Refused => PayOutcome.Refused,
        _ => PayOutcome.Failed,
    };

    /// <summary>The payment, and its open attempt or a new one; no attempt where nothing may be taken any more.</summary>
    private Task<(Payment? Payment, PaymentAttempt? Attempt)> Open(Guid draft, IPaymentDoor door) => writer.Write<(Payment?, PaymentAttempt?)>(async db =>
    {
        var now = clock.GetUtcNow();
        if (await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.DraftId == draft) is not { } payment) return (null, null);
        if (payment.State is PaymentState.Paid or PaymentState.Refused) return (payment, null);
        var last = await db.PaymentAttempts.AsNoTracking().Where(a => a.PaymentId == payment.Id).OrderByDescending(a => a.Number).FirstOrDefaultAsync();
        if (last is { State: AttemptState.Open } && last.Provider == door.Name) return (payment, last);
        var attempt = new PaymentAttempt
        {
            Id = Guid.CreateVersion7(now), PaymentId = payment.Id, Number = (last?.Number ?? 0) + 1, Provider = door.Name, State = AttemptState.Open, At = now,
        };
        db.Add(attempt);
        await db.Payments.Where(p => p.Id == payment.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.State, PaymentState.Started).SetProperty(x => x.ChangedAt, now));
        return (payment, attempt);
    });
}
