using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Concentric.Bench.Load;

/// <summary>One kept-alive HTTP/1.1 connection to this machine that costs next to nothing, because the program shares the processors with it.</summary>
/// <remarks>One request at a time; the last answer stays in the buffer until the next request.</remarks>
internal sealed class WebConnection : IDisposable
{
    private readonly Socket _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private int _head;

    private WebConnection(Socket socket) => _socket = socket;

    /// <summary>Status of the last answer.</summary>
    public int Status { get; private set; }

    /// <exception cref="SocketException">Nobody listens.</exception>
    public static async Task<WebConnection> Open(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new(socket);
    }

    public static byte[] GetRequest(string path, string? cookie = null) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{(cookie is null ? "" : $"Cookie: {cookie}\r\n")}\r\n");

    public Task Get(string path, string? cookie = null) => Send(GetRequest(path, cookie)).AsTask();

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <exception cref="IOException">The connection ended before the answer did: whether the request was done is unknown.</exception>
    /// <exception cref="SocketException">The same.</exception>
    public async ValueTask Send(ReadOnlyMemory<byte> request)
    {
        var (before, closes) = (Status, _head > 0 && Header("Connection"u8).SequenceEqual("close"u8));
        (Status, _length, _head) = (0, 0, 0);
        while (request.Length > 0) request = request[await _socket.SendAsync(request)..];
        do
        {
            if (_length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            if (read == 0) throw new IOException($"The connection ended after {_length} bytes of an answer; the answer before was {before}{(closes ? " and closed it" : "")}.");
            _length += read;
        }
        while (!IsWhole());
        Status = (_buffer[9] - '0') * 100 + (_buffer[10] - '0') * 10 + (_buffer[11] - '0');
    }

    /// <summary>A header of the last answer, or null.</summary>
    public string? Header(string name) => Header(Encoding.ASCII.GetBytes(name)) is { Length: > 0 } value ? Encoding.ASCII.GetString(value) : null;

    /// <summary>The body of the last answer.</summary>
    public string Text()
    {
        if (!IsChunked) return Encoding.UTF8.GetString(_buffer.AsSpan(_head, _length - _head));
        var body = new MemoryStream();
        for (var at = _head; Chunk(at, out var start, out var size) && size > 0; at = start + size + 2) body.Write(_buffer, start, size);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    public void Dispose() => _socket.Dispose();

    private bool IsWhole()
    {
        if (_head == 0)
        {
            var end = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8);
            if (end < 0) return false;
            _head = end + 4;
        }
        if (Header("Content-Length"u8) is { Length: > 0 } length) return _length - _head >= int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture);
        if (!IsChunked) return true;
        for (var at = _head; Chunk(at, out var start, out var size); at = start + size + 2)
            if (size == 0) return _length >= start + 2;
        return false;
    }

    private bool IsChunked => Header("Transfer-Encoding"u8).SequenceEqual("chunked"u8);

    // The size in hexadecimal, a line break, that many bytes, a line break; a chunk of size 0 is the last.
    private bool Chunk(int at, out int start, out int size)
    {
        (start, size) = (0, 0);
        if (at >= _length) return false;
        var line = _buffer.AsSpan(at, _length - at).IndexOf("\r\n"u8);
        if (line < 0 || !Utf8Parser.TryParse(_buffer.AsSpan(at, line), out size, out _, 'x')) return false;
        start = at + line + 2;
        return true;
    }

    private ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name)
    {
        var head = _buffer.AsSpan(0, _head);
        for (var at = head.IndexOf("\r\n"u8); at >= 0 && at + 2 + name.Length < head.Length;)
        {
            var line = head[(at + 2)..];
            if (Ascii.EqualsIgnoreCase(line[..name.Length], name) && line[name.Length] == ':')
                return line[(name.Length + 1)..line.IndexOf("\r\n"u8)].Trim((byte)' ');
            var next = line.IndexOf("\r\n"u8);
            if (next <= 0) break;
            at += 2 + next;
        }
        return default;
    }
}
