using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Cases;
using Concentric.Serve.Desk;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Work;

/// <summary>What is done to many rows of a list at once.</summary>
public sealed record ChangeForm
{
    /// <summary>References of the rows.</summary>
    public string[]? Row { get; init; }

    /// <summary><c>yes</c>: all that the list holds, and not those that were ticked.</summary>
    public string? All { get; init; }

    /// <summary>What: <c>take</c>, <c>give</c>, <c>hand-over</c> or <c>note</c>.</summary>
    public string? Change { get; init; }

    /// <summary>Id of whom they are given to.</summary>
    public string? Person { get; init; }

    public string? ToTeam { get; init; }

    /// <summary>Of enquiries without a case that are handed over: name of one of <see cref="TransferReasons"/>.</summary>
    public string? Reason { get; init; }

    public string? Note { get; init; }

    /// <summary>Given out with the page on which it is confirmed.</summary>
    public Guid? Key { get; init; }

    public ChangeForm Tidy() => this with { Note = Note is null || Fields.Tidy(Note) is not { Length: > 0 } note ? null : note };

    public Errors Check(bool enquiries) => new Errors()
        .Check("Row", All is not null || Row is { Length: > 0 }, "Select what you want to change")
        .Check("Row", Row is null or { Length: <= ChangeWork.Most }, $"Select no more than {ChangeWork.Most}")
        .Check("Change", Change is "take" or "give" or "hand-over" or "note", "Select what you want to do")
        .Check("Person", Change != "give" || Guid.TryParse(Person, out _), "Select a person")
        .Check("ToTeam", Change != "hand-over" || !string.IsNullOrEmpty(ToTeam), "Select a team")
        .Check("Reason", Change != "hand-over" || (string.IsNullOrEmpty(Reason) && !enquiries) || TransferReasons.Find(Reason) is not null, "Select why you hand them over")
        .Check("Note", Change is not ("hand-over" or "note") || Note is not null, Change == "note" ? "Enter a note" : enquiries ? "Enter what they need to know" : "Enter why you hand them over")
        .Check("Note", Note is null or { Length: <= CaseForm.MostNote }, "What you write must be 4,000 characters or fewer");
}

/// <summary>A row of what would be done, or was.</summary>
/// <param name="Title">Null where it may not be seen any more.</param>
/// <param name="Refused">Why not; null where it is done.</param>
public sealed record ChangeRow(string Reference, string Title, string? Refused);

/// <summary>Something done to many rows at once: first it is shown what would change and what would be refused, then each is its own piece of work with its own fact.</summary>
internal static class ChangeWork
{
    /// <summary>As many at once.</summary>
    public const int Most = 500;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/desk/work/check", Check).For(Audience.Desk);
        pages.MapPost("/desk/work/change", Change).For(Audience.Desk);
        pages.MapGet("/desk/work/changes/{key:guid}", Done).For(Audience.Desk);
    }

    private static async Task<IResult> Check([FromForm] ChangeForm form, HttpRequest request, ConcentricDb db, ListWork work, WorkPages pages, MoveCase cases, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        form = form.Tidy();
        var filter = WorkFilter.Read(request.Form);
        var (errors, sight) = (form.Check(filter.Enquiries), await Sight.Of(db, visitor, stop));
        await Listed(form, errors, db, stop);
        if (!errors.Any && form.All is not null)
        {
            var all = await work.Page(filter with { Size = Most, From = null, Backwards = false }, sight, stop);
            errors.Check("Row", all.After is null, $"More than {Most} match. Narrow the list first").Check("Row", all.Rows.Count > 0, "Nothing matches any more");
            form = form with { Row = [.. all.Rows.Select(r => r.Reference)] };
        }
        if (errors.Any) return await pages.Page(filter, form, errors, visitor, stop);
        var rows = new List<ChangeRow>();
        foreach (var text in form.Row!.Distinct(StringComparer.Ordinal))
            if (Reference.TryParse(text, out var reference)) rows.Add(await Would(db, cases, sight, reference, form, visitor, clock, stop));
        return new RazorComponentResult<ChangePage>(new
        {
            Filter = filter, Form = form with { Key = Guid.CreateVersion7(clock.GetUtcNow()), Row = [.. rows.Where(r => r.Refused is null).Select(r => r.Reference)] }, Rows = rows, What = await Words(db, form, rows.Count(r => r.Refused is null), stop),
        });
    }

    private static async Task<IResult> Change([FromForm] ChangeForm form, ConcentricDb db, IWriter writer, MoveCase cases, ClaimsPrincipal visitor, TimeProvider clock)
    {
        form = form.Tidy();
        var errors = await Listed(form, form.Check(enquiries: false), db, default);
        // What our own page sent was checked before it was shown.
        if (errors.Any || form.Row is not { Length: > 0 } rows || form.Key is not { } key || key == Guid.Empty) return Results.BadRequest();
        var (by, now, sight) = (visitor.Actor, clock.GetUtcNow(), await Sight.Of(db, visitor));
        var old = now.AddDays(-1);
        await writer.Write(d => d.BulkRows.Where(r => r.At < old).ExecuteDeleteAsync());
        foreach (var text in rows)
            if (Reference.TryParse(text, out var reference))
                await writer.Write(async d =>
                {
                    if (await d.BulkRows.AnyAsync(r => r.Key == key && r.Reference == reference)) return;
                    var refused = (await Would(d, cases, sight, reference, form, visitor, clock)).Refused;
                    if (refused is null) refused = await d.Cases.AnyAsync(c => c.Reference == reference)
                        ? (await cases.Add(d, reference, Event(form, visitor, now)))!.Refused
                        : await Do(d, reference, form, visitor, by, now);
                    d.Add(new BulkRow { Key = key, Reference = reference, By = by, Refused = refused, At = now });
                });
        return Results.LocalRedirect($"/desk/work/changes/{key}");
    }

    private static async Task<IResult> Done(Guid key, ConcentricDb db, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (by, sight) = (visitor.Actor, await Sight.Of(db, visitor, stop));
        var rows = await db.BulkRows.AsNoTracking().Where(r => r.Key == key && r.By == by).OrderBy(r => r.Reference).ToListAsync(stop);
        if (rows.Count == 0) return Results.NotFound();
        // What was handed over may be out of sight now.
        var references = rows.ConvertAll(r => r.Reference);
        var seen = await sight.Of(db.Enquiries.AsNoTracking()).Where(e => references.Contains(e.Reference)).Select(e => new { e.Reference, e.HasCase }).ToDictionaryAsync(e => e.Reference, e => e.HasCase, stop);
        return new RazorComponentResult<ChangedPage>(new
        {
            Rows = rows.Where(r => seen.ContainsKey(r.Reference)).Select(r => (new ChangeRow($"{r.Reference}", "", r.Refused), seen[r.Reference])).ToList(),
            Done = rows.Count(r => r.Refused is null), Refused = rows.Count(r => r.Refused is not null),
        });
    }

    // Who and where must be one of those that the page offered.
    private static async Task<Errors> Listed(ChangeForm form, Errors errors, ConcentricDb db, CancellationToken stop)
    {
        if (form.Change == "give" && Guid.TryParse(form.Person, out var id)) errors.Check("Person", (await Staff.All(db, stop)).Exists(p => p.Id == id), "Select one of the people listed");
        if (form.Change == "hand-over" && form.ToTeam is { Length: > 0 } team) errors.Check("ToTeam", await db.KnownForms.AnyAsync(f => f.Team == team, stop), "Select one of the teams listed");
        return errors;
    }

    /// <summary>What would come of it for one row, as it stands now. What may not be seen is not there.</summary>
    private static async Task<ChangeRow> Would(ConcentricDb db, MoveCase cases, Sight sight, Reference reference, ChangeForm form, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop = default)
    {
        if (await db.Enquiries.AsNoTracking().SingleOrDefaultAsync(e => e.Reference == reference, stop) is not { } enquiry || !sight.MaySee(enquiry)) return new($"{reference}", "", "There is no such work.");
        Guid? owner = form.Change is "take" or "give" ? Owner(form, visitor) : null;
        if (owner is { } to && !(await Staff.WhoMaySee(db, enquiry.IsSensitive, enquiry.Team, stop)).Exists(p => p.Id == to)) return new($"{reference}", "", "They may not see it: they do not work in its team.");
        if (await cases.Find(db, reference, stop) is { } found) return new($"{reference}", found.Process.Title.En, found.State.Refusal(Event(form, visitor, clock.GetUtcNow())));
        return new($"{reference}", "Enquiry", form.Change switch { "hand-over" => TransferEnquiry.Refusal(enquiry, form.ToTeam!, form.Reason), "note" => null, _ => OwnWork.Refusal(enquiry, owner) });
    }

    /// <summary>Does it to an enquiry without a case, inside <see cref="IWriter.Write"/>; why not, or null where it was done.</summary>
    private static async Task<string?> Do(ConcentricDb db, Reference reference, ChangeForm form, ClaimsPrincipal visitor, string by, DateTimeOffset now)
    {
        if (form.Change == "hand-over") return await TransferEnquiry.Give(db, reference, form.ToTeam!, form.Reason, form.Note!, by, now);
        if (form.Change != "note") return await OwnWork.Give(db, reference, Owner(form, visitor), by, now);
        var enquiry = await db.Enquiries.SingleAsync(e => e.Reference == reference);
        EnquiryNote.Add(db, enquiry, form.Note!, by, now);
        return null;
    }

    private static Guid Owner(ChangeForm form, ClaimsPrincipal visitor) => form.Change == "give" ? Guid.Parse(form.Person!) : visitor.PersonId;

    private static CaseEvent Event(ChangeForm form, ClaimsPrincipal visitor, DateTimeOffset now) => form.Change switch
    {
        "hand-over" => new(CaseEventKind.HandedOver, visitor.Actor, now, Team: form.ToTeam, Note: form.Note),
        "note" => new(CaseEventKind.Noted, visitor.Actor, now, Note: form.Note),
        _ => new(CaseEventKind.Owned, visitor.Actor, now, Owner: Owner(form, visitor)),
    };

    private static async Task<string> Words(ConcentricDb db, ChangeForm form, int count, CancellationToken stop)
    {
        var them = count == 1 ? "1 piece of work" : $"{count} pieces of work";
        return form.Change switch
        {
            "take" => $"Take on {them}",
            "give" => $"Give {them} to {(await Staff.All(db, stop)).Find(p => $"{p.Id}" == Guid.Parse(form.Person!).ToString())?.Name}",
            "hand-over" => $"Hand {them} over to {form.ToTeam}",
            _ => $"Add a note to {them}",
        };
    }
}
