using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Concentric.Serve.Messages;

/// <summary>Messages go out. Degraded where a door is closed for longer than a quarter of an hour, or some were given up for a reason that is ours to mend: wrong addresses are the citizens'.</summary>
internal sealed class MessageCheck(IDbContextFactory<ConcentricDb> databases, Doorways doors, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        if (doors.All.FirstOrDefault(d => d.ClosedSince <= now - Patience) is { } closed) return HealthCheckResult.Degraded($"{closed.Door.Name} is closed: {closed.Why?.Error}");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var givenUp = await db.Messages.CountAsync(m => m.Fault != null && m.Fault != DoorFault.Address && m.Fault != DoorFault.NotDelivered && m.SentAt == null && m.NextAt == null, cancellationToken);
        return givenUp == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{givenUp} messages were given up");
    }
}
