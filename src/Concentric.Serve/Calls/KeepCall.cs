using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Calls;

/// <summary>One event as a phone system sent it, read and found right by itself.</summary>
/// <param name="Call">What the phone system calls the call.</param>
internal sealed record CallReport(string Call, CallEventKind Kind, DateTimeOffset At, string? Number, string? Line, string? Adviser, string? To, string? Reason);

/// <summary>How the call stands after a report, or what is wrong with it beside the others.</summary>
internal sealed record CallKept(CallState State, (string Field, string Message)? Refused = null);

/// <summary>Keeps what a phone system reports, once, with the facts that follow from it.</summary>
internal static class KeepCall
{
    /// <summary>Inside <see cref="IWriter.Write"/>.</summary>
    /// <param name="id">Our id of the call, where it is its first event.</param>
    public static async Task<CallKept> In(ConcentricDb db, CallReport report, Guid id, string by, DateTimeOffset now)
    {
        // Holds the row: of several events of one call at once, each is kept after the other and sees it.
        await db.Calls.Where(c => c.Name == report.Call).ExecuteUpdateAsync(c => c.SetProperty(x => x.Name, report.Call));
        var call = await db.Calls.SingleOrDefaultAsync(c => c.Name == report.Call);
        var known = call is null ? [] : await db.CallEvents.AsNoTracking().Where(e => e.CallId == call.Id).ToListAsync();
        // Sent again: it is the same.
        if (known.Exists(e => e.Kind == report.Kind && e.At == report.At)) return new(call!.State);
        if (CallState.Refusal(known, report.Kind, report.At) is { } refusal) return new(CallState.Of(known), refusal);
        if (call is null)
        {
            db.Add(call = new() { Id = id, Name = report.Call, At = report.At });
            await Taken(db, call, by, now);
        }
        var added = new CallEvent { CallId = call.Id, Kind = report.Kind, At = report.At, Line = report.Line, Adviser = report.Adviser, To = report.To, Reason = report.Reason };
        db.Add(added);
        call.Number ??= report.Number;
        if (report.At < call.At) call.At = report.At;
        var before = call.State;
        call.Stand(CallState.Of([.. known, added]));
        Tell(db, call.Id, before, call.State, added, by, now);
        return new(call.State);
    }

    /// <summary>A conversation was begun from a call, inside <see cref="IWriter.Write"/>. Where the call was not reported yet, it is told once it is.</summary>
    public static async Task Took(ConcentricDb db, string name, Guid conversation, string by, DateTimeOffset now)
    {
        if (await db.Calls.Where(c => c.Name == name).Select(c => (Guid?)c.Id).SingleOrDefaultAsync() is { } call) db.Record(new CallTaken(call, conversation, now), by, now);
    }

    private static async Task Taken(ConcentricDb db, Call call, string by, DateTimeOffset now)
    {
        foreach (var conversation in await db.Conversations.AsNoTracking().Where(c => c.Call == call.Name).OrderBy(c => c.Id).ToListAsync())
            db.Record(new CallTaken(call.Id, conversation.Id, conversation.StartedAt), by, now);
    }

    // What an event changes is told; so is what was told before and is otherwise now.
    private static void Tell(ConcentricDb db, Guid call, CallState before, CallState after, CallEvent added, string by, DateTimeOffset now)
    {
        if (added.Kind == CallEventKind.Started) db.Record(new CallStarted(call, after.Line, added.At), by, now);
        if (after.AnsweredAt is { } answered && (before.AnsweredAt != answered || before.Wait != after.Wait || before.Line != after.Line)) db.Record(new CallAnswered(call, after.Line, after.Wait, answered), by, now);
        if (added.Kind == CallEventKind.Transferred) db.Record(new CallTransferred(call, after.Transfers, added.At), by, now);
        if (after.EndedAt is { } ended && before != after) db.Record(new CallEnded(call, after.Line, !after.IsAbandoned, after.Wait, after.Talk, after.Transfers, ended), by, now);
    }
}
