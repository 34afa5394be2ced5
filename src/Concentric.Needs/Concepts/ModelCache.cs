using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Concepts;

/// <summary>Keeps the need model in memory and reads it again when a list was written, also when another process wrote it.</summary>
internal sealed class ModelCache(IDbContextFactory<ConcentricDb> databases, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile State? _state;

    public async ValueTask<NeedModel> Current(CancellationToken stop = default)
    {
        if (_state is { } state && clock.GetElapsedTime(state.LookedAt) < LookAgain) return state.Model;
        await _one.WaitAsync(stop);
        try
        {
            if (_state is { } other && clock.GetElapsedTime(other.LookedAt) < LookAgain) return other.Model;
            await using var db = await databases.CreateDbContextAsync(stop);
            var lookedAt = clock.GetTimestamp();
            var stamp = await db.Schemes.MaxAsync(s => (DateTimeOffset?)s.ModifiedAt, stop);
            var model = _state is { } known && known.Stamp == stamp ? known.Model : await NeedModel.Load(db, stop);
            _state = new(model, stamp, lookedAt);
            return model;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The next reader reads the database again.</summary>
    public void Forget() => _state = null;

    public void Dispose() => _one.Dispose();

    private sealed record State(NeedModel Model, DateTimeOffset? Stamp, long LookedAt);
}
