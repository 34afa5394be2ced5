using System.Globalization;
using System.Net.Mail;
using System.Text;
using Concentric.Core;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Messages;

/// <summary>The council's own mail server. Hands over without a password; on port 587 only by TLS.</summary>
internal sealed class SmtpDoor(Settings settings) : IMessageDoor
{
    private const int TlsPort = 587;

    /// <summary>How long the mail server may take for one message.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<DoorAnswer> Send(Message message, CancellationToken stop)
    {
        var (host, port) = settings.Smtp!.Value;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(Patience);
        try
        {
            using var letter = new MailMessage(new MailAddress(settings.MailFrom!, settings.CouncilName), new MailAddress(message.To))
            {
                Subject = message.Subject, SubjectEncoding = Encoding.UTF8, Body = message.Body, BodyEncoding = Encoding.UTF8, IsBodyHtml = false,
            };
            // The same at every try, so that mail programs show a letter once even where a crash made us hand it over twice.
            letter.Headers.Add("Message-ID", $"<{message.Id:N}@{letter.From!.Host}>");
            letter.Headers.Add("Auto-Submitted", "auto-generated");
            letter.Headers.Add("Content-Language", message.Language == Language.Welsh ? "cy" : "en");
            using var client = new SmtpClient(host, port) { EnableSsl = port == TlsPort };
            await client.SendMailAsync(letter, time.Token);
            return DoorAnswer.Taken;
        }
        catch (SmtpException e)
        {
            // The server's own words may hold the address.
            return e.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath
                ? new(string.Create(CultureInfo.InvariantCulture, $"The mail server does not know the address ({(int)e.StatusCode})"), IsFinal: true)
                : new(e.StatusCode == SmtpStatusCode.GeneralFailure ? "The mail server is away" : string.Create(CultureInfo.InvariantCulture, $"The mail server refused it ({(int)e.StatusCode})"));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException && !stop.IsCancellationRequested)
        {
            return new("The mail server did not answer in time");
        }
    }
}
