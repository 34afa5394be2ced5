using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Concentric.Core.Web;

/// <summary>The address of this site as it is told to others: in e-mails, to those who take payments.</summary>
public static class SiteAddress
{
    /// <summary>Scheme, host and port, without a slash at the end. Outside development it never comes from the request: whoever asks may write any host there, and would have us write it into somebody's e-mail.</summary>
    public static string Of(HttpContext http)
    {
        var settings = http.RequestServices.GetRequiredService<Settings>();
        if (settings.Site is { } site) return site;
        return http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? $"{http.Request.Scheme}://{http.Request.Host}"
            : settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0].TrimEnd('/');
    }
}
