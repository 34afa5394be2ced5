using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Concentric.Measure.Contacts;

/// <summary>The contact store answers.</summary>
internal sealed class ContactStoreCheck(IContactStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.Statistics(cancellationToken).WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
