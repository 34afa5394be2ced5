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
        var fresh = await Held(TestDatabase.CreateSeeded());
        var used = TestDatabase.CreateSeeded();
        await using (var db = TestDatabase.Open(used.Connection))
        {
            var name = db.Model.FindEntityType(typeof(Person))!.GetTableName();
            var journal = db.Model.FindEntityType(typeof(Fact))!.GetTableName();
#pragma warning disable EF1002 // Names of tables, from the model.
            Assert.NotEqual(0, await db.Database.ExecuteSqlRawAsync($"""UPDATE "{name}" SET "Name" = 'Somebody else' WHERE "Name" LIKE 'G%'"""));
            Assert.NotEqual(0, await db.Database.ExecuteSqlRawAsync($"""DELETE FROM "{journal}" """));
#pragma warning restore EF1002
        }
        used.Dispose();

        // Of those that are idle now one was used; which of them is taken is not said, so all are looked at.
        var again = Enumerable.Range(0, 4).Select(_ => TestDatabase.CreateSeeded()).ToList();
        foreach (var database in again) Assert.Equal(fresh, await Held(database, dispose: false));
        foreach (var database in again) database.Dispose();
    }

    /// <summary>How many rows each table has, and one row of a sum of the people's names.</summary>
    private static async Task<List<string>> Held(TestDatabase database, bool dispose = true)
    {
        await using var db = TestDatabase.Open(database.Connection);
        var held = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct().Order())
        {
#pragma warning disable EF1002 // Names of tables, from the model.
            held.Add($"{table} {await db.Database.SqlQueryRaw<long>($"""SELECT count(*) AS "Value" FROM "{table}" """).SingleAsync()}");
#pragma warning restore EF1002
        }
        held.AddRange(await db.Set<Person>().OrderBy(p => p.Name).Select(p => p.Name).ToListAsync());
        if (dispose) database.Dispose();
        return held;
    }
}
