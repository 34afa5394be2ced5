using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Messages;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Feedback;

/// <summary>Whom to write to: a team, or one person.</summary>
public sealed record NoticeAddressForm
{
    /// <summary><c>team:</c> and its name, or <c>person:</c> and their id.</summary>
    public string? Who { get; init; }

    /// <summary>Empty takes it away.</summary>
    public string? Email { get; init; }
}

/// <summary>A service manager says at which addresses teams and people are told of compliments and complaints. Without any the desk alone shows them.</summary>
internal static class SetNoticeAddresses
{
    public const string Address = "/desk/feedback/addresses";
    private const string Gone = "gone";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Show).For(Audience.Manage);
        pages.MapPost(Address, Set).For(Audience.Manage);
    }

    private static async Task<IResult> Show(ConcentricDb db, CancellationToken stop) => await Page(new(), new(), db, stop);

    private static async Task<IResult> Set([FromForm] NoticeAddressForm form, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var email = form.Email?.Trim() ?? "";
        var chosen = (await Choices(db, stop)).Find(c => c.Value == form.Who);
        var errors = new Errors().Check("Who", chosen is not null, "Select a team or a person")
            .Check("Email", email.Length == 0 || chosen is not { Hint: Gone }, "This team or person is not there any more. Leave the address empty to take it away")
            .Check("Email", email.Length == 0 || Message.IsAddress(email), "Enter an email address in the correct format, like waste@northmoor.example, or nothing to take it away");
        if (errors.Any) return await Page(form, errors, db, stop);
        var (team, person) = chosen!.Value!.StartsWith("team:", StringComparison.Ordinal) ? (chosen.Value[5..], (Guid?)null) : (null, Guid.Parse(chosen.Value[7..]));
        var now = clock.GetUtcNow();
        await writer.Write(async d =>
        {
            var known = await d.NoticeAddresses.SingleOrDefaultAsync(a => person == null ? a.Team == team : a.PersonId == person);
            if (email.Length == 0 && known is not null) d.Remove(known);
            else if (email.Length > 0 && known is not null) known.Email = email;
            else if (email.Length > 0) d.Add(new NoticeAddress { Id = Guid.CreateVersion7(now), Team = team, PersonId = person, Email = email });
            // Nothing was there and nothing is.
            else return;
            d.Record(new NoticeAddressSet(team, person, email.Length > 0), visitor.Actor, now);
        }, CancellationToken.None);
        return Results.LocalRedirect(Address);
    }

    private static string Value(NoticeAddress of) => of.Team is null ? $"person:{of.PersonId}" : $"team:{of.Team}";

    /// <summary>Teams and people, and those who are gone and still have an address, which can be taken away.</summary>
    private static async Task<List<Choice>> Choices(ConcentricDb db, CancellationToken stop)
    {
        var teams = await db.KnownForms.AsNoTracking().Select(f => f.Team).Union(db.TeamMembers.Select(m => m.Team)).Union(db.Routes.Select(r => r.Team)).Where(t => t != "").ToListAsync(stop);
        List<Choice> there = [new("team:", "The desk"), .. teams.Order(StringComparer.Ordinal).Select(t => new Choice($"team:{t}", t)), .. (await Staff.All(db, stop)).Select(p => new Choice($"person:{p.Id}", p.Name))];
        var names = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var gone = (await db.NoticeAddresses.AsNoTracking().ToListAsync(stop)).Where(a => there.TrueForAll(c => c.Value != Value(a)))
            .Select(a => new Choice(Value(a), $"{a.Team ?? names.GetValueOrDefault(a.PersonId!.Value, "Somebody")} (not there any more)") { Hint = Gone });
        return [.. there, .. gone.OrderBy(c => c.Text, StringComparer.Ordinal)];
    }

    private static async Task<IResult> Page(NoticeAddressForm form, Errors errors, ConcentricDb db, CancellationToken stop)
    {
        var choices = await Choices(db, stop);
        var rows = (await db.NoticeAddresses.AsNoTracking().ToListAsync(stop))
            .ConvertAll(a => (Who: choices.Find(c => c.Value == Value(a))!.Text, a.Email));
        return new RazorComponentResult<NoticeAddressesPage>(new { Rows = rows.OrderBy(r => r.Who, StringComparer.Ordinal).ToList(), Choices = choices, Form = form, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
