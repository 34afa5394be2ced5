using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Concentric.Measure.ChannelPlans;

/// <summary>What the page of a channel plan shows.</summary>
public sealed record PlanView
{
    public required Scope Scope { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>All services that could be planned, and whether each has all the local costs it takes.</summary>
    public required IReadOnlyList<ServiceCostRow> Services { get; init; }

    public required IReadOnlySet<string> Chosen { get; init; }

    /// <summary>Null before a service was chosen.</summary>
    public required PlanBasis? Basis { get; init; }

    /// <summary>What stands in the boxes.</summary>
    public required IReadOnlyDictionary<string, string> Boxes { get; init; }

    /// <summary>Null while something must be put right, local costs are missing, or contacts are withheld.</summary>
    public required PlanResult? Result { get; init; }

    /// <summary>What stands behind the question mark, to be saved.</summary>
    public required string Query { get; init; }

    public required IReadOnlyList<KeptPlan> Kept { get; init; }
}

/// <summary>Somebody looks for the channel mix that costs least under the conditions that they set.</summary>
internal sealed class PlanChannels(ConcentricDb db, Settings settings, Scopes scopes, IServiceNames names, Disclosed disclosed)
{
    private const string Path = "/measure/channel-plan";

    // Each service brings segments of its own, and the simplex works on all of them at once: its table grows with their square, and the steps grow too.
    private const int MostServices = 6;

    private const int LongestQuery = 8_000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapPost($"{Path}/kept", Keep).For(Audience.Measure);
    }

    private static Task<IResult> Show(HttpRequest request, ConcentricDb db, Settings settings, Scopes scopes, IServiceNames names, Disclosed disclosed, ClaimsPrincipal visitor, CancellationToken stop) =>
        new PlanChannels(db, settings, scopes, names, disclosed).Page(request.QueryString.Value ?? "", new(), visitor, stop);

    private static async Task<IResult> Keep(HttpRequest request, IWriter writer, TimeProvider clock, ConcentricDb db, Settings settings, Scopes scopes, IServiceNames names, Disclosed disclosed, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        var (name, query) = (form["Name"].ToString().Trim(), form["Query"].ToString());
        var errors = new Errors().Check("Name", name.Length > 0, "Enter a name for the plan").Check("Name", name.Length <= 100, "The name must be 100 characters or fewer")
            .Check("Name", query.Length <= LongestQuery, "The plan has too many conditions to be saved");
        if (errors.Any) return await new PlanChannels(db, settings, scopes, names, disclosed).Page(query, errors, visitor, stop);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var id = Guid.CreateVersion7(now);
        await writer.Write(write =>
        {
            write.Set<KeptPlan>().Add(new() { Id = id, Council = settings.Council, Name = name, Query = query, By = by, KeptAt = now });
            write.Record(new ChannelPlanKept(id, settings.Council, name), by, now);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect($"{Path}?{query.TrimStart('?')}#kept");
    }

    private async Task<IResult> Page(string query, Errors errors, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await scopes.Find(null, null, stop) is not { } scope) return new RazorComponentResult<NothingCountedPage>();
        Dictionary<string, StringValues> given = QueryHelpers.ParseQuery(query);
        var contacts = disclosed.For(visitor);
        var costs = await LocalCosts.Load(db, settings.Council, stop);
        var chosen = new List<ServiceCode>();
        foreach (var key in given.GetValueOrDefault("service").Where(k => !string.IsNullOrEmpty(k)).Distinct())
        {
            if (await SeeServiceCosts.Find(key, disclosed.Dimensions, names, stop) is not { } service) return Results.NotFound();
            chosen.Add(service);
        }
        errors.Check("service", chosen.Count <= MostServices, $"Choose at most {MostServices} services");
        var boxes = LocalCostForm.Boxes(given);
        PlanBasis? basis = null;
        PlanResult? result = null;
        if (chosen.Count is > 0 and <= MostServices)
        {
            basis = await PlanBasis.Load(scope, chosen, costs, contacts, stop);
            if (!boxes.ContainsKey("run")) foreach (var (box, value) in PlanForm.Defaults(basis, PlanForm.IsByProfile(boxes))) boxes.TryAdd(box, value);
            if (basis is { Missing.Count: 0, IsWithheld: false })
            {
                // A name that is missing does not take the plan away.
                var wrong = new Errors();
                var (problem, seed) = PlanForm.Read(basis, boxes, wrong);
                foreach (var (field, message) in wrong) errors.Check(field, false, message);
                if (problem is not null) result = PlanResult.Of(basis, problem, PlanForm.IsByProfile(boxes), seed);
            }
        }
        var view = new PlanView
        {
            Scope = scope,
            IsExact = contacts.IsExact,
            Services = await SeeServiceCosts.Rows(scope, contacts, costs, names, stop),
            Chosen = chosen.Select(c => c.Key).ToHashSet(),
            Basis = basis,
            Boxes = boxes,
            Result = result,
            Query = query.TrimStart('?'),
            Kept = await db.Set<KeptPlan>().AsNoTracking().Where(p => p.Council == settings.Council).OrderByDescending(p => p.KeptAt).ThenByDescending(p => p.Id).Take(50).ToListAsync(stop),
        };
        return new RazorComponentResult<PlanPage>(new { View = view, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
