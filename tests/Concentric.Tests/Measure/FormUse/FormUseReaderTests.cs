using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.FormUse;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Concentric.Tests.Measure.FormUse.TestForms;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>Facts of forms are carried into their tables each exactly once, on whichever database the tests run on.</summary>
public sealed class FormUseReaderTests : IAsyncDisposable
{
    private readonly TestForms _test = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Facts_become_rows_and_the_mark_moves_on()
    {
        await _test.Write(new FormPublished("missed-bin", 1, "00"));
        await _test.Write(Visit(FormOutcome.Dropped, last: "bin"));
        await _test.Write(new FormSent("CN-1", "missed-bin", 1, true, "moving-home"));

        using var reader = _test.Reader();

        Assert.Equal(3, await reader.CatchUp(Stop));
        Assert.Equal(
        [
            "visit 2|missed-bin|1|524|web|False|en|2026-03-02|Dropped|bin",
            "page 2|0|address|10|1|0",
            "page 2|1|bin|11|1|0",
            "message 2|0|address|postcode|missing|Enter a postcode|2",
            "sent 3|missed-bin|1|True|moving-home|2026-03-02",
            "version 1|missed-bin|1|2026-03-02",
            "through 3",
        ], await _test.Rows());
    }

    [Fact]
    public async Task A_reader_that_cannot_read_makes_the_program_say_so_until_it_can()
    {
        using var reader = _test.Reader();
        await _test.Write(Visit());
        await Run("ALTER TABLE measure_form_visit RENAME TO gone");

        await Assert.ThrowsAnyAsync<Exception>(() => reader.CatchUp(Stop));
        Assert.Equal(HealthStatus.Degraded, (await new FormUseCheck(reader).CheckHealthAsync(new(), Stop)).Status);
        using var anew = _test.Reader();
        await Assert.ThrowsAnyAsync<Exception>(() => anew.Rebuild(Stop));
        Assert.NotNull(anew.FailingSince);

        await Run("ALTER TABLE gone RENAME TO measure_form_visit");
        Assert.Equal(1, await reader.CatchUp(Stop));
        Assert.Equal(1, await anew.Rebuild(Stop));
        Assert.Null(anew.FailingSince);
        Assert.Equal(HealthStatus.Healthy, (await new FormUseCheck(reader).CheckHealthAsync(new(), Stop)).Status);

        Task<int> Run(string sql) => _test.Db(db => db.Database.ExecuteSqlRawAsync(sql, Stop));
    }

    [Fact]
    public async Task Read_twice_by_one_reader_and_again_after_a_restart_nothing_is_counted_again()
    {
        await _test.Write(Visit(), Visit());
        using var reader = _test.Reader();
        Assert.Equal(2, await reader.CatchUp(Stop));
        var once = await _test.Rows();

        Assert.Equal(0, await reader.CatchUp(Stop));
        using var restarted = _test.Reader();
        Assert.Equal(0, await restarted.CatchUp(Stop));
        Assert.Equal(once, await _test.Rows());

        await _test.Write(Visit());
        Assert.Equal(1, await restarted.CatchUp(Stop));
        Assert.Equal(0, await reader.CatchUp(Stop));
        Assert.Equal(3, await _test.Db(db => db.FormVisits.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_crash_between_the_rows_and_their_commit_leaves_nothing_and_they_are_read_again()
    {
        await _test.Write(Visit(), Visit());
        var writer = new CrashingWriter(_test.Writer) { IsCrashing = true };
        using var reader = _test.Reader(writer);

        await Assert.ThrowsAsync<TimeoutException>(() => reader.CatchUp(Stop));
        Assert.Empty(await _test.Rows());
        writer.IsCrashing = false;

        Assert.Equal(2, await reader.CatchUp(Stop));
        Assert.Equal(2, await _test.Db(db => db.FormVisits.CountAsync(Stop)));
        Assert.Empty(await _test.Db(db => db.FactsAside.ToListAsync(Stop)));
    }

    [Fact]
    public async Task Two_readers_at_once_count_each_fact_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await _test.Write([.. Enumerable.Range(0, 20).Select(_ => Visit())]);
            using FormUseReader first = _test.Reader(), second = _test.Reader();

            var read = await Task.WhenAll(Task.Run(() => first.CatchUp(Stop)), Task.Run(() => second.CatchUp(Stop)));

            Assert.Equal(20, read.Sum());
        }
        Assert.Equal(60, await _test.Db(db => db.FormVisits.CountAsync(Stop)));
        Assert.Equal(120, await _test.Db(db => db.FormVisitPages.CountAsync(Stop)));
        Assert.Empty(await _test.Db(db => db.FactsAside.ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_reader_that_another_has_overtaken_or_sent_back_goes_on_from_where_the_mark_is()
    {
        await _test.Write(Visit());
        using FormUseReader first = _test.Reader(), second = _test.Reader();
        await first.CatchUp(Stop);
        await _test.Write(new CauseSet("CN-1", null));
        // Looked through and not worth a mark.
        Assert.Equal(0, await first.CatchUp(Stop));

        Assert.Equal(1, await second.Rebuild(Stop));
        await _test.Writer.Write(async db => { await db.FormReadings.ExecuteDeleteAsync(Stop); await db.FormVisits.ExecuteDeleteAsync(Stop); await db.FormVisitPages.ExecuteDeleteAsync(Stop); await db.FormVisitMessages.ExecuteDeleteAsync(Stop); }, Stop);

        Assert.Equal(1, await first.CatchUp(Stop));
        Assert.Equal(1, await _test.Db(db => db.FormVisits.CountAsync(Stop)));
    }

    [Fact]
    public async Task More_facts_than_fit_one_transaction_are_read_and_those_of_others_cost_nothing()
    {
        await _test.Write(Visit());
        await _test.Write([.. Enumerable.Range(0, FormUseReader.Together + 50).Select(_ => new CauseSet("CN-1", null))]);
        await _test.Write(Visit());

        using var reader = _test.Reader();

        Assert.Equal(2, await reader.CatchUp(Stop));
        Assert.Equal([1, FormUseReader.Together + 52], await _test.Db(db => db.FormVisits.OrderBy(v => v.Number).Select(v => v.Number).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Built_anew_the_tables_are_the_same()
    {
        await _test.Write([.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? Visit(FormOutcome.Saved, last: "bin") : Visit())]);
        await _test.Write("form-visited", "{");
        using var reader = _test.Reader();
        await reader.CatchUp(Stop);
        var before = await _test.Rows();
        await _test.Writer.Write(db => db.FormVisitPages.Where(p => p.Number > 4).ExecuteDeleteAsync(Stop), Stop);
        await _test.Writer.Write(db => db.FormVisits.Where(v => v.Number == 2).ExecuteUpdateAsync(v => v.SetProperty(x => x.Form, "another"), Stop), Stop);

        Assert.Equal(13, await reader.Rebuild(Stop));

        Assert.Equal(before, await _test.Rows());
        Assert.Single(await _test.Db(db => db.FactsAside.ToListAsync(Stop)));
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("null", "says nothing")]
    [InlineData("{\"form\":\"\"}", "names no form")]
    [InlineData("{\"form\":\"x\",\"version\":0}", "no such version")]
    [InlineData("{\"form\":\"x\",\"version\":1,\"startedAt\":\"2026-03-02T09:00:00Z\",\"outcome\":9,\"pages\":[]}", "no such outcome")]
    [InlineData("{\"form\":\"x\",\"version\":1,\"startedAt\":\"2026-03-02T09:00:00Z\",\"outcome\":1,\"pages\":[]}", "on which page it ended")]
    [InlineData("{\"form\":\"x\",\"version\":1,\"startedAt\":\"2026-03-02T09:00:00Z\",\"outcome\":0}", "no pages")]
    [InlineData("{\"form\":\"x\",\"version\":1,\"startedAt\":\"2026-03-02T09:00:00Z\",\"outcome\":0,\"pages\":[{\"page\":\"a\",\"seconds\":-1,\"shown\":1,\"back\":0}]}", "page of it cannot be right")]
    public async Task A_fact_that_cannot_be_read_is_put_aside_and_those_after_it_are_counted(string data, string reason)
    {
        await _test.Write("form-visited", data);
        await _test.Write(Visit());
        using var reader = _test.Reader();

        await reader.CatchUp(Stop);

        var aside = Assert.Single(await _test.Db(db => db.FactsAside.ToListAsync(Stop)));
        Assert.Equal((FormUseReader.Name, 1, "form-visited"), (aside.Reader, aside.Number, aside.Kind));
        Assert.Contains(reason, aside.Reason, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await _test.Db(db => db.FormVisits.ToListAsync(Stop))).Number);
    }

    [Fact]
    public async Task An_erased_fact_says_nothing_and_is_not_a_fault()
    {
        await _test.Write("form-visited", null);
        await _test.Write(Visit());
        using var reader = _test.Reader();

        await reader.CatchUp(Stop);

        Assert.Single(await _test.Db(db => db.FormVisits.ToListAsync(Stop)));
        Assert.Empty(await _test.Db(db => db.FactsAside.ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_visit_that_two_facts_name_is_counted_once()
    {
        var visit = Visit();
        await _test.Write(visit, visit);
        using var reader = _test.Reader();
        await reader.CatchUp(Stop);
        await _test.Write(visit, Visit());
        await reader.CatchUp(Stop);

        Assert.Equal([1L, 4L], await _test.Db(db => db.FormVisits.OrderBy(v => v.Number).Select(v => v.Number).ToListAsync(Stop)));
        Assert.Equal([2L, 3L], await _test.Db(db => db.FactsAside.OrderBy(a => a.Number).Select(a => a.Number).ToListAsync(Stop)));
        Assert.Equal([1L, 4L], await _test.Db(db => db.FormVisitPages.Select(p => p.Number).Distinct().OrderBy(n => n).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_visit_belongs_to_the_day_in_London_and_ends_on_a_page_that_it_has()
    {
        // Half past eleven in the evening UTC is half past midnight of the next day in British Summer Time.
        await _test.Write(Visit(FormOutcome.Stopped, ["address"], "not-needed", new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero)));
        using var reader = _test.Reader();
        await reader.CatchUp(Stop);

        Assert.Equal(new DateOnly(2026, 7, 1), (await _test.Db(db => db.FormVisits.SingleAsync(Stop))).Day);
        Assert.Equal(["address 1", "not-needed 0"], await _test.Db(db => db.FormVisitPages.OrderBy(p => p.Place).Select(p => p.Page + " " + p.Shown).ToListAsync(Stop)));
    }

    [Fact]
    public async Task Nothing_that_is_kept_is_about_a_person()
    {
        await using var db = _test.CreateDbContext();

        var columns = from type in db.Model.GetEntityTypes()
                      where type.ClrType.Namespace == typeof(FormVisit).Namespace
                      from property in type.GetProperties()
                      select property.Name;

        Assert.Equal(
            ["Back", "Bundle", "Channel", "Day", "Form", "IsMediated", "Language", "LastPage", "Message", "Nth", "Number", "Outcome", "Page", "Place", "Problem", "Question", "Reader", "Seconds", "Service", "Shown", "Through", "Times", "Version", "Visit"],
            columns.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Does the work and fails before it is kept.</summary>
    private sealed class CrashingWriter(IWriter inner) : IWriter
    {
        public bool IsCrashing { get; set; }

        public Task<T> Write<T>(Func<ConcentricDb, Task<T>> work, CancellationToken stop = default) => inner.Write(async db =>
        {
            var result = await work(db);
            if (!IsCrashing) return result;
            await db.SaveChangesAsync(stop);
            throw new TimeoutException("The program crashed here.");
        }, stop);
    }
}
