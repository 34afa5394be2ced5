using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Teams;

/// <summary>
/// What somebody of the staff may see: the one place where that is decided, for a list and for a page alike. What came by a sensitive form is seen by its team and by service managers; all else by everybody at the desk.
/// </summary>
/// <remarks>Who sends a sensitive form for a citizen keeps the reference in their own conversation, to read it out, and opens it no more: from then on it is its team’s.</remarks>
/// <param name="PersonId">Who.</param>
/// <param name="SeesAll">Sees what is sensitive, whosever it is.</param>
/// <param name="Teams">The teams that they work in.</param>
/// <param name="Role">What they are; null of somebody who is not there any more.</param>
internal sealed record Sight(Guid PersonId, bool SeesAll, IReadOnlyList<string> Teams, Role? Role)
{
    public static async Task<Sight> Of(ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop = default)
    {
        var id = visitor.PersonId;
        return new(id, visitor.IsOf(Audience.Manage), await db.TeamMembers.AsNoTracking().Where(m => m.PersonId == id).Select(m => m.Team).Order().ToListAsync(stop), visitor.Role);
    }

    /// <summary>As <see cref="Of(ConcentricDb, ClaimsPrincipal, CancellationToken)"/>, of somebody who is not the visitor.</summary>
    public static async Task<Sight> Of(ConcentricDb db, Guid id, CancellationToken stop = default)
    {
        var role = await db.Set<Person>().Where(p => p.Id == id && p.DisabledAt == null).Select(p => (Role?)p.Role).SingleOrDefaultAsync(stop);
        return new(id, role is { } known && Policies.Admits(Audience.Manage, known), await db.TeamMembers.AsNoTracking().Where(m => m.PersonId == id).Select(m => m.Team).Order().ToListAsync(stop), role);
    }

    public IQueryable<Enquiry> Of(IQueryable<Enquiry> enquiries) => SeesAll ? enquiries : enquiries.Where(e => !e.IsSensitive || Teams.Contains(e.Team));

    public IQueryable<Case> Of(IQueryable<Case> cases) => SeesAll ? cases : cases.Where(c => !c.IsSensitive || Teams.Contains(c.Team));

    public bool MaySee(Enquiry enquiry) => SeesAll || !enquiry.IsSensitive || Teams.Contains(enquiry.Team);

    public bool MaySee(Case found) => SeesAll || !found.IsSensitive || Teams.Contains(found.Team);
}
