using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Core;

public sealed class StatisticsTests
{
    [Fact]
    public async Task A_database_that_has_looked_at_its_tables_reads_the_index_that_leads_to_few_rows()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "SQLite only");
        using var app = new TestApp();
        await app.Write(db => db.Database.ExecuteSqlRawAsync("""
            CREATE TABLE asked (citizen INTEGER, is_open INTEGER, at INTEGER);
            CREATE INDEX by_open ON asked (is_open, at);
            CREATE INDEX by_citizen ON asked (citizen);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO asked SELECT i, 1, i FROM n;
            """));
        Assert.Contains("by_open", await Plan(), StringComparison.Ordinal);

        await app.Services.GetRequiredService<Statistics>().Look();

        Assert.Contains("by_citizen", await Plan(), StringComparison.Ordinal);

        Task<string> Plan() => app.Db(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN SELECT at FROM asked WHERE citizen IN (1, 2, 3, 4) AND is_open = 1";
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            return reader.GetString(3);
        });
    }
}
