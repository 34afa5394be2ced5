using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Core.Data;

/// <summary>
/// SQLite: has the database look at its own tables every hour, so that it reads the index that leads to few rows. Without it each equality is taken to be as good as any other, and of a million
/// enquiries a citizen's three were found by reading all that are open. PostgreSQL does so by itself.
/// </summary>
/// <remarks>With a limit to what is looked at of each index (https://www.sqlite.org/lang_analyze.html, "Approximate ANALYZE"): 50 ms on a database of 3 GB.</remarks>
internal sealed class Statistics(IWriter writer, Settings settings, TimeProvider clock, ILogger<Statistics> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!settings.IsPostgres && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The database could not look at its own tables; it will be tried again");
            }
            await Task.Delay(TimeSpan.FromHours(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks once. Connections that were open before are closed when they are given back: they would not read what was found.</summary>
    public async Task Look()
    {
        await writer.Write(db => db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit = 400; ANALYZE"));
        SqliteConnection.ClearAllPools();
    }
}
