using Concentric.Core.Data;
using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.DemandTypes;

/// <summary>What kind of contact it was, as one choice of a form (DemandKinds.razor): one of the service's own types, or plainly value, failure or not known.</summary>
internal static class DemandChoice
{
    /// <summary>What was chosen; null where it is none of the choices of that service.</summary>
    public static async Task<(DemandType? Type, Demand Demand)?> Read(ConcentricDb db, string? choice, string? service) => choice switch
    {
        "value" => (null, Demand.Value),
        "failure" => (null, Demand.Failure),
        "unknown" => (null, Demand.Unknown),
        _ => Guid.TryParse(choice, out var id) && await db.DemandTypes.SingleOrDefaultAsync(t => t.Id == id && t.Service == service && t.InUse) is { } type ? (type, type.Demand) : null,
    };

    /// <summary>The choice that was made before; null where none was.</summary>
    public static string? Of(Coding? coding) => coding is null ? null : coding.DemandTypeId is { } type ? $"{type}" : coding.Demand switch
    {
        Demand.Value => "value",
        Demand.Failure => "failure",
        _ => "unknown",
    };

    /// <summary>The types that a service uses, as pages show them.</summary>
    public static async Task<List<DemandTypeView>> TypesOf(ConcentricDb db, string? service, CancellationToken stop) => service is null ? [] :
        (await db.DemandTypes.AsNoTracking().Where(t => t.Service == service && t.InUse).OrderBy(t => t.Id).ToListAsync(stop)).ConvertAll(t => new DemandTypeView(t.Id, t.Words, t.Demand, t.InUse));
}
