using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.Data;

/// <summary>
/// The one way to change the database. The work runs in a transaction that is durable when the task ends; facts
/// recorded in it are part of it. The work may run more than once, so it changes nothing but <c>db</c>.
/// </summary>
/// <remarks>SQLite has one writer at a time, so <see cref="GroupWriter"/> gathers what waits into one commit; PostgreSQL does that itself.</remarks>
public interface IWriter
{
    /// <exception cref="BusyException">More work waits than can be done soon; the caller answers 503.</exception>
    Task<T> Write<T>(Func<ConcentricDb, Task<T>> work, CancellationToken stop = default);
}

public static class WriterExtensions
{
    public static Task Write(this IWriter writer, Func<ConcentricDb, Task> work, CancellationToken stop = default) =>
        writer.Write(async db =>
        {
            await work(db);
            return true;
        }, stop);
}

/// <summary>Too much is waiting to be written. Nothing of this request was kept.</summary>
public sealed class BusyException() : Exception("More is waiting to be written than can be written soon.");

/// <summary>PostgreSQL: each piece of work is a transaction of its own; the server groups the commits.</summary>
internal sealed class DirectWriter(IDbContextFactory<ConcentricDb> databases, Journal.JournalSignal signal) : IWriter
{
    private const int Attempts = 4;

    public async Task<T> Write<T>(Func<ConcentricDb, Task<T>> work, CancellationToken stop = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(stop);
                var result = await work(db);
                await db.SaveChangesAsync(stop);
                await transaction.CommitAsync(stop);
                signal.Written();
                return result;
            }
            // Two of the same at once (a double click): the second run finds the first one's row.
            catch (Exception e) when (attempt < Attempts && IsRace(e)) { }
        }
    }

    // A row that was changed since it was read: the work reads it again.
    private static bool IsRace(Exception e) => e is DbUpdateConcurrencyException ||
        (e as Npgsql.PostgresException ?? e.InnerException as Npgsql.PostgresException)?.SqlState is "23505" or "40001" or "40P01";
}
