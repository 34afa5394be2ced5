using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Concentric.Core.People;

/// <summary>Makes pseudonyms: the same person of the same council gives the same number, and without the key no number leads back.</summary>
/// <remarks>HMAC-SHA-256 under a key of the installation, kept apart from both stores (data/keys), with the council in what is hashed, so that pseudonyms of two councils never meet.</remarks>
public sealed class Pseudonyms(byte[] key)
{
    private const string FileName = "pseudonym.key";

    /// <summary>Opens the key in that folder, or makes it there, readable by its owner only.</summary>
    public static Pseudonyms Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return new(File.Exists(path) ? File.ReadAllBytes(path) : Make(path));
    }

    /// <summary>Puts a new key in place of the old one, which is gone then but for backups. From here on nobody is known as who they were.</summary>
    public static Pseudonyms Rotate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        File.Delete(path + ".new");
        var key = Make(path + ".new");
        File.Move(path + ".new", path, overwrite: true);
        return new(key);
    }

    /// <summary>The pseudonym of whoever is known by that identifier (an e-mail address, an account number): never 0, which means nobody is named.</summary>
    public ulong Of(string council, string identifier)
    {
        Span<byte> digest = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{council}\n{identifier.Trim().ToLowerInvariant()}"), digest);
        var number = BinaryPrimitives.ReadUInt64LittleEndian(digest);
        return number == 0 ? 1 : number;
    }

    private static byte[] Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var key = RandomNumberGenerator.GetBytes(32);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(key);
        file.Flush(flushToDisk: true);
        return key;
    }
}
