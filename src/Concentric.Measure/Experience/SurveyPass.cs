using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Concentric.Measure.Experience;

/// <summary>A value in the survey's page that only this program can have made: each opening of the page is one answer, and nobody makes up openings.</summary>
internal sealed class SurveyPass(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Longest = 400;

    /// <summary>How long a page may stay open before it is sent.</summary>
    public static readonly TimeSpan PageOpen = TimeSpan.FromDays(1);

    private readonly IDataProtector _page = protection.CreateProtector("Concentric.Survey.Page");

    /// <summary>For one opening of the page. It says nothing of who opened it.</summary>
    public string NewPage() => Of(new(RandomNumberGenerator.GetBytes(16)));

    /// <summary>For a page that is shown again, as the same opening with new time.</summary>
    public string Of(Guid page)
    {
        var bytes = new byte[24];
        page.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), clock.GetUtcNow().UtcTicks);
        return Base64Url.EncodeToString(_page.Protect(bytes));
    }

    /// <summary>Which opening it is, and whether its time is not over; null of what we did not make.</summary>
    public (Guid Page, bool IsOpen)? Read(string? text)
    {
        if (text is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(text)) return null;
        try
        {
            var bytes = _page.Unprotect(Base64Url.DecodeFromChars(text));
            if (bytes.Length != 24) return null;
            var age = clock.GetUtcNow() - new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)), TimeSpan.Zero);
            return (new(bytes.AsSpan(0, 16)), age < PageOpen && age > -PageOpen);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
