using System.Security.Cryptography;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>A draft with its form and the way through it.</summary>
/// <param name="Joined">Of a bundle: how its forms were joined.</param>
internal sealed record OpenDraft(Draft Draft, Form Form, Journey Journey, JoinedForm? Joined = null)
{
    public Language Language => Draft.Language;
    public Answers Offered => Draft.Offered is { } offered ? Answers.Read(Form, offered) : Answers.None;
}

/// <summary>What came of a step.</summary>
/// <param name="Problems">What must be put right first; then nothing was kept of the page.</param>
internal sealed record StepResult(OpenDraft Open, IReadOnlyList<Problem> Problems);

/// <summary>The steps of filling in a form, for a citizen and for an adviser. Each is one piece of work: two tabs, a double click and the Back button lose nothing, because a step changes the answers of its page alone.</summary>
internal sealed partial class FillDraft(IWriter writer, FormsToFill forms, OwnCouncil council, TimeProvider clock)
{
    /// <summary>Begins to fill in a form.</summary>
    /// <param name="key">What the browser keeps; the digest is kept here.</param>
    /// <param name="given">What a bundle answers by itself.</param>
    public Task<Draft> Begin(FormInUse form, string? parts, byte[] key, Language language, string channel, string? by = null, Guid? conversation = null, Answers? offered = null, Answers? given = null)
    {
        var now = clock.GetUtcNow();
        return writer.Write(db =>
        {
            var draft = new Draft
            {
                Id = NewId(), Form = form.Form.Id, Version = form.Version, Parts = parts, KeyDigest = Draft.DigestOf(key), Answers = (given ?? Answers.None).Write(),
                Offered = offered is { Values.IsEmpty: false } ? offered.Write() : null, Trail = Trail.Begin(now).Write(), Language = language, Channel = channel, By = by,
                Conversation = conversation, StartedAt = now, SeenAt = now, ExpiresAt = now.AddDays(Draft.KeptDays),
            };
            db.Add(draft);
            return Task.FromResult(draft);
        });
    }

    /// <summary>A page is continued from: its answers are checked, and kept where nothing is wrong.</summary>
    /// <returns>Null where there is no such draft any more, or the page may not be visited.</returns>
    public Task<StepResult?> Page(Guid id, string page, Fields typed, Language? language = null) => Step(id, (open, db) =>
    {
        if (open.Journey.Visit(page) is not { } visit) return Task.FromResult<(Answers, IReadOnlyList<Problem>, string)?>(null);
        var read = visit.Page.Questions.Where(q => q.Kind is not (QuestionKind.Repeat or QuestionKind.File)).ToDictionary(q => q.Id, q => ReadAnswer.Of(q, typed), StringComparer.Ordinal);
        var tried = Journey.Of(open.Form, open.Journey.Answers.WithPage(page, read), Today);
        var asked = tried.Visit(page)!;
        // Of what is hidden nothing is kept: what was answered there before stays aside as it was.
        var kept = asked.Questions.Where(q => read.ContainsKey(q.Id)).Select(q => KeyValuePair.Create(q.Id, read[q.Id]));
        return Task.FromResult<(Answers, IReadOnlyList<Problem>, string)?>((open.Journey.Answers.WithPage(page, kept), asked.Problems, page));
    }, language);

    /// <summary>Answers are changed in another way than by a page's fields: a row of a repeating group, a file.</summary>
    /// <param name="change">The answers and what is wrong with them, which is told of the visit; null to change nothing.</param>
    public Task<StepResult?> Change(Guid id, string page, Func<OpenDraft, (Answers Answers, IReadOnlyList<Problem> Problems)?> change) =>
        Step(id, (open, _) => Task.FromResult(open.Journey.Visit(page) is not null && change(open) is var (answers, problems) ? (answers, problems, page) : ((Answers, IReadOnlyList<Problem>, string)?)null), isPart: true);

    /// <summary>What the draft's own fields are changed to, beside its answers: who fills it in, where links go.</summary>
    public Task<bool> Set(Guid id, Action<Draft> change) => writer.Write(async db =>
    {
        if (await db.Drafts.SingleOrDefaultAsync(d => d.Id == id && d.SentAt == null) is not { } draft) return false;
        change(draft);
        draft.Revision++;
        return true;
    });

    /// <summary>The draft of that id with its form, whoever's it is; null where there is none or its time is over.</summary>
    public async Task<OpenDraft?> Find(ConcentricDb db, Guid id, CancellationToken stop = default) =>
        await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, stop) is { } draft && draft.ExpiresAt > clock.GetUtcNow() ? await Open(draft, stop) : null;

    public DateOnly Today => Say.DayOf(clock.GetUtcNow());

    /// <summary>Ends the visit with its fact, in the work that is being done.</summary>
    public void EndVisit(ConcentricDb db, Draft draft, Form form, FormOutcome outcome, string? lastPage, string by, DateTimeOffset now)
    {
        if (draft.VisitEnded) return;
        var trail = Trail.Read(draft.Trail);
        db.Record(trail.Told(draft, form, council.Slug, outcome, lastPage), by, now);
        draft.Trail = (trail with { Pages = [] }).Write();
        draft.VisitEnded = true;
    }

    private async Task<OpenDraft?> Open(Draft draft, CancellationToken stop)
    {
        if (await forms.Of(draft, stop) is not var (form, joined)) return null;
        return new(draft, form, Journey.Of(form, Answers.Read(form, draft.Answers), Today), joined);
    }

    private Task<StepResult?> Step(Guid id, Func<OpenDraft, ConcentricDb, Task<(Answers Answers, IReadOnlyList<Problem> Problems, string Page)?>> step, Language? language = null, bool isPart = false) => writer.Write(async db =>
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.SentAt == null && d.ExpiresAt > now);
            if (draft is null || await Open(draft, default) is not { } open || await step(open, db) is not var (answers, problems, page)) return null;
            if (problems.Count == 0) answers = await FormsToFill.LookUp(db, open.Form, answers, Today);
            var before = draft.Revision;
            draft.Answers = problems.Count == 0 ? answers.Write() : draft.Answers;
            var trail = Trail.Read(draft.Trail);
            draft.Trail = (draft.VisitEnded ? Trail.Again(trail, now) : trail).With(page, FormIndex.Of(open.Form).PageNumbers.GetValueOrDefault(page, -1), problems, now, isPart).Write();
            draft.Language = language ?? draft.Language;
            // What a page sends that was open all the while is kept, but does not show the other answers again: whoever is there has to say so first.
            if (draft.By is not null || !draft.IsIdle(now)) draft.SeenAt = now;
            (draft.ExpiresAt, draft.Revision) = (now.AddDays(Draft.KeptDays), before + 1);
            // Somebody's other tab may have been faster: then its answers are read and this page's are put into them.
            var written = await db.Drafts.Where(d => d.Id == id && d.Revision == before && d.SentAt == null).ExecuteUpdateAsync(s => s
                .SetProperty(d => d.Answers, draft.Answers).SetProperty(d => d.Trail, draft.Trail).SetProperty(d => d.VisitEnded, false).SetProperty(d => d.Language, draft.Language)
                .SetProperty(d => d.SeenAt, draft.SeenAt).SetProperty(d => d.ExpiresAt, draft.ExpiresAt).SetProperty(d => d.Revision, draft.Revision));
            if (written == 1) return new StepResult(open with { Draft = draft, Journey = Journey.Of(open.Form, problems.Count == 0 ? answers : open.Journey.Answers, Today) }, problems);
        }
    });

    // Not in the order of time: a draft's address must not say when it was begun.
    private static Guid NewId() => new(RandomNumberGenerator.GetBytes(16));
}
