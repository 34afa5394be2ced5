using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Questions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Teams;

/// <summary>A rule as its page lists it.</summary>
/// <param name="IsEmpty">Nobody works in its team.</param>
public sealed record RouteView(string Service, string ServiceName, string Area, string Team, bool IsEmpty);

/// <summary>What was tried, and what came of it.</summary>
/// <param name="Why">Which rule decides and why, in words.</param>
public sealed record TriedRoute(string? Service, string? Postcode, string? Team, string Why);

/// <summary>Gathers the page of rules of which team gets what.</summary>
internal sealed class RoutePages(ConcentricDb db, IServiceNames services, RouteEnquiry route)
{
    /// <summary>Teams of forms, and those in which somebody works.</summary>
    public async Task<IReadOnlyCollection<string>> Teams(CancellationToken stop) =>
        [.. (await db.KnownForms.Select(f => f.Team).Distinct().ToListAsync(stop)).Union(await db.TeamMembers.Select(m => m.Team).Distinct().ToListAsync(stop)).Where(t => t.Length > 0).Order(StringComparer.Ordinal)];

    public async Task<bool> Knows(string service, CancellationToken stop) => await services.Find(service, stop) is not null;

    public async Task<IResult> Page(RouteForm form, Errors errors, string? service, string? postcode, CancellationToken stop)
    {
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain, StringComparer.Ordinal);
        var worked = (await db.TeamMembers.Select(m => m.Team).Distinct().ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var rules = Route.InOrder(await db.Routes.AsNoTracking().ToListAsync(stop)).Select(r => new RouteView(r.Service, r.Service.Length == 0 ? "Any" : names.GetValueOrDefault(r.Service, r.Service), r.Area, r.Team, !worked.Contains(r.Team))).ToList();
        return new RazorComponentResult<RoutesPage>(new
        {
            Rules = rules, Form = form, Errors = errors, Tried = service is null && postcode is null ? null : await Try(service, postcode, names),
            Teams = (await Teams(stop)).Select(t => new Choice(t, worked.Contains(t) ? t : $"{t} (nobody works in it)")).Prepend(new("", "")).ToList(),
            Services = names.Select(s => new Choice(s.Key, s.Value)).OrderBy(s => s.Text, StringComparer.CurrentCulture).Prepend(new("", "Any service")).ToList(),
        }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private async Task<TriedRoute> Try(string? service, string? postcode, Dictionary<string, string> names)
    {
        if (service is not null && !names.ContainsKey(service)) service = null;
        postcode = string.IsNullOrWhiteSpace(postcode) ? null : postcode.Length > 20 ? postcode[..20] : postcode;
        if (postcode is not null && !Postcode.TryParse(postcode, out _)) return new(service, postcode, null, "That is no full postcode. Enter one like LS1 4AP, or leave it empty.");
        var found = await route.Try(db, service, postcode);
        var why = found switch
        {
            { Rule: { Service.Length: > 0, Area.Length: > 0 } rule } => $"by the rule for this service in {rule.Area}: a service with its area comes first.",
            { Rule: { Service.Length: > 0 } } => "by the rule for this service: no rule for it names an area in which the postcode lies.",
            { Form: { } form } => $"it is the team of the form “{form}”: no rule names this service.",
            { Rule: { } rule } => $"by the rule for {rule.Area}: no rule names the service, and no form names a team.",
            _ => "no rule and no form names a team for it.",
        };
        return new(service, postcode, found.Team, why);
    }
}
