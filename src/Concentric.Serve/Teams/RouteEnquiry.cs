using Concentric.Core.Data;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Teams;

/// <summary>Which team an enquiry waits with, and why.</summary>
/// <param name="Team">Empty for the desk's own.</param>
/// <param name="Rule">The rule that decided it; null where none did.</param>
/// <param name="Form">Title of the form whose team it is; null where that did not decide it.</param>
internal sealed record Routed(string Team, Route? Rule, string? Form);

/// <summary>
/// Decides which team an enquiry waits with when it comes. In this order: a rule for its service and area, a rule for its service, the team of its form (without one: of the service's own form),
/// a rule for its area, the desk.
/// </summary>
internal sealed class RouteEnquiry(PublishedForms forms)
{
    /// <summary>Of what came without a form: the team, and whether the service's forms are sensitive.</summary>
    public async Task<(string Team, bool IsSensitive)> Of(ConcentricDb db, string? service, string? postcode = null)
    {
        var own = service is null ? [] : (await forms.All()).Where(f => f.Form.Service == service).ToList();
        return ((await Decide(db, service, postcode, own.FirstOrDefault()?.Form)).Team, own.Exists(f => f.Form.Sensitive));
    }

    /// <summary>As it would be decided for what comes without a form.</summary>
    public async Task<Routed> Try(ConcentricDb db, string? service, string? postcode) =>
        await Decide(db, service, postcode, service is null ? null : (await forms.All()).Where(f => f.Form.Service == service).Select(f => f.Form).FirstOrDefault());

    /// <param name="form">By which it came, or the service's own; null where there is none.</param>
    public static async Task<Routed> Decide(ConcentricDb db, string? service, string? postcode, Form? form)
    {
        var areas = RouteArea.Of(postcode).Append("").ToList();
        var ofService = service ?? "";
        var rules = service is null && areas.Count == 1 ? [] : await db.Routes.AsNoTracking().Where(r => areas.Contains(r.Area) && (r.Service == ofService || r.Service == "")).ToListAsync();
        var rule = Route.InOrder(rules).FirstOrDefault();
        // A form names its team with more right than an area alone does.
        return rule is { Service.Length: > 0 } ? new(rule.Team, rule, null)
            : form is { Team.Length: > 0 } ? new(form.Team, null, form.Title.En)
            : rule is not null ? new(rule.Team, rule, null) : new("", null, null);
    }
}
