using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Conversations;

internal static class ConversationServices
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<OfferKnown>().AddSingleton<SavePages>().AddSingleton<KeepEnding>()
        .AddScoped<KnowCitizen>().AddScoped<ConversationScreen>().AddScoped<Desk.SeeForm>();
}
