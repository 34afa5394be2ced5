using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>A look at somebody without a case of one's own, as a service manager sees it.</summary>
public sealed record ManagedLook(Guid Citizen, DateTimeOffset At, string Who, string Team, string Reason, string? Words);

/// <summary>Looks at citizens by those who had no case of theirs, by reason, for service managers.</summary>
internal static class SeeLooks
{
    private const int Most = 100;
    private const int Days = 30;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/desk/citizens/looks", Show).For(Audience.Manage);

    private static async Task<IResult> Show(string? reason, ConcentricDb db, TimeProvider clock, CancellationToken stop)
    {
        LookReason? asked = Enum.TryParse<LookReason>(reason, out var known) && Looks.Asked.Contains(known) ? known : null;
        var from = clock.GetUtcNow().AddDays(-Days);
        var without = db.CitizenLooks.AsNoTracking().Where(l => l.At >= from && l.Reason != LookReason.Own);
        var counts = await without.GroupBy(l => l.Reason).Select(g => new { Reason = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Reason, g => g.Count, stop);
        if (asked is { } one) without = without.Where(l => l.Reason == one);
        var looks = await without.OrderByDescending(l => l.At).ThenBy(l => l.CitizenId).Take(Most)
            .GroupJoin(db.Set<Person>(), l => l.PersonId, p => p.Id, (l, p) => new { Look = l, People = p }).SelectMany(l => l.People.DefaultIfEmpty(), (l, p) => new { l.Look, p!.Name }).ToListAsync(stop);
        return new RazorComponentResult<LooksPage>(new
        {
            Reason = asked is null ? null : $"{asked}",
            Counts = (IReadOnlyList<(string, string, int)>)[.. Looks.Asked.Select(r => ($"{r}", Looks.Words(r), counts.GetValueOrDefault(r)))],
            Rows = (IReadOnlyList<ManagedLook>)[.. looks.OrderByDescending(l => l.Look.At).Select(l => new ManagedLook(l.Look.CitizenId, l.Look.At, l.Name ?? "Somebody who has left", l.Look.Team, Looks.Words(l.Look.Reason), l.Look.Words))],
        });
    }
}
