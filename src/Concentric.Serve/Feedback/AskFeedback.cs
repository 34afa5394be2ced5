using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Feedback;

/// <summary>Asks in the e-mail that ends an enquiry how it was.</summary>
internal sealed partial class AskFeedback(Settings settings, OwnCouncil council)
{
    /// <summary>A link by which the citizen can say it, with its row and fact, inside <see cref="IWriter.Write"/>. Opening it says nothing: mail scanners open every link, and only a press counts.</summary>
    private string Link(ConcentricDb db, Enquiry enquiry, Language language, string? by, DateTimeOffset now)
    {
        var token = FeedbackToken.New();
        var asked = Of(enquiry, FeedbackToken.Digest(token)!, FeedbackWays.Email, language, now, by);
        db.Add(asked);
        db.Record(new FeedbackAsked(asked.Id, council.Slug, asked.Service, asked.Channel, $"{enquiry.Reference}", asked.Team, asked.Way, now), Actor.System, now);
        return $"{Site}/feedback/{token}";
    }

    /// <summary>The sentence that goes under such an e-mail.</summary>
    /// <param name="by">Whoever ends it, where its answer does not say so yet.</param>
    public string Sentence(ConcentricDb db, Enquiry enquiry, Language language, DateTimeOffset now, string? by = null) => language == Language.Welsh
        ? $"\n\nSut oedd hi? Dywedwch wrthym gydag un clic: {Link(db, enquiry, language, by, now)}"
        : $"\n\nHow was this? Tell us with one choice: {Link(db, enquiry, language, by, now)}";

    /// <summary>Where this site is opened, as an e-mail says it.</summary>
    public string Site => settings.Site ?? settings.Urls.Split(';')[0].Trim().TrimEnd('/');

    /// <summary>A letter as staff are shown it: without the token, by which they could answer in the citizen's place.</summary>
    public static string? WithoutToken(string? body) => body is null ? null : TokenInLink.Replace(body, "/feedback/…");

    [GeneratedRegex("/feedback/[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenInLink { get; }

    /// <summary>A question about an enquiry, for its team and whoever dealt with it.</summary>
    internal static GivenFeedback Of(Enquiry enquiry, byte[] digest, string way, Language language, DateTimeOffset now, string? by = null) => new()
    {
        Id = Guid.CreateVersion7(now), Digest = digest, Service = enquiry.Service, Channel = enquiry.Channel, Way = way, EnquiryId = enquiry.Id, Team = enquiry.Team,
        PersonId = Guid.TryParse(by ?? enquiry.Answer?.By, out var who) ? who : enquiry.OwnerId, IsSensitive = enquiry.IsSensitive, Language = language, AskedAt = now, ExpiresAt = now + GivenFeedback.Open,
    };
}
