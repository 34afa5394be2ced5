using System.IO.Compression;
using System.Security.Cryptography;

namespace Concentric.Measure.Contacts;

/// <summary>The bytes of a file as given: digested and counted on the way, unpacked where they are gzip, refused where they are no text.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly CountingStream _given;
    private readonly Stream _text;

    private FileBytes(CountingStream given, Stream text) => (_given, _text) = (given, text);

    /// <summary>The text's bytes.</summary>
    public Stream Text => _text;

    /// <summary>Bytes of the file as given that have been read.</summary>
    public long Read => _given.Count;

    /// <exception cref="ImportRefusedException">It is empty, or something else than text.</exception>
    public static FileBytes Open(Stream file, ImportLimits limits)
    {
        var given = new CountingStream(file);
        var start = new byte[4096];
        var length = given.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (length == 0) throw new ImportRefusedException("The file is empty.", 1);
        var whole = new StartedStream(start.AsMemory(0, length), given);
        if (length > 2 && start[0] == 0x1F && start[1] == 0x8B)
        {
            var unpacked = new BoundedStream(new GZipStream(whole, CompressionMode.Decompress), given, limits);
            start = new byte[4096];
            length = unpacked.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (length == 0) throw new ImportRefusedException("The file inside the gzip is empty.", 1);
            whole = new StartedStream(start.AsMemory(0, length), unpacked);
        }
        Refuse(start.AsSpan(0, length));
        return new(given, whole);
    }

    /// <summary>SHA-256 of the file as given, to its end, hexadecimal.</summary>
    public string Digest()
    {
        var rest = new byte[65536];
        while (_given.Read(rest) > 0) { }
        return Convert.ToHexStringLower(_given.Hash.GetCurrentHash());
    }

    public void Dispose()
    {
        _text.Dispose();
        _given.Dispose();
    }

    private static void Refuse(ReadOnlySpan<byte> start)
    {
        static void When(bool isSo, string message) { if (isSo) throw new ImportRefusedException(message, 1); }
        When(start.StartsWith("PK\u0003\u0004"u8), "This is a ZIP archive or an Excel workbook, not a CSV file. In Excel, save it as “CSV UTF-8”.");
        When(start.StartsWith("%PDF"u8), "This is a PDF, not a CSV file.");
        When(start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]), "The file is in UTF-16. Save it as “CSV UTF-8”.");
        When(start.Contains((byte)0), "The file holds bytes that no text holds: it is not a CSV file.");
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        When(text.Length == 0, "The file begins with nothing but blank lines.");
        When(text[0] == '<', "This is a web page or XML, not a CSV file. A download may have given a sign-in page in its place.");
        When(text[0] is (byte)'{' or (byte)'[', "This is JSON, not a CSV file.");
    }

    /// <summary>Counts and digests what is read.</summary>
    private sealed class CountingStream(Stream inner) : ReadOnlyStream
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
    private sealed class StartedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
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

    /// <summary>Ends where a small file unpacks to more than a text would.</summary>
    private sealed class BoundedStream(Stream inner, CountingStream packed, ImportLimits limits) : ReadOnlyStream
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
                throw new ImportRefusedException($"The gzip is damaged after {_count} bytes of text: {e.Message}");
            }
            _count += read;
            if (_count > limits.MostBytes || _count > AlwaysAllowed && _count > packed.Count * limits.MostRatio)
                throw new ImportRefusedException($"The gzip unpacks to more than {Math.Min(limits.MostBytes, packed.Count * limits.MostRatio)} bytes, which no such file should. Unpack it yourself if it is right.");
            return read;
        }
    }

    private abstract class ReadOnlyStream : Stream
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
}
