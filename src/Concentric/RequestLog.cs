using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Concentric;

/// <summary>One line a request: the route's pattern, never the address, because references and what people search for stand in addresses.</summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task Invoke(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            if (log.IsEnabled(LogLevel.Debug) || http.Response.StatusCode >= 400)
                log.Log(http.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Debug, "{Method} {Route} {Status} {Milliseconds} ms {Trace}",
                    http.Request.Method, Route(http), http.Response.StatusCode,
                    (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
        }
    }

    // The handler of errors takes the endpoint away and keeps it in its feature.
    private static string Route(HttpContext http) =>
        ((http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText ?? "no route";
}
