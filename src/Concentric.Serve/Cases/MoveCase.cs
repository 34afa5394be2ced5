using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Cases;

/// <summary>A case with its process, its enquiry and how it stands.</summary>
internal sealed record WholeCase(Case Case, Process Process, IReadOnlyList<CaseEventRow> Events, CaseState State);

/// <summary>What came of a change of a case.</summary>
/// <param name="Refused">Why it was not made, in words for staff; null where it was.</param>
/// <param name="NoteKept">What was written with it was kept as a note all the same.</param>
internal sealed record CaseMove(string? Refused, bool NoteKept = false);

/// <summary>Begins cases and adds to what happened to them: the event, what lists ask for, the letters that it sends, the answer that its end is, and the fact, in one piece of work.</summary>
internal sealed class MoveCase(IWriter writer, Processes processes, WorkingCalendar calendar, OwnCouncil council, Settings settings)
{
    /// <summary>Begins the case of what was just sent, inside <see cref="IWriter.Write"/>; nothing where its process is not known.</summary>
    public async Task Begin(ConcentricDb db, Submission sent, Form form, string email, string by)
    {
        if (await processes.Find(sent.Process) is not { } known) return;
        var first = new CaseEvent(CaseEventKind.Begun, by, sent.SentAt);
        var state = CaseState.Of(known.Process, [first], calendar);
        var begun = new Case
        {
            Id = sent.Id, Reference = sent.Reference, Process = known.Process.Id, Version = known.Version, PromiseDays = form.PromiseDays, BegunAt = sent.SentAt, Team = state.Team,
            IsSensitive = form.Sensitive, Revision = 1,
        };
        begun.Stand(state);
        db.Add(begun);
        db.Add(CaseEventRow.Of(sent.Id, 1, first));
        Write(db, known.Process, state, begun, email, sent.Language, sent.SentAt);
        db.Record(new CaseBegun($"{sent.Reference}", council.Slug, begun.Process, begun.Version, form.Service, begun.Team, state.DueOn(form.PromiseDays), sent.SentAt), by, sent.SentAt);
    }

    /// <summary>The case of that reference, or null.</summary>
    public async Task<WholeCase?> Find(ConcentricDb db, Reference reference, CancellationToken stop = default) =>
        await db.Cases.SingleOrDefaultAsync(c => c.Reference == reference, stop) is { } found ? await Whole(db, found, stop) : null;

    /// <summary>
    /// Adds one event, if it can happen to the case as it stands now. What somebody wrote with one that cannot, because somebody else was before them, is kept as a note.
    /// </summary>
    /// <param name="also">What else is written with it, once it is sure to happen.</param>
    public Task<CaseMove?> Add(Reference reference, CaseEvent e, Func<ConcentricDb, Enquiry, Task>? also = null) => writer.Write(db => Add(db, reference, e, also));

    /// <summary>The same inside <see cref="IWriter.Write"/>, for who writes more with it.</summary>
    public async Task<CaseMove?> Add(ConcentricDb db, Reference reference, CaseEvent e, Func<ConcentricDb, Enquiry, Task>? also = null)
    {
        if (await Find(db, reference) is not var (found, process, events, state)) return null;
        var refused = state.Refusal(e);
        if (refused is not null && string.IsNullOrWhiteSpace(e.Note)) return new(refused);
        var happened = refused is null ? e : new(CaseEventKind.Noted, e.By, e.At, Note: e.Note);
        state = CaseState.Of(process, events.Select(x => x.Event).Append(happened), calendar);
        found.Revision++;
        found.Stand(state);
        db.Add(CaseEventRow.Of(found.Id, found.Revision, happened));
        if (happened.Kind == CaseEventKind.Noted) return new(refused, refused is not null);

        var enquiry = await db.Enquiries.Whole.SingleAsync(x => x.Id == found.Id);
        var language = await db.Submissions.Where(s => s.Id == found.Id).Select(s => s.Language).SingleOrDefaultAsync();
        enquiry.Team = found.Team;
        Write(db, process, state, found, enquiry.Email, language, e.At);
        if (state.End is { } end && enquiry.IsOpen) Answer(db, enquiry, process, end.Node, end.Outcome, language, e);
        if (e.Kind == CaseEventKind.Reopened && enquiry.Answer is { } before)
        {
            db.Remove(before);
            enquiry.Reopen();
        }
        if (also is not null) await also(db, enquiry);
        db.Record(new CaseMoved($"{found.Reference}", found.Revision, $"{e.Kind}", e.Node, e.Way, state.Team, state.End is null ? null : $"{state.End.Value.Outcome}", e.At), e.By, e.At);
        return new(null);
    }

    private async Task<WholeCase> Whole(ConcentricDb db, Case found, CancellationToken stop)
    {
        var process = await processes.Find(found.Process, found.Version, stop);
        var events = await db.CaseEvents.AsNoTracking().Where(e => e.CaseId == found.Id).OrderBy(e => e.Number).ToListAsync(stop);
        return new(found, process, events, CaseState.Of(process, events.Select(e => e.Event), calendar));
    }

    private void Write(ConcentricDb db, Process process, CaseState state, Case of, string email, Language language, DateTimeOffset now)
    {
        // Without an address there is nobody to write to: the letter's words stand on the page of the status.
        if (!Message.IsAddress(email)) return;
        foreach (var letter in state.LettersNow) Outbox.Add(db, new("case", email, Fill(letter.Subject), Fill(letter.Body), language), now);

        string Fill(LocalText text) => text.In(language)
            .Replace("{reference}", $"{of.Reference}", StringComparison.Ordinal)
            .Replace("{service}", process.Title.In(language), StringComparison.Ordinal)
            .Replace("{link}", $"{settings.Site ?? settings.Urls.Split(';')[0].Trim().TrimEnd('/')}/enquiries/status?reference={of.Reference}", StringComparison.Ordinal);
    }

    private static void Answer(ConcentricDb db, Enquiry enquiry, Process process, string? end, CaseOutcome outcome, Language language, CaseEvent e)
    {
        var says = end is null ? CaseWords.Withdrawn : process.Node(end)!.Says!;
        enquiry.AnswerWith(new() { Text = says.In(language), Resolved = outcome == CaseOutcome.Done, Outcome = outcome == CaseOutcome.Withdrawn ? EnquiryOutcome.Withdrawn : EnquiryOutcome.Answered, By = e.By, At = e.At });
        db.Record(new EnquiryAnswered($"{enquiry.Reference}", null, outcome == CaseOutcome.Done), e.By, e.At);
    }
}
