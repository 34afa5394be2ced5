using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Teams;

/// <summary>Those who work at the desk, to whom work can be given.</summary>
internal static class Staff
{
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Where(r => Policies.Admits(Core.Web.Audience.Desk, r))];

    public static Task<List<Person>> All(ConcentricDb db, CancellationToken stop = default)
    {
        var roles = Roles;
        return db.Set<Person>().AsNoTracking().Where(p => roles.Contains(p.Role) && p.DisabledAt == null).OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(stop);
    }

    /// <summary>Those of them who may see work of that team: nobody is given what they could not open.</summary>
    public static async Task<List<Person>> WhoMaySee(ConcentricDb db, bool isSensitive, string team, CancellationToken stop = default)
    {
        var all = await All(db, stop);
        if (!isSensitive) return all;
        var members = await db.TeamMembers.AsNoTracking().Where(m => m.Team == team).Select(m => m.PersonId).ToListAsync(stop);
        return all.FindAll(p => Policies.Admits(Core.Web.Audience.Manage, p.Role) || members.Contains(p.Id));
    }
}
