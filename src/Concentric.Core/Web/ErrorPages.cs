using System.Data.Common;
using System.Diagnostics;
using Concentric.Core.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Core.Web;

/// <summary>What people and programs are shown when something is wrong: a page of the Design System's pattern, or problem+json under /api.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http =>
            {
                var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
                var status = error switch
                {
                    BadHttpRequestException bad => bad.StatusCode,
                    // Too busy, disk full, database away: our trouble, but soon over, and nothing was kept.
                    BusyException or DbException or TimeoutException or IOException { InnerException: null } => StatusCodes.Status503ServiceUnavailable,
                    Exception { InnerException: DbException } => StatusCodes.Status503ServiceUnavailable,
                    _ => StatusCodes.Status500InternalServerError,
                };
                return Write(http, status);
            },
            SuppressDiagnosticsCallback = context => context.Exception is BusyException,
        });
        return app.UseStatusCodePages(context => Write(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <summary>The page of a status, for a handler that returns it.</summary>
    public static RazorComponentResult Page(int status, HttpContext http) =>
        new RazorComponentResult<ErrorPage>(new { Status = status, Trouble = Trouble(http) }) { StatusCode = status };

    private static Task Write(HttpContext http, int status)
    {
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "30";
        return http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/local")
            ? Results.Problem(statusCode: status, extensions: new Dictionary<string, object?> { ["reference"] = Trouble(http) }).ExecuteAsync(http)
            : Page(status, http).ExecuteAsync(http);
    }

    /// <summary>What somebody quotes when they tell us, and what the log has beside the error.</summary>
    private static string Trouble(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
}
