using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Concentric.Measure.FormUse;

/// <summary>Facts of forms come into the tables of form use.</summary>
internal sealed class FormUseCheck(FormUseReader reader) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(reader.FailingSince is { } since ? HealthCheckResult.Degraded($"Visits to forms have not been counted since {since:u}") : HealthCheckResult.Healthy());
}
