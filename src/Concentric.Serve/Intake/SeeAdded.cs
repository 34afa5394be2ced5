using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Attachments;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>A note of an enquiry as its page shows it.</summary>
/// <param name="What">What it is and by whom, in words.</param>
public sealed record AddedNote(string What, string Words, DateTimeOffset At);

/// <summary>What came to an enquiry beside its words.</summary>
/// <param name="Files">Files that came with an e-mail: name, and where staff take it, null while they may not.</param>
/// <param name="OtherReference">What another system calls it.</param>
public sealed record Added(IReadOnlyList<AddedNote> Notes, IReadOnlyList<(string Name, string? Link)> Files, string? OtherReference)
{
    public static Added Nothing { get; } = new([], [], null);
}

internal static class SeeAdded
{
    public static async Task<Added> Of(ConcentricDb db, Guid enquiry, CancellationToken stop)
    {
        var notes = await db.EnquiryNotes.AsNoTracking().Where(n => n.EnquiryId == enquiry).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(100).ToListAsync(stop);
        // The one that waits has a place of its own on the page.
        var asked = await db.Asked.AsNoTracking().Where(a => a.EnquiryId == enquiry && a.End != null).OrderByDescending(a => a.At).Take(100).ToListAsync(stop);
        var ids = notes.Select(n => n.By).Concat(asked.Select(a => a.By)).Select(by => Guid.TryParse(by, out var id) ? id : Guid.Empty).ToHashSet();
        var names = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => $"{p.Id}", p => p.Name, stop);
        // Those of a form stand with its answers.
        var files = await db.Submissions.AnyAsync(s => s.Id == enquiry, stop) ? [] : await db.Attachments.AsNoTracking().Where(a => a.SubmissionId == enquiry).OrderBy(a => a.At).ToListAsync(stop);
        var all = notes.Select(n => new AddedNote(What(n, names), n.Words, n.At)).Concat(asked.Select(a => new AddedNote($"Question by {names.GetValueOrDefault(a.By, "somebody who has left")}{Ended(a)}", a.Question, a.At)));
        return new([.. all.OrderByDescending(n => n.At)], [.. files.Select(f => (f.FileName, f.IsGivenOut ? OpenAttachment.Link(f.Id) : null))],
            await db.Enquiries.Where(e => e.Id == enquiry).Select(e => e.OtherReference).SingleOrDefaultAsync(stop));
    }

    private static string Ended(Asked asked) => asked.End switch { AskedEnd.NoAnswer => ", no answer came", AskedEnd.TakenBack => ", gone on without an answer", _ => "" };

    private static string What(EnquiryNote note, Dictionary<string, string> names)
    {
        var by = note.By == Actor.Citizen ? "the citizen" : note.By.StartsWith("key-", StringComparison.Ordinal) ? "another system" : names.GetValueOrDefault(note.By, "somebody who has left");
        return note.Kind switch { EnquiryNoteKind.WroteAgain => "Wrote again", EnquiryNoteKind.Answered => note.By == Actor.Citizen ? "They answered" : $"Their answer, written down by {by}", EnquiryNoteKind.Transferred => $"Given to {note.Team} by {by}", _ => $"Note by {by}" };
    }
}
