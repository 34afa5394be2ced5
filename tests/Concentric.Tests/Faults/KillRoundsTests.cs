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
        var report = await Run(new(Rounds: 2, Seed: 7, Clients: 8, FromSeconds: 0.2, ToSeconds: 0.5));

        Assert.Empty(report.Violations);
        Assert.Empty(report.Problems);
        Assert.Equal(2, report.Restarts.Count);
        Assert.True(report.Acknowledged > 0 && report.Unknown > 0 && report.SentAgain >= report.Unknown, $"{report.Acknowledged} acknowledged, {report.Unknown} unknown, {report.SentAgain} sent again: it was not killed under load");
    }

    [Theory]
    [InlineData("lose-acks")]
    [InlineData("double")]
    public async Task An_enquiry_lost_or_doubled_on_purpose_is_found(string sabotage)
    {
        var report = await Run(new(Rounds: 1, Seed: 7, Clients: 4, FromSeconds: 0.1, ToSeconds: 0.2, Sabotage: sabotage));

        Assert.False(report.Holds);
        Assert.Contains(report.Violations, v => v.What == Sabotage.Expected(sabotage));
    }

    public void Dispose()
    {
        _work.Dispose();
        _database?.Dispose();
    }

    private async Task<FaultReport> Run(KillPlan plan)
    {
        using var installation = new Installation(_work.New("fault"), _database?.Connection);
        return await new KillRounds(installation, plan, TestContext.Current.SendDiagnosticMessage).Run();
    }
}
