using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>How citizens want to be reached, whichever of their joined rows says so.</summary>
internal static class CitizenWishes
{
    /// <summary>Short name of the channel that they like best; null where they did not say, or are not known.</summary>
    public static async Task<string?> Preferred(ConcentricDb db, Guid? citizen)
    {
        if (citizen is not { } id) return null;
        var rows = await CitizenPair.Joined(db, id);
        return await db.Citizens.AsNoTracking().Where(c => rows.Contains(c.Id) && c.PreferredChannel != null).OrderBy(c => c.Id).Select(c => c.PreferredChannel).FirstOrDefaultAsync();
    }
}
