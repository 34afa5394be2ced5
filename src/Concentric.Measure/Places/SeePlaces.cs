using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Places;

/// <summary>One area or ward: how many contacts came from it, and for how many people.</summary>
public sealed record PlaceLine
{
    /// <summary>Key of the area, or name of the ward.</summary>
    public required string Key { get; init; }

    public required string Label { get; init; }
    /// <summary>Null where it is withheld, because a small count could be worked out from it.</summary>
    public required ShownCount? Contacts { get; init; }

    public required Population? Population { get; init; }

    /// <summary>Made from the count as shown; null where that is hidden or nobody is known to live there.</summary>
    public RateOf? Rate => Contacts?.Value is { } count && Population is { Value: var people } ? RateOf.Of(count, people) : null;
}

/// <summary>What the page of places shows.</summary>
public sealed record PlacesView
{
    public required Scope Scope { get; init; }
    public required PlaceLevel Level { get; init; }
    public required bool IsRate { get; init; }

    /// <summary>Code and words of the service and channel chosen, empty for all.</summary>
    public required string Service { get; init; }
    public required string Channel { get; init; }
    public required IReadOnlyList<Choice> Services { get; init; }

    /// <summary>The highest first.</summary>
    public required IReadOnlyList<PlaceLine> Lines { get; init; }

    /// <summary>Contacts whose area is not known; null where that is withheld.</summary>
    public required ShownCount? Nowhere { get; init; }
    public required ShownCount Total { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>Unit of the populations; null where there are none.</summary>
    public required PopulationUnit? Unit { get; init; }

    /// <summary>Address of the outlines, with a mark of their content; null where there are none.</summary>
    public required string? Outlines { get; init; }

    /// <summary>Wards that have an area whose population is not known.</summary>
    public required int WithoutPopulation { get; init; }

    public int Hidden => Lines.Count(l => l.Contacts is { IsHidden: true });
    /// <summary>Places whose counts are withheld.</summary>
    public int Withheld => Lines.Count(l => l.Contacts is null);

    public string UnitWord => Unit == PopulationUnit.Persons ? "residents" : "households";
}

/// <summary>Somebody who measures sees contacts by area or ward, as a map where there are outlines and as a ranked table always.</summary>
internal static class SeePlaces
{
    public const string Path = "/measure/places";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapGet(Path + "/outlines", Outlines).For(Audience.Measure);
    }

    private static async Task<IResult> Show([AsParameters] PlacesQuestion question, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        if (await scopes.Find(question.Council, question.Weeks, stop) is not { } scope)
            return question.Council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        return new RazorComponentResult<PlacesPage>(new { View = await View(scope, question, disclosed.For(visitor), db, names, stop), MayChange = visitor.IsOf(Audience.Analyse) });
    }

    internal static async Task<PlacesView> View(Scope scope, PlacesQuestion question, VisibleContacts contacts, ConcentricDb db, IServiceNames names, CancellationToken stop)
    {
        var dimensions = contacts.Dimensions;
        var level = question.By == "ward" ? PlaceLevel.Ward : PlaceLevel.Area;
        var service = dimensions.Service(question.Service ?? "");
        var channel = Channels.All.FirstOrDefault(c => c.Name == question.Channel);
        var query = scope.Query;
        if (service is { Code: > 0 }) query = query.With(Dimension.Service, service.Code);
        if (channel is not null) query = query.With(Dimension.Channel, channel.Code);

        var dimension = level == PlaceLevel.Ward ? Dimension.Ward : Dimension.Area;
        var by = await contacts.Query(query.GroupedBy(dimension).Counting(CountedMeasure.Contacts), stop);
        var total = await contacts.Query(query.GroupedBy().Counting(CountedMeasure.Contacts), stop);
        var counts = Enumerable.Range(0, by.Rows).ToDictionary(r => by.Code(r, dimension), r => by.Shown(r, CountedMeasure.Contacts));
        // What is left out of a breakdown that is withheld may be anything; otherwise it is nothing.
        ShownCount? none = by.IsWithheld ? null : ShownCount.Of(0, false, contacts.IsExact);
        ShownCount? Count(int code) => counts.TryGetValue(code, out var count) ? count : none;

        var places = await AreaPlaces.Load(db, scope.Council.Name, stop);
        var people = (await Populations.Load(db, scope.Council.Name, stop)).Best;
        var known = level == PlaceLevel.Ward ? Wards(scope, contacts.Dimensions, places, people) : Areas(scope, contacts.Dimensions, people);
        var lines = known.Select(p => new PlaceLine { Key = p.Key, Label = p.Label, Population = p.Population, Contacts = Count(p.Code) }).ToList();
        var isRate = question.Show != "count" && lines.Exists(l => l.Population is not null);
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var asked = await contacts.Query(scope.Query.GroupedBy(Dimension.Service).Counting(CountedMeasure.Contacts), stop);
        return new()
        {
            Scope = scope,
            Level = level,
            IsRate = isRate,
            Service = service?.Key ?? "",
            Channel = channel?.Name ?? "",
            Services = [.. Enumerable.Range(0, asked.Rows).Select(r => dimensions.Services[asked.Code(r, Dimension.Service)]).Where(s => s.Code > 0)
                .Select(s => new Choice(s.Key, plain.GetValueOrDefault(s.Key, s.Label))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase)],
            // What is hidden lies between 0 and 8, as in every order under rule A.
            Lines = [.. lines.OrderByDescending(l => l.Contacts is not { } c ? -1 : !isRate ? c.Estimate : l.Population is { Value: > 0 } p ? (double)c.Estimate * 1000 / p.Value : -1).ThenBy(l => l.Label, StringComparer.Ordinal)],
            Nowhere = Count(0),
            Total = total.Shown(0, CountedMeasure.Contacts),
            IsExact = contacts.IsExact,
            Unit = people.ByArea.Count == 0 ? null : people.Unit,
            Outlines = await OutlinesOf(db, scope.Council.Name, level, stop),
            WithoutPopulation = lines.Count(l => l.Population is null),
        };
    }

    internal static IEnumerable<(int Code, string Key, string Label, Population? Population)> Areas(Scope scope, ContactDimensions names, PopulationBase people) =>
        names.Areas.Where(a => a.Code > 0 && a.Council == scope.Council.Code).Select(a => (a.Code, a.Key, a.Label, people.ByArea.GetValueOrDefault(a.Key)));

    /// <summary>A ward's population is the sum of its areas', and is not known where that of one of them is not.</summary>
    internal static IEnumerable<(int Code, string Key, string Label, Population? Population)> Wards(Scope scope, ContactDimensions names, AreaPlaces places, PopulationBase people) =>
        from ward in names.Wards
        where ward.Code > 0 && ward.Council == scope.Council.Code
        let areas = names.Areas.Where(a => a.Ward == ward.Code).Select(a => a.Key).Concat(places.Areas.Values.Where(a => a.Ward == ward.Label).Select(a => a.Key)).Distinct().ToList()
        let known = areas.Select(a => people.ByArea.GetValueOrDefault(a)).ToList()
        let sum = known.Count == 0 || known.Contains(null) ? null : known[0]! with { Value = known.Sum(k => k!.Value), IsDerived = true }
        select (ward.Code, ward.Label, ward.Label, sum);

    private static async Task<string?> OutlinesOf(ConcentricDb db, string council, PlaceLevel level, CancellationToken stop)
    {
        var kept = await db.Set<Boundaries>().AsNoTracking().Where(b => b.Council == council && b.Level == level).Select(b => new { b.Shapes, b.Year }).FirstOrDefaultAsync(stop);
        return kept is null ? null : $"{Path}/outlines?council={Uri.EscapeDataString(council)}&level={level.ToString().ToLowerInvariant()}";
    }

    private static async Task<IResult> Outlines(string council, string level, ConcentricDb db, CancellationToken stop)
    {
        var which = level == "ward" ? PlaceLevel.Ward : PlaceLevel.Area;
        var kept = await db.Set<Boundaries>().AsNoTracking().FirstOrDefaultAsync(b => b.Council == council && b.Level == which, stop);
        return kept is null ? Results.NotFound() : Results.Text(kept.GeoJson, "application/geo+json", Encoding.UTF8);
    }
}

/// <summary>What the page of places is asked: which council, weeks, service and channel, by area or ward, rate or count.</summary>
internal sealed record PlacesQuestion
{
    public string? Council { get; init; }
    public int? Weeks { get; init; }
    public string? Service { get; init; }
    public string? Channel { get; init; }
    public string? By { get; init; }
    public string? Show { get; init; }
}
