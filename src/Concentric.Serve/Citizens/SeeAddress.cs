using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>An address as the desk sees it.</summary>
public sealed record AddressView(string Key, IReadOnlyList<string> Lines, IReadOnlyList<ToldView> People, bool MorePeople, IReadOnlyList<AskedRow> Asked, bool MoreAsked);

/// <summary>One address on one page: who told us that they live there, and what they asked. Seeing it is seeing each of them.</summary>
internal static class SeeAddress
{
    private const int MostOfPostcode = 200;
    private const int MostPeople = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/addresses/{key}", Show).For(Audience.Desk);
        pages.MapPost("/desk/addresses/{key}/why", SayWhy).For(Audience.Desk);
    }

    /// <summary>Where a citizen's address is seen: its UPRN, or postcode and first line as <c>nr11aa-12-high-street</c>; null where they told none.</summary>
    public static string? KeyOf(Citizen citizen) =>
        citizen.Uprn is { Length: > 0 } uprn && uprn.All(char.IsAsciiDigit) ? uprn
        : citizen.Postcode is { } postcode && Slug(FirstLine(citizen)) is { Length: > 0 } line ? $"{postcode.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}-{line}" : null;

    private static string FirstLine(Citizen citizen) => (citizen.Address ?? "").Split(',')[0];

    private static string Slug(string text) => string.Join('-', string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static async Task<List<Citizen>> WhoLivesAt(ConcentricDb db, string key, CancellationToken stop)
    {
        if (key.Length is >= 6 and <= 12 && key.All(char.IsAsciiDigit)) return await db.Citizens.AsNoTracking().Where(c => c.Uprn == key).OrderBy(c => c.Id).Take(MostPeople + 1).ToListAsync(stop);
        if (key.Split('-', 2) is not [var code, _] || !Postcode.TryParse(code, out var postcode)) return [];
        var written = $"{postcode}";
        var near = await db.Citizens.AsNoTracking().Where(c => c.Postcode == written).OrderBy(c => c.Id).Take(MostOfPostcode).ToListAsync(stop);
        return near.FindAll(c => KeyOf(new() { Id = c.Id, Name = "", Since = c.Since, Postcode = c.Postcode, Address = c.Address }) == key);
    }

    private static async Task<IResult> Show(string key, string? all, ConcentricDb db, IWriter writer, CitizenScreen screen, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var people = await WhoLivesAt(db, key, stop);
        if (people.Count == 0) return Results.NotFound();
        var (sight, now) = (await Sight.Of(db, visitor, stop), clock.GetUtcNow());
        var look = Guid.CreateVersion7(now);
        var shown = people.Take(MostPeople).Select(c => c.Id).ToList();
        var mayBe = await writer.Write(async d =>
        {
            var looks = new List<(Guid Id, Right Right)>();
            foreach (var id in shown)
            {
                // Of somebody who is theirs already no reason is asked; of the others one for all.
                if (await Looks.RightTo(d, await CitizenPair.Joined(d, id), sight, now) is not { } right) return false;
                looks.Add((id, right));
            }
            foreach (var (id, right) in looks) await Looks.Record(d, [id], right, sight, visitor, look, now);
            return true;
        }, stop);
        if (!mayBe) return SeeCitizen.Why($"/desk/addresses/{key}/why", new(), new());
        var length = all is null ? CitizenScreen.Shown : CitizenScreen.Most;
        var asked = await screen.Asked(shown, sight, length, stop);
        return new RazorComponentResult<AddressPage>(new
        {
            View = new AddressView(key, ToldView.Of(people[0]).Address, [.. people.Take(MostPeople).Select(ToldView.Of)], people.Count > MostPeople, [.. asked.Take(length)], asked.Count > length),
        });
    }

    private static async Task<IResult> SayWhy(string key, [FromForm] WhyForm form, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var people = await WhoLivesAt(db, key, stop);
        if (people.Count == 0) return Results.NotFound();
        form = form with { Words = form.Words is null ? null : Fields.Tidy(form.Words) };
        var errors = form.Check();
        if (errors.Any) return SeeCitizen.Why($"/desk/addresses/{key}/why", form, errors);
        var (sight, reason, now) = (await Sight.Of(db, visitor, stop), Enum.Parse<LookReason>(form.Reason!), clock.GetUtcNow());
        await writer.Write(async d =>
        {
            foreach (var one in people.Take(MostPeople))
                if (await Looks.RightTo(d, await CitizenPair.Joined(d, one.Id), sight, now) is null) await Looks.SayWhy(d, one.Id, sight.PersonId, reason, form.Words!, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"/desk/addresses/{Uri.EscapeDataString(key)}");
    }
}
