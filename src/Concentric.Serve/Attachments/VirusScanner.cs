using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Concentric.Core;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Attachments;

public enum ScanAnswer
{
    Clean,
    Found,

    /// <summary>It answered, but not whether the file is good: too large for it, or in trouble.</summary>
    Unclear,

    /// <summary>It is not there, or does not answer in time.</summary>
    Away,
}

/// <summary>Asks clamd by its INSTREAM command, over TCP or a socket file.</summary>
/// <param name="address"><c>host:port</c>, or the path of the socket.</param>
internal sealed class VirusScanner(string address, ILogger<VirusScanner> log)
{
    private const int ChunkBytes = 64 * 1024;
    private const int MostAnswer = 4096;

    /// <summary>How long one file may take, connecting and answering included.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Sends the whole stream to the scanner.</summary>
    public async Task<ScanAnswer> Scan(Stream file, CancellationToken stop)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(Patience);
        try
        {
            using var socket = await Connect(time.Token);
            await using var wire = new NetworkStream(socket);
            try
            {
                await Send(wire, file, time.Token);
            }
            catch (IOException)
            {
                // It may have answered and hung up in the middle: too large for it. Its answer is read all the same.
            }
            return Read(await Answer(wire, time.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("The virus scanner did not answer within {Seconds} s", (int)Patience.TotalSeconds);
            return ScanAnswer.Away;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            log.LogWarning("The virus scanner is away: {Kind}", e.GetType().Name);
            return ScanAnswer.Away;
        }
    }

    private async Task<Socket> Connect(CancellationToken stop)
    {
        var socket = address.StartsWith('/') ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.StartsWith('/'))
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), stop);
            }
            else
            {
                var (host, port) = Settings.HostAndPort("CONCENTRIC_CLAMD", address);
                await socket.ConnectAsync(host, port, stop);
            }
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // zINSTREAM, then chunks behind their length, then a length of nothing.
    private static async Task Send(NetworkStream wire, Stream file, CancellationToken stop)
    {
        await wire.WriteAsync("zINSTREAM\0"u8.ToArray(), stop);
        var buffer = new byte[4 + ChunkBytes];
        while (await file.ReadAtLeastAsync(buffer.AsMemory(4), ChunkBytes, throwOnEndOfStream: false, stop) is > 0 and var read)
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer, read);
            await wire.WriteAsync(buffer.AsMemory(0, 4 + read), stop);
        }
        await wire.WriteAsync(new byte[4], stop);
    }

    private static async Task<string> Answer(NetworkStream wire, CancellationToken stop)
    {
        var buffer = new byte[MostAnswer];
        var length = 0;
        while (length < buffer.Length && await wire.ReadAsync(buffer.AsMemory(length), stop) is > 0 and var read)
        {
            length += read;
            if (buffer.AsSpan(0, length).IndexOf((byte)0) is >= 0 and var end) return Encoding.UTF8.GetString(buffer, 0, end);
        }
        // Without the closing zero the answer is half an answer.
        return "";
    }

    private ScanAnswer Read(string answer)
    {
        if (answer == "stream: OK") return ScanAnswer.Clean;
        if (answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal))
        {
            log.LogWarning("The virus scanner found {Signature}", Signature(answer["stream: ".Length..^" FOUND".Length]));
            return ScanAnswer.Found;
        }
        if (answer.Contains("size limit", StringComparison.OrdinalIgnoreCase)) log.LogError("The virus scanner takes no file that large: set StreamMaxLength of clamd to at least {MegaBytes}M", FileLimits.MegaBytes);
        else log.LogWarning("The virus scanner gave no answer that can be used");
        return answer.Length == 0 ? ScanAnswer.Away : ScanAnswer.Unclear;
    }

    private static string Signature(string name) => string.Concat(name.Take(80).Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/'));
}
