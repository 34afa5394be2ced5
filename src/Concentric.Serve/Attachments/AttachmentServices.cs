using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Concentric.Serve.Attachments;

internal static class AttachmentServices
{
    /// <param name="drafts">Ids of the half-done forms that there are.</param>
    public static void AddAttachments(this IServiceCollection services, Settings settings, Func<ConcentricDb, IQueryable<Guid>> drafts)
    {
        if (settings.Clamd is { } clamd) services.AddSingleton(s => new VirusScanner(clamd, s.GetRequiredService<ILogger<VirusScanner>>()));
        services.AddSingleton(new LiveDrafts(drafts));
        services.AddSingleton<KeptAttachments>();
        services.AddHostedService<CheckAttachments>();
    }

    /// <summary>A route whose page has a box for files takes as many as one question may have; others keep the server's usual limit. What is typed is limited all the same.</summary>
    public static RouteHandlerBuilder TakesFiles(this RouteHandlerBuilder route) =>
        route.WithMetadata(new RequestSizeLimitAttribute(FileLimits.RequestBytes), new FormWithFiles()).WithFormOptions(multipartBodyLengthLimit: FileLimits.RequestBytes);
}
