using System.Globalization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Enquiries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>How an enquiry stands, as a program may see it. Of a sensitive one nothing but its state and its times.</summary>
/// <param name="State"><c>waiting</c>, <c>answered</c> or <c>withdrawn</c>.</param>
/// <param name="Service">LGSL identifier, or null.</param>
/// <param name="AnsweredAt">When it was closed, or null.</param>
/// <param name="Sorted">Whether whoever answered holds that the citizen has what they asked for; null while it waits.</param>
/// <param name="DueOn">Day by which an answer was promised; null where none was.</param>
/// <param name="YourReference">What the other system calls it.</param>
/// <param name="WaitsForCitizen">We asked the citizen something, and go on once they have answered.</param>
public sealed record EnquiryStatus(string Reference, string State, string? Service, DateTimeOffset RaisedAt, DateTimeOffset? AnsweredAt, bool? Sorted, DateOnly? DueOn, string? YourReference, bool WaitsForCitizen);

/// <summary>A program asks how an enquiry stands.</summary>
internal static class TellEnquiry
{
    public static void Map(Site site) => site.Api.MapGet("/enquiries/{reference}", Status).For(Audience.ApiKey).RequireRateLimiting(RateLimits.Api).WithName("EnquiryStatus")
        .WithSummary("How an enquiry stands. The ETag is that of its last change: send it as If-None-Match to be told only what is new, and as If-Match to change it");

    private static async Task<Results<Ok<EnquiryStatus>, NotFound, StatusCodeHttpResult>> Status(string reference, HttpContext http, ConcentricDb db, CancellationToken stop)
    {
        if (await Find(db.Enquiries.AsNoTracking(), reference, stop) is not { } enquiry) return TypedResults.NotFound();
        http.Response.Headers.ETag = ETagOf(enquiry);
        http.Response.Headers.CacheControl = "private, no-cache";
        if (Matches(http.Request.Headers.IfNoneMatch, enquiry)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(await Of(db, enquiry, stop));
    }

    public static Task<Enquiry?> Find(IQueryable<Enquiry> enquiries, string reference, CancellationToken stop = default) =>
        Reference.TryParse(reference, out var known) ? enquiries.Include(e => e.Answer).SingleOrDefaultAsync(e => e.Reference == known, stop) : Task.FromResult<Enquiry?>(null);

    public static async Task<EnquiryStatus> Of(ConcentricDb db, Enquiry enquiry, CancellationToken stop = default)
    {
        var due = await db.Submissions.Where(s => s.Id == enquiry.Id).Select(s => (DateOnly?)s.DueOn).SingleOrDefaultAsync(stop);
        return Of(enquiry, due);
    }

    public static EnquiryStatus Of(Enquiry enquiry, DateOnly? due) => new(
        $"{enquiry.Reference}", enquiry.IsOpen ? "waiting" : enquiry.Answer?.Outcome == EnquiryOutcome.Withdrawn ? "withdrawn" : "answered", enquiry.IsSensitive ? null : enquiry.Service,
        enquiry.RaisedAt, enquiry.Answer?.At, enquiry.IsSensitive ? null : enquiry.Answer?.Resolved, due, enquiry.IsSensitive ? null : enquiry.OtherReference, enquiry is { IsOpen: true, IsPaused: true });

    public static string ETagOf(Enquiry enquiry) => $"\"{enquiry.Revision.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Whether one of the tags of a header is the enquiry's.</summary>
    public static bool Matches(IEnumerable<string?> header, Enquiry enquiry) =>
        header.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries)).Any(tag => tag == "*" || tag == ETagOf(enquiry) || tag == $"W/{ETagOf(enquiry)}");
}
