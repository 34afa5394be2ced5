using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Concentric.Needs.Anticipation;

/// <summary>What was learnt last, how good it is, and when that was.</summary>
/// <param name="AlsoAsked">Learnt from everybody, for use.</param>
/// <param name="Evaluation">The same way of learning, tried on persons and days that it had not seen.</param>
internal sealed record Learnt(AlsoAsked AlsoAsked, Evaluation Evaluation, DateTimeOffset At);

/// <summary>Learns in the background once a day, or when told to, and puts the whole in place at once: nobody waits for it and nobody sees half of it.</summary>
internal sealed class Learning(IFirstContacts contacts, ModelCache cache, IDbContextFactory<ConcentricDb> databases, TimeProvider clock, ILogger<Learning> log) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Learnt? _current;

    /// <summary>Null until there is something to learn from.</summary>
    public Learnt? Current => _current;

    /// <summary>Reads the contacts and learns anew. Null where there are none.</summary>
    public async Task<Learnt?> Refresh(CancellationToken stop = default)
    {
        await _one.WaitAsync(stop);
        try
        {
            if (await contacts.Of(stop: stop) is not { Count: > 0 } of) return _current;
            var evaluation = await Evaluated(of, null, stop);
            var learnt = AlsoAsked.Learn(of);
            await using var db = await databases.CreateDbContextAsync(stop);
            learnt.Prepare((await db.Decisions.AsNoTracking().Where(d => d.Approved).Select(d => d.Service).ToListAsync(stop)).Select(learnt.PlaceOf).OfType<int>());
            return _current = new(learnt, evaluation, clock.GetUtcNow());
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Tries anticipation without changing what is in use. Null where there are no contacts.</summary>
    /// <param name="split">Learnt from before this day, tried from it on; without it two thirds of the period.</param>
    public async Task<Evaluation?> Evaluate(DateOnly? split, CancellationToken stop = default) =>
        await contacts.Of(stop: stop) is { Count: > 0 } of ? await Evaluated(of, split, stop) : null;

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first pages go first.
        for (var wait = TimeSpan.FromSeconds(3); ; wait = _current is null ? TimeSpan.FromMinutes(1) : TimeSpan.FromDays(1))
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Refresh(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e)
            {
                log.LogError(e, "Anticipation could not be learnt anew; what was learnt before stays in use");
            }
        }
    }

    private async Task<Evaluation> Evaluated(FirstContacts of, DateOnly? split, CancellationToken stop)
    {
        var model = await cache.Current(stop);
        return await Task.Run(() => Anticipation.Evaluate.Run(of, split ?? Anticipation.Evaluate.UsualSplit(of), known => Rules(model, of, known)), stop);
    }

    /// <summary>What rules suggest where services are all that is known, as places in the list of services.</summary>
    internal static IReadOnlyList<int> Rules(NeedModel model, FirstContacts of, IReadOnlyList<int> known)
    {
        var places = of.Services.Index().Where(s => s.Item.Length > 0).ToDictionary(s => s.Item, s => s.Index);
        return [.. ModelRules.For(model, new() { Services = [.. known.Select(k => of.Services[k])] }).Select(r => places.TryGetValue(r.Service.Identifier, out var place) ? place : -1).Where(p => p >= 0)];
    }
}
