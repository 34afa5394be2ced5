using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Contacts;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class UndoTests : IAsyncDisposable
{
    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_batch_that_is_undone_is_gone_from_the_store_and_the_disk_and_may_come_again()
    {
        await Import("1,2024-03-01 10:00,p1\n2,2024-03-02 10:00,p2\n");
        var before = await _test.Rows();
        var second = await Import("3,2024-03-01 12:00,p1\n2,2024-03-02 10:00,p2\n4,2024-03-03 10:00,p3\n");
        var both = await _test.Rows();

        var undone = await _test.Import.Undo(2, "people/1", TestContext.Current.CancellationToken);

        Assert.Equal((2, 2L), (undone.Batch, undone.Rows));
        Assert.Equal(before, await _test.Rows());
        Assert.False(Directory.Exists(Path.Combine(_test.Imports, "2")));
        Assert.NotNull(_test.Store.Dimensions.Batches.Single(b => b.Number == 2).UndoneAt);
        Assert.Null(_test.Store.Dimensions.Batches.Single(b => b.Number == 1).UndoneAt);
        // Of whom nothing is left, no pseudonym is kept.
        Assert.Equal(2, await _test.Store.Read(r => r.Connection.Number("SELECT count(*) FROM person"), TestContext.Current.CancellationToken));

        var again = await Import("3,2024-03-01 12:00,p1\n2,2024-03-02 10:00,p2\n4,2024-03-03 10:00,p3\n");

        Assert.Equal((3, (second.Imported, second.Duplicates)), (again.Batch, (again.Imported, again.Duplicates)));
        Assert.Equal(both.Select(WithoutBatch), (await _test.Rows()).Select(WithoutBatch));
    }

    [Fact]
    public async Task A_batch_that_is_not_there_or_was_undone_cannot_be_undone()
    {
        await Import("1,2024-03-01 10:00,p1\n");
        await _test.Import.Undo(1, "people/1", TestContext.Current.CancellationToken);

        Assert.Contains("already", (await Assert.ThrowsAsync<RefusedException>(() => _test.Import.Undo(1, "people/1", TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        Assert.Contains("no batch 2", (await Assert.ThrowsAsync<RefusedException>(() => _test.Import.Undo(2, "people/1", TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_anew_the_store_is_the_same_without_what_was_undone()
    {
        await Import("1,2024-03-01 10:00,p1\n2,2024-03-02 10:00,p2\n");
        await Import("3,2024-03-01 12:00,p1\n");
        await Import("5,2024-03-01 13:00,p1\n");
        await _test.Import.Undo(2, "people/1", TestContext.Current.CancellationToken);
        var (rows, batches) = (await _test.Rows(), Batches());

        var report = await _test.Projector.Rebuild(TestContext.Current.CancellationToken);

        Assert.Equal((3, 3), (report.Contacts, report.Before));
        Assert.Equal(rows, await _test.Rows());
        Assert.Equal(batches, Batches());

        // The store keeps microseconds.
        List<string> Batches() => [.. _test.Store.Dimensions.Batches.Select(b => $"{(b with { At = default, UndoneAt = null })} {b.At:s} {b.UndoneAt:s}")];
    }

    [Fact]
    public async Task A_folder_that_an_undo_left_is_swept_at_the_start()
    {
        await Import("1,2024-03-01 10:00,p1\n");
        await _test.Import.Undo(1, "people/1", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(_test.Imports, "1"));

        Assert.Equal(["1"], await _test.Import.Sweep(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Gaps_are_right_whatever_is_imported_and_taken_back()
    {
        var row = from hours in Gen.Choose(0, 40) from person in Gen.Choose(0, 3) from service in Gen.Choose(0, 2) select (hours, person, service);
        var story = from batches in Gen.NonEmptyListOf(Gen.NonEmptyListOf(row)) from undone in Gen.ListOf(Gen.Choose(0, 5)) select (batches.Take(6).Select(b => b.ToArray()).ToArray(), undone.Distinct().ToArray());
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        await Task.Run(() => Prop.ForAll(story.ToArbitrary(), s => Check(s.Item1, s.Item2).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20261122, 5)), TestContext.Current.CancellationToken);

        async Task Check((int Hours, int Person, int Service)[][] batches, int[] undone)
        {
            await using var test = new TestStore();
            var oracle = new Oracle(test.Store);
            var number = 0;
            foreach (var (at, batch) in batches.Index())
            {
                var rows = batch.Select(r => new ContactRow($"{++number}", start.AddHours(r.Hours)) { Person = (ulong)r.Person, Service = r.Service == 0 ? null : $"{r.Service}" }).ToList();
                await test.Put(rows);
                if (!undone.Contains(at)) oracle.Add(rows, at + 1);
            }
            foreach (var at in undone.Where(u => u < batches.Length)) await test.Undo(at + 1);

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
            Assert.Equal(oracle.GapsByHand().OrderBy(g => g.Key), found.OrderBy(g => g.Key));
            Assert.Equal(0, await test.Store.Read(r => r.Connection.Number("SELECT count(*) FROM person WHERE code NOT IN (SELECT person FROM contact)"), default));
        }
    }

    [Fact]
    public async Task Steps_of_a_case_are_in_order_whatever_comes_late_and_is_taken_back()
    {
        // Case a: x at 9, y at 11, z at 10 from a later file, which is then taken back.
        await ImportSteps("a,x,2024-03-01 09:00\na,y,2024-03-01 11:00\nb,x,2024-03-01 09:30\n");
        Assert.Equal("0-1 2 null, 1-2 1 7200", await Pairs());
        await ImportSteps("a,z,2024-03-01 10:00\n");
        Assert.Equal("0-1 2 null, 1-3 1 3600, 3-2 1 3600", await Pairs());
        var steps = await StepRows();

        await _test.Projector.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(steps, await StepRows());

        await _test.Import.Undo(2, "people/1", TestContext.Current.CancellationToken);
        Assert.Equal("0-1 2 null, 1-2 1 7200", await Pairs());
        Assert.Equal(3, (await _test.Store.Statistics(TestContext.Current.CancellationToken)).Steps);
    }

    [Fact]
    public async Task A_store_of_another_layout_is_put_aside_and_built_again_by_itself()
    {
        await Import("1,2024-03-01 10:00,p1\n2,2024-03-02 10:00,p2\n");
        await ImportSteps("a,x,2024-03-01 09:00\na,y,2024-03-01 11:00\n");
        var rows = await _test.Rows();
        await _test.Store.Write(store => store.Execute("UPDATE layout SET version = 1"), TestContext.Current.CancellationToken);
        await _test.Stop();

        await using var later = new TestMeasure(_test.Folder);
        Assert.EndsWith(".layout-1", later.Store.SetAside, StringComparison.Ordinal);
        Assert.Empty(await later.Rows());
        await later.CatchUp();

        Assert.Equal(rows, await later.Rows());
        Assert.Equal((2, 2), ((await later.Store.Statistics(TestContext.Current.CancellationToken)).Contacts, (await later.Store.Statistics(TestContext.Current.CancellationToken)).Steps));
        Assert.Empty(Directory.GetFiles(later.Folder, "*.layout-*"));
    }

    private static string WithoutBatch(string row) => string.Join('|', row.Split('|')[1..^1]);

    private async Task<string> Pairs()
    {
        var council = _test.Store.Dimensions.Council("northmoor")!;
        var pairs = await _test.Store.Steps(new(council.Code), TestContext.Current.CancellationToken);
        return string.Join(", ", pairs.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.From}-{p.To} {p.Count} {(p.MeanGap is { } gap ? gap.ToString("0", CultureInfo.InvariantCulture) : "null")}")));
    }

    private Task<string> StepRows() => _test.Store.Read(reader =>
    {
        using var rows = reader.Connection.Query("SELECT string_agg(concat_ws('|', step_id, case_ref, seq, occurred_at, day, a.key, p.key, gap, batch), ' ' ORDER BY step_id) FROM step s JOIN activity a ON s.activity = a.code JOIN activity p ON s.prev_activity = p.code");
        rows.NextChunk();
        return rows.Column(0).Text(0)!;
    }, default);

    private Task<ImportReport> Import(string rows) => Run("id,at,who\n" + rows, """
        { "name": "undo", "about": "", "kind": "contact", "council": { "name": "northmoor", "label": "Northmoor Council", "isSynthetic": false },
          "id": ["id"], "opened": { "columns": ["at"], "formats": ["yyyy-MM-dd HH:mm"] }, "person": ["who"] }
        """);

    private Task<ImportReport> ImportSteps(string rows) => Run("case,what,at\n" + rows, """
        { "name": "undo-steps", "about": "", "kind": "step", "council": { "name": "northmoor", "label": "Northmoor Council", "isSynthetic": false },
          "opened": { "columns": ["at"], "formats": ["yyyy-MM-dd HH:mm"] }, "step": { "case": ["case"], "activity": "what" } }
        """);

    private Task<ImportReport> Run(string text, string mapping) =>
        _test.Import.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.csv", Mapping.Parse(mapping, "test"), "system", stop: TestContext.Current.CancellationToken);
}
