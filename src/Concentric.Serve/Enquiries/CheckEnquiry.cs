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

/// <summary>A citizen sees how their enquiry stands by reference and e-mail address, without an account.</summary>
internal static class CheckEnquiry
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/enquiries/status", Show).ForEverybody();
        pages.MapPost("/enquiries/status", See).ForEverybody().RequireRateLimiting(RateLimits.LookUp);
    }

    /// <summary>Where a citizen sees how it stands, as a message says it.</summary>
    public static string Address(Settings settings, Reference reference) => $"{settings.Site ?? settings.Urls.Split(';')[0].Trim().TrimEnd('/')}/enquiries/status?reference={reference}";

    private static RazorComponentResult Show(string? reference) => Page(new() { Reference = reference }, new());

    private static async Task<IResult> See([FromForm] CheckEnquiryForm form, ConcentricDb db, MoveCase cases, TimeProvider clock, CancellationToken stop)
    {
        var errors = form.Check();
        if (errors.Any) return Page(form, errors);

        var reference = Reference.Parse(form.Reference!);
        var enquiry = await db.Enquiries.AsNoTracking().Whole.SingleOrDefaultAsync(e => e.Reference == reference, stop);
        // The same words whichever of the two is wrong, so that nobody can try addresses against a reference.
        errors.Check("Reference", enquiry?.WasAskedBy(form.Email!) is true, "We cannot find an enquiry with that reference and email address. Check both and try again");
        if (errors.Any) return Page(form, errors);

        return await SaySorted.Page(enquiry!, new() { Reference = form.Reference, Email = form.Email }, new(), null, db, cases, clock.GetUtcNow(), stop);
    }

    private static RazorComponentResult Page(CheckEnquiryForm form, Errors errors) => new RazorComponentResult<CheckEnquiryPage>(new { Form = form, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
