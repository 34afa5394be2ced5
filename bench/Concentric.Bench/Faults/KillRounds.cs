using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Concentric.Bench.Load;
using Concentric.Bench.Running;

namespace Concentric.Bench.Faults;

/// <param name="Seed">The kill moments hang on it alone.</param>
/// <param name="Sabotage">What to break before the last check (<see cref="Faults.Sabotage"/>), or null.</param>
internal sealed record KillPlan(int Rounds, int Seed, int Clients = 16, double FromSeconds = 0.3, double ToSeconds = 1.5, string? Sabotage = null);

/// <param name="Unknown">Sendings that got no answer; each was sent again.</param>
/// <param name="UnknownKept">Of these, how many the program had kept before it was killed.</param>
/// <param name="Restarts">From each restart to the first page, in milliseconds.</param>
/// <param name="Problems">What integrity check and audit said; empty when all holds.</param>
internal sealed record FaultReport(
    KillPlan Plan, int Acknowledged, int Unknown, int UnknownKept, int Refused, int SentAgain, IReadOnlyList<double> Restarts, IReadOnlyList<Violation> Violations, IReadOnlyList<string> Problems)
{
    public bool Holds => Violations.Count == 0 && Problems.Count == 0;
}

/// <summary>Kills the program while people send enquiries, starts it again, sends again what got no answer, and checks what is stored; many times over.</summary>
internal sealed class KillRounds(Installation installation, KillPlan plan, Action<string> say)
{
    private readonly List<Sending> _log = [];
    private readonly List<double> _restarts = [];
    private readonly List<string> _problems = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _again;
    private int _unknownKept;

    public async Task<FaultReport> Run()
    {
        var chance = new Random(plan.Seed);
        await installation.Start();
        IReadOnlyList<Violation> violations = [];
        for (var round = 1; round <= plan.Rounds; round++)
        {
            await Round(round, TimeSpan.FromSeconds(plan.FromSeconds + chance.NextDouble() * (plan.ToSeconds - plan.FromSeconds)));
            if (plan.Sabotage is { } sabotage && round == plan.Rounds) await Break(sabotage);
            violations = await Judge();
            if (await Stored.Integrity(installation.Database) is var integrity and not "ok") _problems.Add($"Round {round}: integrity check: {integrity}");
            if (violations.Count > 0 || _problems.Count > 0) break;
        }
        // The chain is of all rounds, so it is walked once, while the program seals on.
        var (code, output) = await installation.Try("audit", "verify", "--json");
        if (code != 0) _problems.Add($"audit verify ended with {code}: {output.Trim()}");
        await installation.Stop();
        return new(plan, Count(Outcome.Acknowledged), Count(Outcome.Unknown), _unknownKept, Count(Outcome.Refused), _again, _restarts, violations, _problems);
    }

    /// <summary>What the clients know against what is stored now.</summary>
    public async Task<IReadOnlyList<Violation>> Judge() => Verdict.Of(_log, await Stored.Read(installation.Database));

    /// <summary>Breaks what is stored of the last acknowledged enquiry (<see cref="Sabotage"/>).</summary>
    public Task Break(string sabotage) => Sabotage.Do(sabotage, installation.Database, _log.Last(s => s.Outcome == Outcome.Acknowledged), NewToken());

    /// <summary>The log as lines of JSON, to look at beside the database.</summary>
    public void WriteLog(string path) => File.WriteAllLines(path, _log.Select(s => JsonSerializer.Serialize(s)));

    private int Count(Outcome outcome) => _log.Count(s => s.Outcome == outcome);

    private async Task Round(int round, TimeSpan until)
    {
        var senders = await Task.WhenAll(Enumerable.Range(0, plan.Clients).Select(i => EnquirySender.Open(installation.Port, $"client-{i}@example.com")));
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = senders.Select((sender, i) => Task.Run(() => Client(sender, i, round, underWay))).ToList();
        // From the first answer on: on a slow machine the program could otherwise be killed before it did anything.
        await underWay.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(until);
        await installation.Kill();
        await Task.WhenAll(clients);
        foreach (var sender in senders) sender.Dispose();

        var restart = (await installation.Start()).TotalMilliseconds;
        _restarts.Add(restart);
        var before = await Stored.Read(installation.Database);
        await SendAgain(round, before);
        say($"round {round}: killed after {until.TotalSeconds:0.00} s; {_log.Count(s => s.Round == round && s.Outcome == Outcome.Acknowledged)} acknowledged, {_log.Count(s => s.Round == round && s.Outcome == Outcome.Unknown)} unknown; back after {restart:0} ms");
    }

    // Sends until the program dies under it.
    private async Task Client(EnquirySender sender, int client, int round, TaskCompletionSource underWay)
    {
        while (true)
        {
            var sending = Write(round, client);
            try
            {
                var status = await sender.Send(sending.Token);
                sending.Reference = sender.Reference;
                underWay.TrySetResult();
                // A failure of the program says nothing of what was kept; a refusal does.
                sending.Outcome = sending.Reference is not null ? Outcome.Acknowledged : status < 500 ? Outcome.Refused : Outcome.Unknown;
                if (sending.Outcome != Outcome.Acknowledged) lock (_problems) _problems.Add($"Round {round}: the program answered {status} before it was killed");
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                return;
            }
        }
    }

    private Sending Write(int round, int client)
    {
        var token = NewToken();
        lock (_log)
        {
            var sending = new Sending(_log.Count + 1, round, client, token, _clock.Elapsed);
            _log.Add(sending);
            return sending;
        }
    }

    /// <summary>Everything of unknown outcome, and as many acknowledged: the second answer must name what is stored.</summary>
    private async Task SendAgain(int round, Stored before)
    {
        var kept = before.Enquiries.Select(e => e.Token).ToHashSet();
        var unknown = _log.Where(s => s.Round == round && s.Outcome == Outcome.Unknown).ToList();
        _unknownKept += unknown.Count(s => kept.Contains(s.Token));
        foreach (var client in unknown.Concat(_log.Where(s => s.Round == round && s.Outcome == Outcome.Acknowledged).TakeLast(plan.Clients)).GroupBy(s => s.Client))
        {
            using var sender = await EnquirySender.Open(installation.Port, $"client-{client.Key}@example.com");
            foreach (var sending in client)
            {
                var status = await sender.Send(sending.Token);
                sending.ReferenceAgain = sender.Reference;
                if (sending.ReferenceAgain is null) _problems.Add($"Round {round}: {sending.Token} sent again was answered with {status}");
                _again++;
            }
        }
    }

    private static Guid NewToken() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
