using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>What an adviser takes down of somebody who calls, comes, or wrote by post or on social media.</summary>
public sealed record TakeDownForm
{
    /// <summary>Given out with the page, so that sending it twice makes one enquiry.</summary>
    public Guid Token { get; init; }

    public string? Channel { get; init; }
    public string? Service { get; init; }
    public string? Words { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Address { get; init; }
    public string? Postcode { get; init; }

    /// <summary><c>on</c> once what may be the same was shown.</summary>
    public string? Seen { get; init; }

    public TakeDownForm Tidy() => this with
    {
        Channel = One(Channel), Service = One(Service), Words = Words is null ? null : Fields.Tidy(Words), Name = One(Name), Email = One(Email), Phone = One(Phone), Address = One(Address), Postcode = One(Postcode),
    };

    public Errors Check() => new Errors()
        .Check("Channel", TakeDown.Channels.Any(c => c.Value == Channel), "Select how they got in touch")
        .Check("Words", !string.IsNullOrEmpty(Words), "Enter what they ask")
        .Check("Words", Words is null or { Length: <= KeepEnquiry.MostWords }, "What they ask must be 4,000 characters or fewer")
        .Check("Name", Name is null or { Length: <= 100 }, "The name must be 100 characters or fewer")
        .Check("Email", Email is null || EmailAddress.LooksRight(Email), "Enter an email address in the correct format, like name@example.com")
        .Check("Phone", Phone is null || SubmissionPhone.Digits(Phone) is not null, "Enter a phone number, like 01632 960 001")
        .Check("Address", Address is null or { Length: <= 500 }, "The address must be 500 characters or fewer")
        .Check("Postcode", Postcode is null || Core.Postcode.TryParse(Postcode, out _), "Enter a full UK postcode");

    private static string? One(string? text) => text is null ? null : Fields.Tidy(text).ReplaceLineEndings(" ").Trim() is { Length: > 0 } line ? line : null;
}

/// <summary>An adviser takes an enquiry down for somebody for whom there is no form, or who does not need one.</summary>
internal static class TakeDown
{
    private static readonly string[] Ways = ["phone", "face-to-face", "post", "social-media", "web-chat", "text-message", "email", "partner"];

    public static IReadOnlyList<Choice> Channels { get; } = [.. Ways.Select(w => new Choice(w, Concentric.Core.Facts.Channels.Find(w)!.Label))];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/enquiries/new", Show).For(Audience.Desk);
        pages.MapPost("/desk/enquiries/new", Keep).For(Audience.Desk);
    }

    private static Task<IResult> Show(string? channel, string? service, IServiceNames services, TimeProvider clock, CancellationToken stop) =>
        Page(new() { Token = Guid.CreateVersion7(clock.GetUtcNow()), Channel = channel, Service = service }, new(), [], services, stop);

    private static async Task<IResult> Keep(
        [FromForm] TakeDownForm form, ConcentricDb db, IWriter writer, KeepEnquiry keep, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        // Without its token it was not sent from our page, and nothing would keep it from being doubled.
        if (form.Token == Guid.Empty) return Results.BadRequest();
        form = form.Tidy();
        var errors = form.Check();
        if (form.Service is not null && await services.Find(form.Service, stop) is null) errors.Check("Service", false, "Select one of the services listed");
        if (errors.Any) return await Page(form, errors, [], services, stop);

        var now = clock.GetUtcNow();
        var who = new Told(form.Name, Email: form.Email, Phone: form.Phone, Address: form.Address, Postcode: form.Postcode);
        if (form.Seen is null && !await db.Enquiries.AnyAsync(e => e.Token == form.Token, stop))
        {
            var tidy = who.Tidy();
            var citizen = await KeepCitizen.Find(db, tidy);
            var alike = await LooksLike.Find(db, await Sight.Of(db, visitor, stop), new(form.Service, citizen?.Id, citizen?.Uprn, tidy.Address ?? citizen?.Address, tidy.Postcode ?? citizen?.Postcode, now, true), null, stop);
            if (alike.Count > 0) return await Page(form, errors, alike, services, stop);
        }
        var (kept, isSame) = await writer.Write(async d => await d.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Token == form.Token) is { } before
            ? (before, before.Service == form.Service && before.Channel == form.Channel && before.Words.StartsWith(form.Words!, StringComparison.Ordinal) && string.Equals(before.Email, form.Email ?? "", StringComparison.OrdinalIgnoreCase))
            : (await keep.In(d, new(form.Service, form.Words!, who, form.Channel!), form.Token, visitor.Actor, now), true), CancellationToken.None);
        if (isSame) return Results.LocalRedirect(await Where(db, kept, visitor, stop));

        // Went back and wrote down the next caller on the same page: neither is lost.
        errors.Check("Words", false, $"You already kept this page as {kept.Reference}. Select ‘Keep it’ again to keep what you changed as another enquiry");
        return await Page(form with { Token = Guid.CreateVersion7(now), Seen = null }, errors, [], services, stop);
    }

    /// <summary>Where an adviser goes on after something was kept: its page, or the desk where only its team may open it.</summary>
    public static async Task<string> Where(ConcentricDb db, Enquiry kept, ClaimsPrincipal visitor, CancellationToken stop) =>
        (await Sight.Of(db, visitor, stop)).MaySee(kept) ? $"/desk/enquiries/{kept.Reference}" : $"/desk?kept={kept.Reference}";

    private static async Task<IResult> Page(TakeDownForm form, Errors errors, IReadOnlyList<Alike> alike, IServiceNames services, CancellationToken stop) =>
        new RazorComponentResult<TakeDownPage>(new
        {
            Form = form, Errors = errors, Alike = alike, Services = (await services.All(stop)).Select(s => new Choice(s.Id, s.Plain)).OrderBy(s => s.Text, StringComparer.CurrentCulture).Prepend(new("", "Not sure")).ToList(),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
