using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Concentric.Serve.Feedback;

/// <summary>Values in a page that only this program can have made: that the page is ours, and of which enquiry it is. A reference alone, which many people read, proves neither.</summary>
internal sealed class FeedbackPass(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Longest = 400;

    /// <summary>How long a page of the question may stay open before it is sent.</summary>
    public static readonly TimeSpan PageOpen = TimeSpan.FromDays(1);

    private readonly IDataProtector _about = protection.CreateProtector("Concentric.Feedback.About");
    private readonly IDataProtector _page = protection.CreateProtector("Concentric.Feedback.Page");

    /// <summary>For a page that shows an enquiry to its citizen: good for <see cref="GivenFeedback.Open"/>.</summary>
    public string Of(Guid enquiry) => Protect(_about, enquiry);

    /// <summary>Which enquiry it is of; null of what we did not make, or of another time.</summary>
    public Guid? Enquiry(string? about) => Read(_about, about) is var (enquiry, at) && IsWithin(at, GivenFeedback.Open) ? enquiry : null;

    /// <summary>For one opening of the question's page: what is sent with it twice is one answer.</summary>
    public string NewPage() => Protect(_page, new Guid(RandomNumberGenerator.GetBytes(16)));

    /// <summary>Whether we made it, and when; null of what we did not make.</summary>
    public FeedbackPageState? Page(string? token) => Read(_page, token) is var (id, at) ? new(FeedbackToken.DigestOfPage(id), IsWithin(at, PageOpen)) : null;

    private bool IsWithin(DateTimeOffset at, TimeSpan time) => clock.GetUtcNow() - at is var age && age < time && age > -time;

    private string Protect(IDataProtector protector, Guid id)
    {
        var bytes = new byte[24];
        id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), clock.GetUtcNow().UtcTicks);
        return Base64Url.EncodeToString(protector.Protect(bytes));
    }

    private static (Guid Id, DateTimeOffset At)? Read(IDataProtector protector, string? text)
    {
        if (text is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(text)) return null;
        try
        {
            var bytes = protector.Unprotect(Base64Url.DecodeFromChars(text));
            return bytes.Length == 24 ? (new(bytes.AsSpan(0, 16)), new(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)), TimeSpan.Zero)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>A page of the question that we gave out.</summary>
/// <param name="Digest">Of the answer that is sent with it.</param>
/// <param name="IsOpen">Its time is not over.</param>
internal sealed record FeedbackPageState(byte[] Digest, bool IsOpen);
