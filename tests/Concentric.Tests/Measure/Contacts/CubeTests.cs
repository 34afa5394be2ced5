using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.DuckDb;
using Concentric.Tests.Journeys;
using FsCheck;
using FsCheck.Fluent;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class CubeTests : IAsyncLifetime
{
    private readonly TestStore _test = new();
    private Oracle _oracle = null!;

    public async ValueTask InitializeAsync()
    {
        _oracle = new(_test.Store);
        var first = TestStore.Rows(1, 12_000);
        var second = TestStore.Rows(2, 8_000);
        await _test.Put(first, areas: TestStore.Areas());
        await _test.Put(second, areas: TestStore.Areas());
        _oracle.Add(first, 1);
        _oracle.Add(second, 2);
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void Any_query_gives_what_a_loop_over_the_rows_gives()
    {
        var queries = Queries().ToArbitrary();

        Prop.ForAll(queries, query => AssertSame(query)).Check(Config.QuickThrowOnFailure.WithMaxTest(Ways.IsWhole ? 1000 : 120).WithReplay(20261121, 7));
    }

    [Fact]
    public void Every_dimension_and_every_measure_is_asked_for_by_itself()
    {
        foreach (var dimension in Enum.GetValues<Dimension>()) AssertSame(new(1, [dimension], [Measured.Contacts, Measured.Persons], []));
        foreach (var measure in Enum.GetValues<Measured>())
        {
            AssertSame(new(1, [], [measure], []));
            if (measure is not (Measured.SecondsDeviation or Measured.SatisfactionDeviation)) AssertSame(new(1, [Dimension.Service], [measure], [], Order: Order.ByLargest(measure), Limit: 5));
        }
    }

    [Fact]
    public async Task A_query_that_matches_nothing_gives_no_group_and_a_total_of_nothing()
    {
        var nothing = CubeQuery.CitizenContacts(1).Between(new(1999, 1, 1), new(1999, 12, 31)).Counting(Measured.Contacts, Measured.MeanSeconds, Measured.Persons);

        var total = await _test.Store.Query(nothing, TestContext.Current.CancellationToken);
        var groups = await _test.Store.Query(nothing.GroupedBy(Dimension.Week), TestContext.Current.CancellationToken);

        Assert.Equal(0, total.Count(0, Measured.Contacts));
        Assert.Equal(0, total.Count(0, Measured.Persons));
        Assert.Null(total.Value(0, Measured.MeanSeconds));
        Assert.Equal(0, groups.Rows);
    }

    [Fact]
    public async Task Citizen_contacts_leave_out_requests_staff_and_systems()
    {
        var citizens = await _test.Store.Query(CubeQuery.CitizenContacts(1).GroupedBy(Dimension.Kind, Dimension.Initiator), TestContext.Current.CancellationToken);
        var all = await _test.Store.Query(new(1, [], [Measured.Contacts], []), TestContext.Current.CancellationToken);

        Assert.Equal(1, citizens.Rows);
        Assert.Equal(0, citizens.Code(0, Dimension.Kind));
        Assert.Equal(0, citizens.Code(0, Dimension.Initiator));
        Assert.Equal(20_000, all.Count(0, Measured.Contacts));
        Assert.InRange(citizens.Total(Measured.Contacts), 14_000, 17_000);
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_is_refused()
    {
        var sound = CubeQuery.CitizenContacts(1);
        CubeQuery[] senseless =
        [
            sound.Counting(),
            sound.GroupedBy(Dimension.Week, Dimension.Week),
            sound.Counting(Measured.Contacts, Measured.Contacts),
            sound.With(Dimension.Service),
            sound.Sorted(Order.ByLargest(Measured.Persons)),
            sound.Counting(Measured.SecondsDeviation).Sorted(Order.ByLargest(Measured.SecondsDeviation)),
            sound.Sorted(Order.By(Dimension.Week)),
            sound.Sorted(Order.ByLargest(Measured.Contacts), 0),
            sound.Between(new(2024, 2, 1), new(2024, 1, 1)),
            sound.GroupedBy(Dimension.Day, Dimension.Service, Dimension.Channel, Dimension.Area, Dimension.Demand, Dimension.Source, Dimension.Batch),
        ];

        foreach (var query in senseless) await Assert.ThrowsAsync<ArgumentException>(() => _test.Store.Query(query, TestContext.Current.CancellationToken));
        var answer = await _test.Store.Query(sound, TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentException>(() => answer.Value(0, Measured.Persons));
    }

    [Fact]
    public async Task The_direct_addressed_table_changes_times_and_never_answers()
    {
        var query = new CubeQuery(1, [Dimension.Service, Dimension.Channel, Dimension.Profile], [Measured.Contacts, Measured.Persons, Measured.MeanSeconds], []);
        var sql = SqlWriter.For(query, SqlDialect.DuckDb);
        var answers = new List<string>();

        foreach (var bits in (int[])[0, 12, 24])
        {
            answers.Add(await _test.Store.Read(reader =>
            {
                reader.UsePerfectHash(bits);
                using var rows = reader.Connection.Query(sql.Sql);
                return Text(CubeReader.Read(query, sql, rows));
            }, TestContext.Current.CancellationToken));
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public void SQL_keeps_to_what_every_engine_reads()
    {
        foreach (var query in Queries().Sample(300, 50))
        {
            var sql = SqlWriter.For(query, SqlDialect.DuckDb).Sql;
            Assert.DoesNotContain("WITH ", sql, StringComparison.Ordinal);
            Assert.DoesNotContain(" OVER ", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("LEFT JOIN", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("date_", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("'", sql, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"GROUP BY \d", sql);
        }
    }

    [Fact]
    public async Task Readers_go_on_while_somebody_writes()
    {
        var writing = _test.Put(TestStore.Rows(3, 30_000), areas: TestStore.Areas());
        var counts = new List<long>();
        while (!writing.IsCompleted)
            counts.Add((await _test.Store.Query(new(1, [], [Measured.Contacts], []), TestContext.Current.CancellationToken)).Count(0, Measured.Contacts));
        await writing;

        Assert.NotEmpty(counts);
        Assert.All(counts, c => Assert.True(c is 20_000 or 50_000, $"A reader saw {c} rows: half a batch."));
        Assert.Equal(50_000, (await _test.Store.Query(new(1, [], [Measured.Contacts], []), TestContext.Current.CancellationToken)).Count(0, Measured.Contacts));
    }

    [Fact]
    public async Task A_query_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _test.Store.Query(CubeQuery.CitizenContacts(1), stop.Token));
    }

    [Fact]
    public async Task The_file_is_open_in_one_process_and_closed_to_other_files()
    {
        var taken = Assert.Throws<ContactStoreException>(() => DuckContactStore.Open(_test.Options));
        Assert.Contains("most likely the program is running", taken.Message, StringComparison.Ordinal);

        await Assert.ThrowsAsync<DuckDbException>(() => _test.Store.Read(r => r.Connection.Query("SELECT * FROM read_csv('/etc/passwd', sep=':')"), TestContext.Current.CancellationToken));
        await _test.Reopen();
        Assert.Equal(20_000, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Contacts);
    }

    private void AssertSame(CubeQuery query)
    {
        var answer = _test.Store.Query(query).GetAwaiter().GetResult();
        var expected = _oracle.Answer(query);
        Assert.True(expected.Count == answer.Rows, $"{answer.Rows} rows, {expected.Count} expected\n{SqlWriter.For(query, SqlDialect.DuckDb).Sql}");
        for (var row = 0; row < answer.Rows; row++)
        {
            foreach (var (dimension, i) in query.By.Select((d, i) => (d, i))) Assert.Equal(expected[row].Codes[i], answer.Code(row, dimension));
            foreach (var (measure, i) in query.Measures.Select((m, i) => (m, i)))
            {
                var (wanted, got) = (expected[row].Values[i], answer.Value(row, measure));
                if (wanted is not null && measure is Measured.MeanSeconds or Measured.SecondsDeviation or Measured.MeanSatisfaction or Measured.SatisfactionDeviation)
                    Assert.True(got is not null && Math.Abs(wanted!.Value - got.Value) <= 1e-9 * Math.Max(1, Math.Abs(wanted.Value)), $"{measure}: {got}, {wanted} expected");
                else Assert.Equal(wanted, got);
            }
        }
    }

    private static string Text(CubeResult result) => string.Join('\n', Enumerable.Range(0, result.Rows).Select(r =>
        string.Join(' ', result.Query.By.Select(d => $"{result.Code(r, d)}").Concat(result.Query.Measures.Select(m => $"{result.Value(r, m)}")))));

    /// <summary>Queries of every shape over what the seeded rows hold.</summary>
    private static Gen<CubeQuery> Queries()
    {
        var day = Gen.Choose(0, 3 * 365 + 20).Select(d => new DateOnly(2022, 12, 20).AddDays(d));
        var filter = from dimension in Gen.Elements(Enum.GetValues<Dimension>().Where(d => d is not (Dimension.Day or Dimension.Council)).ToArray())
                     from codes in Gen.NonEmptyListOf(dimension switch
                     {
                         Dimension.Week => Gen.Choose(2765, 2921),
                         Dimension.Month => Gen.Choose(636, 671),
                         Dimension.SecondsBin => Gen.Choose(0, 160),
                         Dimension.Area => Gen.Choose(0, 30),
                         _ => Gen.Choose(0, 11),
                     })
                     select new Filter(dimension, [.. codes.Distinct()]);
        return from some in Gen.SubListOf(Enum.GetValues<Dimension>()).Select(l => l.Take(4).ToArray())
               from shuffled in Gen.Shuffle(some)
               from measures in Gen.NonEmptyListOf(Gen.Elements(Enum.GetValues<Measured>())).Select(l => l.Distinct().ToArray())
               from filters in Gen.ListOf(filter).Select(l => l.Take(3).ToArray())
               from days in Gen.OneOf(Gen.Constant<DayRange?>(null), Gen.Two(day).Select(t => (DayRange?)(t.Item1 <= t.Item2 ? new(t.Item1, t.Item2) : new(t.Item2, t.Item1))))
               from byMeasure in Gen.Elements(measures.Where(m => m is not (Measured.SecondsDeviation or Measured.SatisfactionDeviation)).Select(m => (Measured?)m).DefaultIfEmpty(null).ToArray())
               from down in Gen.Elements(true, false)
               from order in Gen.Elements(null, byMeasure is null ? null : new Order(byMeasure, null, down), shuffled.Length > 0 ? new Order(null, shuffled[0], down) : null)
               from limit in Gen.Elements<int?>(null, 1, 7, 50)
               select new CubeQuery(1, shuffled, measures, filters, days, order, limit);
    }
}
