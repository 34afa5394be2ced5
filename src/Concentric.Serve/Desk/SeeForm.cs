using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Serve.Attachments;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>The form by which an enquiry came, as its page shows it.</summary>
public sealed record EnquiryForm
{
    public required string Title { get; init; }
    public required int Version { get; init; }
    public required string Team { get; init; }
    public required DateOnly DueOn { get; init; }
    public required bool IsOverdue { get; init; }

    /// <summary>Name of the adviser who filled it in for the citizen.</summary>
    public required string? MediatedBy { get; init; }

    public required string? Bundle { get; init; }

    /// <summary>What is to pay and how far that is, in words; null where nothing is.</summary>
    public required string? Payment { get; init; }

    /// <summary>The answers by section. None once their time was over.</summary>
    public required IReadOnlyList<AnsweredSection> Sections { get; init; }

    public required IReadOnlyList<EnquiryFile> Files { get; init; }
}

/// <param name="Title">Null for pages outside of any section.</param>
public sealed record AnsweredSection(string? Title, IReadOnlyList<(string Question, IReadOnlyList<string> Lines)> Answers);

/// <summary>A file that came with it.</summary>
/// <param name="Link">Where staff take it; null while they may not.</param>
public sealed record EnquiryFile(string Name, string? Link, string State);

/// <summary>Gathers what came with an enquiry by a form.</summary>
internal sealed class SeeForm(ConcentricDb db, FormsToFill forms)
{
    /// <summary>Null where the enquiry did not come by a form, or its answers are not kept any more.</summary>
    public async Task<EnquiryForm?> Of(Guid enquiry, bool isOpen, DateOnly today, CancellationToken stop)
    {
        if (await db.Submissions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == enquiry, stop) is not { } sent || await forms.Version(sent.Form, sent.Version) is not { } form) return null;
        // As it was on the day on which it was sent: what depends on the day must not look different later.
        var journey = Journey.Of(form, Answers.Read(form, sent.Answers), Say.DayOf(sent.SentAt));
        var payment = await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.DraftId == sent.DraftId, stop);
        var files = await db.Attachments.AsNoTracking().Where(a => a.SubmissionId == sent.Id).OrderBy(a => a.At).ToListAsync(stop);
        var mediator = Guid.TryParse(sent.MediatedBy, out var person) ? await db.Set<Person>().AsNoTracking().Where(p => p.Id == person).Select(p => p.Name).SingleOrDefaultAsync(stop) : null;
        return new()
        {
            Title = form.Title.En, Version = sent.Version, Team = sent.Team, DueOn = sent.DueOn, IsOverdue = isOpen && sent.DueOn < today, MediatedBy = mediator ?? sent.MediatedBy,
            Bundle = sent.Bundle is null ? null : Library.Bundles.FirstOrDefault(b => b.Id == sent.Bundle)?.Title.En ?? sent.Bundle,
            Payment = payment is null ? null : $"{new Money(payment.AmountPence)}, {Words(payment.State)}",
            Sections = Sections(journey),
            Files = [.. files.Select(f => new EnquiryFile(f.FileName, f.IsGivenOut ? OpenAttachment.Link(f.Id) : null, Words(f.State)))],
        };
    }

    private static IReadOnlyList<AnsweredSection> Sections(Journey journey)
    {
        var sections = new List<AnsweredSection>();
        var titles = journey.Form.Sections.ToDictionary(s => s.Id, s => s.Title.En, StringComparer.Ordinal);
        foreach (var part in journey.Path.GroupBy(p => p.Page.Section))
        {
            var answers = part.SelectMany(p => p.Questions)
                .Select(q => (Prose.Fill((q.Short ?? q.Title).En, journey, Language.English, isMarkdown: false), ShowAnswer.Lines(q, journey.Form, journey.Answers[q.Id], Language.English)))
                .Where(a => a.Item2.Count > 0).ToList();
            if (answers.Count > 0) sections.Add(new(part.Key is null ? null : titles.GetValueOrDefault(part.Key), answers));
        }
        var shown = journey.Shown.Select(s => (s.Calculation.Title!.En, (IReadOnlyList<string>)[ShowAnswer.Plain(s.Value, Language.English, s.Calculation.Money)])).ToList();
        if (shown.Count > 0) sections.Add(new("Worked out", shown));
        return sections;
    }

    private static string Words(PaymentState state) => state switch
    {
        PaymentState.Paid => "paid",
        PaymentState.Failed => "the payment failed",
        PaymentState.Started => "being paid",
        PaymentState.Refused => "not confirmed: the provider told of something else than was asked",
        _ => "not paid yet",
    };

    private static string Words(AttachmentState state) => state switch
    {
        AttachmentState.Clean => "no virus found",
        AttachmentState.Unscanned => "not checked for viruses: no scanner is set up",
        AttachmentState.Held => "being checked for viruses",
        _ => "a virus was found; the file was deleted",
    };
}
