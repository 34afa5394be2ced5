using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Attachments;

/// <summary>Staff take a file that came with a form: always to be saved, never shown in the browser, and only once it may be given out.</summary>
internal static class OpenAttachment
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/desk/attachments/{id:guid}", Open).For(Audience.Desk);

    /// <summary>Where a file is taken.</summary>
    public static string Link(Guid id) => $"/desk/attachments/{id}";

    private static async Task<IResult> Open(Guid id, ConcentricDb db, KeptAttachments attachments, ClaimsPrincipal visitor, HttpResponse response, CancellationToken stop)
    {
        if (await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, stop) is not { } attachment) return Results.NotFound();
        // Of a form that is being filled in it is nobody’s to take yet; of what was sent, theirs who may see that.
        if (attachment.SubmissionId is { } sent && !await (await Sight.Of(db, visitor, stop)).Of(db.Enquiries.AsNoTracking()).AnyAsync(e => e.Id == sent, stop)) return Results.NotFound();
        if (!attachment.IsGivenOut)
            return new RazorComponentResult<AttachmentHeldPage>(new { attachment.FileName, IsRefused = attachment.State == AttachmentState.Refused }) { StatusCode = StatusCodes.Status409Conflict };
        if (attachments.Open(attachment) is not { } bytes) return Results.NotFound();
        response.Headers.ContentSecurityPolicy = SecurityHeaders.Sandbox;
        // Writes the name twice, by RFC 6266: in ASCII, and as it is by RFC 5987.
        return Results.File(bytes, FileKind.Of(attachment.Kind)?.MediaType ?? "application/octet-stream", attachment.FileName);
    }
}
