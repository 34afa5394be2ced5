using System.Security.Claims;
using System.Text;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Profiling;

/// <summary>A service with contacts both by phone or in person and online.</summary>
public sealed record MoveService(ServiceCode Service, long Staffed, long Online);

/// <summary>What the page of who is likely to move shows.</summary>
public sealed record MoveView
{
    public required Scope Scope { get; init; }
    public required ContactDimensions Names { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>Services to choose from, those with the most contacts by phone or in person first.</summary>
    public required IReadOnlyList<MoveService> Services { get; init; }

    public required MoveService Service { get; init; }
    public required MoveTargets Targets { get; init; }

    /// <summary>Areas with high digital exclusion are in the list as well.</summary>
    public required bool ShowsExcluded { get; init; }

    /// <summary>Contacts by phone, in person or online whose area or group is not known.</summary>
    public required long Unknown { get; init; }

    /// <summary>Areas or channels are left out because a small number could be worked out.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>The list as it is asked for.</summary>
    public IReadOnlyList<MoveTarget> Listed => [.. Targets.Targets.Where(t => ShowsExcluded || !t.IsExcluded)];
}

/// <summary>A service manager sees who phones or comes although people like them use the web.</summary>
internal static class SeeMove
{
    /// <summary>Phone and face to face.</summary>
    internal static readonly int[] Staffed = [Channels.Find("phone")!.Code, Channels.Find("face-to-face")!.Code];

    /// <summary>What citizens do without staff. Web chat has somebody at the other end and is in neither.</summary>
    internal static readonly int[] Online = [Channels.Find("web")!.Code, Channels.Find("app")!.Code];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/profiles/move", Show).For(Audience.Measure);
        pages.MapGet("/measure/profiles/move.csv", Download).For(Audience.Measure);
    }

    private static async Task<IResult> Show([AsParameters] ProfileAsked asked, ProfileReading reading, ClaimsPrincipal visitor, IServiceNames names, CancellationToken stop)
    {
        if (await reading.Scopes.Find(asked.Council, asked.Weeks, stop) is not { } scope) return asked.Council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        var (view, isThere) = await View(scope, reading.Disclosed.For(visitor), asked, names, stop);
        return !isThere ? Results.NotFound() : new RazorComponentResult<MovePage>(new { Scope = scope, View = view });
    }

    private static async Task<IResult> Download([AsParameters] ProfileAsked asked, ProfileReading reading, ClaimsPrincipal visitor, IServiceNames names, CancellationToken stop)
    {
        if (await reading.Scopes.Find(asked.Council, asked.Weeks, stop) is not { } scope) return Results.NotFound();
        return await View(scope, reading.Disclosed.For(visitor), asked, names, stop) is ({ } view, _)
            ? Results.File(Encoding.UTF8.GetBytes(MoveFile.Write(view)), "text/csv; charset=utf-8", $"likely-to-move-{scope.Council.Name}.csv")
            : Results.NotFound();
    }

    /// <summary>Two questions to the store. The view is null where no service has both kinds of channel; the second is false where the service asked for is not there.</summary>
    internal static async Task<(MoveView? View, bool IsThere)> View(Scope scope, VisibleContacts contacts, ProfileAsked asked, IServiceNames names, CancellationToken stop)
    {
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var query = scope.Query.With(Dimension.Channel, [.. Staffed, .. Online]).Counting(Contacts.Measure.Contacts);
        var byService = await contacts.Query(query.GroupedBy(Dimension.Service, Dimension.Channel), stop);
        List<MoveService> services =
        [
            .. Enumerable.Range(0, byService.Rows).Where(r => byService.Code(r, Dimension.Service) != 0).GroupBy(r => byService.Code(r, Dimension.Service))
                .Select(g => new MoveService(Plain(contacts.Dimensions.Services[g.Key]), Sum(byService, g, Staffed), Sum(byService, g, Online)))
                .Where(s => s is { Staffed: > 0, Online: > 0 }).OrderByDescending(s => s.Staffed).ThenBy(s => s.Service.Code),
        ];
        var service = string.IsNullOrEmpty(asked.Service) ? services.FirstOrDefault() : services.Find(s => s.Service.Key == asked.Service);
        if (service is null) return (null, string.IsNullOrEmpty(asked.Service));

        var byArea = await contacts.Query(query.With(Dimension.Service, service.Service.Code).GroupedBy(Dimension.Area, Dimension.Channel), stop);
        var scores = Exclusion(contacts.Dimensions, scope.Council.Code);
        List<MoveCell> cells =
        [
            .. Enumerable.Range(0, byArea.Rows).GroupBy(r => byArea.Code(r, Dimension.Area))
                .Select(g => new MoveCell(g.Key, contacts.Dimensions.Areas[g.Key].Profile, Sum(byArea, g, Staffed), Sum(byArea, g, Online), scores.TryGetValue(g.Key, out var score) ? score : null)
                {
                    IsEnough = g.Sum(r => byArea.Shown(r, Contacts.Measure.Contacts).Value ?? 0) >= MoveTargets.FewestContacts,
                }),
        ];
        return (new()
        {
            Scope = scope,
            Names = contacts.Dimensions,
            IsExact = contacts.IsExact,
            Services = services,
            Service = service,
            Targets = MoveTargets.Of(cells),
            ShowsExcluded = asked.Show == "all",
            IsPartial = byArea.IsWithheld || byService.IsWithheld,
            Unknown = cells.Where(c => c.Area == 0 || c.Group == 0).Sum(c => c.N),
        }, true);

        ServiceCode Plain(ServiceCode s) => s with { Label = plain.GetValueOrDefault(s.Key, s.Label) };
    }

    /// <summary>Scores by code of the area, from what is loaded of areas: deprivation. The indicator is 11 less the decile.</summary>
    internal static Dictionary<int, double> Exclusion(ContactDimensions names, int council)
    {
        var areas = names.Areas.Where(a => a.Council == council && a.Decile > 0).ToList();
        return areas.Zip(DigitalExclusion.Scores([.. areas.Select(a => new[] { 11.0 - a.Decile })], [1])).ToDictionary(p => p.First.Code, p => p.Second);
    }

    private static long Sum(CubeResult result, IEnumerable<int> rows, int[] channels) =>
        rows.Where(r => channels.Contains(result.Code(r, Dimension.Channel))).Sum(r => result.Shown(r, Contacts.Measure.Contacts).Estimate);
}
