using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.DemandTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Audits;

/// <summary>A contact as the second coder sees it: what was said, and nothing of how it was coded or by whom.</summary>
public sealed record BlindItem(Guid Audit, int Place, int Done, int Of, string Words, string? Service, string Channel, string? Purpose, IReadOnlyList<DemandTypeView> Types);

/// <summary>Somebody of the desk codes the contacts of an audit, one after the other, without seeing the first code. Those that they ever coded themselves are left to others.</summary>
internal static class CodeAgain
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"{DrawAudit.Path}/{{id:guid}}/next", (Guid id, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop) => Next(id, null, new(), db, services, visitor, stop)).For(Audience.Desk);
        pages.MapPost($"{DrawAudit.Path}/{{id:guid}}/next", Code).For(Audience.Desk);
    }

    private static async Task<IResult> Code(
        Guid id, [FromForm] int place, [FromForm] string? demand, ConcentricDb db, IServiceNames services, IWriter writer, OwnCouncil council, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var service = await db.AuditItems.AsNoTracking().Where(i => i.AuditId == id && i.Place == place && i.FirstBy != by && !i.EarlierBy.Contains(by)).Join(db.Enquiries, i => i.EnquiryId, e => e.Id, (i, e) => new { e.Service }).SingleOrDefaultAsync(stop);
        if (service is null) return Results.NotFound();
        if (await DemandChoice.Read(db, demand, service.Service) is not { } chosen)
            return await Next(id, place, new Errors().Check("Demand", false, "Select what kind of contact it was, or that you do not know"), db, services, visitor, stop);
        var typeId = chosen.Type?.Id;
        await writer.Write(async d =>
        {
            await DrawAudit.Queue(d, id);
            // Somebody else may have coded it meanwhile, or the audit has ended: then it stays as it is.
            if (await d.AuditItems.SingleOrDefaultAsync(i => i.AuditId == id && i.Place == place && i.Second == Demand.NotCoded) is not { } item) return;
            if (await d.Audits.AnyAsync(a => a.Id == id && a.EndedAt != null)) return;
            (item.Second, item.SecondTypeId, item.SecondBy, item.SecondAt) = (chosen.Demand, typeId, by, now);
            await d.SaveChangesAsync();
            if (!await d.AuditItems.AnyAsync(i => i.AuditId == id && i.Second == Demand.NotCoded)) await DrawAudit.Close(d, id, council.Slug, by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"{DrawAudit.Path}/{id}/next");
    }

    /// <summary>The next that this visitor can code, or the same once more where there was a mistake.</summary>
    private static async Task<IResult> Next(Guid id, int? same, Errors errors, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await db.Audits.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, stop) is not { } audit) return Results.NotFound();
        var me = visitor.Actor;
        var mine = db.AuditItems.AsNoTracking().Where(i => i.AuditId == id && i.FirstBy != me && !i.EarlierBy.Contains(me));
        var item = audit.EndedAt is not null ? null : await mine.Where(i => i.Second == Demand.NotCoded && (same == null || i.Place == same)).OrderBy(i => i.Place).FirstOrDefaultAsync(stop);
        if (item is null) return Results.LocalRedirect(DrawAudit.Path);
        var enquiry = await db.Enquiries.AsNoTracking().Include(e => e.Coding).SingleAsync(e => e.Id == item.EnquiryId, stop);
        return new RazorComponentResult<CodeAgainPage>(new
        {
            Item = new BlindItem(id, item.Place, await mine.CountAsync(i => i.Second != Demand.NotCoded, stop), await mine.CountAsync(stop),
                enquiry.Coding?.Words is { Length: > 0 } own ? own : Masking.Mask(enquiry.Words),
                enquiry.Service is null ? null : (await services.Find(enquiry.Service, stop))?.Plain,
                Channels.Find(enquiry.Channel)?.Label ?? enquiry.Channel,
                enquiry.Service is null ? null : (await db.Purposes.FindAsync([enquiry.Service], stop))?.Text,
                await DemandChoice.TypesOf(db, enquiry.Service, stop)),
            Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
