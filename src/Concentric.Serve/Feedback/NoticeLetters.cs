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
        var since = now - Between;
        var recent = await db.Messages.Where(m => m.Kind == Kind && m.To == letter.To && (m.At > since || m.SentAt > since || m.NextAt > now)).ToListAsync();
        if (recent.Count == 0)
        {
            Outbox.Add(db, letter, now);
            return;
        }
        // One that waits was taken by nobody yet: a sender puts its time ahead too, while it sends.
        var waiting = recent.Find(m => m is { TakenBy: null, SentAt: null } && m.NextAt > now);
        var count = waiting is not null && CountIn.Match(waiting.Subject) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1 : 1;
        var due = waiting?.NextAt ?? recent.Max(m => m.SentAt ?? m.At) + Between;
        if (waiting is not null) db.Messages.Remove(waiting);
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
