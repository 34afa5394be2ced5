using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.FormUse;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Experience;

/// <summary>What the page of how people said it was shows.</summary>
public sealed record ExperienceView
{
    public required Scope Scope { get; init; }

    /// <summary>The one service that it is about; null for all.</summary>
    public required ServiceCode? Service { get; init; }

    public required bool IsExact { get; init; }
    public required FacesShown Total { get; init; }
    public required IReadOnlyList<ExperienceBreakdown> Breakdowns { get; init; }

    /// <summary>Share good in per cent by complete week; a week of too few answers is a gap.</summary>
    public required WeeklySeries Weeks { get; init; }

    /// <summary>What it is compared with, in words, and the choices there are.</summary>
    public required IReadOnlyList<(string Value, string Words)> Others { get; init; }

    public required string Other { get; init; }

    /// <summary>Null where there is too little to compare.</summary>
    public required ExperienceComparison? Comparison { get; init; }
}

/// <summary>A service manager sees how people said it was: by service, channel, team and week, with interval and n, and never ranked.</summary>
internal static class SeeExperience
{
    public const string Path = "/measure/experience";

    /// <summary>The weeks before those shown.</summary>
    private const string Before = "before";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Path, Show).For(Audience.Measure);

    private static async Task<IResult> Show(string? council, int? weeks, string? service, string? with, Scopes scopes, Disclosed disclosed, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await scopes.Find(council, weeks, stop) is not { } scope) return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        var chosen = string.IsNullOrEmpty(service) ? null : disclosed.Dimensions.Service(service);
        if (chosen is null && !string.IsNullOrEmpty(service)) return Results.NotFound();
        // An invented council's contacts end; what people say of how it was is of today.
        if (scope.IsOwn) scope = Until(scope, Say.DayOf(clock.GetUtcNow()));
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        return new RazorComponentResult<ExperiencePage>(new { View = await View(scope, chosen, with ?? Before, disclosed.For(visitor), names, stop) });
    }

    internal static Scope Until(Scope scope, DateOnly today) => scope with { Period = new(Week.Monday(Week.Of(today) - scope.Weeks), today), Through = today.AddDays(-1) };

    internal static async Task<ExperienceView> View(Scope scope, ServiceCode? service, string with, VisibleContacts contacts, Dictionary<string, string> names, CancellationToken stop = default)
    {
        var shown = new AsShown(contacts.IsExact);
        var query = new FeedbackQuery(scope.Council.Code) { From = scope.Period.From, To = scope.Period.Through, Service = service?.Code };
        var rows = await contacts.Feedback(query, stop);
        var others = scope.Councils.Where(c => c.Code != scope.Council.Code).Select(c => (c.Name, c.Label)).Prepend((Before, $"The {scope.Weeks} weeks before")).ToList();
        var other = others.Find(o => o.Item1 == with) is { Item1: not null } known ? known : others[0];
        var compared = other.Item1 == Before
            ? query with { From = scope.Period.From.AddDays(-7 * scope.Weeks), To = scope.Period.From.AddDays(-1) }
            : query with { Council = contacts.Dimensions.Council(other.Item1)!.Code };
        var dimensions = contacts.Dimensions;
        string Named(ServiceCode of) => names.GetValueOrDefault(of.Key, of.Label);
        return new()
        {
            Scope = scope,
            Service = service is null ? null : service with { Label = Named(service) },
            IsExact = shown.IsExact,
            Total = FacesShown.Of(rows, shown),
            Breakdowns =
            [
                .. service is null ? [ExperienceBreakdown.Of("Service", rows, r => r.Service, c => c == 0 ? ("Not known", null) : (Named(dimensions.Services[c]), dimensions.Services[c].Key), shown)] : (IEnumerable<ExperienceBreakdown>)[],
                ExperienceBreakdown.Of("Channel", rows, r => r.Channel, c => (Channels.All.FirstOrDefault(k => k.Code == c)?.Label ?? "Not known", null), shown),
                ExperienceBreakdown.Of("Team", rows, r => r.Team, c => (c == 0 ? ContactDimensions.Desk : dimensions.Actors[c].Label, null), shown),
                ExperienceBreakdown.Of("Asked by", rows, r => r.Way, c => (Ways[Math.Clamp(c, 0, Ways.Length - 1)], null), shown),
            ],
            Weeks = Weekly(await contacts.Feedback(query with { ByWeek = true }, stop), scope.Complete, shown),
            Others = others,
            Other = other.Item1,
            // Of another council it is compared whatever the service's own numbering is.
            Comparison = ExperienceComparison.Of(await contacts.Feedback(compared, stop), rows, shown),
        };
    }

    private static readonly string[] Ways = ["Not known", "A page that they opened themselves", "Email", "An adviser"];

    private static WeeklySeries Weekly(IReadOnlyList<FeedbackCount> rows, Days period, AsShown shown) => WeeklySeries.OfShares(
        [.. rows.GroupBy(r => r.Week).Select(g => (g.Key, Shown: FacesShown.Of([.. g], shown))).Where(w => ShareShown.IsEnough(w.Shown.Answers) && !w.Shown.FacesWithheld).Select(w => (w.Key, w.Shown.Faces.Good, w.Shown.Faces.N))], period);
}
