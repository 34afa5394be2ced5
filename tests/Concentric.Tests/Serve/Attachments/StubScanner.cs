using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Concentric.Tests.Serve.Attachments;

public enum StubMood { Well, Slow, HangsUp, HangsUpInTheMiddle, TooLarge, Rubbish, HalfAnswer }

/// <summary>Speaks as much of clamd as INSTREAM is, over TCP or a socket file, and finds EICAR's test sign.</summary>
internal sealed class StubScanner : IDisposable
{
    public const string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    /// <summary>A file with these bytes gets an answer that says nothing of it.</summary>
    public static readonly byte[] Unclear = Made.Utf8("(cannot be judged)");

    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();

    public StubScanner(string? path = null)
    {
        _listener = path is null ? new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) : new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(path is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        Address = path ?? $"127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    public StubMood Mood { get; set; }

    /// <summary>What came, without the chunks' lengths.</summary>
    public byte[] Got { get; private set; } = [];

    public int Scans { get; private set; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptAsync(_stop.Token);
                try
                {
                    await using var wire = new NetworkStream(socket);
                    await Answer(wire);
                }
                catch (Exception e) when (e is IOException or EndOfStreamException)
                {
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Answer(NetworkStream wire)
    {
        Scans++;
        if (Mood == StubMood.HangsUp) return;
        var word = new byte[10];
        await wire.ReadExactlyAsync(word);
        if (!word.AsSpan().SequenceEqual("zINSTREAM\0"u8)) return;
        using var all = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await wire.ReadExactlyAsync(length);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0) break;
            if (Mood == StubMood.HangsUpInTheMiddle) return;
            if (Mood == StubMood.TooLarge)
            {
                await wire.WriteAsync("INSTREAM size limit exceeded. ERROR\0"u8.ToArray());
                return;
            }
            var chunk = new byte[size];
            await wire.ReadExactlyAsync(chunk);
            all.Write(chunk);
        }
        Got = all.ToArray();
        if (Mood == StubMood.Slow) await Task.Delay(TimeSpan.FromSeconds(30), _stop.Token);
        var answer = Mood switch
        {
            StubMood.Well when Got.AsSpan().IndexOf(Unclear) >= 0 => "Heuristics in trouble. ERROR\0",
            StubMood.Rubbish => "stream: maybe\0",
            StubMood.HalfAnswer => "stream: OK",
            _ => Encoding.ASCII.GetString(Got).Contains(Eicar, StringComparison.Ordinal) ? "stream: Win.Test.EICAR_HDB-1 FOUND\0" : "stream: OK\0",
        };
        await wire.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
