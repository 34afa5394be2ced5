using Concentric.Core.Data;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Messages;

/// <summary>What somebody is to be written.</summary>
/// <param name="Subject">Of an e-mail; for a text message what staff see it by.</param>
/// <param name="EnquiryId">The enquiry that it is about, in whose history it stands.</param>
internal sealed record Letter(string Kind, string To, string Subject, string Body, Language Language = Language.English, Guid? EnquiryId = null, MessageChannel Channel = MessageChannel.Email);

/// <summary>Messages taken together to be sent, as they were before.</summary>
internal sealed record Taken(Guid By, DateTimeOffset Until, IReadOnlyList<Message> Messages);

/// <summary>Messages, kept in the transaction of what they tell of, and sent afterwards. What is kept is sent though the message service be away for days.</summary>
internal static class Outbox
{
    /// <summary>Waits before the next try, after each that counted; after the last of them it is given up, and stays visible.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(125), TimeSpan.FromMinutes(625), TimeSpan.FromHours(24)];

    /// <summary>Waits before the message service is asked what became of one; after the last of them it is not known. Notify itself tries for 72 hours.</summary>
    public static readonly IReadOnlyList<TimeSpan> AskWaits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), TimeSpan.FromHours(24), TimeSpan.FromHours(50)];

    /// <summary>How long somebody who took a message has to send it. After a crash another takes it once this is over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>How long the body stays after it was sent.</summary>
    public static readonly TimeSpan BodyKept = TimeSpan.FromDays(7);

    /// <summary>How long the body of one that could not be sent stays: as long as a saved form does, to which its link leads.</summary>
    public static readonly TimeSpan FailedKept = TimeSpan.FromDays(28);

    /// <summary>How long it stays known to whom something was written: after sending, and after writing where it could not be sent. Long enough to answer "did you write to me?".</summary>
    public static readonly TimeSpan RowKept = TimeSpan.FromDays(90);

    /// <summary>Puts a letter out, inside <see cref="IWriter.Write"/>, with the change that it tells of.</summary>
    /// <exception cref="ArgumentException">It goes to no address (<see cref="Message.IsAddress"/>) or number, or its subject is not one line.</exception>
    public static void Add(ConcentricDb db, Letter letter, DateTimeOffset now)
    {
        var to = letter.Channel == MessageChannel.Text ? Message.MobileNumber(letter.To) : Message.IsAddress(letter.To) ? letter.To : null;
        if (to is null) throw new ArgumentException("A letter goes to one e-mail address, a text message to one mobile phone.", nameof(letter));
        if (!Message.IsOneLine(letter.Subject) || letter.Subject.Length is 0 or > 200) throw new ArgumentException("The subject of a letter is one line of at most 200 characters.", nameof(letter));
        db.Messages.Add(new()
        {
            Id = Guid.CreateVersion7(now), Kind = letter.Kind, Channel = letter.Channel, To = to, Subject = letter.Subject, Body = letter.Body.ReplaceLineEndings("\n"),
            Language = letter.Language, EnquiryId = letter.EnquiryId, At = now, NextAt = now,
        });
    }

    /// <summary>Takes what is due to send it, the oldest first. Whoever else looks at the same moment gets others.</summary>
    /// <param name="knock">It finds out whether a door is open again: not one that found it closed before, as long as there is another, or one bad message would keep it shut.</param>
    public static async Task<Taken> Take(IWriter writer, ConcentricDb db, IReadOnlyList<MessageChannel> channels, int most, bool knock, DateTimeOffset now)
    {
        var (by, until) = (Guid.CreateVersion7(now), now + Lease);
        while (true)
        {
            var due = db.Messages.AsNoTracking().Where(m => channels.Contains(m.Channel) && m.NextAt <= now);
            var ordered = knock ? due.OrderBy(m => m.TriedAt != null).ThenBy(m => m.TriedAt).ThenBy(m => m.At) : due.OrderBy(m => m.At);
            var found = await ordered.ThenBy(m => m.Id).Take(most).ToListAsync();
            if (found.Count == 0) return new(by, until, []);
            var ids = found.ConvertAll(m => m.Id);
            // Until its end is kept it may have been sent: the program can be stopped at any moment.
            await writer.Write(d => d.Messages.Where(m => ids.Contains(m.Id) && m.NextAt <= now).ExecuteUpdateAsync(m => m
                .SetProperty(x => x.NextAt, until).SetProperty(x => x.TakenBy, by).SetProperty(x => x.UnsureSince, x => x.UnsureSince ?? now)));
            var mine = (await db.Messages.Where(m => ids.Contains(m.Id) && m.TakenBy == by).Select(m => m.Id).ToListAsync()).ToHashSet();
            if (mine.Count > 0) return new(by, until, found.FindAll(m => mine.Contains(m.Id)));
        }
    }

    public static Task Sent(IWriter writer, Message message, DoorAnswer answer, bool asks, DateTimeOffset now)
    {
        DateTimeOffset? ask = asks ? now + AskWaits[0] : null;
        return writer.Write(db => db.Messages.Where(m => m.Id == message.Id && m.SentAt == null).ExecuteUpdateAsync(m => m
            .SetProperty(x => x.SentAt, now).SetProperty(x => x.TriedAt, now).SetProperty(x => x.NextAt, (DateTimeOffset?)null).SetProperty(x => x.UnsureSince, (DateTimeOffset?)null)
            .SetProperty(x => x.Attempts, message.Attempts + 1).SetProperty(x => x.Error, (string?)null).SetProperty(x => x.Fault, (DoorFault?)null)
            .SetProperty(x => x.DoorId, answer.DoorId).SetProperty(x => x.AskAt, ask)));
    }

    /// <summary>Says what went wrong, and when to try next: not again where it is for good, or was the last try that counts. True where it is given up.</summary>
    /// <param name="counts">The door took others meanwhile, so this try counts against this message.</param>
    /// <param name="closed">The door is held to be closed: this one keeps its place among those that wait for it.</param>
    public static async Task<bool> Failed(IWriter writer, Message message, Guid by, DoorAnswer answer, bool counts, bool closed, DateTimeOffset now)
    {
        var attempts = message.Attempts + (counts ? 1 : 0);
        var over = answer.IsFinal || attempts > Waits.Count;
        DateTimeOffset? next = over ? null : closed && !counts ? now : now + Waits[Math.Max(attempts, 1) - 1];
        DateTimeOffset? unsure = answer.IsUnsure ? answer.UnsureSince ?? now : null;
        await writer.Write(db => db.Messages.Where(m => m.Id == message.Id && m.TakenBy == by && m.SentAt == null).ExecuteUpdateAsync(m => m
            .SetProperty(x => x.NextAt, next).SetProperty(x => x.TriedAt, now).SetProperty(x => x.UnsureSince, unsure).SetProperty(x => x.Attempts, attempts)
            .SetProperty(x => x.Error, answer.Error).SetProperty(x => x.Fault, answer.Fault)));
        return over;
    }

    /// <summary>Gives back what was taken and not tried, as it was.</summary>
    public static async Task GiveBack(IWriter writer, Taken taken, IReadOnlyCollection<Message> left, DateTimeOffset now)
    {
        if (left.Count == 0) return;
        var (all, sure) = (left.Select(m => m.Id).ToList(), left.Where(m => m.UnsureSince is null).Select(m => m.Id).ToList());
        await writer.Write(async db =>
        {
            await db.Messages.Where(m => sure.Contains(m.Id) && m.TakenBy == taken.By && m.SentAt == null).ExecuteUpdateAsync(m => m.SetProperty(x => x.UnsureSince, (DateTimeOffset?)null));
            await db.Messages.Where(m => all.Contains(m.Id) && m.TakenBy == taken.By && m.SentAt == null).ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, now));
        });
    }

    /// <summary>Keeps what the message service says became of a message.</summary>
    public static Task Told(IWriter writer, Guid id, Delivery delivery, DateTimeOffset now)
    {
        var (error, fault) = delivery is Delivery.Delivered or Delivery.NotKnown ? ((string?)null, (DoorFault?)null) : (DeliveryWords.Of(delivery), DoorFault.NotDelivered);
        return writer.Write(db => db.Messages.Where(m => m.Id == id && m.AskAt != null).ExecuteUpdateAsync(m => m
            .SetProperty(x => x.Delivery, delivery).SetProperty(x => x.DeliveryAt, now).SetProperty(x => x.AskAt, (DateTimeOffset?)null).SetProperty(x => x.Error, error).SetProperty(x => x.Fault, fault)));
    }

    /// <summary>Removes bodies whose time is over, and later the whole rows; returns how many of both. What still waits to be sent stays.</summary>
    public static Task<int> Forget(IWriter writer, DateTimeOffset now)
    {
        var (sent, failed, row) = (now - BodyKept, now - FailedKept, now - RowKept);
        return writer.Write(async db =>
            await db.Messages.Where(m => m.SentAt < row || (m.SentAt == null && m.NextAt == null && m.At < row)).ExecuteDeleteAsync()
            + await db.Messages.Where(m => m.Body != null && (m.SentAt < sent || (m.SentAt == null && m.NextAt == null && m.At < failed)))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.Body, (string?)null)));
    }
}
