using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms.Building;

/// <summary>One form in the list of all.</summary>
/// <param name="Published">The version that people get.</param>
/// <param name="Open">The draft, or the version in review.</param>
public sealed record FormLine(string Id, string Title, string Service, string Team, int? Published, int? Open, FormState? OpenState);

/// <summary>Designers see all forms, which version of each people get, and what is being changed.</summary>
internal static class SeeForms
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(BuildLinks.All, Show).For(Audience.Design);

    private static async Task<IResult> Show(IServiceNames services, [AsParameters] Builder builder)
    {
        var known = await builder.Db.KnownForms.AsNoTracking().OrderBy(f => f.Title).ToListAsync(builder.Stop);
        var open = await builder.Db.FormVersions.AsNoTracking().Where(v => v.State != FormState.Published).Select(v => new { v.Form, v.Number, v.State }).ToListAsync(builder.Stop);
        var lines = new List<FormLine>();
        foreach (var form in known)
        {
            var draft = open.Where(o => o.Form == form.Id).MaxBy(o => o.Number);
            lines.Add(new(form.Id, form.Title, (await services.Find(form.Service, builder.Stop))?.Plain ?? form.Service, form.Team, form.Published, draft?.Number, draft?.State));
        }
        return new RazorComponentResult<FormsDesignPage>(new { Forms = lines });
    }
}
