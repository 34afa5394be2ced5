using Concentric.Measure.Contacts;
using Concentric.Tests.Journeys;
using FsCheck;
using FsCheck.Fluent;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class GapTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>One arrival: some rows at once as a batch, or one as an enquiry.</summary>
    private sealed record Arrival(bool IsBatch, IReadOnlyList<(int Hours, int Person, int Service, int Kind)> Rows);

    [Fact]
    public void Gaps_are_right_whatever_comes_late_and_in_whatever_parts()
    {
        // Few persons, services and hours, so that rows meet, tie and come between others.
        var row = from hours in Gen.Choose(0, 60) from person in Gen.Choose(0, 3) from service in Gen.Choose(0, 2) from kind in Gen.Choose(0, 1) select (hours, person, service, kind);
        var arrival = from isBatch in Gen.Elements(true, false) from rows in Gen.NonEmptyListOf(row) select new Arrival(isBatch, isBatch ? [.. rows] : [.. rows.Take(3)]);
        var arrivals = Gen.NonEmptyListOf(arrival).Select(l => l.Take(6).ToArray()).ToArbitrary();

        Prop.ForAll(arrivals, all => Check(all).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Ways.IsWhole ? 100 : 15).WithReplay(20261122, 3));
    }

    [Fact]
    public async Task A_gap_longer_than_its_column_is_the_longest_that_fits()
    {
        await using var test = new TestStore();
        var (early, late) = (new DateTime(1971, 1, 2, 0, 0, 0, DateTimeKind.Utc), new DateTime(2148, 12, 30, 0, 0, 0, DateTimeKind.Utc));

        // Of the first person both come in one file, of the second one after the other.
        await test.Put([new("1", early) { Person = 1 }, new("2", late) { Person = 1 }, new("3", early) { Person = 2 }]);
        await test.Put([new("4", late) { Person = 2 }]);

        Assert.Equal(2, await test.Store.Read(r => r.Connection.Number($"SELECT count(*) FROM contact WHERE prev_gap = {StoreTables.NoGap - 1}"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Putting_a_year_in_order_changes_no_row()
    {
        await using var test = new TestStore();
        await test.Put(TestStore.Rows(3, 20_000), areas: TestStore.Areas());
        await test.Put(TestStore.Rows(4, 30_000), areas: TestStore.Areas());
        var before = await Digest(test);

        await test.Store.Write(store => { Compaction.Compact(store, 2024); return 0; }, TestContext.Current.CancellationToken);

        Assert.Equal(before, await Digest(test));
        // By year, council, service and time, as the file has it.
        Assert.Equal(0, await test.Store.Read(r => r.Connection.Number($"""
            SELECT count(*) FROM (SELECT service, occurred_at, lag(service) OVER (ORDER BY rowid) AS s, lag(occurred_at) OVER (ORDER BY rowid) AS t
            FROM contact WHERE month // 12 = 54) x WHERE s > service OR s = service AND t > occurred_at
            """), TestContext.Current.CancellationToken));
    }

    private static Task<string> Digest(TestStore test) => test.Store.Read(reader =>
    {
        using var rows = reader.Connection.Query("SELECT count(*)::VARCHAR || ' ' || sum(hash(contact))::VARCHAR FROM contact");
        rows.NextChunk();
        return rows.Column(0).Text(0)!;
    }, default);

    private static async Task Check(Arrival[] arrivals)
    {
        await using var test = new TestStore();
        var oracle = new Oracle(test.Store);
        var (number, batch) = (0, 0);
        foreach (var arrival in arrivals)
        {
            var rows = arrival.Rows.Select(r => new ContactRow($"{++number}", Start.AddHours(r.Hours))
            {
                Person = (ulong)r.Person,
                Service = r.Service == 0 ? null : $"{r.Service}",
                Kind = arrival.IsBatch ? (ContactKind)r.Kind : ContactKind.Contact,
            }).ToList();
            if (arrival.IsBatch)
            {
                await test.Put(rows);
                oracle.Add(rows, ++batch);
                continue;
            }
            var first = test.LastFact;
            await test.Apply([.. rows.Select((r, i) => new RaisedContact(first + i + 1, TestStore.Northmoor, (ulong)number, r.Service, 1, r.Person, new(r.OccurredAt)))]);
            for (var i = 0; i < rows.Count; i++) oracle.Add(rows[i], first + i + 1);
        }

        var expected = oracle.GapsByHand();
        var found = await test.Store.Read(reader =>
        {
            var gaps = new Dictionary<long, uint>();
            using var rows = reader.Connection.Query("SELECT contact_id, prev_gap FROM contact");
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++) gaps[rows.Column(0).Number(i)] = (uint)rows.Column(1).Number(i);
            }
            return gaps;
        }, default);
        Assert.Equal(expected.OrderBy(g => g.Key), found.OrderBy(g => g.Key));
    }
}
