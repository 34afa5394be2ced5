using System.Globalization;
using System.Security.Claims;
using System.Text;
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
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Places;

/// <summary>An analyst types how many could use a service, by profile group or in all: the same as a short file, and taken in the same way.</summary>
internal static class EnterEligible
{
    public const string Path = "/measure/places/eligible";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Analyse);
        pages.MapPost(Path, Enter).For(Audience.Analyse);
    }

    private static async Task<IResult> Show(string? council, string? service, ConcentricDb db, IServiceNames names, Settings settings, Disclosed disclosed, CancellationToken stop)
    {
        council ??= settings.Council;
        if (BringPlaces.Councils(settings, disclosed.Dimensions).All(c => c.Value != council)) return Results.NotFound();
        var known = service is null ? null : (await Populations.Load(db, council, stop)).EligibleFor(service);
        var form = new EligibleForm
        {
            Council = council, Service = service, Unit = $"{known?.Unit ?? PopulationUnit.Households}", Year = known?.Total?.Year.ToString(CultureInfo.InvariantCulture), Source = known?.Total?.Source,
            Total = known is { ByGroup.Count: 0 } ? known.Total?.Value.ToString(CultureInfo.InvariantCulture) : null,
            Groups = known?.ByGroup.Where(g => !g.Value.IsDerived).ToDictionary(g => g.Key, g => g.Value.Value.ToString(CultureInfo.InvariantCulture)) ?? [],
        };
        return await Page(form, new(), db, names, disclosed.Dimensions, stop);
    }

    private static async Task<IResult> Enter(HttpRequest request, ConcentricDb db, IServiceNames names, Settings settings, Disclosed disclosed, ImportPlaces import, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var typed = await request.ReadFormAsync(stop);
        var form = new EligibleForm
        {
            Council = typed["Council"], Service = typed["Service"], Unit = typed["Unit"], Year = typed["Year"], Source = typed["Source"], Total = typed["Total"],
            Groups = typed.Keys.Where(k => k.StartsWith("group-", StringComparison.Ordinal)).ToDictionary(k => k["group-".Length..], k => typed[k].ToString().Trim()),
        };
        if (BringPlaces.Councils(settings, disclosed.Dimensions).All(c => c.Value != form.Council)) return Results.NotFound();
        var services = await Services(names, disclosed.Dimensions, stop);
        var errors = form.Check(services);
        if (errors.Any) return await Page(form, errors, db, names, disclosed.Dimensions, stop);

        var column = form.Unit == nameof(PopulationUnit.Persons) ? "persons" : "households";
        var csv = new StringBuilder($"group,{column}\n");
        var filled = form.Groups.Where(g => g.Value.Length > 0).ToList();
        foreach (var (group, value) in filled) csv.Append(CultureInfo.InvariantCulture, $"\"{group.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"{value}\"\n");
        if (filled.Count == 0) csv.Append(CultureInfo.InvariantCulture, $",\"{form.Total!.Trim()}\"\n");
        var about = new PlaceRequest { Council = form.Council!, Kind = PlaceKind.Eligible, FileName = "Typed on the page", Year = int.Parse(form.Year!, CultureInfo.InvariantCulture), Source = form.Source!.Trim(), Service = form.Service };
        await import.Run(about, Encoding.UTF8.GetBytes(csv.ToString()), visitor.Actor, apply: true, stop);
        return Results.LocalRedirect($"{SeePlaceLists.Path}?council={Uri.EscapeDataString(form.Council!)}&done=eligible");
    }

    private static async Task<IReadOnlyList<Choice>> Services(IServiceNames names, ContactDimensions dimensions, CancellationToken stop)
    {
        var national = await names.All(stop);
        var keys = national.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return [.. national.Select(s => new Choice(s.Id, s.Plain)).Concat(dimensions.Services.Where(s => s.Key.Length > 0 && !keys.Contains(s.Key)).Select(s => new Choice(s.Key, s.Label))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<IResult> Page(EligibleForm form, Errors errors, ConcentricDb db, IServiceNames names, ContactDimensions dimensions, CancellationToken stop)
    {
        var places = await AreaPlaces.Load(db, form.Council!, stop);
        var groups = places.Groups.Select(g => (g.Key, Label: $"{g.Key} {g.Value}")).Concat(places.Areas.Values.Select(a => a.Group).OfType<string>().Distinct().Where(g => !places.Groups.ContainsKey(g)).Select(g => (Key: g, Label: g)));
        return new RazorComponentResult<EligiblePage>(new { Form = form, Errors = errors, Services = await Services(names, dimensions, stop), Groups = groups.OrderBy(g => g.Key, StringComparer.Ordinal).ToList() })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}

/// <summary>Who could use a service, as typed.</summary>
public sealed record EligibleForm
{
    public string? Council { get; init; }
    public string? Service { get; init; }
    public string? Unit { get; init; }
    public string? Year { get; init; }
    public string? Source { get; init; }
    public string? Total { get; init; }

    /// <summary>By key of the group.</summary>
    public Dictionary<string, string> Groups { get; init; } = [];

    public Errors Check(IReadOnlyList<Choice> services)
    {
        static bool IsCount(string text) => long.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var n) && n <= 100_000_000;
        var errors = new Errors().Check("Service", services.Any(s => s.Value == Service), "Select a service")
            .Check("Unit", Unit is nameof(PopulationUnit.Persons) or nameof(PopulationUnit.Households), "Select whether these are persons or households");
        foreach (var (group, value) in Groups.Where(g => g.Value.Length > 0)) errors.Check($"group-{group}", IsCount(value), $"Enter a whole number for group {group}, such as 1200");
        errors.Check("Total", Groups.Any(g => g.Value.Length > 0) || IsCount(Total ?? ""), "Enter a whole number for each group that you know, or one for the whole council");
        return PlaceForm.CheckSource(errors, Year, Source);
    }
}
