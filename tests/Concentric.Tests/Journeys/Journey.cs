using Microsoft.Playwright;

namespace Concentric.Tests.Journeys;

/// <summary>A walk through the real program in a real browser. Of one that fails, the last page is kept beside the test program.</summary>
public abstract class Journey(Chromium chromium) : IAsyncDisposable
{
    private readonly List<Walker> _walkers = [];

    /// <summary>A new browser context: somebody with no cookies yet.</summary>
    internal async Task<Walker> Somebody(Uri address, Way way)
    {
        var context = await (await chromium.Browser).NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = way.Width, Height = way == Way.Wide ? 900 : 800 },
            JavaScriptEnabled = way != Way.JavaScriptOff,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        // Generous: the machine may be building something else.
        context.SetDefaultTimeout(15_000);
        if (way == Way.NoScriptArrives) await context.RouteAsync("**/*.js", route => route.AbortAsync());
        var walker = new Walker(await context.NewPageAsync(), way, GetType().Name);
        _walkers.Add(walker);
        return walker;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var walker in _walkers)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed) await Keep(walker);
            await walker.Page.Context.CloseAsync();
        }
        GC.SuppressFinalize(this);
    }

    private static async Task Keep(Walker walker)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "failed")).FullName;
        var name = Path.Combine(folder, $"{TestContext.Current.TestMethod!.TestClass.TestClassSimpleName}.{TestContext.Current.TestMethod.MethodName}-{walker.Way}");
        await File.WriteAllTextAsync($"{name}.html", await walker.Page.ContentAsync());
        await walker.Page.ScreenshotAsync(new() { Path = $"{name}.png", FullPage = true });
        TestContext.Current.TestOutputHelper?.WriteLine($"The last page: {walker.Page.Url}, kept as {name}.png and .html");
    }
}
