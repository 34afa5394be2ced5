using Concentric.Bench.Faults;
using Concentric.Bench.Running;

namespace Concentric.Tests.Faults;

/// <summary>The short form of bin/fault: the real program, really killed.</summary>
public sealed class KillRoundsTests : IDisposable
{
    private readonly WorkFolder _work = new();
    private readonly TestDatabase? _database = TestDatabase.IsPostgres ? TestDatabase.CreateBare() : null;

    [Fact]
    public async Task Killed_twice_while_people_send_it_loses_and_doubles_nothing()
    {
        using var installation = new Installation(_work.New("fault"), _database?.Connection);
        var rounds = new KillRounds(installation, new(Rounds: 2, Seed: 7, Clients: 8, FromSeconds: 0.1, ToSeconds: 0.4), TestContext.Current.SendDiagnosticMessage);

        var report = await rounds.Run();

        Assert.Empty(report.Violations);
        Assert.Empty(report.Problems);
        Assert.Equal(2, report.Restarts.Count);
        Assert.True(report.Acknowledged > 0 && report.Unknown > 0 && report.SentAgain >= report.Unknown, $"{report.Acknowledged} acknowledged, {report.Unknown} unknown, {report.SentAgain} sent again: it was not killed under load");

        await rounds.Break("lose-acks");
        Assert.Equal(Wrong.Lost, Assert.Single(await rounds.Judge(), v => v.What != Wrong.FactWithoutEnquiry).What);
    }

    [Fact]
    public async Task A_round_that_is_sabotaged_does_not_hold()
    {
        // The judge is the same, whichever database it reads.
        Assert.SkipWhen(TestDatabase.IsPostgres && !Journeys.Ways.IsWhole, "Once, on SQLite");
        using var installation = new Installation(_work.New("fault"), _database?.Connection);

        var report = await new KillRounds(installation, new(Rounds: 1, Seed: 7, Clients: 4, FromSeconds: 0.1, ToSeconds: 0.2, Sabotage: "double"), TestContext.Current.SendDiagnosticMessage).Run();

        Assert.False(report.Holds);
        Assert.Contains(report.Violations, v => v.What == Sabotage.Expected("double"));
    }

    public void Dispose()
    {
        _work.Dispose();
        _database?.Dispose();
    }
}
