using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.People;

/// <summary>The council of this installation, read once at the start, because every page names it.</summary>
public sealed class OwnCouncil(Settings settings, IDbContextFactory<ConcentricDb> databases)
{
    public string Slug => settings.Council;
    public string Name { get; private set; } = settings.CouncilName;
    public bool IsSynthetic { get; private set; }

    public async Task Read(CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await db.Set<Council>().FindAsync([settings.Council], stop) is not { } council) return;
        (Name, IsSynthetic) = (council.Name, council.IsSynthetic);
    }
}
