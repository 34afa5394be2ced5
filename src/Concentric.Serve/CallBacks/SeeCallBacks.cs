using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Teams;
using Concentric.Serve.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.CallBacks;

/// <summary>A list of call-backs as its page shows it.</summary>
public sealed record CallBacksView
{
    public required CallBackList List { get; init; }
    public required IReadOnlyList<CallBackRow> Rows { get; init; }

    /// <summary>Addresses of the pages before and after.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>At most one more than is counted.</summary>
    public required int Count { get; init; }

    /// <summary>What was just done, in words; null for nothing.</summary>
    public string? Done { get; init; }
}

/// <summary>Whom we promised to ring, the soonest first; one press says what came of it.</summary>
internal static class SeeCallBacks
{
    public const string Address = "/desk/call-backs";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, Show).For(Audience.Desk);
        pages.MapGet("/desk/call-backs/{id:guid}", ShowOne).For(Audience.Desk);
        pages.MapPost("/desk/call-backs/{id:guid}", Do).For(Audience.Desk);
    }

    private static async Task<RazorComponentResult> Show(string? list, string? after, string? before, string? done, ConcentricDb db, ListCallBacks callBacks, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (shown, sight) = (ListOf(list), await Sight.Of(db, visitor, stop));
        var page = await callBacks.Page(shown, sight, WorkKey.Read(after ?? before), backwards: after is null && WorkKey.Read(before) is not null, stop: stop);
        return new RazorComponentResult<CallBacksPage>(new
        {
            View = new CallBacksView
            {
                List = shown, Rows = page.Rows, Count = await callBacks.Count(shown, sight, stop), Before = page.Before is null ? null : $"{AddressOf(shown)}&before={page.Before}", After = page.After is null ? null : $"{AddressOf(shown)}&after={page.After}",
                Done = done switch { "spoke" => "It is kept that you spoke to them.", "not-needed" => "It is kept that nobody needs to ring.", "stop" => "It is kept that nobody answered. It is not tried again.", _ => null },
            },
        });
    }

    private static readonly TimeSpan TwiceWithin = TimeSpan.FromMinutes(1);

    public static string AddressOf(CallBackList list) => $"{Address}?list={list.ToString().ToLowerInvariant()}";

    private static CallBackList ListOf(string? list) => list?.All(char.IsLetter) is true && Enum.TryParse<CallBackList>(list, ignoreCase: true, out var known) ? known : CallBackList.Mine;

    private static async Task<IResult> ShowOne(Guid id, string? meanwhile, ListCallBacks callBacks, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await callBacks.Find(id, visitor, stop) is not { } found) return Results.NotFound();
        var whose = await callBacks.For(found, stop);
        return new RazorComponentResult<CallBackPage>(new { Row = await callBacks.Row(found, visitor, stop), whose.Name, whose.Href, Broken = found.BrokenAt, Meanwhile = meanwhile is not null });
    }

    /// <param name="way"><c>spoke</c>, <c>no-answer</c>, <c>not-needed</c>, or <c>stop</c> where nobody answered and it is not tried again.</param>
    /// <param name="attempts">How often it had been tried on the page that was seen: pressed twice, it is done once.</param>
    /// <param name="list">The list from which it was pressed.</param>
    private static async Task<IResult> Do(
        Guid id, [FromForm(Name = "Do")] string? way, [FromForm] string? attempts, [FromForm] string? list, ListCallBacks callBacks, IWriter writer, WorkingCalendar calendar, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await callBacks.Find(id, visitor, stop) is not { } seen) return Results.NotFound();
        CallBackOutcome? outcome = way switch { "spoke" => CallBackOutcome.Spoke, "no-answer" or "stop" => CallBackOutcome.NoAnswer, "not-needed" => CallBackOutcome.NotNeeded, _ => null };
        if (outcome is not { } came) return Results.BadRequest();
        var (by, now, whose) = (visitor.Actor, clock.GetUtcNow(), await callBacks.For(seen, stop));
        var isKept = await writer.Write(async db =>
        {
            var open = await db.CallBacks.SingleAsync(b => b.Id == id);
            // Pressed twice by the same person it is done once; what somebody else did meanwhile is not passed over in silence.
            if (!open.IsOpen) return open.DoneBy == by && open.Outcome == came;
            if ($"{open.Attempts}" != attempts) return way == "no-answer" && now - open.TriedAt < TwiceWithin;
            if (way == "no-answer" && open.IsBefore(now))
            {
                open.Try(now);
                return true;
            }
            DateTimeOffset? next = way == "no-answer" ? Next(open, calendar, now) : null;
            var reference = whose.Enquiry is null ? null : $"{whose.Enquiry.Reference}";
            var kept = open.Ring(came, next, by, now);
            db.Record(new CallBackDone(id, reference, kept, open.Attempts, came, now), by, now);
            if (next is { } due) db.Record(new CallBackPromised(id, reference, open.Part, due, open.Attempts + 1, now), by, now);
            return true;
        }, CancellationToken.None);
        if (!isKept) return Results.LocalRedirect($"/desk/call-backs/{id}?meanwhile=yes");
        return Results.LocalRedirect(way == "no-answer" ? $"/desk/call-backs/{id}/change?tried=yes" : $"{AddressOf(ListOf(list))}&done={way}");
    }

    /// <summary>Where nobody answered it is promised again for the same time of the next working day.</summary>
    private static DateTimeOffset Next(CallBack open, WorkingCalendar calendar, DateTimeOffset now) =>
        CallBack.End(calendar.Add(Say.DayOf(now), calendar.Is(Say.DayOf(now)) ? 1 : 0), open.Part, Say.TimeOf(open.DueAt));
}
