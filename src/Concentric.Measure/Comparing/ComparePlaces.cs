using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Concentric.Measure.Experience;
using Concentric.Measure.Places;
using Concentric.Measure.Variation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Measure.Comparing;

/// <summary>What the page of comparisons is asked.</summary>
internal sealed record CompareQuestion
{
    public string? Council { get; init; }
    public int? Weeks { get; init; }

    /// <summary>ward (default), area, team or council.</summary>
    public string? By { get; init; }
    public string? Figure { get; init; }
    public string? Service { get; init; }
}

/// <summary>What the page of comparisons shows.</summary>
public sealed record CompareView
{
    public required Scope Scope { get; init; }
    public required string By { get; init; }
    public required ComparedFigure Figure { get; init; }
    public required string Service { get; init; }
    public required IReadOnlyList<Choice> Services { get; init; }

    /// <summary>Whether the figure is known of such units at all.</summary>
    public bool IsKnown => Figure.By.Contains(By);

    /// <summary>Null where nothing can be compared.</summary>
    public required Funnel? Funnel { get; init; }

    /// <summary>Units left out, with why.</summary>
    public required IReadOnlyList<(string Label, string Why)> LeftOut { get; init; }

    /// <summary>What rates are to: residents or households.</summary>
    public required string UnitWord { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>n behind the units that are compared.</summary>
    public double N => Funnel?.Points.Sum(p => Figure.Kind == FunnelKind.Rate ? p.Unit.Count : p.Unit.Size) ?? 0;
}

/// <summary>Somebody who measures compares councils, wards, areas or teams on one figure, in a funnel that tells which differ and ranks nobody.</summary>
internal static class ComparePlaces
{
    public const string Path = "/measure/compare";

    /// <summary>The fewest contacts of which a share is compared: of fewer, limits tell nothing.</summary>
    public const int Fewest = 10;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Path, Show).For(Audience.Measure);

    private static async Task<IResult> Show([AsParameters] CompareQuestion question, Scopes scopes, Disclosed disclosed, ClaimsPrincipal visitor, ConcentricDb db, IServiceNames names, TimeProvider clock, CancellationToken stop)
    {
        if (await scopes.Find(question.Council, question.Weeks, stop) is not { } scope)
            return question.Council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        return new RazorComponentResult<ComparePage>(new { View = await View(scope, question, disclosed.For(visitor), db, names, Say.DayOf(clock.GetUtcNow()), stop) });
    }

    internal static async Task<CompareView> View(Scope scope, CompareQuestion question, VisibleContacts contacts, ConcentricDb db, IServiceNames names, DateOnly today, CancellationToken stop)
    {
        var figure = ComparedFigure.Find(question.Figure);
        var by = question.By is "area" or "team" or "council" ? question.By : "ward";
        var service = contacts.Dimensions.Service(question.Service ?? "") is { Code: > 0 } known ? known : null;
        // Of the contacts, and so before the period may become another.
        var services = await Services(scope, contacts, names, stop);
        // What people say of how it was is of today, where the contacts of an invented council have ended.
        if (figure.Part is null && scope.IsOwn) scope = SeeExperience.Until(scope, today);
        var people = (await Populations.Load(db, scope.Council.Name, stop)).Best;
        var places = await AreaPlaces.Load(db, scope.Council.Name, stop);
        var rows = !figure.By.Contains(by) ? []
            : figure.Part is null ? await CompareFaces.Units(scope, by, service, contacts, stop)
            : by == "team" ? await CompareTeams.Units(scope, figure, service, contacts, stop)
            : by == "council" ? await Councils(scope, figure, service, contacts, db, people.Unit, stop)
            : await Places(scope, figure, service, contacts, by == "ward" ? Dimension.Ward : Dimension.Area,
                by == "ward" ? SeePlaces.Wards(scope, contacts.Dimensions, places, people) : SeePlaces.Areas(scope, contacts.Dimensions, people), stop);
        var compared = rows.Where(r => r.LeftOut is null).Select(r => r.Unit).ToList();
        return new()
        {
            Scope = scope,
            By = by,
            Figure = figure,
            Service = service?.Key ?? "",
            Services = services,
            // Two or more: one unit is its own comparison.
            Funnel = compared.Count < 2 ? null : Funnel.Of(figure.Kind, compared),
            LeftOut = [.. rows.Where(r => r.LeftOut is not null).Select(r => (r.Unit.Label, r.LeftOut!)).OrderBy(r => r.Label, StringComparer.CurrentCultureIgnoreCase)],
            UnitWord = people.Unit == PopulationUnit.Persons ? "residents" : "households",
            IsExact = contacts.IsExact,
        };
    }

    private static async Task<List<(FunnelUnit Unit, string? LeftOut)>> Places(
        Scope scope, ComparedFigure figure, ServiceCode? service, VisibleContacts contacts, Dimension dimension, IEnumerable<(int Code, string Key, string Label, Population? Population)> places, CancellationToken stop)
    {
        var query = Asked(scope.Query, figure, service).GroupedBy(dimension);
        var answer = await contacts.Query(query, stop);
        var rows = Enumerable.Range(0, answer.Rows).ToDictionary(r => answer.Code(r, dimension));
        return [.. places.Select(p => Unit(figure, answer, rows.TryGetValue(p.Code, out var row) ? row : null, p.Key, p.Label, p.Population?.Value))];
    }

    private static async Task<List<(FunnelUnit Unit, string? LeftOut)>> Councils(Scope scope, ComparedFigure figure, ServiceCode? service, VisibleContacts contacts, ConcentricDb db, PopulationUnit unit, CancellationToken stop)
    {
        var units = new List<(FunnelUnit, string?)>();
        // An invented council is no neighbour of a real one.
        foreach (var council in scope.Councils.Where(c => c.IsSynthetic == scope.Council.IsSynthetic))
        {
            // Each council by itself, on the same days: figures of councils are never mixed.
            var answer = await contacts.Query(Asked(scope.Query with { Council = council.Code }, figure, service), stop);
            // Persons with households are no comparison: all are counted in the unit of the council that is looked at.
            var people = figure.Whole is null ? (await Populations.Load(db, council.Name, stop)).Residents(unit).Total?.Value : null;
            units.Add(Unit(figure, answer, answer.Rows > 0 ? 0 : null, council.Name, council.Label + (council.IsSynthetic ? " (synthetic)" : ""), people));
        }
        return units;
    }

    internal static CubeQuery Asked(CubeQuery query, ComparedFigure figure, ServiceCode? service)
    {
        CountedMeasure[] measures = figure.Whole is { } whole ? [figure.Part!.Value, whole] : [figure.Part!.Value];
        var asked = query.Counting(measures);
        return service is null ? asked : asked.With(Dimension.Service, service.Code);
    }

    internal static (FunnelUnit Unit, string? LeftOut) Unit(ComparedFigure figure, CubeResult answer, int? row, string key, string label, long? population)
    {
        (FunnelUnit, string?) Out(string why) => (new(key, label, 0, 1), why);
        if (row is null && answer.IsWithheld) return Out("withheld, because a hidden count could be worked out from it");
        var none = ShownCount.Of(0, false, answer.IsExact);
        var part = row is { } r ? answer.Shown(r, figure.Part!.Value) : none;
        if (figure.Whole is null)
        {
            if (population is not > 0) return Out("nobody is known to live there");
            return part.IsHidden ? Out($"1 to {ShownCount.MostHidden} contacts") : (new(key, label, part.Value!.Value, population.Value), null);
        }
        var whole = row is { } at ? answer.Shown(at, figure.Whole.Value) : none;
        if (part.IsHidden || whole.IsHidden) return Out($"a count from 1 to {ShownCount.MostHidden}");
        if (whole.Value is not > 0) return Out(figure.Name == "failure" ? "nothing is coded" : "nothing is marked");
        if (whole.Value < Fewest) return Out($"fewer than {Fewest} to take a share of");
        // Rounded by themselves, a part may seem larger than its whole.
        return (new(key, label, Math.Min(part.Value!.Value, whole.Value.Value), whole.Value.Value), null);
    }

    private static async Task<List<Choice>> Services(Scope scope, VisibleContacts contacts, IServiceNames names, CancellationToken stop)
    {
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var asked = await contacts.Query(scope.Query.GroupedBy(Dimension.Service).Counting(CountedMeasure.Contacts), stop);
        return [.. Enumerable.Range(0, asked.Rows).Select(r => contacts.Dimensions.Services[asked.Code(r, Dimension.Service)]).Where(s => s.Code > 0)
            .Select(s => new Choice(s.Key, plain.GetValueOrDefault(s.Key, s.Label))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase)];
    }
}
