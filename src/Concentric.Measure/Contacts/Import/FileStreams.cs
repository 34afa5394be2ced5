using System.Security.Cryptography;

namespace Concentric.Measure.Contacts;

/// <summary>Counts and digests what is read.</summary>
internal sealed class CountingStream(Stream inner) : ReadOnlyStream
{
    public IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    public long Count { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Hash.AppendData(buffer[..read]);
        Count += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        Hash.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What was read already, and then the rest.</summary>
internal sealed class StartedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _start = start;

    public override int Read(Span<byte> buffer)
    {
        if (_start.Length == 0) return rest.Read(buffer);
        var length = Math.Min(buffer.Length, _start.Length);
        _start.Span[..length].CopyTo(buffer);
        _start = _start[length..];
        return length;
    }
}

/// <summary>Ends where a small file unpacks to more than a text would, or where the gzip is cut off.</summary>
/// <remarks>That a gzip without its end is an error needs the runtime's strict validation, which the program's project file turns on.</remarks>
internal sealed class BoundedStream(Stream inner, CountingStream packed, ImportLimits limits) : ReadOnlyStream
{
    private const long AlwaysAllowed = 16_000_000;

    private long _count;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new ImportRefusedException($"The gzip is damaged or cut off after {_count} bytes of text: {e.Message} Fetch or pack it again.");
        }
        _count += read;
        if (_count > limits.MostBytes || _count > AlwaysAllowed && _count > packed.Count * limits.MostRatio)
            throw new ImportRefusedException($"The gzip unpacks to more than {Math.Min(limits.MostBytes, packed.Count * limits.MostRatio)} bytes, which no such file should. Unpack it yourself if it is right.");
        return read;
    }
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public abstract override int Read(Span<byte> buffer);
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
