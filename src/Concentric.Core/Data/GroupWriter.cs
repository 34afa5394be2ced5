using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Concentric.Core.Data;

/// <summary>SQLite: one connection writes, and what waits is committed together, so that one sync of the disk serves many people.</summary>
/// <remarks>Each piece of work stands behind a savepoint of its own: one that fails is undone alone and the rest are committed.</remarks>
internal sealed class GroupWriter : IWriter, IAsyncDisposable
{
    private const int MostTogether = 128;
    private const int MostWaiting = 8192;

    private readonly IDbContextFactory<ConcentricDb> _databases;
    private readonly Journal.JournalSignal _signal;
    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Task _loop;

    public GroupWriter(IDbContextFactory<ConcentricDb> databases, Journal.JournalSignal signal)
    {
        (_databases, _signal) = (databases, signal);
        _loop = Task.Run(Loop);
    }

    public Task<T> Write<T>(Func<ConcentricDb, Task<T>> work, CancellationToken stop = default)
    {
        var item = new Item<T>(work);
        if (!_waiting.Writer.TryWrite(item)) throw new BusyException();
        // Not cancelled once it waits: whether it was kept would then be unknown.
        return item.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task Loop()
    {
        ConcentricDb? db = null;
        var together = new List<Item>(MostTogether);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (together.Count < MostTogether && _waiting.Reader.TryRead(out var item)) together.Add(item);
            try
            {
                db ??= await Open();
                await Commit(db, together);
            }
            catch (Exception e)
            {
                // The commit itself failed (disk full, file gone): nobody's work was kept, and each is told so.
                foreach (var item in together) item.Fail(e);
                if (db is not null) await Abandon(db);
                db = null;
            }
            together.Clear();
        }
        if (db is not null) await db.DisposeAsync();
    }

    // A connection that failed may fail again when it is closed; that must not end the loop, or nothing would be written any more.
    private static async Task Abandon(ConcentricDb db)
    {
        try { await db.DisposeAsync(); }
        catch (System.Data.Common.DbException) { }
    }

    private async Task<ConcentricDb> Open()
    {
        var db = await _databases.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = FULL");
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    private async Task Commit(ConcentricDb db, List<Item> together)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var item in together) await Run(db, transaction, item);
        await transaction.CommitAsync();
        _signal.Written();
        foreach (var item in together) item.Committed();
    }

    private static async Task Run(ConcentricDb db, IDbContextTransaction transaction, Item item)
    {
        await transaction.CreateSavepointAsync("item");
        try
        {
            await item.Run(db);
            await db.SaveChangesAsync();
            await transaction.ReleaseSavepointAsync("item");
        }
        catch (Exception e)
        {
            await transaction.RollbackToSavepointAsync("item");
            item.Fail(e);
        }
        db.ChangeTracker.Clear();
    }

    private abstract class Item
    {
        public abstract Task Run(ConcentricDb db);
        public abstract void Committed();
        public abstract void Fail(Exception e);
    }

    private sealed class Item<T>(Func<ConcentricDb, Task<T>> work) : Item
    {
        private T _result = default!;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task Run(ConcentricDb db) => _result = await work(db);
        public override void Committed() => Done.TrySetResult(_result);
        public override void Fail(Exception e) => Done.TrySetException(e);
    }
}
