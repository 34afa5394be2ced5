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

    public string Name => "The mail server";
    public int? Rate => null;
    public bool TellsDelivery => false;

    public bool Takes(MessageChannel channel) => channel == MessageChannel.Email;

    public Task<DeliveryAnswer> Ask(Message message, CancellationToken stop) => Task.FromResult(new DeliveryAnswer(Delivery.NotKnown));

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
            return e.StatusCode switch
            {
                SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath => new($"The mail server does not know the address ({Code(e)})", DoorFault.Address),
                SmtpStatusCode.GeneralFailure => new("The mail server is away", DoorFault.Away, IsUnsure: true),
                SmtpStatusCode.ServiceNotAvailable or SmtpStatusCode.ServiceClosingTransmissionChannel => new($"The mail server takes nothing now ({Code(e)})", DoorFault.Away),
                SmtpStatusCode.ClientNotPermitted or SmtpStatusCode.MustIssueStartTlsFirst => new($"The mail server does not take messages from us ({Code(e)})", DoorFault.Setup),
                _ => new($"The mail server refused it ({Code(e)})", DoorFault.Later),
            };
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException && !stop.IsCancellationRequested)
        {
            return new("The mail server did not answer in time", DoorFault.Away, IsUnsure: true);
        }
    }

    private static string Code(SmtpException e) => ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture);
}
