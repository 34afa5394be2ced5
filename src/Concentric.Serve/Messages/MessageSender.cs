using System.Collections.Concurrent;
using Concentric.Core;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Messages;

/// <summary>Sends what is due, every few seconds, asks what became of it, and removes what was written once its time is over. Without a door messages wait.</summary>
internal sealed class MessageSender(IWriter writer, IDbContextFactory<ConcentricDb> databases, Doorways doors, Settings settings, TimeProvider clock, ILogger<MessageSender> log) : BackgroundService
{
    private const int TakenAtOnce = 128;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileThereIsMore = TimeSpan.FromSeconds(1);

    /// <summary>What is taken is not begun any more so long before somebody else may take it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? forgot = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var sent = 0;
            try
            {
                sent = await SendDue(stoppingToken);
                await AskDue(stoppingToken);
                if (forgot is null || clock.GetUtcNow() - forgot >= TimeSpan.FromHours(1))
                {
                    await Outbox.Forget(writer, clock.GetUtcNow());
                    forgot = clock.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program stops; thrown on, this would be called its failure.
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Sending messages failed and will be tried again");
            }
            await Task.Delay(sent > 0 ? WhileThereIsMore : Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what is due and may go now, the oldest first, each door by itself; returns how many were taken.</summary>
    public async Task<int> SendDue(CancellationToken stop) => (await Task.WhenAll(doors.All.Select(d => SendBy(d, stop)))).Sum();

    /// <summary>Asks the doors what became of what they took, and returns of how many that is known now.</summary>
    public async Task<int> AskDue(CancellationToken stop)
    {
        var known = 0;
        foreach (var doorway in doors.All.Where(d => d.Door.TellsDelivery && !d.IsClosed))
        {
            var now = clock.GetUtcNow();
            var (channels, closed) = (doorway.Channels, false);
            while (!closed && !stop.IsCancellationRequested)
            {
                await using var db = await databases.CreateDbContextAsync(stop);
                var due = await db.Messages.AsNoTracking().Where(m => m.AskAt <= now && channels.Contains(m.Channel)).OrderBy(m => m.AskAt).Take(TakenAtOnce).ToListAsync(stop);
                if (due.Count == 0) break;
                await Parallel.ForEachAsync(due, Parallelism(), async (message, _) =>
                {
                    if (closed) return;
                    var answer = await doorway.Door.Ask(message, CancellationToken.None);
                    if (answer.Closed) closed = true;
                    else if (await Heard(message, answer.Delivery, now)) Interlocked.Increment(ref known);
                });
            }
        }
        return known;
    }

    private async Task<int> SendBy(Doorway doorway, CancellationToken stop)
    {
        var sent = 0;
        while (!stop.IsCancellationRequested && doorway.Room(TakenAtOnce) is > 0 and var room)
        {
            Taken taken;
            await using (var db = await databases.CreateDbContextAsync(stop)) taken = await Outbox.Take(writer, db, doorway.Channels, room, doorway.IsKnock, clock.GetUtcNow());
            if (taken.Messages.Count == 0) break;
            var left = new ConcurrentBag<Message>();
            await Parallel.ForEachAsync(taken.Messages, Parallelism(), async (message, _) =>
            {
                if (stop.IsCancellationRequested || doorway.IsClosed || clock.GetUtcNow() >= taken.Until - Margin) left.Add(message);
                else if (await Send(doorway, message, taken.By)) Interlocked.Increment(ref sent);
            });
            await Outbox.GiveBack(writer, taken, left, clock.GetUtcNow());
        }
        return sent;
    }

    private async Task<bool> Send(Doorway doorway, Message message, Guid by)
    {
        // Once begun it is brought to its end, or a stop of the program would leave it unknown whether it was sent.
        var answer = await doorway.Door.Send(message, CancellationToken.None);
        var (now, wasClosed) = (clock.GetUtcNow(), doorway.ClosedSince is not null);
        doorway.Heard(answer);
        if (!wasClosed && doorway.ClosedSince is not null) log.LogError("{Door} is closed, and messages wait: {Error}", doorway.Door.Name, answer.Error);
        if (answer.Error is null)
        {
            await Outbox.Sent(writer, message, answer, doorway.Door.TellsDelivery && answer.DoorId is not null, now);
            return true;
        }
        var counts = !answer.ClosesDoor || (answer.Fault != DoorFault.Busy && message.TriedAt is { } tried && doorway.TookAt >= tried);
        if (await Outbox.Failed(writer, message, by, answer, counts, doorway.ClosedSince is not null, now)) log.LogError("Message {Message} was given up: {Error}", message.Id, answer.Error);
        else log.LogWarning("Message {Message} was not sent: {Error}", message.Id, answer.Error);
        return false;
    }

    private async Task<bool> Heard(Message message, Delivery? delivery, DateTimeOffset now)
    {
        var next = Outbox.AskWaits.Select(w => message.SentAt!.Value + w).FirstOrDefault(at => at > now);
        if (delivery is null && next != default)
        {
            await writer.Write(db => db.Messages.Where(m => m.Id == message.Id && m.AskAt != null).ExecuteUpdateAsync(m => m.SetProperty(x => x.AskAt, next)));
            return false;
        }
        await Outbox.Told(writer, message.Id, delivery ?? Delivery.NotKnown, now);
        return true;
    }

    private ParallelOptions Parallelism() => new() { MaxDegreeOfParallelism = settings.MessagesAtOnce };
}
