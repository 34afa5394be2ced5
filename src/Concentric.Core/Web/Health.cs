using Concentric.Core.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Concentric.Core.Web;

/// <summary>/health/live: the process answers. /health/ready: it can do its work too; 503 when it cannot. Neither tells strangers more than that.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).ForEverybody();
        pages.MapHealthChecks("/health/ready").ForEverybody();
    }
}

/// <summary>The database answers and takes writes.</summary>
internal sealed class DatabaseCheck(IWriter writer) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Through the writer, so that a stuck queue shows as well as a lost database; a statement that changes nothing still takes the lock.
        await writer.Write(db => db.Database.ExecuteSqlRawAsync("UPDATE core_council SET \"Name\" = \"Name\" WHERE 1 = 0", cancellationToken), cancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>At least a twentieth of the disk with the data is free.</summary>
internal sealed class DiskCheck(Settings settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var disk = new DriveInfo(settings.Data);
        return Task.FromResult(disk.AvailableFreeSpace > disk.TotalSize / 20 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Less than a twentieth of the disk is free"));
    }
}
