using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Concentric.Measure.Contacts;

/// <summary>By what a row is known if it comes again: the first 128 bits of SHA-256 over council, scheme and the source's own id.</summary>
/// <remarks>Among a thousand million rows the chance of two alike is about 10^-21. Not for use by two threads at once.</remarks>
internal sealed class RowKey
{
    private readonly int _prefix;
    private byte[] _bytes = new byte[1024];

    /// <param name="scheme">What the ids are unique in: the name of the mapping or of the generator.</param>
    public RowKey(string council, string scheme)
    {
        var prefix = Encoding.UTF8.GetBytes($"{council}\n{scheme}\n");
        _prefix = prefix.Length;
        if (_prefix > 512) throw new MappingException("The names of council and mapping are too long.");
        prefix.CopyTo(_bytes, 0);
    }

    public UInt128 Of(ReadOnlySpan<char> id)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(_bytes.AsSpan(0, _prefix + Fill(id)), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>A short digest of what a row says, to see whether it says the same later.</summary>
    public ulong ContentOf(ReadOnlySpan<char> text)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(_bytes.AsSpan(_prefix, Fill(text)), digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private int Fill(ReadOnlySpan<char> text)
    {
        var most = _prefix + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _bytes.Length) Array.Resize(ref _bytes, most * 2);
        return Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_prefix));
    }
}
