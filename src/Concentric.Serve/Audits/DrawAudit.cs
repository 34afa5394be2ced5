using System.Security.Claims;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Audits;

/// <summary>What stands in the boxes of a new audit.</summary>
public sealed record AuditForm
{
    public string? Contacts { get; init; }

    /// <summary>How many weeks back.</summary>
    public string? Weeks { get; init; }

    /// <summary>Given out with the page, so that sending it twice draws once; the seed is made from it.</summary>
    public Guid Token { get; init; }

    internal int? HowMany => int.TryParse(Contacts, out var n) && n is >= Audit.Least and <= Audit.Most ? n : null;
    internal int? Back => int.TryParse(Weeks, out var n) && n is 4 or 13 or 26 ? n : null;
}

/// <summary>An audit as the list shows it.</summary>
/// <param name="Mine">Left for this visitor to code.</param>
public sealed record AuditRow(Guid Id, DateOnly From, DateOnly Through, DateTimeOffset At, int Drawn, int Coded, int Mine, int Left, long Seed, bool HasEnded);

/// <summary>A service manager draws a sample of coded contacts for a second coder, sees how far they are, and ends it.</summary>
internal static class DrawAudit
{
    public const string Path = "/desk/audits";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
            List(new() { Contacts = "100", Weeks = "13", Token = Guid.CreateVersion7(clock.GetUtcNow()) }, new(), db, visitor, stop)).For(Audience.Desk);
        pages.MapPost(Path, Draw).For(Audience.Manage);
        pages.MapPost($"{Path}/{{id:guid}}/end", End).For(Audience.Manage);
    }

    private static async Task<IResult> Draw([FromForm] AuditForm form, ConcentricDb db, IWriter writer, OwnCouncil council, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (form.Token == Guid.Empty) return Results.BadRequest();
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        var errors = new Errors()
            .Check("Contacts", form.HowMany is not null, $"Enter how many contacts to draw, from {Audit.Least} to {Audit.Most}")
            .Check("Weeks", form.Back is not null, "Select how far back to draw from");
        if (errors.Any) return await List(form, errors, db, visitor, stop);

        var through = Say.DayOf(now).AddDays(-1);
        var from = through.AddDays(1 - 7 * form.Back!.Value);
        var (parts, left) = await CanDraw(db, from, through, stop);
        errors = errors.Check("Contacts", parts.Sum(p => p.Ids.Count) >= Audit.Least, $"Only {parts.Sum(p => p.Ids.Count)} coded contacts of these weeks can be drawn, and {Audit.Least} are needed. Go further back, or wait until more are coded");
        if (errors.Any) return await List(form, errors, db, visitor, stop);

        // The token's random half: nobody chose it, and it is shown with the audit.
        var seed = BitConverter.ToInt64(form.Token.ToByteArray(), 8) & long.MaxValue;
        var drawn = SampleDraw.Of(parts, form.HowMany!.Value, seed);
        var ids = drawn.ConvertAll(d => d.Id);
        await writer.Write(async d =>
        {
            if (await d.Audits.AnyAsync(a => a.Id == form.Token)) return;
            // As they stand now: one of them may have been coded again since it was drawn.
            var codes = await d.Codings.AsNoTracking().Where(c => ids.Contains(c.EnquiryId) && (c.Demand == Demand.Value || c.Demand == Demand.Failure)).ToDictionaryAsync(c => c.EnquiryId, c => (c.Demand, c.By));
            var coders = await Coders(d, ids);
            d.Add(new Audit
            {
                Id = form.Token, Seed = seed, From = from, Through = through, Left = left, By = by, At = now,
                Strata = JsonSerializer.Serialize(parts.Select((p, i) => new AuditPart(p.Service, p.Channel, p.Ids.Count, drawn.Count(x => x.Part == i && codes.ContainsKey(x.Id))))),
            });
            d.AddRange(drawn.Where(x => codes.ContainsKey(x.Id)).Select((x, i) => new AuditItem { AuditId = form.Token, Place = i + 1, EnquiryId = x.Id, Part = x.Part, First = codes[x.Id].Demand, FirstBy = codes[x.Id].By, EarlierBy = coders.GetValueOrDefault(x.Id, "") }));
            d.Record(new AuditDrawn(form.Token, council.Slug, from, through, seed, drawn.Count(x => codes.ContainsKey(x.Id))), by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect(Path);
    }

    /// <summary>Everybody who ever coded a contact, by the journal: the contact itself keeps only who did so last.</summary>
    private static async Task<Dictionary<Guid, string>> Coders(ConcentricDb db, IReadOnlyList<Guid> ids)
    {
        var references = (await db.Enquiries.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Reference }).ToListAsync()).ToDictionary(e => $"{e.Reference}", e => e.Id);
        var coded = await CodingsOf(db, [.. references.Keys]).Select(f => new { f.Subject, f.By }).Distinct().ToListAsync();
        return coded.GroupBy(f => references[f.Subject]).ToDictionary(g => g.Key, g => string.Join(' ', g.Select(f => f.By).Order(StringComparer.Ordinal)));
    }

    /// <summary>The facts that coded these contacts. The kind stands in the query as it is, by which both databases know that the index of such facts has all of them.</summary>
    internal static IQueryable<Fact> CodingsOf(ConcentricDb db, IReadOnlyList<string> subjects) =>
        db.Facts.AsNoTracking().Where(f => f.Kind == EF.Constant(Journal.KindOf(typeof(ContactCoded))) && subjects.Contains(f.Subject));

    /// <summary>Contacts coded as value or failure that a second coder can be shown, by service and channel; and how many cannot be shown.</summary>
    private static async Task<(List<DrawPart> Parts, int Left)> CanDraw(ConcentricDb db, DateOnly from, DateOnly through, CancellationToken stop)
    {
        var (after, before) = (Say.At(from, TimeOnly.MinValue), Say.At(through.AddDays(1), TimeOnly.MinValue));
        var coded = db.Enquiries.AsNoTracking().Where(e => e.RaisedAt >= after && e.RaisedAt < before && (e.Coding!.Demand == Demand.Value || e.Coding.Demand == Demand.Failure));
        var rows = await coded.Where(e => !e.IsSensitive && (e.Words != "" || e.Coding!.Words != null && e.Coding.Words != "")).Select(e => new { e.Id, e.Service, e.Channel }).ToListAsync(stop);
        return ([.. rows.GroupBy(r => (Service: r.Service ?? "", r.Channel)).OrderBy(g => g.Key.Service, StringComparer.Ordinal).ThenBy(g => g.Key.Channel, StringComparer.Ordinal)
            .Select(g => new DrawPart(g.Key.Service, g.Key.Channel, [.. g.Select(r => r.Id).Order()]))], await coded.CountAsync(stop) - rows.Count);
    }

    private static async Task<IResult> End(Guid id, IWriter writer, OwnCouncil council, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (by, now) = (visitor.Actor, clock.GetUtcNow());
        return await writer.Write(db => Close(db, id, council.Slug, by, now)) ? Results.LocalRedirect(Path) : Results.NotFound();
    }

    /// <summary>Ends an audit and tells Measure what it found, inside <see cref="IWriter.Write"/>; false where there is none.</summary>
    internal static async Task<bool> Close(ConcentricDb db, Guid id, string council, string by, DateTimeOffset now)
    {
        await Queue(db, id);
        if (await db.Audits.SingleOrDefaultAsync(a => a.Id == id) is not { } audit) return false;
        if (audit.EndedAt is null) db.Record(audit.End(council, await db.AuditItems.Where(i => i.AuditId == id).ToListAsync(), now), by, now);
        return true;
    }

    /// <summary>Whoever codes or ends this audit at the same moment waits here for the other's end: inside <see cref="IWriter.Write"/>, before anything of it is read.</summary>
    internal static Task Queue(ConcentricDb db, Guid id) => db.Audits.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Revision, x => x.Revision + 1));

    private static async Task<IResult> List(AuditForm form, Errors errors, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var me = visitor.Actor;
        var counts = await db.AuditItems.AsNoTracking().GroupBy(i => i.AuditId).Select(g => new
        {
            g.Key, Drawn = g.Count(), Coded = g.Count(i => i.Second != Demand.NotCoded), Mine = g.Count(i => i.Second == Demand.NotCoded && i.FirstBy != me && !i.EarlierBy.Contains(me)),
        }).ToDictionaryAsync(g => g.Key, stop);
        return new RazorComponentResult<AuditsPage>(new
        {
            Audits = (await db.Audits.AsNoTracking().OrderByDescending(a => a.Id).Take(50).ToListAsync(stop)).ConvertAll(a => counts.GetValueOrDefault(a.Id) is var c
                ? new AuditRow(a.Id, a.From, a.Through, a.At, c?.Drawn ?? 0, c?.Coded ?? 0, a.EndedAt is null ? c?.Mine ?? 0 : 0, a.Left, a.Seed, a.EndedAt is not null) : null!),
            CanManage = visitor.IsOf(Audience.Manage),
            Form = form,
            Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
