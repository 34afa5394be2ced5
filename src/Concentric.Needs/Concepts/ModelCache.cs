using Concentric.Core.Data;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Concepts;

/// <summary>Keeps the need model in memory and reads it again when an edition was published, also by another process, or the day has changed.</summary>
internal sealed class ModelCache(IDbContextFactory<ConcentricDb> databases, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    // As many as there may be drafts that people work in at the same time; each is as large as the model.
    private const int MostDrafts = 4;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _drafting = new();
    private volatile State? _state;
    private NeedModel? _last;
    private IReadOnlyList<Drafted> _drafts = [];

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

    /// <summary>The model as it will be when a draft is published. It is made once and kept until the draft changes, or what it is a draft of.</summary>
    public NeedModel With(NeedModel published, Guid draft, IReadOnlyList<ModelChange> changes)
    {
        if (changes.Count == 0) return published;
        var key = changes.Select(c => (c.Kind, c.Subject, c.After)).ToList();
        bool Holds(Drafted d) => d.Draft == draft && ReferenceEquals(d.Published, published) && d.Changes.SequenceEqual(key);
        lock (_drafting)
        {
            if (_drafts.FirstOrDefault(Holds) is { } held) return held.Model;
        }
        // Two who ask at once may both make it: that costs time and harms nobody.
        var made = new Drafted(published, draft, key, published.With(changes));
        lock (_drafting) _drafts = [made, .. _drafts.Where(d => d.Draft != draft && ReferenceEquals(d.Published, published)).Take(MostDrafts - 1)];
        return made.Model;
    }

    /// <summary>The next reader asks the database again which edition is the latest.</summary>
    public void Forget() => _state = null;

    public void Dispose() => _one.Dispose();

    private sealed record State(NeedModel Model, long LookedAt);

    private sealed record Drafted(NeedModel Published, Guid Draft, IReadOnlyList<(ChangedThing, string, string?)> Changes, NeedModel Model);
}
