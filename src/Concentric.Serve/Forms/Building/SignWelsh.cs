using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A Welsh speaker reads the Welsh of a form beside its English, and signs it. Whoever changes a text later takes the signature away.</summary>
internal static class SignWelsh
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms-design/{form}/{version:int}/welsh", Show).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/welsh", Sign).For(Audience.Design);
    }

    private static Task<IResult> Show(string form, int version, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => Page(view, new(), StatusCodes.Status200OK));

    private static Task<IResult> Sign(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var review = new WelshReview(builder.Name, builder.Today);
        return builder.Save(form, version, fields, f =>
        {
            var errors = new Errors().Check("Read", fields.IsTicked("Read"), "Confirm that you read Welsh well and have read all of it")
                .Check("Read", !FormTexts.WithoutWelsh(f).Any(), "Some texts have no Welsh yet. Write it before you sign");
            return errors.Any ? Edited.Wrong(f, errors) : f with { Welsh = review };
        }, new BuildLinks(form, version).Welsh, (view, errors, status) => Page(view, errors, status), "Read what is new before you sign");
    }

    private static RazorComponentResult Page(VersionView view, Errors errors, int status) => new RazorComponentResult<WelshPage>(new { View = view, Errors = errors }) { StatusCode = status };
}
