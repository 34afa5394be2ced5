using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>A pair in the queue: why they may be one, and nothing of who they are.</summary>
public sealed record PairRow(Guid First, Guid Second, string Reasons, DateTimeOffset At);

/// <summary>Two citizens side by side.</summary>
/// <param name="Found">What staff found: <c>NotYet</c>, <c>Same</c> or <c>NotSame</c>.</param>
public sealed record PairPageView(ToldView First, ToldView Second, string Reasons, string Found, DateTimeOffset? DecidedAt)
{
    public string Address => $"/desk/citizens/pairs/{First.Id}/{Second.Id}";
}

/// <summary>Staff look at two citizens who may be one, and say whether they are. Either can be taken back.</summary>
internal static class JoinCitizens
{
    private const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/desk/citizens/pairs", List).For(Audience.Desk);
        pages.MapGet("/desk/citizens/pairs/{first:guid}/{second:guid}", Show).For(Audience.Desk);
        pages.MapPost("/desk/citizens/pairs/{first:guid}/{second:guid}", Decide).For(Audience.Desk);
    }

    private static async Task<IResult> List(ConcentricDb db, CancellationToken stop)
    {
        var rows = await db.CitizenPairs.AsNoTracking().Where(p => p.Found == PairFound.NotYet).OrderByDescending(p => p.Weight).ThenBy(p => p.FirstId).ThenBy(p => p.SecondId).Take(PageSize + 1)
            .Select(p => new PairRow(p.FirstId, p.SecondId, p.Reasons, p.SuggestedAt)).ToListAsync(stop);
        return new RazorComponentResult<PairsPage>(new { Rows = (IReadOnlyList<PairRow>)[.. rows.Take(PageSize)], More = rows.Count > PageSize });
    }

    private static async Task<IResult> Show(Guid first, Guid second, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await db.CitizenPairs.AsNoTracking().SingleOrDefaultAsync(p => p.FirstId == first && p.SecondId == second, stop) is not { } pair) return Results.NotFound();
        var (sight, now) = (await Sight.Of(db, visitor, stop), clock.GetUtcNow());
        var look = Guid.CreateVersion7(now);
        // Who looks at a pair sees both, and says by opening it why.
        await writer.Write(d => Looks.Record(d, [first, second], new(LookReason.Duplicate, null), sight, visitor, look, now), stop);
        var two = await db.Citizens.AsNoTracking().Where(c => c.Id == first || c.Id == second).ToDictionaryAsync(c => c.Id, stop);
        return new RazorComponentResult<PairPage>(new { View = new PairPageView(ToldView.Of(two[first]), ToldView.Of(two[second]), pair.Reasons, $"{pair.Found}", pair.DecidedAt) });
    }

    private static async Task<IResult> Decide(Guid first, Guid second, [FromForm] string? found, [FromForm] string? seen, ConcentricDb db, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!Enum.TryParse<PairFound>(found, out var decided) || !Enum.IsDefined(decided)) return Results.BadRequest();
        if (!await db.CitizenPairs.AnyAsync(p => p.FirstId == first && p.SecondId == second, stop)) return Results.NotFound();
        var isDecided = await writer.Write(async d =>
        {
            // Somebody found something else in the meantime: the page shows what, and this changes nothing.
            if (await d.CitizenPairs.FindAsync(first, second) is not { } pair || (seen is not null && $"{pair.Found}" != seen)) return false;
            await Find(d, first, second, decided, visitor.PersonId, clock.GetUtcNow());
            return true;
        }, CancellationToken.None);
        return Results.LocalRedirect(!isDecided || decided == PairFound.NotYet ? $"/desk/citizens/pairs/{first}/{second}" : "/desk/citizens/pairs");
    }

    /// <summary>Says of two what they are, inside <see cref="IWriter.Write"/>. <see cref="PairFound.NotYet"/> takes back what was said.</summary>
    public static async Task Find(ConcentricDb db, Guid first, Guid second, PairFound found, Guid by, DateTimeOffset now)
    {
        if (await db.CitizenPairs.FindAsync(first, second) is not { } pair || pair.Found == found) return;
        if (pair.Found == PairFound.Same) db.Record(new CitizensParted(first, second), $"{by}", now);
        if (found == PairFound.Same) db.Record(new CitizensJoined(first, second), $"{by}", now);
        if (found == PairFound.NotSame) db.Record(new CitizensToldApart(first, second), $"{by}", now);
        (pair.Found, pair.DecidedBy, pair.DecidedAt) = (found, found == PairFound.NotYet ? null : by, found == PairFound.NotYet ? null : now);
    }
}
