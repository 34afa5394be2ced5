using Concentric.Core.Facts;
using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Audits;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Calls;
using Concentric.Serve.Conversations;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Feedback;
using Concentric.Serve.Messages;
using Concentric.Serve.SystemCauses;
using Concentric.Serve.Teams;
using Concentric.Serve.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Desk;

/// <summary>One row of the queue.</summary>
public sealed record QueueRow
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required string? Service { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Title of the form by which it came, and the day that was promised.</summary>
    public string? Form { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>How it last ended that the citizen was asked something; null where they were not, or are still to answer.</summary>
    public AskedEnd? Came { get; init; }
}

/// <summary>Pages of the desk under one heading: address and words.</summary>
public sealed record DeskGroup(string Title, IReadOnlyList<(string Href, string Text)> Pages);

/// <summary>Which enquiries the desk lists.</summary>
public enum QueueList { Waiting, Asked, Answered, WithoutCause }

/// <summary>The adviser's queue: what waits, the longest first. Pages by key, so that the last page is as fast as the first.</summary>
internal static class SeeQueue
{
    public const int PageSize = 25;

    /// <summary>Pages beside the queue in groups, each page for whom its route says.</summary>
    private static readonly (string Group, (string Href, string Text, string Audience)[] Pages)[] Beside =
    [
        ("To do now",
        [
            ("/desk/work", "Work", Audience.Desk),
            ("/desk/enquiries/new", "New enquiry", Audience.Desk),
            ("/desk/mail", "Email that came", Audience.Desk),
            (SeeCallBacks.Address, "Call-backs", Audience.Desk),
            (SeeFeedback.Address, "What citizens said of us", Audience.Desk),
        ]),
        ("To look through",
        [
            ("/desk/answers", "Knowledge pages", Audience.Desk),
            ("/desk/citizens/pairs", "Citizens who may be kept twice", Audience.Desk),
            ("/desk/payments", "Not paid yet", Audience.Desk),
            (Unsent, "Messages that were not sent", Audience.Manage),
            (SeeCalls.Address, "Calls", Audience.Manage),
            ("/desk/citizens/looks", "Citizens opened without an own case", Audience.Manage),
        ]),
        ("How we work",
        [
            ("/desk/processes", "Processes", Audience.Desk),
            ("/desk/teams", "Teams", Audience.Manage),
            ("/desk/routes", "Which team gets what", Audience.Manage),
            (DrawAudit.Path, "Audits of coding", Audience.Desk),
            (WriteSystemCauses.Path, "System causes", Audience.Manage),
            ("/desk/tables", "Tables for lookups", Audience.Design),
        ]),
    ];

    private const string Unsent = "/desk/messages";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/desk", Show).For(Audience.Desk);

    private static async Task<IResult> Show(string? list, string? after, string? kept, ConcentricDb db, IServiceNames services, ListCallBacks callBacks, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var shown = list switch { "asked" => QueueList.Asked, "answered" => QueueList.Answered, "without-cause" => QueueList.WithoutCause, _ => QueueList.Waiting };
        var sight = await Sight.Of(db, visitor, stop);
        var enquiries = From(sight.Of(Listed(db, shown)), shown, after);
        var rows = await enquiries.Take(PageSize + 1).Select(e => new QueueRow
        {
            Id = e.Id,
            Reference = e.Reference.ToString(),
            Service = e.Service,
            Words = e.Words,
            RaisedAt = e.RaisedAt,
        }).ToListAsync(stop);

        // By the keys of the rows shown: the queue itself is read without them.
        var ids = rows.ConvertAll(r => r.Id);
        var sent = await db.Submissions.AsNoTracking().Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Form, s.DueOn }).ToDictionaryAsync(s => s.Id, stop);
        var titles = sent.Count == 0 ? new Dictionary<string, string>() : await db.KnownForms.AsNoTracking().ToDictionaryAsync(f => f.Id, f => f.Title, stop);
        var came = (await db.Asked.AsNoTracking().Where(a => ids.Contains(a.EnquiryId) && a.End != null).OrderBy(a => a.EndedAt).Select(a => new { a.EnquiryId, a.End }).ToListAsync(stop)).ToLookup(a => a.EnquiryId, a => a.End);
        rows = rows.ConvertAll(r => r with { Came = shown == QueueList.Waiting ? came[r.Id].LastOrDefault() : null });
        rows = rows.ConvertAll(r => sent.TryGetValue(r.Id, out var form) ? r with { Form = titles.GetValueOrDefault(form.Form, form.Form), DueOn = form.DueOn } : r);

        var failed = visitor.IsOf(Audience.Manage) ? await db.Messages.Failed().CountAsync(stop) : 0;
        var due = await callBacks.Due(sight, stop);
        var said = await SeeFeedback.ToRead(db, sight).CountAsync(stop);
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        return new RazorComponentResult<QueuePage>(new
        {
            List = shown,
            Rows = rows.Take(PageSize).ToList(),
            Next = rows.Count > PageSize ? Key(rows[PageSize - 1]) : null,
            IsFirst = after is null,
            Kept = Core.Reference.TryParse(kept, out var reference) ? $"{reference}" : null,
            Waiting = await sight.Of(db.Enquiries.Ours).Take(ListWork.MostCounted + 1).CountAsync(stop),
            Names = names,
            Now = clock.GetUtcNow(),
            CanManage = visitor.IsOf(Audience.Manage),
            Conversations = await HoldConversation.OpenOf(db, visitor, stop),
            Beside = Beside.Select(g => new DeskGroup(g.Group, [.. g.Pages.Where(p => visitor.IsOf(p.Audience)).Select(p => (p.Href, Told(p.Href, p.Text, failed, due, said)))])).Where(g => g.Pages.Count > 0).ToList(),
        });
    }

    /// <summary>The words of a link, with what waits behind it.</summary>
    private static string Told(string address, string text, int failed, int due, int said) => address switch
    {
        Unsent when failed > 0 => $"{text} ({Say.Number(failed)})",
        SeeCallBacks.Address when due > 0 => $"{text} ({Say.Number(due)} due)",
        SeeFeedback.Address when said > 0 => $"{text} ({Say.Number(said)} to read)",
        _ => text,
    };

    private static IQueryable<Enquiry> Listed(ConcentricDb db, QueueList list) => list switch
    {
        QueueList.Asked => db.Enquiries.AsNoTracking().OfCitizens,
        QueueList.Answered => db.Enquiries.AsNoTracking().Answered,
        QueueList.WithoutCause => WithoutCause(db.Enquiries.AsNoTracking().Answered, db.CausedBys),
        _ => db.Enquiries.AsNoTracking().Ours,
    };

    // Neither what in how we work made them ask, nor what it looked like.
    private static IQueryable<Enquiry> WithoutCause(IQueryable<Enquiry> enquiries, IQueryable<CausedBy> caused) =>
        enquiries.Where(e => e.Coding!.Demand == Demand.Failure && e.Cause == null && !caused.Any(c => c.Contact == e.Reference));

    // What waits: oldest first. What is done: newest first.
    private static IQueryable<Enquiry> From(IQueryable<Enquiry> enquiries, QueueList list, string? after)
    {
        var key = Read(after);
        if (list is QueueList.Waiting or QueueList.Asked)
            return (key is var (at, id) ? enquiries.Where(e => e.RaisedAt >= at && (e.RaisedAt > at || e.Id.CompareTo(id) > 0)) : enquiries).LongestWaitingFirst;
        return (key is var (before, last) ? enquiries.Where(e => e.RaisedAt <= before && (e.RaisedAt < before || e.Id.CompareTo(last) < 0)) : enquiries)
            .OrderByDescending(e => e.RaisedAt).ThenByDescending(e => e.Id);
    }

    private static string Key(QueueRow row) => $"{row.RaisedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{row.Id:N}";

    private static (DateTimeOffset At, Guid Id)? Read(string? key) =>
        key?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var guid)
            ? (new(at, TimeSpan.Zero), guid)
            : null;
}
