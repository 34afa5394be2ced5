using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Concentric.Tests.Needs;

/// <summary>A component as a browser would get it, without a server.</summary>
internal static class Rendered
{
    private static readonly Assets Files = new();

    public static async Task<string> Html<T>(object parameters) where T : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton(Files).AddSingleton(new Here()).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters)));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(view)).ToHtmlString());
    }

    public static async Task<IHtmlDocument> Page<T>(object parameters) where T : IComponent =>
        await new HtmlParser().ParseDocumentAsync(await Html<T>(parameters));
}
