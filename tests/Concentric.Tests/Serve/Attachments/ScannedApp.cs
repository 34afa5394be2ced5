using Microsoft.AspNetCore.Hosting;

namespace Concentric.Tests.Serve.Attachments;

/// <summary>The program with a virus scanner.</summary>
/// <param name="clamd">Where it listens.</param>
internal sealed class ScannedApp(string clamd) : TestApp
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("CONCENTRIC_CLAMD", clamd);
    }
}
