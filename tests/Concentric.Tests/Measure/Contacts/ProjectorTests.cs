using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class ProjectorTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task An_enquiry_is_a_contact_and_what_becomes_known_of_it_is_told_of_the_contact()
    {
        var reference = Reference.Of(12_345).ToString();
        await _test.Write(Raised(12_345, "524", "phone", 77, Monday));
        await _test.CatchUp();
        var atFirst = Assert.Single(await _test.Rows());

        await _test.Write(new EnquiryAnswered(reference, 240, Resolved: true), new ContactCoded(reference, null, Demand.Failure), new CauseSet(reference, "progress-chasing"));
        await _test.CatchUp();
        var later = Assert.Single(await _test.Rows());
        await _test.Write(new CauseSet(reference, null));
        await _test.CatchUp();
        var takenBack = Assert.Single(await _test.Rows());

        // 382,695 is the reference's number with its check sign, 12,345 * 31 + 0. Day 20,514 is 2 March 2026, a Monday, and week 2,931 begins with it.
        Assert.Equal("1|2026-03-02 09:00:00|20514|2931|674|northmoor|0|0|524|0|2||0|Not known||true|0|0|0|0|77|382695|4294967295|enquiries|0|0", atFirst);
        Assert.Equal("1|2026-03-02 09:00:00|20514|2931|674|northmoor|0|0|524|0|2||0|Not known||true|2|4|1|240|73|77|382695|4294967295|enquiries|0|0", later);
        Assert.Equal(later.Replace("|2|4|1|240", "|2|0|1|240", StringComparison.Ordinal), takenBack);
        Assert.Equal("http://id.esd.org.uk/service/524", _test.Store.Dimensions.Service("524")!.Uri);
    }

    [Fact]
    public async Task What_happens_to_a_case_is_its_steps_with_the_time_between_them()
    {
        var reference = Reference.Of(12_345).ToString();
        await _test.Write(
            Raised(12_345, "524", "phone", 77, Monday), new CaseBegun(reference, "northmoor", "missed-collection", 1, "524", "Waste", new(2026, 3, 9), Monday),
            new CaseMoved(reference, 2, "StepDone", "look", "collect", "Waste", null, Monday.AddHours(2)), new EnquiryAnswered(reference, 240, Resolved: true));
        await _test.CatchUp();
        await _test.Write(new CaseMoved(reference, 3, "HandedOver", null, null, "Highways", null, Monday.AddHours(3)), new CitizenSaidSorted(reference, false, Monday.AddDays(1), 4));
        await _test.CatchUp();

        var steps = await _test.Store.Steps(new(1), TestContext.Current.CancellationToken);
        string Name(int code) => code == 0 ? "" : _test.Store.Dimensions.Activities.Single(a => a.Code == code).Key;
        Assert.Equal([("", "begun", null), ("begun", "look", 7200.0), ("look", "handed-over", 3600.0)], steps.Select(s => (Name(s.From), Name(s.To), s.MeanGap)).OrderByDescending(s => s.MeanGap ?? double.MaxValue));
        // All are of the service that the first names, and what the citizen said of the outcome counts.
        Assert.Equal(3, (await _test.Store.Steps(new(1) { Service = _test.Store.Dimensions.Service("524")!.Code }, TestContext.Current.CancellationToken)).Count);
        Assert.Contains("|2|240|73|4|77|", Assert.Single(await _test.Rows()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_raised_and_answered_between_two_looks_comes_out_the_same()
    {
        var facts = Story(300);
        await _test.Write(facts);
        await _test.CatchUp();
        var atOnce = await _test.Rows();

        await using var slowly = new TestMeasure();
        foreach (var part in facts.Chunk(7))
        {
            await slowly.Write(part);
            await slowly.CatchUp();
        }

        Assert.Equal(atOnce, await slowly.Rows());
    }

    [Fact]
    public async Task A_day_belongs_to_the_councils_clock()
    {
        // Half past midnight on 1 July in London is still 30 June in UTC.
        await _test.Write(Raised(1, "524", "web", 0, new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero)));
        await _test.CatchUp();

        var day = await _test.Store.Query(CubeQuery.CitizenContacts(1).GroupedBy(Dimension.Day), TestContext.Current.CancellationToken);

        Assert.Equal("2026-07-01", _test.Store.Dimensions.Label(Dimension.Day, day.Code(0, Dimension.Day)));
    }

    [Fact]
    public async Task A_fact_is_counted_once_whenever_the_program_is_cut_off()
    {
        await _test.Write(Story(50));
        await _test.CatchUp();
        var rows = await _test.Rows();

        Assert.Equal(0, await _test.Projector.CatchUp(TestContext.Current.CancellationToken));
        // The same facts given again, as after a crash between two commits: refused whole.
        await Assert.ThrowsAsync<InvalidOperationException>(() => _test.Store.Apply(new(50, "", [new(1, TestMeasure.Northmoor, 1, null, 1, 0, Monday)], [], []) { Own = TestMeasure.Northmoor }, TestContext.Current.CancellationToken));
        // A failure on the way keeps neither rows nor number, nor the codes given meanwhile.
        var last = (await _test.Store.Statistics(TestContext.Current.CancellationToken)).LastFact;
        await Assert.ThrowsAsync<ContactStoreException>(() => _test.Store.Apply(
            new(last + 1, "", [new(last + 1, TestMeasure.Northmoor, 1, "999", 1, 5, Monday)], [], [new(44, "no such batch")]) { Own = TestMeasure.Northmoor }, TestContext.Current.CancellationToken));

        Assert.Equal(rows, await _test.Rows());
        Assert.Null(_test.Store.Dimensions.Service("999"));
        await _test.Write(Raised(5000, "998", "web", 0, Monday));
        await _test.CatchUp();
        Assert.Equal(rows.Count + 1, (await _test.Rows()).Count);
        Assert.NotNull(_test.Store.Dimensions.Service("998"));
    }

    [Fact]
    public async Task Facts_that_are_not_sealed_or_were_erased_say_nothing()
    {
        await _test.Write(Raised(1, "524", "web", 0, Monday), Raised(2, "524", "web", 0, Monday));
        Assert.Equal(0, await _test.Projector.CatchUp(TestContext.Current.CancellationToken));
        await _test.Writer.Write(async db => { foreach (var fact in await db.Facts.Where(f => f.Subject == Reference.Of(1).ToString()).ToListAsync()) (fact.Data, fact.Salt) = (null, null); return 0; }, TestContext.Current.CancellationToken);

        Assert.Equal(2, await _test.CatchUp());

        Assert.Single(await _test.Rows());
    }

    [Fact]
    public async Task What_was_said_before_the_enquiry_was_sealed_is_not_lost()
    {
        var reference = Reference.Of(42).ToString();
        await _test.Write(new ContactCoded(reference, null, Demand.Failure), new EnquiryAnswered(reference, 30, Resolved: true));
        await _test.CatchUp();
        await _test.Write(new ContactCoded(reference, null, Demand.Value), Raised(42, "524", "web", 0, Monday));
        await _test.CatchUp();

        Assert.Contains("|1|0|1|30|", Assert.Single(await _test.Rows()), StringComparison.Ordinal);
        Assert.Equal(0, await _test.Store.Read(r => r.Connection.Number("SELECT count(*) FROM early_change"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Built_anew_the_store_answers_the_same_and_goes_on_from_there()
    {
        var rows = TestStore.Rows(8, 15_000);
        await _test.Write(Story(100));
        await _test.CatchUp();
        await _test.Import.RunRows(rows, About("first"), Actor.System, stop: TestContext.Current.CancellationToken);
        await _test.Write(Story(100, from: 1000));
        // Late rows: the same persons, on days between those that are there.
        await _test.Import.RunRows(TestStore.Rows(9, 12_000), About("second"), Actor.System, stop: TestContext.Current.CancellationToken);
        await _test.Write(new ContactCoded(Reference.Of(3).ToString(), Guid.Parse("00000000-0000-0000-0000-000000000007"), Demand.Failure), new EnquiryAnswered(Reference.Of(1004).ToString(), 61, Resolved: false));
        await _test.Write(Raised(2000, "101", "web", 0, Monday.AddDays(1)) with { Follows = Reference.Of(3).ToString() }, new CauseSet(Reference.Of(2000).ToString(), "progress-chasing", Guid.Empty, "101", "inspect"),
            new CaseBegun(Reference.Of(3).ToString(), "northmoor", "bins", 1, "101", "waste", new(2026, 1, 9), Monday), new CaseMoved(Reference.Of(3).ToString(), 2, "StepDone", "inspect", null, "waste", null, Monday.AddDays(2)));
        await _test.CatchUp();
        var (before, derived, dimensions) = (await _test.Rows(), await Derived(), _test.Store.Dimensions);

        var report = await _test.Projector.Rebuild(TestContext.Current.CancellationToken);

        Assert.Equal((before.Count, before.Count), (report.Contacts, report.Before));
        Assert.Equal(before, await _test.Rows());
        Assert.Equal(derived, await Derived());
        Assert.Contains("steps 2", derived, StringComparison.Ordinal);
        Assert.Equal(dimensions.Services, _test.Store.Dimensions.Services);
        Assert.Equal(dimensions.Areas, _test.Store.Dimensions.Areas);
        Assert.Empty(Directory.GetFiles(_test.Folder, "*.new*"));
        await _test.Write(Raised(99_999, "524", "web", 0, Monday));
        Assert.Equal(1, await _test.CatchUp());
        var again = await _test.Import.RunRows(rows, About("first"), Actor.System, stop: TestContext.Current.CancellationToken);
        Assert.Equal((0, 15_000), (again.Imported, again.Duplicates));
    }

    /// <summary>A digest of what is derived of contacts, and of steps. Rows of a batch lie in another order in a store that is built anew, so it is of their sum.</summary>
    private Task<string> Derived() => _test.Store.Read(reader =>
    {
        using var rows = reader.Connection.Query("""
            SELECT concat('needs ', (SELECT concat(count(*), ' ', sum(hash(first_id, contacts, state, met_day, seconds, day, channel))) FROM need),
                ' contacts ', (SELECT concat_ws(' ', sum(hash(contact_id, thread)), sum(hash(contact_id, chain <> 0)), sum(hash(contact_id, ended_at)), sum(chases), sum(demand_type), sum(system_cause), sum(cause_service), sum(cause_step)) FROM contact),
                ' steps ', (SELECT concat(count(*), ' ', sum(hash(step_id, seq, gap))) FROM step))
            """);
        rows.NextChunk();
        return rows.Column(0).Text(0)!;
    }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_store_that_lost_rows_is_found_out_and_put_right()
    {
        await _test.Write(Story(40));
        await _test.CatchUp();
        var rows = await _test.Rows();
        await _test.Store.Write(store => store.Execute("DELETE FROM contact WHERE contact_id % 2 = 0"), TestContext.Current.CancellationToken);

        var report = await _test.Projector.Rebuild(TestContext.Current.CancellationToken);

        Assert.True(report.Before < report.Contacts);
        Assert.Equal(rows, await _test.Rows());
    }

    [Fact]
    public async Task Rows_of_a_batch_that_were_touched_are_not_taken_and_the_old_store_stays()
    {
        await _test.Import.RunRows(TestStore.Rows(8, 100), About("first"), Actor.System, stop: TestContext.Current.CancellationToken);
        var rows = await _test.Rows();
        await using (var file = new FileStream(Path.Combine(_test.Imports, "1", "rows.parquet"), FileMode.Open)) { file.Seek(100, SeekOrigin.Begin); file.WriteByte(0x5A); }

        var refused = await Assert.ThrowsAsync<ContactStoreException>(() => _test.Projector.Rebuild(TestContext.Current.CancellationToken));

        Assert.Contains("digest differs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(rows, await _test.Rows());
    }

    [Fact]
    public async Task A_database_put_back_from_a_backup_makes_the_store_anew()
    {
        await _test.Write(Story(20));
        await _test.CatchUp();
        await _test.Stop();
        File.Delete(Path.Combine(_test.Folder, "concentric.db"));

        await using var restored = new TestMeasure(_test.Folder);
        await restored.Write(Raised(7, "100", "web", 0, Monday));
        await restored.CatchUp();

        Assert.Single(await restored.Rows());
        Assert.Equal(1, (await restored.Store.Statistics(TestContext.Current.CancellationToken)).LastFact);
    }

    private static BatchAbout About(string scheme) => new(new("northmoor", "Northmoor Council", IsSynthetic: true), scheme, scheme) { Areas = TestStore.Areas() };

    private static EnquiryRaised Raised(ulong number, string? service, string channel, ulong person, DateTimeOffset at) => new(Reference.Of(number).ToString(), "northmoor", service, channel, person, at);

    /// <summary>Enquiries and what became of them, in an order by chance; persons come back, and some enquiries are older than those before them.</summary>
    private static IReadOnlyList<IFact> Story(int count, int from = 0)
    {
        var chance = new SeededChance((ulong)(count + from));
        var facts = new List<IFact>();
        for (var i = 0; i < count; i++)
        {
            var open = (ulong)(from + i / 3);
            if (i % 3 == 0) facts.Add(Raised(open, chance.Below(5) == 0 ? null : $"{100 + chance.Below(3)}", "web", (ulong)chance.Below(4), Monday.AddMinutes(chance.Below(50_000))));
            else if (chance.Below(2) == 0) facts.Add(new EnquiryAnswered(Reference.Of((ulong)from + (ulong)chance.Below(i / 3 + 1)).ToString(), chance.Below(2) == 0 ? null : chance.Below(900), chance.Below(2) == 0));
            else facts.Add(new ContactCoded(Reference.Of((ulong)from + (ulong)chance.Below(i / 3 + 1)).ToString(), null, (Demand)chance.Below(4)));
        }
        return facts;
    }
}
