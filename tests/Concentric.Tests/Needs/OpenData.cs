using Concentric.Needs;
using Concentric.Needs.Concepts;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Needs;

/// <summary>The program over the seeded model with the demo council's directory, made once for the tests that only read.</summary>
public sealed class OpenData : IAsyncLifetime
{
    public TestApp App { get; } = new();

    internal NeedModel Model { get; private set; } = null!;
    internal OutsideAddress Outside { get; } = new("https://localhost", "northmoor");
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await new NeedsArea().Seed(App.Services, demo: true, default);
        Model = await App.Services.GetRequiredService<ModelCache>().Current();
        Http = App.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") });
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return App.DisposeAsync();
    }
}
