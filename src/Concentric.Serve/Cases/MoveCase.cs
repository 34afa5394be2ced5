using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Feedback;
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
internal sealed class MoveCase(IWriter writer, Processes processes, WorkingCalendar calendar, OwnCouncil council, AskFeedback feedback, Settings settings)
{
    /// <summary>Begins the case of what was just sent, inside <see cref="IWriter.Write"/>; nothing where its process is not known.</summary>
    /// <param name="team">Its first team by a rule for its service; null: as the process says.</param>
    public async Task Begin(ConcentricDb db, Submission sent, Form form, Reach? reach, string by, string? team = null)
    {
        if (await processes.Find(sent.Process) is { } known) Begin(db, known, sent.Id, sent.Reference, form.Service, form.PromiseDays, form.Sensitive, reach, sent.Language, by, sent.SentAt, team);
    }

    /// <summary>Begins a part of a case that is worked on by a process of its own; nobody got in touch for it, so it is no contact.</summary>
    /// <param name="words">What is to be done.</param>
    /// <returns>The part's reference; null where there is no such case or process any more.</returns>
    /// <param name="isSensitive">Forms of that process are sensitive, so what is written here is its team's too.</param>
    public Task<Reference?> BeginPart(Reference of, string process, bool isSensitive, string words, string by, DateTimeOffset now) => writer.Write<Reference?>(async db =>
    {
        if (await processes.Find(process) is not { } known || await db.Enquiries.SingleOrDefaultAsync(e => e.Reference == of) is not { } whole) return null;
        var hidden = whole.IsSensitive || isSensitive;
        var reference = Reference.New();
        while (await db.Enquiries.AnyAsync(e => e.Reference == reference)) reference = Reference.New();
        var id = Guid.CreateVersion7(now);
        db.Enquiries.Add(new()
        {
            Id = id, Reference = reference, Token = id, Service = whole.Service, Words = words, Email = "", Channel = whole.Channel, RaisedAt = now, CitizenId = whole.CitizenId, Team = known.Process.Team, IsSensitive = hidden,
        });
        Begin(db, known, id, reference, whole.Service, known.Process.PromiseDays, hidden, null, Language.English, by, now);
        db.Add(new CaseLink { CaseId = whole.Id, OtherId = id, Kind = CaseLinkKind.Part, By = by, At = now });
        db.Record(new CasesLinked($"{of}", $"{reference}", $"{CaseLinkKind.Part}"), by, now);
        return reference;
    });

    private void Begin(
        ConcentricDb db, ProcessInUse known, Guid id, Reference reference, string? service, int promiseDays, bool isSensitive, Reach? reach, Language language, string by, DateTimeOffset now, string? team = null)
    {
        var first = new CaseEvent(CaseEventKind.Begun, by, now, Team: team);
        var state = CaseState.Of(known.Process, [first], calendar);
        var begun = new Case
        {
            Id = id, Reference = reference, Process = known.Process.Id, Version = known.Version, PromiseDays = promiseDays, BegunAt = now, Team = state.Team, Service = service, IsSensitive = isSensitive, Revision = 1,
        };
        begun.Stand(state);
        db.Enquiries.Local.Single(e => e.Id == id).HasCase = true;
        db.Add(begun);
        db.Add(CaseEventRow.Of(id, 1, first));
        db.AddRange(Sits(begun, state));
        Write(db, known.Process, state, begun, reach, language, now);
        db.Record(new CaseBegun($"{reference}", council.Slug, begun.Process, begun.Version, service, begun.Team, state.DueOn(promiseDays), now), by, now);
    }

    /// <summary>The case of that reference, or null.</summary>
    public async Task<WholeCase?> Find(ConcentricDb db, Reference reference, CancellationToken stop = default) =>
        await db.Cases.SingleOrDefaultAsync(c => c.Reference == reference, stop) is { } found ? await Whole(db, found, stop) : null;

    /// <summary>
    /// Adds one event, if it can happen to the case as it stands now. What somebody wrote with one that cannot, because somebody else was before them, is kept as a note.
    /// </summary>
    /// <param name="also">What else is written with it, once it is sure to happen.</param>
    /// <param name="since">Of a step: when the one that was seen was come to; another time of the same step is another step. Null where nobody looked.</param>
    public Task<CaseMove?> Add(Reference reference, CaseEvent e, Func<ConcentricDb, Enquiry, Task>? also = null, long? since = null) => writer.Write(db => Add(db, reference, e, also, since));

    /// <summary>The same inside <see cref="IWriter.Write"/>.</summary>
    public async Task<CaseMove?> Add(ConcentricDb db, Reference reference, CaseEvent e, Func<ConcentricDb, Enquiry, Task>? also = null, long? since = null)
    {
        if (await Find(db, reference) is not var (found, process, events, state)) return null;
        var refused = state.Refusal(e) ?? (since is not null && state.Open.Any(o => o.Id == e.Node && o.Since.UtcTicks != since) ? "That step was done in the meantime, and has come round again." : null);
        if (refused is not null && string.IsNullOrWhiteSpace(e.Note)) return new(refused);
        var happened = refused is null ? e : new(CaseEventKind.Noted, e.By, e.At, Note: e.Note);
        state = CaseState.Of(process, events.Select(x => x.Event).Append(happened), calendar);
        found.Revision++;
        found.Stand(state);
        await Sit(db, found, state);
        db.Add(CaseEventRow.Of(found.Id, found.Revision, happened));
        var enquiry = await db.Enquiries.Whole.SingleAsync(x => x.Id == found.Id);
        if (happened.Kind == CaseEventKind.Noted)
        {
            if (refused is null && also is not null) await also(db, enquiry);
            return new(refused, refused is not null);
        }
        var language = await db.Submissions.Where(s => s.Id == found.Id).Select(s => s.Language).SingleOrDefaultAsync();
        (enquiry.Team, enquiry.OwnerId) = (found.Team, found.OwnerId);
        enquiry.Wait(found.IsPaused);
        if (e.Kind == CaseEventKind.Owned) db.Record(new WorkOwned($"{found.Reference}", e.Owner, state.Team, e.At), e.By, e.At);
        else db.Record(new CaseMoved($"{found.Reference}", found.Revision, $"{e.Kind}", e.Node, e.Way, state.Team, state.End is null ? null : $"{state.End.Value.Outcome}", e.At), e.By, e.At);
        var phone = await db.SubmissionPhones.Where(p => p.SubmissionId == found.Id).Select(p => p.Phone).FirstOrDefaultAsync();
        Write(db, process, state, found, HowToReach.Of(enquiry.Email, phone, await CitizenWishes.Of(db, enquiry.CitizenId)), language, e.At,
            state.End is null ? null : () => feedback.Sentence(db, enquiry, language, e.At, e.By));
        if (state.End is { } end)
        {
            Answer(enquiry, process, end.Node, end.Outcome, language, e);
            // Nobody got in touch for a part, so no contact was answered.
            if (!await db.CaseLinks.AnyAsync(l => l.OtherId == found.Id && l.Kind == CaseLinkKind.Part)) db.Record(new EnquiryAnswered($"{enquiry.Reference}", null, end.Outcome == CaseOutcome.Done, state.Team), e.By, e.At);
        }
        if (e.Kind == CaseEventKind.Reopened && enquiry.Answer is { } before)
        {
            db.Remove(before);
            enquiry.Reopen();
        }
        if (also is not null) await also(db, enquiry);
        return new(null);
    }

    private async Task<WholeCase> Whole(ConcentricDb db, Case found, CancellationToken stop)
    {
        var process = await processes.Find(found.Process, found.Version, stop);
        var events = await db.CaseEvents.AsNoTracking().Where(e => e.CaseId == found.Id).OrderBy(e => e.Number).ToListAsync(stop);
        return new(found, process, events, CaseState.Of(process, events.Select(e => e.Event), calendar));
    }

    private void Write(ConcentricDb db, Process process, CaseState state, Case of, Reach? reach, Language language, DateTimeOffset now, Func<string>? asks = null)
    {
        foreach (var letter in state.LettersNow)
        {
            var subject = Fill(letter.Subject);
            if (reach is null)
            {
                // Whoever works on it tells them another way, or knows that they were not told.
                db.Add(CaseEventRow.Of(of.Id, ++of.Revision, new(CaseEventKind.Noted, Actor.System, now, Note: $"Not sent, because they gave neither an email address nor a mobile number by which they want to hear from us: {letter.Subject.En}")));
                continue;
            }
            // A text is seen by whoever holds the phone, so of what is sensitive it does not say what it is.
            var body = reach.Channel == MessageChannel.Text ? ShortText.Of(settings.CouncilName, of.IsSensitive ? null : subject, $"{of.Reference}", Link(), language) : Fill(letter.Body);
            // How it was is asked once, in the letter that ends it.
            if (reach.Channel == MessageChannel.Email && letter == state.LettersNow[^1]) body += asks?.Invoke();
            Outbox.Add(db, new("case", reach.To, subject, body, language, of.Id, reach.Channel), now);
        }

        string Fill(LocalText text) => text.In(language)
            .Replace("{reference}", $"{of.Reference}", StringComparison.Ordinal)
            .Replace("{service}", process.Title.In(language), StringComparison.Ordinal)
            .Replace("{link}", Link(), StringComparison.Ordinal);

        string Link() => CheckEnquiry.Address(settings, of.Reference);
    }

    /// <summary>Keeps where the case sits now, whatever was kept of it before.</summary>
    private static async Task Sit(ConcentricDb db, Case of, CaseState state)
    {
        var (was, now) = (await db.CaseOpens.Where(o => o.CaseId == of.Id).ToListAsync(), Sits(of, state).ToList());
        db.RemoveRange(was.Where(w => !now.Exists(n => n.Node == w.Node)));
        foreach (var come in now)
            if (was.Find(w => w.Node == come.Node) is { } stays) stays.Since = come.Since;
            else db.Add(come);
    }

    private static IEnumerable<CaseOpen> Sits(Case of, CaseState state) => state.Open.Select(o => new CaseOpen { CaseId = of.Id, Node = o.Id, Process = of.Process, Version = of.Version, Since = o.Since });

    private static void Answer(Enquiry enquiry, Process process, string? end, CaseOutcome outcome, Language language, CaseEvent e)
    {
        var says = end is null ? CaseWords.Withdrawn : process.Node(end)!.Says!;
        enquiry.EndWith(new() { Text = says.In(language), Resolved = outcome == CaseOutcome.Done, Outcome = outcome == CaseOutcome.Withdrawn ? EnquiryOutcome.Withdrawn : EnquiryOutcome.Answered, By = e.By, At = e.At });
    }
}
