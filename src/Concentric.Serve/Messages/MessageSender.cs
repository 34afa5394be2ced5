using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Messages;

/// <summary>Sends what is due, every few seconds, and removes what was written once its time is over. Without a door messages wait.</summary>
internal sealed class MessageSender(IWriter writer, IDbContextFactory<ConcentricDb> databases, TimeProvider clock, ILogger<MessageSender> log, IMessageDoor? door = null) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? forgot = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDue(stoppingToken);
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
            await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what is due, the oldest first, and returns how many were taken.</summary>
    public async Task<int> SendDue(CancellationToken stop)
    {
        if (door is null) return 0;
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = clock.GetUtcNow();
        var due = await db.Messages.AsNoTracking().Where(m => m.NextAt <= now).OrderBy(m => m.NextAt).ThenBy(m => m.Id).Take(AtOnce).ToListAsync(stop);
        var sent = 0;
        foreach (var message in due)
        {
            if (stop.IsCancellationRequested || !await Outbox.Take(writer, message.Id, clock.GetUtcNow())) continue;
            var attempts = message.Attempts + 1;
            // Once begun it is brought to its end, or a stop of the program would leave it unknown whether it was sent.
            var answer = await door.Send(message, CancellationToken.None);
            if (answer.Error is null)
            {
                await Outbox.Sent(writer, message.Id, clock.GetUtcNow());
                sent++;
                continue;
            }
            await Outbox.Failed(writer, message.Id, attempts, answer, clock.GetUtcNow());
            if (answer.IsFinal || attempts > Outbox.Waits.Count) log.LogError("Message {Message} was given up at try {Attempts}: {Error}", message.Id, attempts, answer.Error);
            else log.LogWarning("Message {Message} was not sent: {Error}", message.Id, answer.Error);
        }
        return sent;
    }
}
