using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Feedback;

/// <summary>One thing that a citizen said, for those whom it is about.</summary>
public sealed record FeedbackRow(Guid Id, string What, string Face, string? Words, string Service, string Team, string? Person, string? Reference, DateTimeOffset SaidAt, string? Done, string? DoneBy, DateTimeOffset? DoneAt)
{
    /// <summary>What was said before and nobody had dealt with; null where there is none.</summary>
    public string? Earlier { get; init; }

    /// <summary>By which it is known whether something newer was said since it was read.</summary>
    public int Revision { get; init; }

    /// <summary>Words that are Welsh are read as Welsh.</summary>
    public string? Lang { get; init; }
}

/// <summary>Compliments, complaints, and poor faces with words: the team and the person whom they are about read them, and say what was done.</summary>
internal static class SeeFeedback
{
    public const string Address = "/desk/feedback";
    private const int Most = 100;
    private const int MostDone = 2000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, List).For(Audience.Desk);
        pages.MapGet($"{Address}/{{id:guid}}", Show).For(Audience.Desk);
        pages.MapPost($"{Address}/{{id:guid}}", Deal).For(Audience.Desk);
    }

    /// <summary>What is for somebody's eyes: of their teams, of the desk's own, and of themselves; service managers see all.</summary>
    public static IQueryable<GivenFeedback> Of(ConcentricDb db, Sight sight)
    {
        var (teams, person) = (sight.Teams, sight.PersonId);
        var all = db.GivenFeedback.AsNoTracking().Where(f => f.IsNotice == true);
        return sight.SeesAll ? all : all.Where(f => teams.Contains(f.Team) || (!f.IsSensitive && (f.Team == "" || f.PersonId == person)));
    }

    /// <summary>Of these, what nobody has dealt with.</summary>
    public static IQueryable<GivenFeedback> ToRead(ConcentricDb db, Sight sight) => Of(db, sight).Where(f => f.DoneAt == null);

    private static async Task<IResult> List(string? list, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var sight = await Sight.Of(db, visitor, stop);
        var done = list == "done";
        var rows = await (done ? Of(db, sight).Where(f => f.DoneAt != null).OrderByDescending(f => f.DoneAt) : ToRead(db, sight).OrderBy(f => f.SaidAt)).ThenBy(f => f.Id).Take(Most).ToListAsync(stop);
        return new RazorComponentResult<FeedbackListPage>(new
        {
            Rows = await Rows(db, services, rows, stop), Done = done, ToRead = await ToRead(db, sight).CountAsync(stop), CanManage = visitor.IsOf(Audience.Manage),
        });
    }

    private static async Task<IResult> Show(Guid id, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop) => await Page(id, null, new(), db, services, visitor, stop);

    private static async Task<IResult> Deal(Guid id, [FromForm] string? done, [FromForm] int? revision, ConcentricDb db, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        done = done is null ? null : Fields.Tidy(done).Trim();
        var errors = new Errors().Check("Done", done is { Length: > 0 }, "Enter what was done, or that nothing needs to be done and why")
            .Check("Done", done is null or { Length: <= MostDone }, "What was done must be 2,000 characters or fewer");
        if (errors.Any) return await Page(id, done, errors, db, services, visitor, stop);
        var (sight, now) = (await Sight.Of(db, visitor, stop), clock.GetUtcNow());
        if (!await Of(db, sight).AnyAsync(f => f.Id == id, stop)) return Results.NotFound();
        var isCurrent = await writer.Write(async d =>
        {
            var row = await d.GivenFeedback.SingleAsync(f => f.Id == id);
            if (row.Revision != revision) return false;
            row.Deal(Masking.Mask(done!), visitor.Actor, now);
            d.Record(new FeedbackDealtWith(id, row.Team, now), visitor.Actor, now);
            return true;
        }, CancellationToken.None);
        return isCurrent ? Results.LocalRedirect(Address)
            : await Page(id, done, new Errors().Check("Done", false, "Something was said or done since you opened this page. Read it, then say what was done"), db, services, visitor, stop);
    }

    private static async Task<IResult> Page(Guid id, string? typed, Errors errors, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await Of(db, await Sight.Of(db, visitor, stop)).SingleOrDefaultAsync(f => f.Id == id, stop) is not { } found) return Results.NotFound();
        return new RazorComponentResult<FeedbackNoticePage>(new { Row = (await Rows(db, services, [found], stop))[0], Typed = typed, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<List<FeedbackRow>> Rows(ConcentricDb db, IServiceNames services, List<GivenFeedback> rows, CancellationToken stop)
    {
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var enquiries = rows.Where(r => r.EnquiryId != null).Select(r => r.EnquiryId!.Value).ToList();
        var references = await db.Enquiries.AsNoTracking().Where(e => enquiries.Contains(e.Id)).Select(e => new { e.Id, e.Reference }).ToDictionaryAsync(e => e.Id, e => $"{e.Reference}", stop);
        var people = await db.Set<Person>().AsNoTracking().Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        return rows.ConvertAll(r => new FeedbackRow(r.Id, What(r.Kind), Face(r.Said), r.Words, r.Service is null ? "Not known" : names.GetValueOrDefault(r.Service, r.Service), r.Team.Length > 0 ? r.Team : "The desk",
            r.PersonId is { } person ? people.GetValueOrDefault(person) : null, r.EnquiryId is { } enquiry ? references.GetValueOrDefault(enquiry) : null, r.SaidAt!.Value, r.Done,
            Guid.TryParse(r.DoneBy, out var by) ? people.GetValueOrDefault(by) : null, r.DoneAt) { Lang = r.Language == Language.Welsh ? "cy" : null, Earlier = r.Earlier, Revision = r.Revision });
    }

    internal static string What(FeedbackKind kind) => kind switch { FeedbackKind.Compliment => "Compliment", FeedbackKind.Complaint => "Complaint", _ => "Comment" };

    internal static string Face(FeedbackSaid said) => said switch { FeedbackSaid.Good => "Good", FeedbackSaid.Average => "Average", FeedbackSaid.Poor => "Poor", _ => "Not said" };
}
