using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Core.Web;

/// <summary>The pages that the law asks of every council's site.</summary>
internal static class Statements
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/accessibility", () => new RazorComponentResult<AccessibilityPage>()).ForEverybody();
        pages.MapGet("/help", () => new RazorComponentResult<HelpPage>()).ForEverybody();
        pages.MapGet("/privacy", () => new RazorComponentResult<PrivacyPage>()).ForEverybody();
    }
}
