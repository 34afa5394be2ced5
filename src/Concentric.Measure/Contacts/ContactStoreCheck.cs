using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Concentric.Measure.Contacts;

/// <summary>The contact store answers, and facts come into it.</summary>
internal sealed class ContactStoreCheck(IContactStore store, Projector projector) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Statistics(cancellationToken).WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
        return projector.FailingSince is { } since ? HealthCheckResult.Degraded($"Contacts have not been counted since {since:u}") : HealthCheckResult.Healthy();
    }
}
