using System.Net;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Measure;

/// <summary>Facts that the contact store cannot read, on whichever database the tests run on.</summary>
public sealed class FactAsideTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TestApp _app = new(seeded: false);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("enquiry-teleported", "{}", "knows no facts of that kind")]
    [InlineData("enquiry-raised", "{\"reference\":", "")]
    [InlineData("enquiry-raised", "null", "")]
    [InlineData("enquiry-raised", "{\"reference\":\"CN-nonsense\",\"council\":\"northmoor\",\"channel\":\"web\",\"person\":0,\"at\":\"2026-03-02T09:00:00Z\"}", "is not a reference")]
    [InlineData("enquiry-raised", "{\"channel\":\"web\",\"person\":0,\"at\":\"2026-03-02T09:00:00Z\"}", "names no council")]
    [InlineData("contact-coded", "{\"reference\":\"CN-nonsense\",\"demand\":1}", "is not a reference")]
    public async Task A_fact_that_cannot_be_read_is_set_aside_and_those_after_it_are_counted(string kind, string data, string reason)
    {
        await Write(db => db.Record(Raised(1), Actor.System, Monday));
        await Write(db => db.Add(Fact(kind, data, Monday.AddSeconds(1))));
        await Write(db => db.Record(Raised(2), Actor.System, Monday.AddSeconds(2)));
        await CatchUp();

        Assert.Equal(2, (await Store.Statistics(Stop)).Contacts);
        var aside = Assert.Single(await _app.Db(db => db.FactsAside.ToListAsync()));
        Assert.Equal((Projector.Name, 2, kind), (aside.Reader, aside.Number, aside.Kind));
        Assert.NotEmpty(aside.Reason);
        Assert.Contains(reason, aside.Reason, StringComparison.Ordinal);
        var report = await _app.Db(db => Audit.Verify(db));
        Assert.True(report.Holds);
        Assert.Equal(aside.ToString(), Assert.Single(report.Aside));
        var health = await _app.CreateClient().GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        Assert.Equal((HttpStatusCode.OK, "Degraded"), (health.StatusCode, await health.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task Built_anew_the_store_reads_what_was_set_aside_again()
    {
        await Write(db => db.Record(Raised(1), Actor.System, Monday));
        await Write(db => db.Add(Fact("enquiry-raised", "{", Monday.AddSeconds(1))));
        await CatchUp();
        var first = Assert.Single(await _app.Db(db => db.FactsAside.AsNoTracking().ToListAsync()));
        Assert.Equal(1, (await Projector.Rebuild(Stop)).Contacts);
        Assert.Equal(first.Number, Assert.Single(await _app.Db(db => db.FactsAside.AsNoTracking().ToListAsync())).Number);

        // As if the program had learnt to read it.
        await _app.Write(db => db.Facts.Where(f => f.Number == 2).ExecuteUpdateAsync(f => f.SetProperty(x => x.Data, System.Text.Json.JsonSerializer.Serialize(Raised(2), System.Text.Json.JsonSerializerOptions.Web))));

        Assert.Equal(2, (await Projector.Rebuild(Stop)).Contacts);
        Assert.Empty(await _app.Db(db => db.FactsAside.ToListAsync()));
    }

    [Fact]
    public async Task A_failure_of_anything_but_the_fact_sets_nothing_aside_and_is_tried_again()
    {
        // Not the whole program: its own projector would try at the same time.
        await using var test = new TestMeasure();
        await test.Write(Raised(1));
        while (await test.Sealer.Seal() > 0) { }
        var databases = new FailingDatabases(test) { IsAway = true };
        using var signal = new JournalSignal();
        using var projector = new Projector(databases, test.Writer, test.Store, TestMeasure.Northmoor, signal, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Projector>.Instance);

        await Assert.ThrowsAsync<TimeoutException>(() => projector.CatchUp(Stop));
        databases.IsAway = false;
        await projector.CatchUp(Stop);

        Assert.Equal(1, (await test.Store.Statistics(Stop)).Contacts);
        await using var db = test.CreateDbContext();
        Assert.Empty(await db.FactsAside.ToListAsync(Stop));
    }

    private Projector Projector => _app.Services.GetRequiredService<Projector>();

    private IContactStore Store => _app.Services.GetRequiredService<IContactStore>();

    private static EnquiryRaised Raised(ulong number) => new(Reference.Of(number).ToString(), "northmoor", "524", "web", 0, Monday);

    private static Fact Fact(string kind, string data, DateTimeOffset at) =>
        new() { Id = Guid.CreateVersion7(at), Kind = kind, Subject = "x", By = Actor.System, At = at, Data = data, Salt = new byte[16], Digest = Journal.DigestOf(new byte[16], data) };

    private Task Write(Action<ConcentricDb> change) => _app.Write(db =>
    {
        change(db);
        return Task.CompletedTask;
    });

    private async Task SealAll()
    {
        while (await _app.Services.GetRequiredService<Sealer>().Seal() > 0) { }
    }

    private async Task CatchUp()
    {
        await SealAll();
        await Projector.CatchUp(Stop);
    }

    private sealed class FailingDatabases(IDbContextFactory<ConcentricDb> inner) : IDbContextFactory<ConcentricDb>
    {
        public bool IsAway { get; set; }

        public ConcentricDb CreateDbContext() => IsAway ? throw new TimeoutException("The database is away.") : inner.CreateDbContext();
    }
}
