using Concentric.Core.Places;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Places;

/// <summary>What is known of a council's places, from when and where, and what is missing.</summary>
public sealed record PlaceListsView
{
    public required Choice Council { get; init; }

    /// <summary>Of each kind and part the newest.</summary>
    public required IReadOnlyList<PlaceList> Lists { get; init; }

    public required int Postcodes { get; init; }
    public required AreaPlaces Places { get; init; }
    public required PopulationBase Persons { get; init; }
    public required PopulationBase Households { get; init; }

    /// <summary>By words of the service.</summary>
    public required IReadOnlyList<(string Key, string Label, PopulationBase Base)> Eligible { get; init; }

    /// <summary>Areas that contacts name and no population is known of, as labels.</summary>
    public required IReadOnlyList<string> WithoutPopulation { get; init; }

    /// <summary>Areas with a population and no contact ever.</summary>
    public required IReadOnlyList<string> WithoutContacts { get; init; }

    /// <summary>Areas that contacts name and no list does.</summary>
    public required IReadOnlyList<string> NotListed { get; init; }

    /// <summary>Contacts and requests that name no place; null where that is withheld.</summary>
    public required ShownCount? Nowhere { get; init; }

    public required ShownCount Total { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>Whether areas are left out that have contacts, so that what has none is not known.</summary>
    public required bool IsWithheld { get; init; }

    public required bool StoreIsBehind { get; init; }
    public required bool IsSynthetic { get; init; }
}

/// <summary>Somebody who measures sees which lists of places and populations there are, and what is missing.</summary>
internal static class SeePlaceLists
{
    public const string Path = "/measure/places/lists";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapPost(Path + "/tell", Tell).For(Audience.Analyse);
    }

    private static async Task<IResult> Show([AsParameters] ListsQuestion question, Settings settings, ConcentricDb db, Disclosed disclosed, ContactAreas areas, IServiceNames names, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (BringPlaces.Councils(settings, disclosed.Dimensions).FirstOrDefault(c => c.Value == (question.Council ?? settings.Council)) is not { } council) return Results.NotFound();
        var view = await View(council, db, disclosed.For(visitor), names, stop) with { StoreIsBehind = !await areas.IsToldOf(council.Value!, stop) };
        return new RazorComponentResult<PlaceListsPage>(new { View = view, MayChange = visitor.IsOf(Audience.Analyse), Done = ImportPlaces.Words.Parse(question.Done) });
    }

    private static async Task<IResult> Tell([FromForm] string council, ContactAreas areas, ClaimsPrincipal visitor, CancellationToken stop)
    {
        await areas.Tell(council, visitor.Actor, stop);
        return Results.LocalRedirect($"{Path}?council={Uri.EscapeDataString(council)}");
    }

    internal static async Task<PlaceListsView> View(Choice council, ConcentricDb db, VisibleContacts contacts, IServiceNames names, CancellationToken stop)
    {
        var name = council.Value!;
        var dimensions = contacts.Dimensions;
        var lists = await db.Set<PlaceList>().AsNoTracking().Where(l => l.Council == name).OrderByDescending(l => l.At).ToListAsync(stop);
        var places = await AreaPlaces.Load(db, name, stop);
        var people = await Populations.Load(db, name, stop);
        var best = people.Best;
        var words = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var code = dimensions.Council(name);
        var none = ShownCount.Of(0, false, contacts.IsExact);
        var (total, named, withheld) = (none, new HashSet<string>(StringComparer.Ordinal), false);
        ShownCount? nowhere = none;
        if (code is not null)
        {
            var query = CubeQuery.CitizenContacts(code.Code) with { Where = [new(Dimension.Initiator, (int)ContactInitiator.Citizen)] };
            total = (await contacts.Query(query.Counting(CountedMeasure.Contacts), stop)).Shown(0, CountedMeasure.Contacts);
            var by = await contacts.Query(query.GroupedBy(Dimension.Area).Counting(CountedMeasure.Contacts), stop);
            withheld = by.IsWithheld;
            if (withheld) nowhere = null;
            for (var row = 0; row < by.Rows; row++)
            {
                if (by.Code(row, Dimension.Area) == 0) nowhere = by.Shown(row, CountedMeasure.Contacts);
                else named.Add(dimensions.Areas[by.Code(row, Dimension.Area)].Key);
            }
        }
        string Label(string key) => places.Areas.GetValueOrDefault(key)?.Label ?? dimensions.Areas.FirstOrDefault(a => a.Key == key && a.Council == code?.Code)?.Label ?? key;
        IReadOnlyList<string> Labels(IEnumerable<string> keys) => [.. keys.Select(Label).Order(StringComparer.CurrentCulture)];
        return new()
        {
            Council = council,
            Lists = [.. lists.GroupBy(l => (l.Kind, l.Part)).Select(g => g.First()).OrderBy(l => l.Kind).ThenBy(l => l.Part, StringComparer.Ordinal)],
            Postcodes = await db.Set<PlacedPostcode>().CountAsync(p => p.Council == name, stop),
            Places = places,
            Persons = people.Residents(PopulationUnit.Persons),
            Households = people.Residents(PopulationUnit.Households),
            Eligible = [.. people.Services.Select(s => (s, words.GetValueOrDefault(s, dimensions.Service(s)?.Label ?? s), people.EligibleFor(s)!)).OrderBy(s => s.Item2, StringComparer.CurrentCulture)],
            WithoutPopulation = best.ByArea.Count == 0 ? [] : Labels(named.Where(n => !best.ByArea.ContainsKey(n))),
            WithoutContacts = withheld ? [] : Labels(best.ByArea.Keys.Where(a => !named.Contains(a))),
            IsWithheld = withheld,
            NotListed = places.Areas.Count == 0 ? [] : Labels(named.Where(n => !places.Areas.ContainsKey(n))),
            Nowhere = nowhere,
            Total = total,
            IsExact = contacts.IsExact,
            StoreIsBehind = false,
            IsSynthetic = code?.IsSynthetic ?? false,
        };
    }
}

/// <summary>What the page of lists is asked.</summary>
internal sealed record ListsQuestion
{
    public string? Council { get; init; }

    /// <summary>Kind of the list that has just been taken in.</summary>
    public string? Done { get; init; }
}
