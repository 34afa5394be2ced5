using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Core;

public sealed class JournalTests : IDisposable
{
    private readonly TestApp _app = new(seeded: false);

    [Fact]
    public async Task Facts_are_numbered_without_gaps_and_the_chain_holds()
    {
        await Record(25);

        var report = await Verify();

        Assert.True(report.Holds, string.Join("; ", report.Problems));
        Assert.Equal((25, 0), (report.Sealed, report.Waiting));
        Assert.Equal(Enumerable.Range(1, 25).Select(n => (long?)n), await _app.Db(db => db.Facts.OrderBy(f => f.Number).Select(f => f.Number).ToListAsync()));
    }

    [Theory]
    [InlineData("Data", "its data was changed")]
    [InlineData("Subject", "the row or the one before it was changed")]
    [InlineData("By", "the row or the one before it was changed")]
    [InlineData("Kind", "the row or the one before it was changed")]
    public async Task A_fact_changed_behind_the_programs_back_is_named(string column, string problem)
    {
        await Record(10);

#pragma warning disable EF1002 // The column is one of the four above.
        await _app.Write(db => db.Database.ExecuteSqlRawAsync($"""UPDATE core_fact SET "{column}" = 'tampered' WHERE "Number" = 4"""));
#pragma warning restore EF1002

        var report = await Verify();
        Assert.Contains(report.Problems, p => p.StartsWith("Fact 4 (", StringComparison.Ordinal) && p.EndsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fact_taken_out_of_the_middle_is_missed()
    {
        await Record(10);

        await _app.Write(db => db.Facts.Where(f => f.Number == 7).ExecuteDeleteAsync());

        Assert.Contains("Fact 7 is missing", (await Verify()).Problems);
    }

    [Fact]
    public async Task Facts_cut_off_the_end_are_missed_against_a_head_kept_elsewhere()
    {
        await Record(10);
        var head = (await Verify()).Head;

        await _app.Write(db => db.Facts.Where(f => f.Number > 8).ExecuteDeleteAsync());

        Assert.True((await Verify()).Holds);
        Assert.Contains((await Verify(head)).Problems, p => p.Contains("is not in the chain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_erased_on_purpose_leaves_a_chain_that_holds()
    {
        await Record(10);

        await _app.Write(db => db.Facts.Where(f => f.Number == 3).ExecuteUpdateAsync(f => f.SetProperty(x => x.Data, (string?)null).SetProperty(x => x.Salt, (byte[]?)null)));

        var report = await Verify();
        Assert.True(report.Holds, string.Join("; ", report.Problems));
        Assert.Equal(1, report.Erased);
    }

    [Fact]
    public async Task A_fact_is_kept_only_with_the_change_that_it_tells()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _app.Write(db =>
        {
            db.Record(new CauseSet("CN-1", "not-done"), Actor.System, _app.Clock.Now);
            throw new InvalidOperationException("The change failed.");
        }));

        Assert.Equal(0, await _app.Db(db => db.Facts.CountAsync()));
    }

    [Fact]
    public async Task Many_writers_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _app.Write(db =>
        {
            db.Record(new CauseSet($"CN-{i}", null), Actor.System, _app.Clock.Now);
            return Task.CompletedTask;
        })));
        await SealAll();

        var report = await Verify();
        Assert.True(report.Holds, string.Join("; ", report.Problems));
        Assert.Equal(200, report.Sealed);
    }

    [Fact]
    public void A_fact_is_read_back_as_it_was_recorded() => Assert.Equal("enquiry-raised", Journal.KindOf(typeof(EnquiryRaised)));

    public void Dispose() => _app.Dispose();

    private async Task Record(int count)
    {
        await _app.Write(db =>
        {
            for (var i = 0; i < count; i++) db.Record(new CauseSet($"CN-{i}", "not-done"), Actor.System, _app.Clock.Now.AddSeconds(i).AddTicks(7));
            return Task.CompletedTask;
        });
        await SealAll();
    }

    private async Task SealAll()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
    }

    private Task<AuditReport> Verify(string? head = null) => _app.Db(db => Audit.Verify(db, head));
}
