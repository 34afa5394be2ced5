using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Enquiries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Desk;

/// <summary>An enquiry that is about the same thing as another, as its page lists it.</summary>
public sealed record LinkedEnquiry(string Reference, string Words, bool IsOpen, bool HasCase);

/// <summary>An adviser says that two enquiries are about the same thing, or takes it back. Both must be theirs to see.</summary>
internal static class LinkEnquiries
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/desk/enquiries/{reference}/links", Link).For(Audience.Desk);

    /// <param name="way"><c>link</c> or <c>unlink</c>.</param>
    private static async Task<IResult> Link(
        string reference, [FromForm(Name = "Do")] string? way, [FromForm] string? other, IWriter writer, EnquiryPages pages, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await pages.Find(reference, visitor, stop) is not { } enquiry) return Results.NotFound();
        if (way is not ("link" or "unlink")) return Results.BadRequest();
        var found = await pages.Find(other ?? "", visitor, stop);
        var errors = new Errors()
            .Check("Other", found is not null, "Enter the reference of an enquiry, like CN-7K2M-4QXT")
            .Check("Other", found?.Id != enquiry.Id, "Enter the reference of another enquiry, not of this one");
        if (errors.Any) return await pages.Page(enquiry, new() { Other = other, Errors = errors }, visitor, stop);
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        await writer.Write(d => EnquiryLink.Set(d, enquiry, found!, way == "link", by, now), CancellationToken.None);
        return Results.LocalRedirect($"/desk/enquiries/{enquiry.Reference}#same");
    }
}
