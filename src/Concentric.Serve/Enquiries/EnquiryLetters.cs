using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Serve.Citizens;
using Concentric.Serve.Feedback;
using Concentric.Serve.Forms;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

/// <summary>What is written to a citizen about an enquiry that has no case: that we ask something, and that it is answered. A case's letters are its process's.</summary>
internal sealed class EnquiryLetters(Settings settings, AskFeedback ask)
{
    /// <summary>How its citizen is reached; null where nothing can be sent to them.</summary>
    public static async Task<Reach?> ReachOf(ConcentricDb db, Enquiry enquiry)
    {
        var phone = await db.SubmissionPhones.Where(p => p.SubmissionId == enquiry.Id).Select(p => p.Phone).FirstOrDefaultAsync();
        // What is sensitive goes to no number but the one that was given with it.
        if (phone is null && !enquiry.IsSensitive) phone = await db.Citizens.Where(c => c.Id == enquiry.CitizenId).Select(c => c.Phone).SingleOrDefaultAsync();
        return HowToReach.Of(enquiry.Email, phone, await CitizenWishes.Of(db, enquiry.CitizenId));
    }

    /// <summary>Sends the question, inside <see cref="IWriter.Write"/>.</summary>
    /// <returns>How it went out; null where nothing could be sent.</returns>
    public async Task<MessageChannel?> Ask(ConcentricDb db, Enquiry enquiry, string question, DateOnly backOn, DateTimeOffset now)
    {
        if (await ReachOf(db, enquiry) is not { } reach) return null;
        var language = await LanguageOf(db, enquiry);
        var subject = language == Language.Welsh ? $"Mae gennym gwestiwn am {enquiry.Reference}" : $"We have a question about {enquiry.Reference}";
        // Of what is sensitive no words go by e-mail.
        var asks = enquiry.IsSensitive ? "" : $"{question}\n\n";
        var body = language == Language.Welsh
            ? $"Mae angen i ni ofyn rhywbeth i chi cyn y gallwn fynd ymlaen â’ch ymholiad.\n\n{asks}Atebwch yma: {Link(enquiry)}\n\nOs na chlywn gennych cyn {backOn:dd/MM/yyyy}, byddwn yn edrych arno eto gyda’r hyn a wyddom.\n\nEich rhif cyfeirnod yw {enquiry.Reference}."
            : $"We need to ask you something before we can go on with your enquiry.\n\n{asks}Answer here: {Link(enquiry)}\n\nIf we hear nothing before {Say.Date(backOn)}, we look at it again with what we know.\n\nYour reference number is {enquiry.Reference}.";
        Send(db, enquiry, "question", reach, subject, body, language, now);
        return reach.Channel;
    }

    /// <summary>Says that it is answered, inside <see cref="IWriter.Write"/>. Only to those who can read the answer on the website, which takes an e-mail address.</summary>
    public async Task Answered(ConcentricDb db, Enquiry enquiry, DateTimeOffset now)
    {
        if (enquiry.Email.Length == 0 || await ReachOf(db, enquiry) is not { } reach) return;
        var language = await LanguageOf(db, enquiry);
        var subject = language == Language.Welsh ? $"Rydym wedi ateb eich ymholiad {enquiry.Reference}" : $"We have answered your enquiry {enquiry.Reference}";
        var body = language == Language.Welsh
            ? $"Rydym wedi ateb eich ymholiad.\n\nDarllenwch yr ateb yma, a dywedwch wrthym os nad yw wedi’i ddatrys: {Link(enquiry)}\n\nEich rhif cyfeirnod yw {enquiry.Reference}."
            : $"We have answered your enquiry.\n\nRead the answer here, and tell us if it is not sorted: {Link(enquiry)}\n\nYour reference number is {enquiry.Reference}.";
        // A text message has no room for it.
        if (reach.Channel == MessageChannel.Email) body += ask.Sentence(db, enquiry, language, now);
        Send(db, enquiry, "answer", reach, subject, body, language, now);
    }

    private void Send(ConcentricDb db, Enquiry enquiry, string kind, Reach reach, string subject, string body, Language language, DateTimeOffset now)
    {
        if (reach.Channel == MessageChannel.Text) body = enquiry.Email.Length > 0 ? ShortText.Of(settings.CouncilName, subject, $"{enquiry.Reference}", Link(enquiry), language) : WithoutLink(subject, language);
        Outbox.Add(db, new(kind, reach.To, subject, body, language, enquiry.Id, reach.Channel), now);
    }

    // The page asks for an e-mail address, which they did not give.
    private string WithoutLink(string subject, Language language) =>
        $"{settings.CouncilName}: {subject}. {(language == Language.Welsh ? "Cysylltwch â ni gan ddyfynnu’r cyfeirnod hwn." : "Contact us and quote this reference.")}";

    private string Link(Enquiry enquiry) => CheckEnquiry.Address(settings, enquiry.Reference);

    private static async Task<Language> LanguageOf(ConcentricDb db, Enquiry enquiry) =>
        await db.Submissions.Where(s => s.Id == enquiry.Id).Select(s => (Language?)s.Language).SingleOrDefaultAsync()
        ?? await db.Citizens.Where(c => c.Id == enquiry.CitizenId).Select(c => (Language?)c.Language).SingleOrDefaultAsync() ?? Language.English;
}
