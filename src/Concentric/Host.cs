using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.DataProtection;

namespace Concentric;

/// <summary>The program's services: what all areas share, then each area's own.</summary>
internal static class Host
{
    public static WebApplicationBuilder Builder(string[] args, IReadOnlyList<IArea> areas)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = new Settings(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Assets>();
        services.AddSingleton<OwnCouncil>();
        services.AddScoped<Here>();
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("Concentric").PersistKeysToFileSystem(new(Path.Combine(settings.Data, "keys")));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            // "Always" would refuse plain http on localhost; the cookie policy below marks every cookie Secure, which browsers accept there.
            options.Cookie.SecurePolicy = CookieSecurePolicy.None;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookiePolicyOptions>(options =>
        {
            options.Secure = CookieSecurePolicy.Always;
            options.HttpOnly = HttpOnlyPolicy.Always;
            options.MinimumSameSitePolicy = SameSiteMode.Lax;
        });
        services.AddProblemDetails();
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = route => route.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) is true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Concentric";
                document.Info.Version = "1";
                document.Info.Description = "Send a key as “Authorization: Bearer …” where an operation answers 401 without one. Make one with: concentric keys make NAME. Mistakes are answered as application/problem+json.";
                // The address of whichever machine answered is no part of the description.
                document.Servers = [];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiExample>().FirstOrDefault() is not { } example) return Task.CompletedTask;
                if (operation.RequestBody?.Content?.TryGetValue("application/json", out var sent) is true) sent.Example = JsonNode.Parse(example.Request);
                if ((operation.Responses?.GetValueOrDefault("200") ?? operation.Responses?.GetValueOrDefault("201"))?.Content?.TryGetValue("application/json", out var got) is true) got.Example = JsonNode.Parse(example.Answer);
                return Task.CompletedTask;
            });
        });
        services.ConfigureHttpJsonOptions(options =>
        {
            // Or a whole number would be described as "integer or string".
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(RateLimits.LookUp, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress, _ => new() { PermitLimit = RateLimits.LookUpsAMinute, Window = TimeSpan.FromMinutes(1) }));
            options.AddPolicy(RateLimits.Begin, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress, _ => new() { PermitLimit = RateLimits.BeginningsAMinute, Window = TimeSpan.FromMinutes(1) }));
            options.AddPolicy(RateLimits.Survey, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress, _ => new() { PermitLimit = RateLimits.SurveysAMinute, Window = TimeSpan.FromMinutes(1) }));
            options.AddPolicy(RateLimits.Api, http => RateLimitPartition.GetFixedWindowLimiter(
                http.User.KeyId, _ => new() { PermitLimit = settings.ApiLimit, Window = TimeSpan.FromMinutes(1) }));
            options.OnRejected = (context, _) =>
            {
                var after = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
                context.HttpContext.Response.Headers.RetryAfter = after.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        Logs(builder);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        foreach (var area in areas)
        {
            services.AddSingleton(area);
            area.Services(services, settings);
        }
        return builder;
    }

    // What people ask for stands in addresses, so the framework's own request log, which writes them, is off; RequestLog writes the route.
    private static void Logs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment()) builder.Logging.AddSimpleConsole(options => options.SingleLine = true);
        else builder.Logging.AddJsonConsole(options => options.UseUtcTimestamp = true);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // It warns that keys lie unencrypted beside the data; docs/reference/settings.md says how to guard them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It writes each failed command twice over; what fails is logged where it is handled.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        builder.Logging.AddFilter("System", LogLevel.Warning);
    }
}
