using System.Globalization;
using System.Text.RegularExpressions;
using Concentric.Core.Data;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Feedback;

/// <summary>E-mails to staff that a citizen said something: one address is written to at most once in five minutes, and what comes meanwhile is one letter more that says how many.</summary>
/// <remarks>Anybody can send what becomes such a letter, without an account.</remarks>
internal static partial class NoticeLetters
{
    public const string Kind = "feedback-notice";

    public static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    /// <summary>Puts the letter out, or counts it in the one that waits, inside <see cref="IWriter.Write"/>.</summary>
    /// <param name="list">Address of the page where all of them stand.</param>
    public static async Task Add(ConcentricDb db, Letter letter, string list, DateTimeOffset now)
    {
        // Two that are written at the same moment would each see no other: the second waits here until the first is kept. An address that was taken away meanwhile is not written to.
        if (await db.NoticeAddresses.Where(a => a.Email == letter.To).ExecuteUpdateAsync(a => a.SetProperty(x => x.Email, x => x.Email)) == 0) return;
        var since = now - Between;
        var recent = await db.Messages.AsNoTracking().Where(m => m.Kind == Kind && m.To == letter.To && (m.At > since || m.SentAt > since || m.NextAt > now)).ToListAsync();
        if (recent.Count == 0)
        {
            Outbox.Add(db, letter, now);
            return;
        }
        // One that waits was taken by nobody yet: a sender puts its time ahead too, while it sends.
        var waiting = recent.Find(m => m is { TakenBy: null, SentAt: null } && m.NextAt > now);
        // A sender may have taken it since it was read: then it goes, and this is the first of those after it.
        var goesNow = waiting is not null && await db.Messages.Where(m => m.Id == waiting.Id && m.TakenBy == null).ExecuteDeleteAsync() == 0;
        if (goesNow) waiting = null;
        var count = waiting is not null && CountIn.Match(waiting.Subject) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1 : 1;
        var last = goesNow || recent.Exists(m => m is { TakenBy: not null, SentAt: null }) ? now : recent.Max(m => m.SentAt ?? m.At);
        var due = waiting?.NextAt ?? last + Between;
        db.Messages.Add(new()
        {
            Id = Guid.CreateVersion7(now), Kind = Kind, Channel = letter.Channel, To = letter.To, Subject = Subject(count), Language = letter.Language, At = now, NextAt = due,
            Body = $"{Subject(count)} since we last wrote to you.\n\nRead what citizens said of us, and say what was done: {list}",
        });
    }

    private static string Subject(int count) => $"{count.ToString(CultureInfo.InvariantCulture)} new: citizens said something of us";

    [GeneratedRegex("^([0-9]+) new: ")]
    private static partial Regex CountIn { get; }
}
