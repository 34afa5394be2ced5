using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Feedback;
using Concentric.Serve.Citizens;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Enquiries;

public sealed record RaiseEnquiryForm
{
    /// <summary>Given out with the page, so that sending it twice makes one enquiry.</summary>
    public Guid Token { get; init; }

    public string? Service { get; init; }
    public string? Words { get; init; }
    public string? Email { get; init; }

    private const int MostWords = 4000;

    // Browsers send line breaks as CR LF and people paste blanks: neither makes another enquiry of it.
    public RaiseEnquiryForm Tidy() => this with
    {
        Service = string.IsNullOrWhiteSpace(Service) ? null : Service.Trim(),
        Words = Words?.Replace("\r\n", "\n", StringComparison.Ordinal).Trim(),
        Email = Email?.Trim(),
    };

    public Errors Check() => new Errors()
        .Check("Words", !string.IsNullOrEmpty(Words), "Enter what you want to ask")
        .Check("Words", Words is null or { Length: <= MostWords }, "What you want to ask must be 4,000 characters or fewer")
        .Check("Email", !string.IsNullOrEmpty(Email), "Enter your email address")
        .Check("Email", EmailAddress.LooksRight(Email), "Enter an email address in the correct format, like name@example.com");
}

internal static class RaiseEnquiry
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/enquiries/new", Show).ForEverybody();
        pages.MapPost("/enquiries/new", Raise).ForEverybody();
    }

    private static async Task<IResult> Show(string? service, IServiceNames services, TimeProvider clock, CancellationToken stop) =>
        await Page(new() { Token = Guid.CreateVersion7(clock.GetUtcNow()), Service = service }, new(), services, stop);

    private static async Task<IResult> Raise(
        [FromForm] RaiseEnquiryForm form, IServiceNames services, RouteEnquiry route, IWriter writer, Pseudonyms pseudonyms, FeedbackPass pass, OwnCouncil council, TimeProvider clock, CancellationToken stop)
    {
        // Without its token it was not sent from our page, and nothing would keep it from being doubled.
        if (form.Token == Guid.Empty) return Results.BadRequest();
        form = form.Tidy();
        var errors = form.Check();
        if (errors.Any) return await Page(form, errors, services, stop);
        // An address that somebody made up by hand is not worth losing their words over.
        if (form.Service is not null && await services.Find(form.Service, stop) is null) form = form with { Service = null };

        var now = clock.GetUtcNow();
        var person = pseudonyms.Of(council.Slug, form.Email!);
        var (id, reference, kept) = await writer.Write(db => Keep(db, form, route, council.Slug, person, now), CancellationToken.None);
        if (kept) return Results.LocalRedirect($"/enquiries/{reference}/sent?about={pass.Of(id)}");

        // Went back, changed it and sent it again: neither lose the change nor count it as the same.
        errors.Check("Words", false, $"You already sent this as {reference}. Select ‘Send’ again to send what you changed as another enquiry");
        return await Page(form with { Token = Guid.CreateVersion7(now) }, errors, services, stop);
    }

    /// <summary>Keeps the enquiry once. False where the token came back with something else in the form, which was not kept.</summary>
    private static async Task<(Guid Id, Reference Reference, bool Kept)> Keep(ConcentricDb db, RaiseEnquiryForm form, RouteEnquiry route, string council, ulong person, DateTimeOffset now)
    {
        // One question for both, because this is the hot path: was it sent before, and is the reference free?
        var reference = Reference.New();
        while (await db.Enquiries.AsNoTracking().Where(e => e.Token == form.Token || e.Reference == reference).ToListAsync() is { Count: > 0 } there)
        {
            if (there.Find(e => e.Token == form.Token) is { } known) return (known.Id, known.Reference, known.IsTheSameAs(form.Service, form.Words!, form.Email!));
            reference = Reference.New();
        }
        const string channel = "web";
        var (team, isSensitive) = await route.Of(db, form.Service);
        var (id, told) = (Guid.CreateVersion7(now), new Told(Email: form.Email));
        var citizen = isSensitive ? (await KeepCitizen.Find(db, told.Tidy()))?.Id : await KeepCitizen.Of(db, told, now);
        db.Enquiries.Add(new()
        {
            Id = id,
            Reference = reference,
            Token = form.Token,
            Service = form.Service,
            Words = form.Words!,
            Email = form.Email!,
            Channel = channel,
            RaisedAt = now,
            Team = team,
            IsSensitive = isSensitive,
            CitizenId = citizen,
        });
        db.Record(new EnquiryRaised($"{reference}", council, form.Service, channel, person, now, Area: await WhereTheyLive.Area(db, council, null, citizen, isSensitive)), Actor.Citizen, now);
        return (id, reference, true);
    }

    private static async Task<IResult> Page(RaiseEnquiryForm form, Errors errors, IServiceNames services, CancellationToken stop)
    {
        var service = form.Service is null ? null : await services.Find(form.Service, stop);
        return new RazorComponentResult<RaiseEnquiryPage>(new { Form = form, Errors = errors, Service = service })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
