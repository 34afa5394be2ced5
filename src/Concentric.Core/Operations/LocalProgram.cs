using System.Net.Sockets;

namespace Concentric.Core.Operations;

/// <summary>The program that serves on the same data, as the command line of the same machine reaches it.</summary>
public static class LocalProgram
{
    /// <summary>A client of the running program's local socket, for addresses under /local, or null where none answers.</summary>
    public static async Task<HttpClient?> Find(Settings settings, CancellationToken stop)
    {
        if (!File.Exists(settings.Socket)) return null;
        var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, token) => Connect(settings.Socket, token) })
        {
            BaseAddress = new("http://localhost"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative), stop);
            return http;
        }
        catch (HttpRequestException)
        {
            // Left behind by a program that was killed.
            http.Dispose();
            return null;
        }
    }

    private static async ValueTask<Stream> Connect(string path, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
