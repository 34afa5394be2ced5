using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Web;

/// <summary>Asks every unsafe request to a page for its token. The framework's own middleware lets a POST without a form body through (docs/gotchas.md).</summary>
public sealed class AntiforgeryFilter : IEndpointFilter
{
    /// <summary>The largest form without files, in bytes: one box of the 4 MB that the framework allows a value, and the rest of its page.</summary>
    /// <remarks>Files wait on the disk while their form is read; what is typed becomes text in memory, whoever sends it and before anything is known of them.</remarks>
    public const long MostTyped = 5 * 1024 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)) return await next(context);
        if (await TooLarge(http) is { } refused) return ErrorPages.Page(refused, http);
        try
        {
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException e)
        {
            return ErrorPages.Page(e.InnerException is BadHttpRequestException { StatusCode: var status } ? status : StatusCodes.Status400BadRequest, http);
        }
        return await next(context);
    }

    /// <summary>Limits what is typed before any of it is made into text; where that is found to be too much at once, the status.</summary>
    private static async Task<int?> TooLarge(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true)
            return http.GetEndpoint()?.Metadata.GetMetadata<FormWithFiles>() is null ? null : await FormWithFiles.Check(http, MostTyped);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size && size.MaxRequestBodySize is null or > MostTyped) size.MaxRequestBodySize = MostTyped;
        return null;
    }
}
