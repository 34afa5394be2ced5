using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Feedback;

/// <summary>What came of an answer.</summary>
internal enum FeedbackKept { Kept, Over }

/// <summary>Keeps what somebody said of how it was, and tells the team and the person whom it is about, all in one transaction.</summary>
internal sealed partial class KeepFeedback(OwnCouncil council, IServiceNames services, AskFeedback ask)
{
    /// <summary>Keeps it, inside <see cref="IWriter.Write"/>. What was said before with the same token gives way, as long as its time is not over.</summary>
    /// <param name="make">The question where there is no row of it yet: one that no e-mail asked.</param>
    /// <param name="enquiry">What it is about, where that is at hand.</param>
    public async Task<FeedbackKept> Keep(ConcentricDb db, byte[] digest, Func<Task<GivenFeedback>> make, FeedbackSaid said, string? words, FeedbackKind kind, string by, DateTimeOffset now, Enquiry? enquiry = null)
    {
        var row = await db.GivenFeedback.SingleOrDefaultAsync(f => f.Digest == digest);
        if (row is null) db.Add(row = await make());
        if (row.Way == FeedbackWays.Email && row.ExpiresAt <= now) return FeedbackKept.Over;
        words = words is { Length: > 0 } ? Masked(words) : null;
        // Sent twice: nothing new was said.
        if (row.SaidAt is not null && (row.Said, row.Words, row.Kind) == (said, words, kind)) return FeedbackKept.Kept;
        // One that is raised in the same work cannot be read yet.
        if (enquiry is null && row.EnquiryId is { } id) enquiry = await db.Enquiries.AsNoTracking().Whole.SingleAsync(e => e.Id == id);
        // It may have gone to another team since they were asked, or turned out to be sensitive.
        var (waited, isForOthers, reference) = (row.IsToRead, enquiry is not null && row.Follow(enquiry), enquiry is null ? null : $"{enquiry.Reference}");
        // Of one that waits to be read its readers know already: the link shows them the newest.
        var tell = row.Say(said, words, kind, now) && (!waited || isForOthers);
        db.Record(new FeedbackGiven(row.Id, council.Slug, row.Service, row.Channel, reference, row.Team, row.Way, said, now), by, now);
        if (tell) await Tell(db, row, reference, now);
        return FeedbackKept.Kept;
    }

    /// <summary>An adviser asked at the end of a conversation, or did not.</summary>
    public Task ByAdviser(ConcentricDb db, Enquiry enquiry, FeedbackSaid said, string by, DateTimeOffset now)
    {
        var digest = FeedbackToken.Digest(FeedbackToken.New())!;
        return Keep(db, digest, () => Task.FromResult(AskFeedback.Of(enquiry, digest, FeedbackWays.Adviser, Language.English, now)), said, null, FeedbackKind.None, by, now, enquiry);
    }

    /// <summary>Without what tells who somebody is, and without addresses of the web, for which such boxes are filled by the thousand.</summary>
    internal static string Masked(string words) => Masking.Mask(WebAddress.Replace(words, "[web address]"));

    /// <summary>An e-mail to the team and to whoever dealt with it. It holds none of their words: those stay where only its readers come.</summary>
    private async Task Tell(ConcentricDb db, GivenFeedback row, string? reference, DateTimeOffset now)
    {
        var members = await db.TeamMembers.Where(m => m.Team == row.Team).Select(m => m.PersonId).ToListAsync();
        // Who left the team of something sensitive cannot open it any more.
        if (row is { PersonId: { } person, IsSensitive: false }) members.Add(person);
        var there = await db.Set<Person>().Where(p => members.Contains(p.Id) && p.DisabledAt == null).Select(p => p.Id).ToListAsync();
        var to = await db.NoticeAddresses.Where(a => a.Team == row.Team || (a.PersonId != null && there.Contains(a.PersonId.Value))).Select(a => a.Email).Distinct().ToListAsync();
        var what = row.Kind switch { FeedbackKind.Complaint => "A complaint", FeedbackKind.Compliment => "A compliment", _ => "Somebody said that it was poor" };
        // Of what is sensitive nothing stands in an e-mail but that something came.
        var service = row is { IsSensitive: false, Service: { } known } ? (await services.Find(known))?.Plain : null;
        var about = string.Concat(service is null ? "" : $"\n\nService: {service}", reference is null || row.IsSensitive ? "" : $"\n\nReference: {reference}");
        foreach (var address in to.Order(StringComparer.Ordinal))
            await NoticeLetters.Add(db, new(NoticeLetters.Kind, address, $"{what}{(service is null ? "" : $": {service}")}", $"{what}, sent {Say.When(now)}.{about}\n\nRead it, and say what was done: {ask.Site}/desk/feedback/{row.Id}"), $"{ask.Site}/desk/feedback", now);
    }

    [GeneratedRegex(@"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|info|xyz|top|ru|shop|io)\b(?:/\S*)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex WebAddress { get; }
}
