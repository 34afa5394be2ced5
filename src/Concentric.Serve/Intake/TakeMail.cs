using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Attachments;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>Takes an e-mail that came: it is kept as received first, and then becomes an enquiry, more of one that there is, or something for somebody to look at.</summary>
internal sealed class TakeMail(
    MailFiles files, KeepEnquiry keep, KeptAttachments attachments, MoveCase cases, OwnCouncil council, IWriter writer, IDbContextFactory<ConcentricDb> databases, TimeProvider clock)
{
    private const string Question = "mail";
    private const int MostShown = 4000;
    private static readonly FileLimits Limits = new([], FileLimits.MostFiles);

    /// <summary>What became of it. Taken again, it is what it was.</summary>
    /// <param name="by">Who brought it, as an actor of the journal.</param>
    public async Task<ReceivedMail> Take(Stream content, string by, CancellationToken stop = default)
    {
        var (digest, size) = await files.Keep(content, stop);
        await using (var db = await databases.CreateDbContextAsync(stop))
            if (await db.ReceivedMails.AsNoTracking().SingleOrDefaultAsync(m => m.Digest == digest, stop) is { } known) return known;

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var message = await Read(digest, size, stop);
        var kept = new List<Guid>();
        if (message is { Fault: null, IsAutomatic: false })
        {
            foreach (var file in message.Files)
            {
                if (await Keep(file, id, stop) is { } one) kept.Add(one);
                else message = message with { Fault = MailFault.BadAttachment };
                if (message.Fault is not null) break;
            }
        }
        // Begun is brought to its end: the bytes are here, and the row must be.
        var taken = await writer.Write(db => Decide(db, new()
        {
            Id = id, Digest = digest, MessageId = message.MessageId, Sender = message.Sender, Subject = message.Subject, Size = size, At = now, By = by, State = MailState.Quarantined,
        }, message, kept), CancellationToken.None);
        if (taken is not { State: MailState.Enquiry or MailState.WroteAgain })
            foreach (var file in kept) await attachments.Remove(id, file);
        return taken;
    }

    /// <summary>The message again, as far as it can be read.</summary>
    public async Task<MailMessage> Read(string digest, long size, CancellationToken stop = default)
    {
        await using var file = files.Open(digest);
        var bytes = new byte[size > MailHead.MostBytes ? 16_384 : size];
        await file.ReadExactlyAsync(bytes, stop);
        var message = ReadMail.Of(bytes);
        return size > MailHead.MostBytes ? message with { Fault = MailFault.TooLarge, Files = [] } : message;
    }

    /// <summary>How the bytes begin, as letters; what is no letter of any kind is left out.</summary>
    public async Task<string> Begin(string digest, CancellationToken stop)
    {
        await using var file = files.Open(digest);
        var bytes = new byte[MostShown];
        var read = await file.ReadAtLeastAsync(bytes, MostShown, throwOnEndOfStream: false, stop);
        return Forms.Fields.Tidy(System.Text.Encoding.Latin1.GetString(bytes, 0, read));
    }

    private async Task<Guid?> Keep(MimeKit.MimePart part, Guid mail, CancellationToken stop)
    {
        using var decoded = new MemoryStream();
        if (part.Content is null) return null;
        await part.Content.DecodeToAsync(decoded, stop);
        decoded.Position = 0;
        return (await attachments.Keep(decoded, part.FileName ?? "file", part.ContentType.MimeType, mail, Question, Limits, stop)).Kept?.Id;
    }

    private async Task<ReceivedMail> Decide(ConcentricDb db, ReceivedMail mail, MailMessage message, List<Guid> kept)
    {
        if (await db.ReceivedMails.AsNoTracking().SingleOrDefaultAsync(m => m.Digest == mail.Digest) is { } known) return known;
        db.Add(mail);
        mail.Fault = message.Fault;
        Enquiry? about = null;
        var before = message.MessageId is null ? null : await db.ReceivedMails.AsNoTracking().Where(m => m.MessageId == message.MessageId && m.State != MailState.Repeated).OrderBy(m => m.At).FirstOrDefaultAsync();
        // Of whom it is decides who may see it while it waits, too.
        if (message.Fault is not null) (mail.State, mail.EnquiryId) = (MailState.Quarantined, await Named(db, message));
        else if (before is not null && !await IsSame(before, message)) (mail.State, mail.Fault, mail.EnquiryId) = (MailState.Quarantined, MailFault.OtherSameId, await Named(db, message));
        else if (before is not null) (mail.State, mail.EnquiryId) = (MailState.Repeated, before.EnquiryId);
        else if (message.IsAutomatic) mail.State = MailState.Automatic;
        else if (message.About is { } reference && await db.Enquiries.SingleOrDefaultAsync(e => e.Reference == reference) is { } there)
        {
            (mail.State, mail.EnquiryId, about) = (MailState.WroteAgain, there.Id, there);
            await AddTo(db, there, message, mail);
        }
        else
        {
            about = await keep.In(db, Of(message), mail.Id, mail.By == Actor.System ? Actor.Citizen : mail.By, mail.At);
            (mail.State, mail.EnquiryId) = (MailState.Enquiry, about.Id);
        }
        if (about is not null && kept.Count > 0) await KeptAttachments.SendWith(db, mail.Id, kept, about.Id);
        db.Record(new MailReceived(mail.Id, $"{mail.State}", mail.Fault is null ? null : $"{mail.Fault}", about is null ? null : $"{about.Reference}", mail.At), mail.By, mail.At);
        return mail;
    }

    private static async Task<Guid?> Named(ConcentricDb db, MailMessage message) =>
        message.About is { } reference ? await db.Enquiries.Where(e => e.Reference == reference).Select(e => (Guid?)e.Id).SingleOrDefaultAsync() : null;

    private static Incoming Of(MailMessage message) => new(null, Words(message), new Told(message.Name, Email: message.Sender), "email");

    /// <summary>What the enquiry says: the subject and the text.</summary>
    public static string Words(MailMessage message) => message.Subject.Length == 0 ? message.Words : message.Words.Length == 0 ? message.Subject : $"{message.Subject}\n\n{message.Words}";

    /// <summary>A further contact about an enquiry that there is: its words stand there, whoever wrote them, and it is counted by itself.</summary>
    private async Task AddTo(ConcentricDb db, Enquiry enquiry, MailMessage message, ReceivedMail mail)
    {
        var words = enquiry.WasAskedBy(message.Sender) ? Words(message) : $"From {message.Sender}\n{Words(message)}";
        // Not whoever else writes of it.
        var answers = (enquiry.Email.Length == 0 || enquiry.WasAskedBy(message.Sender)) && await Asked.Came(db, enquiry.Id, "email", Actor.Citizen, mail.At);
        db.Add(new EnquiryNote { Id = mail.Id, EnquiryId = enquiry.Id, Kind = answers ? EnquiryNoteKind.Answered : EnquiryNoteKind.WroteAgain, Words = words, By = Actor.Citizen, At = mail.At });
        await cases.Add(db, enquiry.Reference, new(CaseEventKind.Noted, Actor.Citizen, mail.At, Note: words));
        db.Record(new EnquiryAddedTo($"{enquiry.Reference}", "wrote-again", mail.At), Actor.Citizen, mail.At);
        // Whoever answers what we asked had no cause to get in touch but us.
        if (answers) return;
        // Nor do we know where somebody else lives.
        var area = enquiry.WasAskedBy(message.Sender) ? await WhereTheyLive.Area(db, council.Slug, enquiry) : null;
        db.Record(new EnquiryRaised($"{Reference.New()}", council.Slug, enquiry.Service, "email", keep.Person(new Told(Email: message.Sender).Tidy()), mail.At, $"{enquiry.Reference}", area), Actor.Citizen, mail.At);
    }

    private async Task<bool> IsSame(ReceivedMail before, MailMessage message)
    {
        var first = await Read(before.Digest, before.Size);
        return first.Sender == message.Sender && first.Subject == message.Subject && first.Words == message.Words;
    }
}
