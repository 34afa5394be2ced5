using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Questions;
using Concentric.Serve.Cases;
using Concentric.Serve.Enquiries;
using Concentric.Serve.SystemCauses;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>What a service manager chooses from who says what caused a contact.</summary>
/// <param name="Steps">Steps of the process by which it is worked on, in its words; none where there is no case.</param>
public sealed record CauseChoices(IReadOnlyList<PlacedCause> Tree, IReadOnlyList<Choice> Services, IReadOnlyList<string> Steps);

/// <summary>What was set of an enquiry and of contacts that followed it, and what can be.</summary>
public sealed record FoundCauses(CauseChoices Choices, CauseForm Own, string? OwnPath, IReadOnlyList<(string Contact, CauseForm Value, DateTimeOffset At)> FollowUps)
{
    /// <summary>Contacts shown at most.</summary>
    private const int Most = 50;

    internal static async Task<FoundCauses> Of(ConcentricDb db, Enquiry enquiry, IServiceNames services, Processes processes, CancellationToken stop)
    {
        var tree = await WriteSystemCauses.Tree(db, stop);
        var followUps = await db.FollowUps.AsNoTracking().Where(f => f.EnquiryId == enquiry.Id).OrderBy(f => f.At).ThenBy(f => f.Contact).Take(Most).ToListAsync(stop);
        var caused = (await db.CausedBys.AsNoTracking().Where(c => c.EnquiryId == enquiry.Id).ToListAsync(stop)).ToDictionary(c => c.Contact);
        CauseForm Form(string? symptom, CausedBy? set) => set is null
            // Most often it is the service that was asked.
            ? new() { Cause = symptom, Service = enquiry.Service }
            : new() { Cause = symptom, SystemCause = $"{set.CauseId}", Service = set.Service, Step = set.Step };

        var own = Form(enquiry.Cause?.Name, caused.GetValueOrDefault(enquiry.Reference));
        return new(new(tree.Causes, [.. (await services.All(stop)).Select(s => new Choice(s.Id, s.Plain))], await Steps(db, enquiry, processes, stop)),
            own, tree.Find(Guid.TryParse(own.SystemCause, out var id) ? id : null)?.Path,
            [.. followUps.Select(f => ($"{f.Contact}", Form(f.Cause, caused.GetValueOrDefault(f.Contact)), f.At))]);
    }

    private static async Task<IReadOnlyList<string>> Steps(ConcentricDb db, Enquiry enquiry, Processes processes, CancellationToken stop)
    {
        if (!enquiry.HasCase || await db.Cases.AsNoTracking().Where(c => c.Id == enquiry.Id).Select(c => new { c.Process, c.Version }).SingleOrDefaultAsync(stop) is not { } of) return [];
        var process = await processes.Find(of.Process, of.Version, stop);
        return [.. process.Nodes.Where(n => n.Kind is NodeKind.Step or NodeKind.Wait).Select(n => $"{process.Title.En}: {n.Name}")];
    }
}
