using System.Net;
using System.Net.Sockets;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Concentric.Core.Operations;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.EntityFrameworkCore;

namespace Concentric;

/// <summary>The web server: migrates, seeds when told to, and serves until it is stopped.</summary>
internal static class Server
{
    public static async Task<int> Run(string[] args, IReadOnlyList<IArea> areas)
    {
        try
        {
            return await Serve(args, areas);
        }
        catch (Exception e) when (e is RefusedException or MigrationException or AddressInUseException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> Serve(string[] args, IReadOnlyList<IArea> areas)
    {
        var byCommand = args is ["serve", ..];
        var demo = args.Contains("--demo");
        var builder = Host.Builder([.. args.Where(a => a is not ("serve" or "--demo"))], areas);
        var settings = new Settings(builder.Configuration);
        if (byCommand) Listen(builder, settings);

        await using var app = builder.Build();
        Pipeline(app, settings);
        Map(app, areas);
        RefuseForgottenAudience(app);
        await MigrateCommand.Run(app.Services, CancellationToken.None);
        if (byCommand) await Seed(app, demo);
        await app.Services.GetRequiredService<OwnCouncil>().Read();
        await app.StartAsync();
        if (byCommand)
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(settings.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Console.WriteLine($"{app.Services.GetRequiredService<OwnCouncil>().Name}: {settings.Urls}");
            Console.WriteLine(app.Environment.IsDevelopment()
                ? $"Sign in as one of the demo people: {settings.Urls}/sign-in ({string.Join("; ", DemoPeople.Names)})"
                : "Nobody can sign in outside development yet: see docs/decisions/0006-sign-in.md.");
        }
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task Seed(WebApplication app, bool demo)
    {
        var before = await Facts(app);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await SeedCommand.Run(app.Services, demo, app.Lifetime.ApplicationStopping);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (await Facts(app) > before) Console.WriteLine($"Seeded{(demo ? " the demo council" : "")} in {seconds:0.0} s.");
    }

    private static async Task<int> Facts(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConcentricDb>().Facts.CountAsync();
    }

    /// <summary>Kestrel's order matters: what is written down here runs from top to bottom.</summary>
    private static void Pipeline(WebApplication app, Settings settings)
    {
        app.UseSecurityHeaders(settings.Tiles);
        if (settings.Proxies.Count > 0) app.UseForwardedHeaders(Believe(settings.Proxies));
        app.UseMiddleware<RequestLog>();
        app.UseErrorPages();
        app.UseCookiePolicy();
        app.UseRouting();
        app.UseAuthentication();
        app.Use(HereMiddleware.Fill);
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
    }

    private static void Map(WebApplication app, IReadOnlyList<IArea> areas)
    {
        var site = new Site(
            Pages: app.MapGroup("").AddEndpointFilter<RouteGroupBuilder, AntiforgeryFilter>().ExcludeFromDescription(),
            Api: app.MapGroup("/api/v1"),
            Local: app.MapGroup("/local").DisableAntiforgery().ExcludeFromDescription());
        Assets.Map(app);
        app.MapOpenApi("/api/{documentName}/openapi.json").ForEverybody();
        foreach (var area in areas) area.Routes(site);
    }

    /// <summary>A route that forgot to say whom it is for would be for everybody, so the program does not start with one.</summary>
    private static void RefuseForgottenAudience(IEndpointRouteBuilder app)
    {
        List<Endpoint> endpoints;
        lock (Made)
        {
            if (Made.Count == 0) Made.AddRange(app.DataSources.SelectMany(s => s.Endpoints));
            endpoints = Made;
        }
        var forgotten = endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<IAuthorizeData>() is null).Select(e => e.DisplayName).ToList();
        if (forgotten.Count > 0) throw new InvalidOperationException($"Routes that do not say whom they are for (.For or .ForEverybody): {string.Join("; ", forgotten)}");
        app.DataSources.Clear();
        app.DataSources.Add(new DefaultEndpointDataSource(endpoints));
    }

    /// <summary>
    /// The endpoints, made once in a process: a group makes its own anew, half a second for all, each time that somebody asks for them, and tests start hundreds of programs in one.
    /// They hold nothing of the program that they were made for, because handlers take what they need from the request's services.
    /// </summary>
    private static readonly List<Endpoint> Made = [];

    private static ForwardedHeadersOptions Believe(IReadOnlyList<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownProxies.Add(IPAddress.Parse(proxy));
        return options;
    }

    private static void Listen(WebApplicationBuilder builder, Settings settings)
    {
        Directory.CreateDirectory(settings.Data);
        if (File.Exists(settings.Socket))
        {
            if (Answers(settings.Socket)) throw new RefusedException($"The program is already running on {settings.Data}. Stop it first, or name another folder with CONCENTRIC_DATA.");
            File.Delete(settings.Socket);
        }
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(settings.Socket);
            foreach (var url in settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var address = BindingAddress.Parse(url);
                if (address.Scheme != "http") throw new RefusedException($"CONCENTRIC_URLS names {url}. The program speaks plain http: put a proxy that does TLS before it, and name that in CONCENTRIC_PROXIES.");
                if (IPAddress.TryParse(address.Host, out var ip)) kestrel.Listen(ip, address.Port);
                else if (address.Host == "localhost") kestrel.ListenLocalhost(address.Port);
                else kestrel.ListenAnyIP(address.Port);
            }
        });
    }

    private static bool Answers(string socket)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
