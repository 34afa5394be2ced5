using Concentric.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Concentric.Tests;

/// <summary>One Chromium for the whole run, started by the first test that needs it. Each test opens contexts of its own. Of its two forms the one without a window about it, which is a good deal cheaper.</summary>
/// <remarks>xunit runs as many collections at a time as there are processors, so on two no more than two tests draw pages at once.</remarks>
public sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium-headless-shell";

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(Start);

    /// <summary>The browser; skips the test where none is installed.</summary>
    internal Task<IBrowser> Browser
    {
        get
        {
            if (!File.Exists(Executable)) Assert.Skip($"skipped: {Executable} not found");
            return Started();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated) return;
        var (driver, browser) = await _started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private async Task<IBrowser> Started() => (await _started.Value).Browser;

    private static async Task<(IPlaywright, IBrowser)> Start()
    {
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] }));
    }
}
