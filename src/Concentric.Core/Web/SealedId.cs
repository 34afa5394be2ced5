using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Concentric.Core.Web;

/// <summary>An identifier and a moment that only this program can have written together, for a page that everybody may open: nobody makes up one of their own.</summary>
public static class SealedId
{
    private const int Longest = 400;

    /// <summary>As it stands in a page or an address.</summary>
    public static string Of(IDataProtector protector, Guid id, DateTimeOffset at)
    {
        var bytes = new byte[24];
        id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), at.UtcTicks);
        return Base64Url.EncodeToString(protector.Protect(bytes));
    }

    /// <summary>What was written, and when; null of what that protector did not write.</summary>
    public static (Guid Id, DateTimeOffset At)? Read(IDataProtector protector, string? text)
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
