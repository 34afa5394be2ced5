using System.Text;

namespace Concentric.Tests.Measure;

/// <summary>A text and then the same again for ever.</summary>
internal sealed class Endless(string start, string again) : Stream
{
    private readonly byte[] _start = Encoding.UTF8.GetBytes(start), _again = Encoding.UTF8.GetBytes(again);
    private long _at;

    /// <summary>How many bytes of it were read.</summary>
    public long Given => _at;

    public Endless(string start, char again) : this(start, new string(again, 4096)) { }

    public override int Read(byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++, _at++) buffer[offset + i] = _at < _start.Length ? _start[_at] : _again[(_at - _start.Length) % _again.Length];
        return count;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
