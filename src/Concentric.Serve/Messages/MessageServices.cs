using Concentric.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Messages;

/// <summary>The doors that are set up, and what goes by each: e-mail by the council's own server where there is one, what it does not take by Notify.</summary>
internal sealed class Doorways(IEnumerable<IMessageDoor> doors, TimeProvider clock)
{
    public IReadOnlyList<Doorway> All { get; } =
    [
        // Each channel by itself: what closes the one for texts does not keep e-mail waiting.
        .. Enum.GetValues<MessageChannel>().Select(c => (Channel: c, Door: doors.FirstOrDefault(d => d.Takes(c)))).Where(w => w.Door is not null).Select(w => new Doorway(w.Door!, [w.Channel], clock)),
    ];

    public bool Take(MessageChannel channel) => All.Any(d => d.Channels.Contains(channel));
}

internal static class MessageServices
{
    public static void AddMessages(this IServiceCollection services, Settings settings)
    {
        if (settings.Smtp is not null) services.AddSingleton<IMessageDoor, SmtpDoor>();
        if (settings.Notify is { } account) services.AddSingleton<IMessageDoor>(s => new NotifyDoor(account, NotifyDoor.Wire(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Doorways>();
        services.AddSingleton<MessageSender>();
        services.AddHostedService(s => s.GetRequiredService<MessageSender>());
        services.AddHealthChecks().AddCheck<MessageCheck>("messages");
    }
}
