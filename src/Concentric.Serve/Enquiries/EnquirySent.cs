using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Feedback;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

/// <summary>Confirms an enquiry. Shows the reference and nothing else of it, because the address is all that somebody needs to open it.</summary>
internal static class EnquirySent
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/enquiries/{reference}/sent", Show).ForEverybody();

    private static async Task<IResult> Show(string reference, string? about, FeedbackPass pass, ConcentricDb db, CancellationToken stop) =>
        Reference.TryParse(reference, out var known) && await db.Enquiries.AnyAsync(e => e.Reference == known, stop)
            ? new RazorComponentResult<EnquirySentPage>(new { Reference = $"{known}", About = pass.Enquiry(about) is null ? null : about })
            : Results.NotFound();
}
