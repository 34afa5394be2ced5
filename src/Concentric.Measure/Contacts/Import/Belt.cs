using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Concentric.Measure.Contacts;

/// <summary>Hands blocks from one thread to the next and back to be filled again, so that memory is bounded and neither runs far ahead.</summary>
internal sealed class Belt<T> : IDisposable
{
    private readonly BlockingCollection<T> _full = [];
    private readonly BlockingCollection<T> _empty = [];
    private readonly CancellationTokenSource _cancel;

    public Belt(IEnumerable<T> blocks, CancellationTokenSource cancel)
    {
        _cancel = cancel;
        foreach (var block in blocks) _empty.Add(block);
    }

    /// <summary>Fills blocks on a thread of its own until there is nothing left.</summary>
    public Task Fill(Func<T, bool> fill) => Task.Factory.StartNew(() => Guard(() =>
    {
        while (_empty.Take(_cancel.Token) is var block && fill(block)) _full.Add(block);
    }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Fills blocks from those of another belt, on a thread of its own.</summary>
    public Task FillFrom<TFrom>(Belt<TFrom> from, Action<TFrom, T> fill) => Task.Factory.StartNew(() => Guard(() => from.Empty(block =>
    {
        var to = _empty.Take(_cancel.Token);
        fill(block, to);
        _full.Add(to);
    })), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Takes every full block in order, on the caller's thread.</summary>
    public void Empty(Action<T> take)
    {
        foreach (var block in _full.GetConsumingEnumerable(_cancel.Token))
        {
            take(block);
            _empty.Add(block);
        }
    }

    public void Dispose()
    {
        _full.Dispose();
        _empty.Dispose();
    }

    private void Guard(Action work)
    {
        try
        {
            work();
            _full.CompleteAdding();
        }
        catch
        {
            _cancel.Cancel();
            throw;
        }
    }
}

internal static class Belt
{
    /// <summary>Ends when all threads have. Throws what one of them failed by, in place of the cancellation that it caused in the others.</summary>
    public static void WaitFor(params Task[] threads)
    {
        try { Task.WaitAll(threads); }
        catch (AggregateException) { /* looked at one by one */ }
        foreach (var thread in threads)
        {
            if (thread.Exception?.InnerException is { } failure and not OperationCanceledException) ExceptionDispatchInfo.Throw(failure);
        }
    }
}
