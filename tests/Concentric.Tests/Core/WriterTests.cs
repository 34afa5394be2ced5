using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Core;

public sealed class WriterTests : IDisposable
{
    private readonly TestApp _app = new(seeded: false);

    [Fact]
    public async Task One_piece_of_work_that_fails_takes_no_other_with_it()
    {
        var writer = _app.Services.GetRequiredService<IWriter>();
        var work = Enumerable.Range(0, 100).Select(i => writer.Write(db =>
        {
            db.Add(new Council { Slug = $"council-{i}", Name = "Council", IsSynthetic = true });
            return i % 10 == 3 ? throw new InvalidOperationException("This one fails.") : Task.FromResult(i);
        })).ToList();

        var failed = 0;
        foreach (var one in work)
        {
            try { await one; }
            catch (InvalidOperationException) { failed++; }
        }

        Assert.Equal(10, failed);
        Assert.Equal(90, await _app.Db(db => db.Set<Council>().CountAsync()));
        Assert.Equal(0, await _app.Db(db => db.Set<Council>().CountAsync(c => c.Slug == "council-3" || c.Slug == "council-93")));
    }

    [Fact]
    public async Task Work_that_breaks_a_rule_of_the_database_is_undone_whole()
    {
        await _app.Write(db => { db.Add(new Council { Slug = "one", Name = "One", IsSynthetic = true }); return Task.CompletedTask; });

        await Assert.ThrowsAsync<DbUpdateException>(() => _app.Write(db =>
        {
            db.Add(new Council { Slug = "two", Name = "Two", IsSynthetic = true });
            db.Add(new Council { Slug = "one", Name = "Again", IsSynthetic = true });
            return Task.CompletedTask;
        }));

        Assert.Equal("One", await _app.Db(db => db.Set<Council>().Select(c => c.Name).SingleAsync()));
    }

    [Fact]
    public async Task What_the_writer_of_SQLite_commits_is_synced_to_the_disk()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "SQLite only");

        var synchronous = await _app.Services.GetRequiredService<IWriter>().Write(db => db.Database.SqlQueryRaw<int>("SELECT synchronous AS \"Value\" FROM pragma_synchronous").SingleAsync());

        Assert.Equal(2, synchronous);
    }

    public void Dispose() => _app.Dispose();
}
