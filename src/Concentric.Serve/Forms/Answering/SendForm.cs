using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Attachments;
using Concentric.Serve.Cases;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>One submission of what was sent together.</summary>
internal sealed record SentForm(Reference Reference, Form Form, DateOnly DueOn);

/// <summary>Sends a form that is complete: its submission, its enquiry and its facts in one piece of work, on the disk before anybody is shown a reference. Sending again finds what was sent.</summary>
internal sealed class SendForm(IWriter writer, FillDraft fill, FormsToFill forms, OwnCouncil council, Pseudonyms pseudonyms, MoveCase cases, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>What was sent now or before; null where it is not complete, and nothing is sent.</summary>
    /// <param name="language">In which the citizen reads on, where it is another than before.</param>
    public Task<IReadOnlyList<SentForm>?> Send(Guid id, Language? language = null) => writer.Write<IReadOnlyList<SentForm>?>(async db =>
    {
        var now = clock.GetUtcNow();
        if (await db.Drafts.SingleOrDefaultAsync(d => d.Id == id) is not { } draft || await forms.Of(draft) is not var (form, joined)) return null;
        if (draft.SentAt is not null) return await Sent(db, draft);
        var answers = await FormsToFill.LookUp(db, form, Answers.Read(form, draft.Answers), fill.Today);
        var journey = Journey.Of(form, answers, fill.Today);
        var split = joined?.Split(answers, fill.Today).Where(s => s.StoppedAt is null).ToList();
        if (!journey.IsComplete || split is [])
        {
            // What was looked up now leads another way: kept, so that the page that stops the form is shown and not this one again.
            draft.Answers = answers.Write();
            draft.Revision++;
            return null;
        }
        // A joined form asks as strictly as its parts; should it not, this is a fault of the program, and nothing is sent or lost.
        if (split?.Find(s => !s.IsComplete) is { } refused) throw new InvalidOperationException($"{refused.Form.Id} does not take what {draft.Form} took.");
        // The page of the answers leads to the question whose file was refused; without it nothing is sent.
        if ((await LostFiles.Of(db, journey)).Count > 0) return null;
        draft.Language = language ?? draft.Language;
        var parts = split?.ConvertAll(s => (s.Form, s.Answers)) ?? [(Form: form, Answers: journey.Sent)];
        var versions = draft.Parts is { } json ? System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, int>>(json)! : [];
        var by = draft.By ?? Actor.Citizen;
        // Whom an adviser found is the same person in a form that asks neither for an address nor for a number.
        var known = draft.Conversation is { } talk ? await db.Conversations.Where(c => c.Id == talk).Select(c => c.PersonEmail ?? c.PersonPhone).SingleOrDefaultAsync() : null;
        var sent = new List<SentForm>();
        foreach (var (part, said) in parts)
        {
            var routed = await RouteEnquiry.Decide(db, part.Service, PlaceOf(part, said), part);
            var submission = await Submit(db, draft, part, said, joined is null ? draft.Version : versions[part.Id], routed.Team, now, sent.Count);
            db.Add(submission);
            var phone = SubmissionPhone.Digits(Said(part, said, "person.phone"));
            var told = Told.By(part, said, draft.Language);
            // What a sensitive form says of somebody stays with its team: it makes nobody known, and nothing of it is kept with who is.
            var citizen = part.Sensitive ? (await KeepCitizen.Find(db, told.Tidy()))?.Id : await KeepCitizen.Of(db, told, now);
            var area = await WhereTheyLive.Area(db, council.Slug, told.Postcode, citizen, part.Sensitive);
            AddEnquiry(db, submission, part, said, by, Said(part, said, "person.email") ?? phone ?? known, citizen, area);
            await cases.Begin(db, submission, part, HowToReach.Of(Said(part, said, "person.email"), phone, await CitizenWishes.Of(db, citizen)), by, routed.Rule is { Service.Length: > 0 } ? routed.Team : null);
            if (phone is not null) db.Add(new SubmissionPhone { SubmissionId = submission.Id, Phone = phone });
            await KeptAttachments.SendWith(db, draft.Id, FilesIn(part, said), submission.Id);
            sent.Add(new(submission.Reference, part, submission.DueOn));
        }
        var paid = parts.Select(p => (p.Form, ToPay: Journey.Of(p.Form, p.Answers, fill.Today).ToPay)).Where(p => p.ToPay > 0).ToList();
        if (paid.Count > 0)
            db.Add(new Payment
            {
                Id = Guid.CreateVersion7(now), DraftId = draft.Id, Reference = $"{sent[0].Reference}", AmountPence = (long)(paid.Sum(p => p.ToPay) * 100), State = PaymentState.Asked,
                Description = string.Join("; ", paid.Select(p => p.Form.Payment!.Description.In(draft.Language))), At = now, ChangedAt = now,
            });
        // Who comes back to a form that was complete and sends it, makes a visit of one page: the last.
        var trail = Trail.Read(draft.Trail);
        draft.Trail = (draft.VisitEnded ? Trail.Again(trail, now) : trail).With(Jump.Check, form.Pages.Count, [], now).Write();
        draft.VisitEnded = false;
        fill.EndVisit(db, draft, form, FormOutcome.Sent, null, by, now);
        draft.SentAt = now;
        // From here on the answers stand in what was sent, and are kept as long as that.
        (draft.Answers, draft.Offered) = (Answers.None.Write(), null);
        draft.Revision++;
        return sent;
    });

    private async Task<IReadOnlyList<SentForm>> Sent(ConcentricDb db, Draft draft)
    {
        var sent = new List<SentForm>();
        foreach (var submission in await db.Submissions.AsNoTracking().Where(s => s.DraftId == draft.Id).OrderBy(s => s.Id).ToListAsync())
            if (await forms.Version(submission.Form, submission.Version) is { } form) sent.Add(new(submission.Reference, form, submission.DueOn));
        return sent;
    }

    private async Task<Submission> Submit(ConcentricDb db, Draft draft, Form form, Answers answers, int version, string team, DateTimeOffset now, int place)
    {
        var reference = Reference.New();
        while (await db.Enquiries.AnyAsync(e => e.Reference == reference)) reference = Reference.New();
        var today = Say.DayOf(now);
        return new()
        {
            // What is sent together is shown in the order of its ids, which within one thousandth of a second is none.
            Id = Guid.CreateVersion7(now.AddMilliseconds(place)), Reference = reference, DraftId = draft.Id, Form = form.Id, Version = version, Answers = answers.Write(), Language = draft.Language, Channel = draft.Channel,
            MediatedBy = draft.By, Bundle = draft.Parts is null ? null : draft.Form, Team = team, Process = form.Process, SentAt = now,
            DueOn = calendar.Add(today, form.PromiseDays), KeptUntil = today.AddMonths(form.Data?.RetentionMonths ?? 12),
        };
    }

    private void AddEnquiry(ConcentricDb db, Submission submission, Form form, Answers answers, string by, string? contact, Guid? citizen, string? area)
    {
        var email = Said(form, answers, "person.email");
        db.Enquiries.Add(new()
        {
            Id = submission.Id, Reference = submission.Reference, Token = submission.Id, Service = form.Service, Words = WordsOf(form, answers), Email = email ?? "", Channel = submission.Channel, RaisedAt = submission.SentAt,
            CitizenId = citizen, Team = submission.Team, IsSensitive = form.Sensitive,
        });
        var person = contact is null ? 0 : pseudonyms.Of(council.Slug, contact);
        db.Record(new EnquiryRaised($"{submission.Reference}", council.Slug, form.Service, submission.Channel, person, submission.SentAt, Area: area), by, submission.SentAt);
        db.Record(new FormSent($"{submission.Reference}", submission.Form, submission.Version, submission.MediatedBy is not null, submission.Bundle), by, submission.SentAt);
    }

    /// <summary>What the queue shows of it: the form's title and the answers that do not say who or where somebody is; of a sensitive form its title alone.</summary>
    internal static string WordsOf(Form form, Answers answers)
    {
        if (form.Sensitive) return form.Title.En;
        var lines = form.Questions.Where(q => q.Particular is null && q.Kind is not (QuestionKind.File or QuestionKind.Declaration or QuestionKind.Email or QuestionKind.Phone or QuestionKind.Address or QuestionKind.Repeat))
            .Select(q => (Question: q, Said: string.Join(", ", ShowAnswer.Lines(q, form, answers[q.Id], Language.English)))).Where(l => l.Said.Length > 0)
            .Select(l => (l.Question.Short ?? l.Question.Title).En is var asked && asked.EndsWith('?') ? $"{asked} {l.Said}" : $"{asked}: {l.Said}");
        var words = string.Join('\n', lines.Prepend(form.Title.En));
        // Never between the two halves of one sign: PostgreSQL does not take half of one.
        return words.Length <= 4000 ? words : words[..(char.IsHighSurrogate(words[3998]) ? 3998 : 3999)] + "…";
    }

    /// <summary>The postcode of what it is about: of an address that is not the sender's own home where one was asked for, else of their home.</summary>
    private static string? PlaceOf(Form form, Answers answers) =>
        form.Questions.Where(q => q.Kind == QuestionKind.Address).OrderBy(q => q.Particular == "home.address").Select(q => $"{answers[q.Id].Part("postcode")}").FirstOrDefault(p => p.Length > 0);

    private static string? Said(Form form, Answers answers, string particular) =>
        form.Questions.Where(q => q.Particular == particular).Select(q => $"{answers[q.Id]}").FirstOrDefault(a => a.Length > 0);

    private static List<Guid> FilesIn(Form form, Answers answers) =>
        [.. form.Questions.Where(q => q.Kind == QuestionKind.File).SelectMany(q => answers[q.Id].AsItems).Select(f => Guid.ParseExact($"{f.Part("id")}", "N"))];
}
