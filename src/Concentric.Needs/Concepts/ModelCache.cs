using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Concepts;

/// <summary>Keeps the need model in memory and reads it again when an edition was published, also by another process, or the day has changed.</summary>
internal sealed class ModelCache(IDbContextFactory<ConcentricDb> databases, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile State? _state;
    private NeedModel? _last;

    public async ValueTask<NeedModel> Current(CancellationToken stop = default)
    {
        if (_state is { } state && clock.GetElapsedTime(state.LookedAt) < LookAgain) return state.Model;
        await _one.WaitAsync(stop);
        try
        {
            if (_state is { } other && clock.GetElapsedTime(other.LookedAt) < LookAgain) return other.Model;
            await using var db = await databases.CreateDbContextAsync(stop);
            var lookedAt = clock.GetTimestamp();
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var edition = await db.Editions.MaxAsync(e => e.Number, stop) ?? 0;
            var model = _last is { } known && known.Edition == edition && known.Today == today ? known : await NeedModel.Load(db, today, stop);
            _last = model;
            _state = new(model, lookedAt);
            return model;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The next reader asks the database again which edition is the latest.</summary>
    public void Forget() => _state = null;

    public void Dispose() => _one.Dispose();

    private sealed record State(NeedModel Model, long LookedAt);
}
