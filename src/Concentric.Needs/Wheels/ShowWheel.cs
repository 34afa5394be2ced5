using Concentric.Core;
using Concentric.Core.Web;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Wheels;

/// <summary>The wheel of the whole council. For everybody: what it shows can be read off the public model and directory; what was decided about gaps is not on it.</summary>
internal static class ShowWheel
{
    public static void Map(Site site)
    {
        site.Pages.MapGet(Links.Wheel, Show).ForEverybody();
        site.Api.MapGet("/wheel", Get).WithName("GetWheel").WithSummary("Every need of the model, by function, with the services that meet it and who offers them").ForEverybody();
    }

    private static async Task<IResult> Show(ModelCache cache, Settings settings, CancellationToken stop) =>
        new RazorComponentResult<WheelPage>(new { Wheel = Wheel.Of(await cache.Current(stop), WhoProvides.Own(settings)) });

    private static async Task<Ok<Wheel>> Get(ModelCache cache, Settings settings, CancellationToken stop) => TypedResults.Ok(Wheel.Of(await cache.Current(stop), WhoProvides.Own(settings)));
}
