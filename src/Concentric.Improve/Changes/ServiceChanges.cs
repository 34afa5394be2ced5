using Concentric.Core.Data;
using Concentric.Core.Questions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Improve.Changes;

/// <summary>Answers Measure's question: what was changed in a service, and when.</summary>
internal sealed class ServiceChanges(IDbContextFactory<ConcentricDb> databases) : IServiceChanges
{
    public async Task<IReadOnlyList<ServiceChange>> Of(string service, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.Changes.AsNoTracking().InForce.Where(c => c.Service == service).OrderBy(c => c.From).ThenBy(c => c.Id)
            .Select(c => new ServiceChange(c.Id, c.Service, c.From, c.What, c.RecordedAt)).ToListAsync(stop);
    }
}
