using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Citizens;

/// <summary>How somebody wants to be reached.</summary>
/// <param name="Preferred">Short name of the channel that they like best (Core's Channels); null where they did not say, or are not known.</param>
/// <param name="Refused">Short names of the channels by which they said that we may not.</param>
internal sealed record Wishes(string? Preferred, IReadOnlyCollection<string> Refused)
{
    public static Wishes None { get; } = new(null, []);
}

/// <summary>How citizens want to be reached, whichever of their joined rows says so.</summary>
internal static class CitizenWishes
{
    public static async Task<Wishes> Of(ConcentricDb db, Guid? citizen)
    {
        if (citizen is not { } id) return Wishes.None;
        var rows = await CitizenPair.Joined(db, id);
        var preferred = await db.Citizens.AsNoTracking().Where(c => rows.Contains(c.Id) && c.PreferredChannel != null).OrderBy(c => c.Id).Select(c => c.PreferredChannel).FirstOrDefaultAsync();
        var consents = await db.CitizenConsents.AsNoTracking().Where(c => rows.Contains(c.CitizenId)).ToListAsync();
        // What they said last holds, on whichever row.
        return new(preferred, [.. consents.GroupBy(c => c.Channel).Select(g => g.MaxBy(c => c.At)!).Where(c => !c.May).Select(c => c.Channel)]);
    }
}
