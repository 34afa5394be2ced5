using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Core;

public sealed class MigratorTests
{
    [Fact]
    public async Task Migrating_twice_applies_nothing_the_second_time()
    {
        using var database = TestDatabase.CreateBare();
        await using var db = TestDatabase.Open(database.Connection);

        Assert.NotEmpty(await db.Migrate(TestDatabase.Areas, TimeProvider.System));
        Assert.Empty(await db.Migrate(TestDatabase.Areas, TimeProvider.System));
    }

    [Fact]
    public async Task A_past_file_that_was_changed_stops_the_program()
    {
        using var database = TestDatabase.CreateBare();
        await using var db = TestDatabase.Open(database.Connection);
        await db.Migrate(TestDatabase.Areas, TimeProvider.System);
        await db.Database.ExecuteSqlRawAsync("UPDATE schema_version SET digest = 'another' WHERE name = 'Serve/0001-enquiry'");

        var refusal = await Assert.ThrowsAsync<MigrationException>(() => db.Migrate(TestDatabase.Areas, TimeProvider.System));

        Assert.Contains("Serve/0001-enquiry has been changed since it was applied", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        using var database = TestDatabase.CreateBare();
        await using var db = TestDatabase.Open(database.Connection);
        await db.Migrate(TestDatabase.Areas, TimeProvider.System);
        await db.Database.ExecuteSqlRawAsync("INSERT INTO schema_version VALUES ('Serve/9999-later', 'x', 'x')");

        var refusal = await Assert.ThrowsAsync<MigrationException>(() => db.Migrate(TestDatabase.Areas, TimeProvider.System));

        Assert.Contains("Serve/9999-later", refusal.Message, StringComparison.Ordinal);
    }
}
