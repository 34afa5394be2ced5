using Concentric.Core.Journal;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests;

/// <summary>A test must find what every other test finds, whatever was done to the database before it.</summary>
public sealed class TestDatabaseTests
{
    [Fact]
    public async Task A_seeded_database_that_was_used_is_the_same_again_for_the_next_test()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "PostgreSQL only: on SQLite each test has a new file");
        using var database = TestDatabase.CreateSeeded();
        var fresh = await Held(database.Connection);
        await using (var db = TestDatabase.Open(database.Connection))
        {
            await db.People.ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, DateTimeOffset.UnixEpoch));
            await db.Facts.ExecuteDeleteAsync();
            db.Add(new Fact { Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Kind = "x", Subject = "x", By = "x", At = DateTimeOffset.UnixEpoch, Data = "{}", Digest = [1], Number = 1_000_000 });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync("SELECT nextval(quote_ident(sequencename)::regclass) FROM pg_sequences WHERE schemaname = 'public'");
        }
        Assert.NotEqual(fresh, await Held(database.Connection));

        SeededPostgres.Restore(database.Connection);

        Assert.Equal(fresh, await Held(database.Connection));
    }

    /// <summary>A digest of the rows of each table, and where each sequence stands.</summary>
    private static async Task<List<string>> Held(string connection)
    {
        await using var db = TestDatabase.Open(connection);
        var held = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct().Order())
        {
#pragma warning disable EF1002 // Names of tables, from the model.
            held.Add($"{table} {await db.Database.SqlQueryRaw<string>($"""SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS "Value" FROM "{table}" t""").SingleAsync()}");
#pragma warning restore EF1002
        }
        held.AddRange(await db.Database.SqlQueryRaw<string>("""SELECT sequencename || ' ' || coalesce(last_value::text, '') AS "Value" FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1""").ToListAsync());
        return held;
    }
}
