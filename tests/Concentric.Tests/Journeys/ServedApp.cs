using Concentric.Core.Operations;
using Concentric.Core.People;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Journeys;

/// <summary>The whole program on a port of its own with the demo council, whose clock stands still: what it shows is the same in every run.</summary>
public sealed class ServedApp : IAsyncDisposable
{
    private readonly Lazy<Task<TestApp>> _started = new(Start);

    /// <summary>Where it listens; the first who asks starts and seeds it.</summary>
    internal async Task<Uri> Address() => new((await Program()).Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The program itself, to see what it has stored.</summary>
    internal Task<TestApp> Program() => _started.Value;

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated) await (await _started.Value).DisposeAsync();
    }

    private static async Task<TestApp> Start()
    {
        var app = new TestApp { Measures = true, Works = true };
        app.UseKestrel(0);
        app.StartServer();
        await SeedCommand.Run(app.Services, demo: true, CancellationToken.None);
        await app.Services.GetRequiredService<OwnCouncil>().Read();
        return app;
    }
}

/// <summary>Walks of citizens, who share a council of their own.</summary>
[CollectionDefinition(Name)]
public sealed class CitizenWalks : ICollectionFixture<ServedApp>
{
    public const string Name = "Walks of citizens";
}

/// <summary>Walks of staff: one after the other, because they count what is in the same contact store.</summary>
[CollectionDefinition(Name)]
public sealed class StaffWalks : ICollectionFixture<ServedApp>
{
    public const string Name = "Walks of staff";
}
