using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

public sealed record CheckEnquiryForm
{
    public string? Reference { get; init; }
    public string? Email { get; init; }

    public Errors Check() => new Errors()
        .Check("Reference", !string.IsNullOrWhiteSpace(Reference), "Enter your reference")
        .Check("Reference", Core.Reference.TryParse(Reference, out _), "Enter your reference in the correct format, like CN-7K2M-4QXT. Check for mistyped letters or numbers")
        .Check("Email", !string.IsNullOrWhiteSpace(Email), "Enter the email address that you gave us");
}

/// <summary>How an enquiry stands, as its citizen or a program may see it.</summary>
/// <param name="State"><c>waiting</c> or <c>answered</c>.</param>
public sealed record EnquiryStatus(string Reference, string State, string? Service, DateTimeOffset RaisedAt, DateTimeOffset? AnsweredAt);

/// <summary>A citizen sees how their enquiry stands by reference and e-mail address, without an account.</summary>
internal static class CheckEnquiry
{
    public static void Map(Site site)
    {
        site.Pages.MapGet("/enquiries/status", Show).ForEverybody();
        site.Pages.MapPost("/enquiries/status", See).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
        site.Api.MapGet("/enquiries/{reference}", Status).For(Audience.ApiKey).WithName("EnquiryStatus").WithSummary("How an enquiry stands");
    }

    private static RazorComponentResult Show(string? reference) => Page(new() { Reference = reference }, new());

    private static async Task<IResult> See([FromForm] CheckEnquiryForm form, ConcentricDb db, MoveCase cases, CancellationToken stop)
    {
        var errors = form.Check();
        if (errors.Any) return Page(form, errors);

        var reference = Reference.Parse(form.Reference!);
        var enquiry = await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == reference, stop);
        // The same words whichever of the two is wrong, so that nobody can try addresses against a reference.
        errors.Check("Reference", enquiry?.WasAskedBy(form.Email!) is true, "We cannot find an enquiry with that reference and email address. Check both and try again");
        if (errors.Any) return Page(form, errors);

        return await SaySorted.Page(enquiry!, new() { Reference = form.Reference, Email = form.Email }, new(), null, db, cases, stop);
    }

    private static async Task<Results<Ok<EnquiryStatus>, NotFound>> Status(string reference, ConcentricDb db, CancellationToken stop) =>
        Reference.TryParse(reference, out var known) && await db.Enquiries.AsNoTracking().Include(e => e.Answer).SingleOrDefaultAsync(e => e.Reference == known, stop) is { } enquiry
            ? TypedResults.Ok(new EnquiryStatus($"{known}", enquiry.IsOpen ? "waiting" : "answered", enquiry.Service, enquiry.RaisedAt, enquiry.Answer?.At))
            : TypedResults.NotFound();

    private static RazorComponentResult Page(CheckEnquiryForm form, Errors errors) => new RazorComponentResult<CheckEnquiryPage>(new { Form = form, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
