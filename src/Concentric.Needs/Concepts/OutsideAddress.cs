using System.Security.Cryptography;
using System.Text;
using Concentric.Core;
using Microsoft.AspNetCore.Http;

namespace Concentric.Needs.Concepts;

/// <summary>The addresses of our own things as the outside sees them: those of the database under the council's own web address.</summary>
/// <param name="Base">Without a slash at the end.</param>
/// <param name="Council">Short name of the council.</param>
internal sealed record OutsideAddress(string Base, string Council)
{
    /// <summary>RFC 9562: the name space of names that are web addresses.</summary>
    private static readonly Guid WebAddresses = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    public static OutsideAddress Of(Settings settings, HttpRequest asked) =>
        new(settings.IdBase.Length > 0 ? settings.IdBase : $"{asked.Scheme}://{asked.Host}", settings.Council);

    /// <summary>For the command line, which nobody asks by an address.</summary>
    public static OutsideAddress Of(Settings settings) =>
        new(settings.IdBase.Length > 0 ? settings.IdBase : settings.Urls.Split(';')[0].TrimEnd('/'), settings.Council);

    /// <summary>Where our own words are defined.</summary>
    public string Terms => $"{Base}/ns#";

    /// <summary>An address of ours as the outside sees it; another's as it is.</summary>
    public string Of(string uri) => IsOurs(uri) ? $"{Base}/id{uri[SchemeUris.Ours.Length..]}" : uri;

    /// <summary>The address of a page of this program.</summary>
    public string Page(string path) => Base + path;

    public static bool IsOurs(string uri) => uri.StartsWith(SchemeUris.Ours + "/", StringComparison.Ordinal);

    /// <summary>
    /// The UUID of an address, version 5: always the same, without being kept. Our own addresses are told apart by the council, so that the
    /// directories of two councils can be put together; a published one has the same UUID everywhere.
    /// </summary>
    public Guid Uuid(string uri)
    {
        var name = IsOurs(uri) ? $"http://concentric.example/{Council}/id{uri[SchemeUris.Ours.Length..]}" : uri;
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // A UUID of version 5 is SHA-1 by its definition, and guards nothing.
        SHA1.HashData([.. WebAddresses.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)(hash[6] & 0x0F | 0x50);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
