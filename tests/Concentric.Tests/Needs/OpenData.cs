using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Concentric.Tests.Needs;

/// <summary>The routes of Needs over the seeded model with the demo council's directory, made once for the tests that only read.</summary>
public sealed class OpenData : IAsyncLifetime
{
    private WebApplication _app = null!;

    internal NeedsDatabase Database { get; private set; } = null!;
    internal NeedModel Model { get; private set; } = null!;
    internal OutsideAddress Outside { get; } = new("http://localhost", "northmoor");
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await NeedsDatabase.Create();
        await Database.Area.Seed(Database.Services, demo: true, default);
        Model = await Database.Cache.Current();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddScoped<Here>();
        builder.Services.AddSingleton(Database.Cache);
        builder.Services.AddSingleton(Database.Services.GetRequiredService<Settings>());
        builder.Services.AddSingleton(Database.Writer);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Database.Services.GetRequiredService<Concentric.Needs.Standards.ImportList>());
        builder.Services.AddSingleton(Database.Services.GetRequiredService<Concentric.Needs.Standards.KeptFiles>());
        builder.Services.AddScoped(_ => Database.Open());
        _app = builder.Build();
        Database.Area.Routes(new Site(_app.MapGroup(""), _app.MapGroup("/api/v1"), _app.MapGroup("/local")));
        await _app.StartAsync();
        Http = new HttpClient(_app.GetTestServer().CreateHandler()) { BaseAddress = new("http://localhost") };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
