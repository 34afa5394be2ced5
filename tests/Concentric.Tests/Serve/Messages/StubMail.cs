using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Concentric.Tests.Serve.Messages;

public enum MailMood { Well, RefusesForNow, KnowsNobody, HangsUp, Silent }

/// <summary>Speaks as much SMTP as takes a letter.</summary>
internal sealed class StubMail : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public StubMail()
    {
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public MailMood Mood { get; set; }

    public ConcurrentQueue<string> Letters { get; } = [];

    public ConcurrentQueue<string> Recipients { get; } = [];

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
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(async () =>
                {
                    using (client)
                    {
                        try { await Talk(client); }
                        catch (Exception e) when (e is IOException or OperationCanceledException) { }
                    }
                });
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Talk(TcpClient client)
    {
        if (Mood == MailMood.HangsUp) return;
        if (Mood == MailMood.Silent) await Task.Delay(TimeSpan.FromSeconds(60), _stop.Token);
        await using var wire = client.GetStream();
        using var reader = new StreamReader(wire, Encoding.Latin1);
        await using var writer = new StreamWriter(wire, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 stub");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (word)
            {
                case "EHLO" or "HELO" or "RSET" or "NOOP":
                    await writer.WriteLineAsync("250 stub");
                    break;
                case "MAIL":
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT":
                    Recipients.Enqueue(line);
                    await writer.WriteLineAsync(Mood switch { MailMood.KnowsNobody => $"550 no such user in {line}", MailMood.RefusesForNow => "451 come back later", _ => "250 ok" });
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var letter = new StringBuilder();
                    while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".") letter.Append(text).Append('\n');
                    Letters.Enqueue(letter.ToString());
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 no");
                    break;
            }
        }
    }
}
