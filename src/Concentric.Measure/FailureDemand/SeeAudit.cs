using System.Security.Claims;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.FailureDemand;

/// <summary>A service manager sees what an audit of coding found: how far two coders agree, on what they differ, and the share of failure demand that follows.</summary>
internal static class SeeAudit
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet($"{SeeDemand.Path}/audits/{{id:guid}}", Show).For(Audience.Measure);

    /// <summary>The words for a channel of a fact.</summary>
    public static string Channel(string name) => Channels.Find(name)?.Label ?? name;

    private static async Task<IResult> Show(Guid id, IContactStore store, IServiceNames names, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var audits = await store.Told<AuditEnded>(stop);
        if (audits.FirstOrDefault(a => a.Audit == id) is not { } audit) return Results.NotFound();
        var plain = (await names.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        return new RazorComponentResult<AuditPage>(new
        {
            View = AuditView.Of(audit, null, visitor.IsOf(Audience.Analyse), key => key.Length == 0 ? "No service chosen" : plain.GetValueOrDefault(key, key), Channel),
            IsExact = visitor.IsOf(Audience.Analyse),
        });
    }
}
