using Concentric.Core.Data;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Messages;

/// <summary>What somebody is to be written.</summary>
internal sealed record Letter(string Kind, string To, string Subject, string Body, Language Language = Language.English, Guid? EnquiryId = null);

/// <summary>E-mail, kept in the transaction of what it tells of, and sent afterwards. What is kept is sent though the mail server be away for a day.</summary>
internal static class Outbox
{
    /// <summary>Waits before the next try, after each that failed; after the last of them it is given up, and stays visible.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(125), TimeSpan.FromMinutes(625), TimeSpan.FromHours(24)];

    /// <summary>How long somebody who took a message has to send it. After a crash another takes it once this is over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>How long the body stays after it was sent.</summary>
    public static readonly TimeSpan BodyKept = TimeSpan.FromDays(7);

    /// <summary>How long the body of one that could not be sent stays: as long as a saved form does, to which its link leads.</summary>
    public static readonly TimeSpan FailedKept = TimeSpan.FromDays(28);

    /// <summary>How long it stays known to whom something was written: after sending, and after writing where it could not be sent. Long enough to answer "did you write to me?".</summary>
    public static readonly TimeSpan RowKept = TimeSpan.FromDays(90);

    /// <summary>Puts a letter out, inside <see cref="IWriter.Write"/>, with the change that it tells of.</summary>
    /// <exception cref="ArgumentException">It goes to no address (<see cref="Message.IsAddress"/>), or its subject is not one line.</exception>
    public static void Add(ConcentricDb db, Letter letter, DateTimeOffset now)
    {
        if (!Message.IsAddress(letter.To)) throw new ArgumentException("A letter goes to one e-mail address.", nameof(letter));
        if (!Message.IsOneLine(letter.Subject) || letter.Subject.Length is 0 or > 200) throw new ArgumentException("The subject of a letter is one line of at most 200 characters.", nameof(letter));
        db.Messages.Add(new()
        {
            Id = Guid.CreateVersion7(now), Kind = letter.Kind, To = letter.To, Subject = letter.Subject, Body = letter.Body.ReplaceLineEndings("\n"),
            Language = letter.Language, EnquiryId = letter.EnquiryId, At = now, NextAt = now,
        });
    }

    /// <summary>Takes one message to send it. False where somebody else has it, or it was sent.</summary>
    public static async Task<bool> Take(IWriter writer, Guid id, DateTimeOffset now)
    {
        var until = now + Lease;
        return await writer.Write(db => db.Messages.Where(m => m.Id == id && m.NextAt <= now)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, until).SetProperty(x => x.Attempts, x => x.Attempts + 1))) == 1;
    }

    public static Task Sent(IWriter writer, Guid id, DateTimeOffset now) => writer.Write(db => db.Messages.Where(m => m.Id == id)
        .ExecuteUpdateAsync(m => m.SetProperty(x => x.SentAt, now).SetProperty(x => x.NextAt, (DateTimeOffset?)null).SetProperty(x => x.Error, (string?)null)));

    /// <summary>Says what went wrong, and when to try next: not again where it is for good.</summary>
    public static Task Failed(IWriter writer, Guid id, int attempts, DoorAnswer answer, DateTimeOffset now)
    {
        DateTimeOffset? next = answer.IsFinal || attempts > Waits.Count ? null : now + Waits[attempts - 1];
        return writer.Write(db => db.Messages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, next).SetProperty(x => x.Error, answer.Error)));
    }

    /// <summary>Tries one that was given up once more.</summary>
    public static Task TryAgain(IWriter writer, Guid id, DateTimeOffset now) => writer.Write(db => db.Messages.Where(m => m.Id == id && m.SentAt == null && m.NextAt == null && m.Body != null)
        .ExecuteUpdateAsync(m => m.SetProperty(x => x.NextAt, now).SetProperty(x => x.Attempts, 0)));

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
