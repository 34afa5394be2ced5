using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Concentric.Tests.Design;

/// <summary>The components and front-end files alone, served under the policy that the program serves, without areas or databases.</summary>
public sealed class Gallery : IAsyncLifetime
{
    private WebApplication? _app;

    internal Here Here { get; } = new() { CouncilName = "Northmoor Council", IsSynthetic = true, Navigation = [new("Desk", "/desk"), new("Measure", "/measure", true), new("Improve", "/improve")] };

    internal HttpClient Client { get; private set; } = null!;
    internal Assets Assets => _app!.Services.GetRequiredService<Assets>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        builder.Services.AddAntiforgery();
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddScoped(_ => Here);
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
            return next();
        });
        _app.UseAntiforgery();
        Concentric.Core.Web.Assets.Map(_app);
        _app.MapGet("/design", () => new RazorComponentResult<DesignGallery>());
        _app.MapGet("/plain", () => Page(("Back", "/design")));
        _app.MapGet("/wrong", () => Page(("Errors", new Errors().Check("email", false, "Enter an email address"))));
        await _app.StartAsync();
        Client = new() { BaseAddress = new(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
    }

    private static RazorComponentResult<GovPage> Page(params (string Name, object Value)[] more)
    {
        RenderFragment content = builder =>
        {
            builder.OpenElement(0, "h1");
            builder.AddAttribute(1, "class", "govuk-heading-l");
            builder.AddContent(2, "Ask the council");
            builder.CloseElement();
        };
        var parameters = more.ToDictionary(m => m.Name, m => (object?)m.Value);
        parameters["Title"] = "Ask the council";
        parameters["ChildContent"] = content;
        return new(parameters);
    }
}
