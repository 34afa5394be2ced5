using Concentric.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Messages;

internal static class MessageServices
{
    public static void AddMessages(this IServiceCollection services, Settings settings)
    {
        if (settings.Smtp is not null) services.AddSingleton<IMessageDoor, SmtpDoor>();
        services.AddSingleton<MessageSender>();
        services.AddHostedService(s => s.GetRequiredService<MessageSender>());
    }
}
