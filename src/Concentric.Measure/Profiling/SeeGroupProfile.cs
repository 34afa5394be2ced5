using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Places;
using Concentric.Measure.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Profiling;

/// <summary>What the profile of a group shows.</summary>
public sealed record GroupProfileView
{
    public required ProfileAbout About { get; init; }
    public required ProfileCode Group { get; init; }

    /// <summary>People or households of the group; null where no list says.</summary>
    public required long? Size { get; init; }

    /// <summary>Of all in places whose group is known, 0 to 1.</summary>
    public required double? ShareOfAll { get; init; }

    /// <summary>Areas most of which belong to the group, the largest first, with their people where known.</summary>
    public required IReadOnlyList<(AreaCode Area, long? People)> Areas { get; init; }

    /// <summary>The group's use of each service, the highest index first. The code of a line is that of the service.</summary>
    public required IReadOnlyList<GroupLine> Services { get; init; }

    public required IReadOnlyList<GroupChannelLine> Channels { get; init; }

    /// <summary>Services whose users are missing beyond chance, if take-up were that of everybody else; the most missing first.</summary>
    public required IReadOnlyList<GapLine> Unreached { get; init; }

    /// <summary>Words for services, by code.</summary>
    public required IReadOnlyDictionary<int, string> Plain { get; init; }
}

/// <summary>A service manager sees one profile group: what it uses, how, and what it does not reach.</summary>
internal static class SeeGroupProfile
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/profiles/groups/{**key}", Show).For(Audience.Measure);

    private static async Task<IResult> Show([AsParameters] ProfileAsked asked, ProfileReading reading, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await reading.Scopes.Find(asked.Council, asked.Weeks, stop) is not { } scope) return Results.NotFound();
        var contacts = reading.Disclosed.For(visitor);
        if (contacts.Dimensions.Profiles.FirstOrDefault(p => p.Code > 0 && p.Key == asked.Key) is not { } group) return Results.NotFound();
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        return new RazorComponentResult<GroupProfilePage>(new { View = await View(scope, group, contacts, await Populations.Load(db, scope.Council.Name, stop), asked.Of, plain, stop) });
    }

    /// <summary>Six questions to the store, and one more for each set of groups that could use some service.</summary>
    internal static async Task<GroupProfileView> View(
        Scope scope, ProfileCode group, VisibleContacts contacts, Populations populations, string? of, IReadOnlyDictionary<string, string> plain, CancellationToken stop)
    {
        var names = contacts.Dimensions;
        var mine = scope.Query.With(Dimension.Profile, group.Code);
        var otherCodes = names.Profiles.Where(p => p.Code > 0 && p.Code != group.Code).Select(p => p.Code).ToList();
        var others = otherCodes.Count == 0 ? null : scope.Query.With(Dimension.Profile, otherCodes);
        var all = await UseOf.All(mine, contacts, stop);
        var counting = Counting.Of(all, of);
        var could = WhoCould.Of(populations, null, scope.Council.Code, names);
        var use = await UseOf.By(Dimension.Service, mine, counting.As, contacts, stop);
        var otherUse = await OtherUse();
        var withheld = use.IsWithheld || otherUse.IsWithheld;
        var compared = withheld ? [] : Compared(use.Parts, otherUse.Parts, counting.As, code => WhoCouldUse(code), group.Code);
        var people = counting.As == CountedAs.Persons && could?.Unit == PopulationUnit.Persons;
        var (cells, otherCells) = others is null ? (null, null) : (await Cells(mine, contacts, stop), await Cells(others, contacts, stop));
        var services = GroupIndex.OfServices(compared, people);
        return new()
        {
            About = new() { Scope = scope, Names = names, IsExact = contacts.IsExact, Counting = counting, All = all, Could = could, UnknownGroup = null, UnknownArea = null, IsWithheld = withheld || (others is not null && (cells is null || otherCells is null)), IsOfGroup = true },
            Group = group,
            Size = could?.Groups.TryGetValue(group.Code, out var size) is true ? size : null,
            ShareOfAll = could is { HasGroups: true } && could.Groups.ContainsKey(group.Code) ? (double)could.Groups[group.Code] / could.Groups.Values.Sum() : null,
            Areas =
            [
                .. names.Areas.Where(a => a.Council == scope.Council.Code && a.Profile == group.Code)
                    .Select(a => (Area: a, People: could?.Areas.TryGetValue(a.Code, out var n) is true ? n : (long?)null)).OrderByDescending(a => a.People).ThenBy(a => a.Area.Label, StringComparer.Ordinal),
            ],
            Services = [.. services.OrderByDescending(l => l.Index)],
            Channels = cells is null || otherCells is null ? [] : GroupChannels.Of(cells, otherCells),
            Unreached = Missing(compared, services.Where(l => l.Finding == Finding.Fewer).Select(l => l.Code).ToHashSet()),
            Plain = names.Services.ToDictionary(s => s.Code, s => plain.GetValueOrDefault(s.Key, s.Label)),
        };

        // Everybody else are the other groups whose people are counted, which may differ from service to service: a group of unknown size would make all others look small.
        async Task<Uses> OtherUse()
        {
            var parts = new List<UseOf>();
            var isWithheld = false;
            var sets = names.Services.Where(s => s.Code > 0).GroupBy(s => string.Join(' ', Others(s.Code).Order()));
            var usual = string.Join(' ', Sized(could).Order());
            foreach (var set in sets)
            {
                if (Others(set.First().Code) is not { Count: > 0 } codes) continue;
                var asked = scope.Query.With(Dimension.Profile, codes);
                if (set.Key != usual) asked = asked.With(Dimension.Service, [.. set.Select(s => s.Code)]);
                var uses = await UseOf.By(Dimension.Service, asked, counting.As, contacts, stop);
                var of = set.Select(s => s.Code).ToHashSet();
                parts.AddRange(uses.Parts.Where(u => of.Contains(u.Code)));
                isWithheld |= uses.IsWithheld;
            }
            return new(parts, isWithheld);
        }

        List<int> Others(int service) => Sized(WhoCouldUse(service));

        List<int> Sized(WhoCould? who) => who is { HasGroups: true } ? [.. who.Groups.Keys.Where(code => code > 0 && code != group.Code)] : [];

        WhoCould? WhoCouldUse(int service) => populations.EligibleFor(names.Services[service].Key) is null ? could : WhoCould.Of(populations, names.Services[service].Key, scope.Council.Code, names);
    }

    private static List<(int Code, ShownCount Users, long AllUsers, long Eligible, long AllEligible)> Compared(
        IReadOnlyList<UseOf> mine, IReadOnlyList<UseOf> others, CountedAs counted, Func<int, WhoCould?> could, int group)
    {
        var (own, rest) = (mine.ToDictionary(u => u.Code), others.ToDictionary(u => u.Code));
        var compared = new List<(int, ShownCount, long, long, long)>();
        foreach (var code in own.Keys.Union(rest.Keys).Where(c => c != 0).Order())
        {
            if (could(code) is not { HasGroups: true } who || !who.Groups.TryGetValue(group, out var eligible)) continue;
            var users = own.GetValueOrDefault(code)?.Count(counted) ?? ShownCount.Of(0, false, mine.Concat(others).First().Contacts.IsExact);
            compared.Add((code, users, users.Estimate + (rest.GetValueOrDefault(code)?.Count(counted).Estimate ?? 0), eligible, who.Groups.Values.Sum()));
        }
        return compared;
    }

    /// <summary>Users there would be if the group took each service up as everybody else does.</summary>
    /// <param name="fewer">Services that the group uses less, when all services are looked at together: one by one some would come out by chance.</param>
    private static List<GapLine> Missing(List<(int Code, ShownCount Users, long AllUsers, long Eligible, long AllEligible)> compared, HashSet<int> fewer) =>
    [
        .. compared.Where(c => c.AllEligible > c.Eligible && fewer.Contains(c.Code))
            .Select(c => new GapLine(c.Code, c.Eligible, new(c.Users.Estimate, c.Eligible * (double)(c.AllUsers - c.Users.Estimate) / (c.AllEligible - c.Eligible)), c.Users.IsHidden))
            .Where(l => l.IsMissing && l.Need.Expected >= PenetrationIndex.Least).OrderByDescending(l => l.Need.UnmetInterval.Low),
    ];

    /// <summary>Null where it is withheld: what is not there is not nothing.</summary>
    private static async Task<List<(int, int, ShownCount)>?> Cells(CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var result = await contacts.Query(query.GroupedBy(Dimension.Service, Dimension.Channel).Counting(Contacts.Measure.Contacts), stop);
        return result.IsWithheld ? null : [.. Enumerable.Range(0, result.Rows).Select(r => (result.Code(r, Dimension.Service), result.Code(r, Dimension.Channel), result.Shown(r, Contacts.Measure.Contacts)))];
    }
}
