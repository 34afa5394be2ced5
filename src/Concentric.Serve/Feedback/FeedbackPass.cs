using System.Security.Cryptography;
using Concentric.Core.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Concentric.Serve.Feedback;

/// <summary>Values in a page that only this program can have made: that the page is ours, and of which enquiry it is. A reference alone, which many people read, proves neither.</summary>
internal sealed class FeedbackPass(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a page of the question may stay open before it is sent.</summary>
    public static readonly TimeSpan PageOpen = TimeSpan.FromDays(1);

    private readonly IDataProtector _about = protection.CreateProtector("Concentric.Feedback.About");
    private readonly IDataProtector _page = protection.CreateProtector("Concentric.Feedback.Page");

    /// <summary>For a page that shows an enquiry to its citizen: good for <see cref="GivenFeedback.Open"/>.</summary>
    public string Of(Guid enquiry) => SealedId.Of(_about, enquiry, clock.GetUtcNow());

    /// <summary>Which enquiry it is of; null of what we did not make, or of another time.</summary>
    public Guid? Enquiry(string? about) => SealedId.Read(_about, about) is var (enquiry, at) && IsWithin(at, GivenFeedback.Open) ? enquiry : null;

    /// <summary>For one opening of the question's page: what is sent with it twice is one answer.</summary>
    public string NewPage() => SealedId.Of(_page, new Guid(RandomNumberGenerator.GetBytes(16)), clock.GetUtcNow());

    /// <summary>Whether we made it, and when; null of what we did not make.</summary>
    public FeedbackPageState? Page(string? token) => SealedId.Read(_page, token) is var (id, at) ? new(FeedbackToken.DigestOfPage(id), IsWithin(at, PageOpen)) : null;

    private bool IsWithin(DateTimeOffset at, TimeSpan time) => (clock.GetUtcNow() - at).Duration() < time;
}

/// <summary>A page of the question that we gave out.</summary>
/// <param name="Digest">Of the answer that is sent with it.</param>
/// <param name="IsOpen">Its time is not over.</param>
internal sealed record FeedbackPageState(byte[] Digest, bool IsOpen);
