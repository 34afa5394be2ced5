using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Concentric.Measure.Contacts;

/// <summary>By what a row is known if it comes again: a digest of 128 bits (XXH3) of council, scheme and the source's own id.</summary>
/// <remarks>Not against somebody who makes ids so that two look alike: all they could reach is that rows of their own file are left out. What is stored depends on it: it never changes.</remarks>
/// <param name="scheme">What the ids are unique in: the name of the mapping or of the generator.</param>
internal sealed class RowKey(string council, string scheme)
{
    private readonly long _seed = (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes($"{council}\n{scheme}".AsSpan()));

    public UInt128 Of(ReadOnlySpan<char> id) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id), _seed);
}

/// <summary>A short digest (XXH3) of what a row says, to see whether it says the same when it comes again. What is stored depends on it: it never changes.</summary>
internal static class ContentDigest
{
    public static ulong Of(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
