using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Serve.Intake;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>Messages and e-mail of the demo: what would have become of them. Nothing leaves the house.</summary>
internal sealed class DemoPost(IServiceProvider services, DemoClock clock)
{
    /// <summary>Nobody has this address: somebody mistyped it.</summary>
    private const string Mistyped = "bea.quin@example.com";

    /// <summary>What is sent here does not arrive.</summary>
    private const string Full = "umar.iqbal@example.com";

    private static readonly MessageChannel[] Channels = Enum.GetValues<MessageChannel>();

    private readonly IWriter _writer = services.GetRequiredService<IWriter>();
    private readonly TakeMail _take = ActivatorUtilities.CreateInstance<TakeMail>(services, clock);

    /// <summary>Sends what waits, by the demo's clock.</summary>
    public async Task Send()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync();
        var taken = await Outbox.Take(_writer, db, Channels, most: 128, knock: false, clock.Now);
        foreach (var message in taken.Messages)
        {
            if (message.To == Mistyped) await Outbox.Failed(_writer, message, taken.By, new("The mail server does not know the address (550)", DoorFault.Address), counts: true, closed: false, clock.Now);
            else await Outbox.Sent(_writer, message, DoorAnswer.Taken, asks: message.To == Full, clock.Now);
            if (message.To == Full) await Outbox.Told(_writer, message.Id, Delivery.TemporaryFailure, clock.Now);
        }
    }

    /// <summary>E-mail comes in: an enquiry, more of one that there is, an out-of-office reply, and one that cannot be read as it is.</summary>
    public async Task Receive(DateTimeOffset now, Reference about)
    {
        foreach (var (hours, mail) in new[]
        {
            (47, Mail("Olga Petrova", "olga.petrova@example.com", "Mobile library", "Does the mobile library still stop at Church Walk on Thursdays? Nobody came last week.", "1")),
            (26, Mail("Ruth Abrams", "ruth.abrams@example.com", $"Re: {about}", "A third radiator is cold now. I am at home in the mornings.", "2")),
            (25, Mail("Lee Chen", "lee.chen@example.com", "Automatic reply: Your enquiry", "I am away until Monday.", "3", "Auto-Submitted: auto-replied\r\n")),
            (4, Mail("Paul Greaves", "paul.greaves@example.com", "Photo of the rubbish under the arch", "The photo is attached.", "4", "Content-Type: text/plain; charset=x-unknown\r\n")),
        })
        {
            clock.Now = now.AddHours(-hours);
            using var content = new MemoryStream(mail);
            await _take.Take(content, Actor.System);
        }
        clock.Now = now;
    }

    private byte[] Mail(string name, string from, string subject, string words, string id, string heads = "") => Encoding.UTF8.GetBytes(
        $"From: {name} <{from}>\r\nTo: hello@northmoor.example\r\nSubject: {subject}\r\nDate: {clock.Now.ToString("R", CultureInfo.InvariantCulture)}\r\nMessage-ID: <demo-{id}@example.com>\r\nMIME-Version: 1.0\r\n{heads}\r\n{words}\r\n");
}
