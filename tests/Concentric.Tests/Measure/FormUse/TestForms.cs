using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.FormUse;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Measure.FormUse;

/// <summary>A journal and readers of it on whichever database the tests run on, with no program about them whose own reader would read too.</summary>
internal sealed class TestForms : IDbContextFactory<ConcentricDb>, IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database = TestDatabase.Create();
    private readonly JournalSignal _signal = new();
    private readonly Sealer _sealer;
    private int _facts;

    public TestForms()
    {
        Writer = TestDatabase.IsPostgres ? new DirectWriter(this, _signal) : new GroupWriter(this, _signal);
        _sealer = new(Writer, _signal, NullLogger<Sealer>.Instance);
    }

    public IWriter Writer { get; }

    public ConcentricDb CreateDbContext() => TestDatabase.Open(_database.Connection);

    public FormUseReader Reader(IWriter? writer = null) => new(this, writer ?? Writer, TimeProvider.System, NullLogger<FormUseReader>.Instance);

    /// <summary>Writes facts in one transaction and seals them.</summary>
    public async Task Write<T>(params IReadOnlyList<T> facts) where T : IFact
    {
        await Writer.Write(db =>
        {
            foreach (var fact in facts) db.Record(fact, Actor.System, Monday.AddMilliseconds(_facts++));
            return Task.CompletedTask;
        });
        await Seal();
    }

    /// <summary>A fact as another program, or a broken one, may have written it.</summary>
    public async Task Write(string kind, string? data)
    {
        var at = Monday.AddMilliseconds(_facts++);
        await Writer.Write(db =>
        {
            db.Add(new Fact { Id = Guid.CreateVersion7(at), Kind = kind, Subject = "form-x", By = Actor.System, At = at, Data = data, Salt = new byte[16], Digest = Journal.DigestOf(new byte[16], data ?? "") });
            return Task.CompletedTask;
        });
        await Seal();
    }

    public async Task<T> Db<T>(Func<ConcentricDb, Task<T>> read)
    {
        await using var db = CreateDbContext();
        return await read(db);
    }

    /// <summary>Everything that the reader keeps, as text.</summary>
    public Task<IReadOnlyList<string>> Rows() => Db<IReadOnlyList<string>>(async db =>
    [
        .. (await db.FormVisits.OrderBy(v => v.Number).ToListAsync()).Select(v => $"visit {v.Number}|{v.Form}|{v.Version}|{v.Service}|{v.Channel}|{v.IsMediated}|{v.Language}|{v.Day:yyyy-MM-dd}|{v.Outcome}|{v.LastPage}"),
        .. (await db.FormVisitPages.OrderBy(p => p.Number).ThenBy(p => p.Place).ToListAsync()).Select(p => $"page {p.Number}|{p.Place}|{p.Page}|{p.Seconds}|{p.Shown}|{p.Back}"),
        .. (await db.FormVisitMessages.OrderBy(m => m.Number).ThenBy(m => m.Nth).ToListAsync()).Select(m => $"message {m.Number}|{m.Nth}|{m.Page}|{m.Question}|{m.Problem}|{m.Message}|{m.Times}"),
        .. (await db.FormSendings.OrderBy(s => s.Number).ToListAsync()).Select(s => $"sent {s.Number}|{s.Form}|{s.Version}|{s.IsMediated}|{s.Bundle}|{s.Day:yyyy-MM-dd}"),
        .. (await db.FormVersions.OrderBy(v => v.Number).ToListAsync()).Select(v => $"version {v.Number}|{v.Form}|{v.Version}|{v.Day:yyyy-MM-dd}"),
        .. (await db.FormReadings.ToListAsync()).Select(r => $"through {r.Through}"),
    ]);

    public async ValueTask DisposeAsync()
    {
        if (Writer is IAsyncDisposable writer) await writer.DisposeAsync();
        _sealer.Dispose();
        _signal.Dispose();
        _database.Dispose();
    }

    /// <summary>A visit over pages of ten seconds each.</summary>
    public static FormVisited Visit(FormOutcome outcome = FormOutcome.Sent, string[]? pages = null, string? last = null, DateTimeOffset? at = null) =>
        new(Guid.CreateVersion7(at ?? Monday), "missed-bin", 1, "northmoor", "524", "web", false, "en", at ?? Monday, outcome, last,
            [.. (pages ?? ["address", "bin"]).Select((p, i) => new PageVisited(p, 10 + i, 1, 0, i == 0 ? [new("postcode", "missing", "Enter a postcode", 2)] : []))]);

    private async Task Seal()
    {
        while (await _sealer.Seal() > 0) { }
    }
}
