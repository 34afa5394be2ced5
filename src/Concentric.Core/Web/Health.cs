using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Concentric.Core.Web;

/// <summary>/health/live: the process answers. /health/ready: it can do its work too; 503 when it cannot, and “Degraded” when it can but somebody has to look. Neither tells strangers more than that.</summary>
internal static class Health
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    // Not by MapHealthChecks, whose endpoint holds the services of the program that it was made for.
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapMethods("/health/live", Methods, () => Results.Text(nameof(HealthStatus.Healthy))).ForEverybody();
        pages.MapMethods("/health/ready", Methods, Ready).ForEverybody();
    }

    private static async Task<IResult> Ready(HealthCheckService checks, HttpContext http)
    {
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store, no-cache";
        return Results.Text(report.Status.ToString(), statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
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

/// <summary>No fact was set aside because a reader of the journal could not read it. <c>concentric audit verify</c> names those that were.</summary>
internal sealed class JournalCheck(IDbContextFactory<ConcentricDb> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var aside = await db.FactsAside.CountAsync(cancellationToken);
        return aside == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{aside} facts could not be read and were set aside");
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
