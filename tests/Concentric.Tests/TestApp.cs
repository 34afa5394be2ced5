using System.Reflection;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Measure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Concentric.Tests;

/// <summary>The whole program over a database and a data folder of its own. Cheap enough for every test to have one.</summary>
public class TestApp : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("concentric-test-");

    public TestApp() : this(seeded: true) { }

    /// <param name="seeded">Start from a copy of a database that was seeded once; otherwise from empty tables.</param>
    public TestApp(bool seeded)
    {
        _database = seeded ? TestDatabase.CreateSeeded() : TestDatabase.Create();
        _seeded = seeded;
        // Secure cookies go only over https, in the test's browser as in people's.
        ClientOptions.BaseAddress = new("https://localhost");
    }

    public string Environment { get; init; } = "Development";

    /// <summary>Whether what Measure reads of the journal is read as it happens. It opens a contact store, which costs as much as the rest of the program.</summary>
    public bool Measures { get; init; }

    /// <summary>Whether the areas' other work beside the requests goes on by itself, as sending messages. Most tests do it themselves when its time has come.</summary>
    public bool Works { get; init; }

    public FakeTime Clock { get; } = new(new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));

    public string Data => _data.FullName;

    public string Connection => _database.Connection;

    public Browser Browse() => new(CreateClient(new() { AllowAutoRedirect = true, BaseAddress = new("https://localhost") }));

    /// <summary>A browser in which somebody of that role of the demo council is signed in. They stay on that page: where each begins costs more than signing in, and a test of that opens it.</summary>
    public async Task<Browser> SignInAs(Role role)
    {
        await Seed();
        var browser = Browse();
        await browser.Open("/sign-in?return=/sign-in");
        return await browser.Press($", {Person.Words(role).ToLowerInvariant()}");
    }

    public Task StopAsync() => Services.GetRequiredService<IHost>().StopAsync();

    /// <summary>Writes what each area's seed says, without the demo council's contacts.</summary>
    public async Task Seed()
    {
        if (_seeded) return;
        _seeded = true;
        foreach (var area in Services.GetServices<IArea>()) await area.Seed(Services, demo: false, CancellationToken.None);
        await DemoPeople.Seed(Services.GetRequiredService<IWriter>());
    }

    private bool _seeded;
    private bool _disposed;

    public async Task<T> Db<T>(Func<ConcentricDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ConcentricDb>());
    }

    public Task Write(Func<ConcentricDb, Task> work) => Services.GetRequiredService<IWriter>().Write(work);

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment(Environment)
        .UseSetting("CONCENTRIC_DATABASE", _database.Connection)
        .UseSetting("CONCENTRIC_DATA", _data.FullName)
        .UseSetting("Logging:LogLevel:Default", "Error")
        .ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && !Starts((s.ImplementationType ?? s.ImplementationFactory?.Method.DeclaringType)?.Assembly)).ToList()) services.Remove(worker);
        });

    private bool Starts(Assembly? of) => of == typeof(MeasureArea).Assembly ? Measures : Works || of?.GetName().Name?.StartsWith("Concentric.", StringComparison.Ordinal) is not true;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // The factory disposes itself once more on its way.
        if (!disposing || _disposed) return;
        _disposed = true;
        _database.Dispose();
        _data.Delete(recursive: true);
    }
}

/// <summary>One seeded program for all tests of a class, for those that change nothing: starting it is what a test of a page costs.</summary>
public sealed class SharedApp() : TestApp(seeded: true);

/// <summary>Time that stands still until a test moves it. Timers still run by the real clock.</summary>
public sealed class FakeTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
