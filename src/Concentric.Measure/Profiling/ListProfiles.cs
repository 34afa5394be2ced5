using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Profiling;

/// <summary>A service or a group that there is a profile of.</summary>
/// <param name="Eligible">Of a service, whether a list says who could use it.</param>
public sealed record Profiled(string Key, string Label, ShownCount Contacts, long? People, bool Eligible);

/// <summary>What the first page of profiles shows.</summary>
public sealed record ProfilesView
{
    public required Scope Scope { get; init; }
    public required bool IsExact { get; init; }
    public required IReadOnlyList<Profiled> Services { get; init; }
    public required IReadOnlyList<Profiled> Groups { get; init; }
}

/// <summary>A service manager chooses whose profile to see.</summary>
internal static class ListProfiles
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/profiles", Show).For(Audience.Measure);

    private static async Task<IResult> Show([AsParameters] ProfileAsked asked, ProfileReading reading, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await reading.Scopes.Find(asked.Council, asked.Weeks, stop) is not { } scope) return asked.Council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        return new RazorComponentResult<ProfilesPage>(new { View = await View(scope, reading.Disclosed.For(visitor), await Populations.Load(db, scope.Council.Name, stop), plain, stop) });
    }

    internal static async Task<ProfilesView> View(Scope scope, VisibleContacts contacts, Populations populations, IReadOnlyDictionary<string, string> plain, CancellationToken stop)
    {
        var names = contacts.Dimensions;
        async Task<CubeResult> By(Dimension dimension) =>
            await contacts.Query(scope.Query.GroupedBy(dimension).Counting(Contacts.Measure.Contacts).Sorted(Order.ByLargest(Contacts.Measure.Contacts)), stop);
        var (services, groups) = (await By(Dimension.Service), await By(Dimension.Profile));
        return new()
        {
            Scope = scope,
            IsExact = contacts.IsExact,
            Services =
            [
                .. from row in Enumerable.Range(0, services.Rows)
                   let service = names.Services[services.Code(row, Dimension.Service)]
                   where service.Code > 0
                   select new Profiled(service.Key, plain.GetValueOrDefault(service.Key, service.Label), services.Shown(row, Contacts.Measure.Contacts), null, populations.EligibleFor(service.Key) is not null),
            ],
            Groups =
            [
                .. from row in Enumerable.Range(0, groups.Rows)
                   let code = groups.Code(row, Dimension.Profile)
                   where code > 0
                   let one = names.Profiles[code]
                   orderby one.Label
                   select new Profiled(one.Key, one.Label, groups.Shown(row, Contacts.Measure.Contacts), populations.Best.ByGroup.GetValueOrDefault(one.Key)?.Value, false),
            ],
        };
    }
}
