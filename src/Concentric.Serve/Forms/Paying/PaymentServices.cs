using Concentric.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Forms;

internal static class PaymentServices
{
    public static void AddPayments(this IServiceCollection services, Settings settings)
    {
        if (settings.PayKey is not null)
            services.AddSingleton<IPaymentDoor>(s => new GovUkPay(settings, Wire(), s.GetRequiredService<ILogger<GovUkPay>>()));
        services.AddSingleton<DemoPayments>();
        services.AddSingleton<TakePayment>();
        services.AddSingleton<AskPayments>();
        services.AddHostedService(s => s.GetRequiredService<AskPayments>());
    }

    private static SocketsHttpHandler Wire() => new()
    {
        AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5),
    };
}
