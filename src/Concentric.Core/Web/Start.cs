using System.Security.Claims;
using Concentric.Core.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Core.Web;

/// <summary>Where somebody who signed in begins: at the work of their role.</summary>
internal static class Start
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/start", Go).For(Audience.SignedIn);

    private static IResult Go(ClaimsPrincipal visitor) => Results.LocalRedirect(
        visitor.IsOf(Audience.Administer) ? "/people"
        : visitor.IsOf(Audience.Measure) ? "/measure"
        : visitor.IsOf(Audience.Desk) ? "/desk"
        : visitor.IsOf(Audience.Design) ? "/model"
        : "/");
}
