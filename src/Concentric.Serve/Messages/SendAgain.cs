using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Messages;

/// <summary>Has messages sent again that were given up, or taken and not delivered. Those that may have been sent are still looked for first.</summary>
internal static class SendAgain
{
    /// <summary>So many of a kind are sent again at once.</summary>
    public const int MostAtOnce = 5000;

    /// <summary>A door remembers what it sent for some days: what is older is sent again because somebody says so.</summary>
    private static readonly TimeSpan DoorsRemember = TimeSpan.FromDays(6);

    /// <summary>Those that failed and nothing was done about.</summary>
    public static IQueryable<Message> Failed(this IQueryable<Message> messages) => messages.Where(m => m.Fault != null && m.NextAt == null && m.AgainAs == null);

    /// <summary>Those of them whose text is still kept.</summary>
    public static IQueryable<Message> CanBeSent(this IQueryable<Message> messages) => messages.Failed().Where(m => m.Body != null);

    public static Task<int> One(IWriter writer, Guid id, string by, DateTimeOffset now) => Send(writer, m => m.Where(x => x.Id == id), id, null, by, now);

    public static Task<int> All(IWriter writer, DoorFault fault, string by, DateTimeOffset now) => Send(writer, m => m.Where(x => x.Fault == fault), null, fault, by, now);

    private static Task<int> Send(IWriter writer, Func<IQueryable<Message>, IQueryable<Message>> which, Guid? one, DoorFault? fault, string by, DateTimeOffset now) => writer.Write(async db =>
    {
        var again = await which(db.Messages.AsNoTracking().CanBeSent()).OrderBy(m => m.At).ThenBy(m => m.Id).Take(MostAtOnce).ToListAsync();
        if (again.Count == 0) return 0;
        var (waiting, old) = (again.Where(m => m.SentAt is null).Select(m => m.Id).ToList(), now - DoorsRemember);
        await db.Messages.Where(m => waiting.Contains(m.Id) && m.SentAt == null && m.NextAt == null && m.UnsureSince < old).ExecuteUpdateAsync(m => m.SetProperty(x => x.UnsureSince, (DateTimeOffset?)null));
        // Only what still waits for nobody: another press, or the sender, may have been before this one.
        var count = await db.Messages.Where(m => waiting.Contains(m.Id) && m.SentAt == null && m.NextAt == null).ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, now).SetProperty(x => x.Attempts, 0).SetProperty(x => x.TriedAt, (DateTimeOffset?)null));
        foreach (var message in again.Where(m => m.SentAt is not null))
        {
            // What was taken once is another message: the door tells of each what became of it.
            var id = Guid.CreateVersion7(now);
            if (await db.Messages.Where(m => m.Id == message.Id && m.AgainAs == null).ExecuteUpdateAsync(m => m.SetProperty(x => x.AgainAs, id)) == 0) continue;
            count++;
            db.Messages.Add(new()
            {
                Id = id, Kind = message.Kind, EnquiryId = message.EnquiryId, Channel = message.Channel, To = message.To, Subject = message.Subject, Body = message.Body, Language = message.Language, At = now, NextAt = now,
            });
        }
        if (count > 0) db.Record(new MessagesSentAgain(one, fault is null ? null : $"{fault}", count), by, now);
        return count;
    });
}
