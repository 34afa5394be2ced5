using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>Several pages continued from at once, as an adviser does who sees them all on one screen.</summary>
internal sealed partial class FillDraft
{
    /// <summary>
    /// Continues from the pages shown, in the order of the form, in one work. All that was typed is kept; a page is done only where nothing is wrong with it.
    /// Pages behind the last in which something was typed are left as they are: what is offered in them was not read back yet.
    /// </summary>
    /// <param name="by">The adviser whose draft it is.</param>
    /// <param name="shown">Ids of the pages that stood on the screen.</param>
    /// <param name="unfinished">Pages on which something is still looked for: kept, not continued from.</param>
    /// <returns>Null where the draft is not theirs any more.</returns>
    public Task<StepResult?> Pages(Guid id, string by, IReadOnlyCollection<string> shown, Fields typed, IReadOnlyCollection<string> unfinished) => writer.Write(async db =>
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.By == by && d.SentAt == null && d.ExpiresAt > now);
            if (draft is null || await Open(draft, default) is not { } open) return null;
            var begun = Trail.Read(draft.Trail);
            var (answers, trail, problems) = await Take(db, open, shown, typed, unfinished, draft.VisitEnded ? Trail.Again(begun, now) : begun, now);
            var before = draft.Revision;
            (draft.Answers, draft.Trail) = (answers.Write(), trail.Write());
            (draft.SeenAt, draft.ExpiresAt, draft.Revision) = (now, now.AddDays(Draft.KeptDays), before + 1);
            var written = await db.Drafts.Where(d => d.Id == id && d.Revision == before && d.By == by && d.SentAt == null).ExecuteUpdateAsync(s => s
                .SetProperty(d => d.Answers, draft.Answers).SetProperty(d => d.Trail, draft.Trail).SetProperty(d => d.VisitEnded, false)
                .SetProperty(d => d.SeenAt, draft.SeenAt).SetProperty(d => d.ExpiresAt, draft.ExpiresAt).SetProperty(d => d.Revision, draft.Revision));
            if (written == 1) return new StepResult(open with { Draft = draft, Journey = Journey.Of(open.Form, answers, Today) }, problems);
        }
    });

    private async Task<(Answers Answers, Trail Trail, IReadOnlyList<Problem> Problems)> Take(
        Core.Data.ConcentricDb db, OpenDraft open, IReadOnlyCollection<string> shown, Fields typed, IReadOnlyCollection<string> unfinished, Trail trail, DateTimeOffset now)
    {
        var (form, journey, answers, offered) = (open.Form, open.Journey, open.Journey.Answers, open.Offered);
        var pages = form.Pages.Where(p => !p.Stop && shown.Contains(p.Id)).Select(p => (Page: p, Read: Read(p, typed), IsDone: journey.Visit(p.Id)?.IsDone is true)).ToList();
        bool IsTouched(FormPage page, Dictionary<string, Value> read, bool done) => page.Questions.Any(q => read.TryGetValue(q.Id, out var value)
            ? value != (answers[q.Id].IsNothing && !done ? offered[q.Id] : answers[q.Id])
            : !done && !answers[q.Id].IsNothing);
        var touched = pages.Where(p => IsTouched(p.Page, p.Read, p.IsDone)).Select(p => p.Page.Id).ToHashSet(StringComparer.Ordinal);
        var last = Math.Max(pages.FindLastIndex(p => touched.Contains(p.Page.Id)), pages.FindIndex(p => !p.IsDone));
        var problems = new List<Problem>();
        // "Upload" and "Remove" are about a file: the other boxes are not said to be empty, and nobody has gone on.
        var isPart = (typed["_stay"] ?? typed["_remove"]) is not null;
        foreach (var (page, read, done) in pages.Index().Where(p => p.Item.IsDone || p.Index <= last).Select(p => p.Item))
        {
            if (journey.Visit(page.Id) is null)
            {
                // An earlier page is not right yet, or the way is another now: what was typed is kept aside.
                var asked = page.Questions.Where(q => read.ContainsKey(q.Id) && IsAskedIn(page, q, read)).ToList();
                foreach (var question in asked) answers = answers.With(question.Id, read[question.Id]);
                if (problems.Count > 0 && touched.Contains(page.Id)) problems.AddRange(asked.Select(q => CheckAnswer.Of(q, form, read[q.Id], journey.Scope)).OfType<Problem>());
                continue;
            }
            var tried = Journey.Of(form, answers.WithPage(page.Id, read), Today);
            var visit = tried.Visit(page.Id)!;
            var kept = visit.Questions.Where(q => read.ContainsKey(q.Id)).Select(q => KeyValuePair.Create(q.Id, read[q.Id])).ToList();
            var searching = unfinished.Contains(page.Id);
            var wrong = searching ? [] : WithRows(visit, tried);
            if (wrong.Count == 0 && !searching)
            {
                answers = answers.WithPage(page.Id, kept);
                answers = await FormsToFill.LookUp(db, form, answers, Today);
            }
            else foreach (var (question, value) in kept) answers = answers.With(question, value);
            problems.AddRange(wrong);
            if (!done || touched.Contains(page.Id)) trail = trail.With(page.Id, FormIndex.Of(form).PageNumbers.GetValueOrDefault(page.Id, -1), isPart ? [] : wrong, now, isPart);
            journey = Journey.Of(form, answers, Today);
        }
        return (answers, trail, problems);
    }

    private static Dictionary<string, Value> Read(FormPage page, Fields typed) => page.Questions.Where(q => q.Kind != QuestionKind.File)
        .ToDictionary(q => q.Id, q => q.Kind == QuestionKind.Repeat ? Rows(q, typed) : ReadAnswer.Of(q, typed), StringComparer.Ordinal);

    /// <summary>The rows of a group whose fields stand on the same page, as <c>people.0.name</c>; without empty ones and those that were ticked to go.</summary>
    private static Value Rows(Question group, Fields typed)
    {
        var gone = typed.All("_drop");
        var rows = Enumerable.Range(0, (group.AtMost ?? 100) + 1).Where(i => !gone.Contains($"{group.Id}.{i}")).Select(i => ReadAnswer.Row(group, typed, $"{group.Id}.{i}.")).Where(r => !r.IsNothing).ToList();
        return rows.Count == 0 ? Value.Nothing : Value.Of(rows);
    }

    /// <summary>What is wrong on the page, in a group's rows at their own fields.</summary>
    private static List<Problem> WithRows(JourneyPage page, Journey journey)
    {
        var problems = page.Problems.ToList();
        foreach (var group in page.Questions.Where(q => q.Kind == QuestionKind.Repeat))
        {
            var inRows = journey.Answers[group.Id].AsItems.Index().SelectMany(r => CheckAnswer.Row(group, journey.Form, r.Item, journey.Scope, $"{group.Id}.{r.Index}.")).ToList();
            if (inRows.Count == 0) continue;
            problems.RemoveAll(p => p.Question == group.Id && p.Code == "format");
            problems.AddRange(inRows);
        }
        return problems;
    }

    private static bool IsAskedIn(FormPage page, Question question, Dictionary<string, Value> read) =>
        page.Items.Contains(question) || page.Questions.Any(q => q.Choices.Any(c => c.Reveals.Contains(question) && read.TryGetValue(q.Id, out var value) && value.AsItems.Any(v => $"{v}" == c.Value)));
}
