using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.CallBacks;
using Concentric.Serve.Conversations;
using Concentric.Serve.Desk;
using Concentric.Serve.Forms;
using Concentric.Serve.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Calls;

/// <summary>A call as the phone system reported it.</summary>
/// <param name="Stands">How it stands, in words.</param>
/// <param name="HandedOn">Each time, in words, the earliest first.</param>
public sealed record ReportedCall(string? Line, string Stands, string? AnsweredBy, IReadOnlyList<string> HandedOn);

/// <summary>What an adviser sees when a call comes to them.</summary>
public sealed record CallPopView
{
    /// <summary>What the phone system calls it; null where it does not say.</summary>
    public required string? Call { get; init; }

    /// <summary>The caller's, digits only; null where it is withheld or was no number.</summary>
    public required string? Number { get; init; }

    /// <summary>Null where nothing was reported, or not yet.</summary>
    public required ReportedCall? Reported { get; init; }

    /// <summary>Who has that number, with what of theirs is open.</summary>
    public required IReadOnlyList<FoundPerson> People { get; init; }

    /// <summary>Promises to ring that number, the soonest first.</summary>
    public required IReadOnlyList<CallBackRow> CallBacks { get; init; }

    /// <summary>The visitor's own conversations from this call that go on.</summary>
    public required IReadOnlyList<OpenConversation> Conversations { get; init; }
}

/// <summary>A phone system opens this page at the adviser who takes a call. Opening it changes nothing, so it may be opened twice.</summary>
internal static class SeeCall
{
    public const string Address = "/desk/call";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, Show).For(Audience.Desk);

    private static async Task<RazorComponentResult> Show(string? number, string? call, ConcentricDb db, OneBox box, ListCallBacks callBacks, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (name, sight, by) = (NameOf(call), await Sight.Of(db, visitor, stop), visitor.Actor);
        var known = name is null ? null : await db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Name == name, stop);
        // “anonymous” and what else a phone system says of a number that is withheld is none.
        var digits = SubmissionPhone.Digits(number) ?? known?.Number;
        return new RazorComponentResult<CallPage>(new
        {
            View = new CallPopView
            {
                Call = name, Number = digits, Reported = known is null ? null : await Reported(db, known, stop),
                People = digits is null ? [] : await box.ByNumber(digits, sight, stop), CallBacks = digits is null ? [] : await callBacks.To(digits, sight, stop),
                Conversations = name is null ? [] : [.. (await db.Conversations.AsNoTracking().Where(c => c.Call == name && c.By == by && c.EndedAt == null).OrderByDescending(c => c.StartedAt).Take(5).ToListAsync(stop)).Select(HoldConversation.Shown)],
            },
        });
    }

    /// <summary>What a phone system calls a call, as we keep it; null where it is no such name.</summary>
    public static string? NameOf(string? call) => Fields.Tidy(call ?? "") is { Length: > 0 and <= Call.LongestName } name && !name.Any(char.IsControl) ? name : null;

    private static async Task<ReportedCall> Reported(ConcentricDb db, Call call, CancellationToken stop)
    {
        var events = await db.CallEvents.AsNoTracking().Where(e => e.CallId == call.Id).OrderBy(e => e.At).ToListAsync(stop);
        return new(call.Line, CallWords.Stands(call.State), events.FindLast(e => e.Adviser is not null)?.Adviser, [.. events.Where(e => e.Kind == CallEventKind.Transferred).Select(CallWords.HandedOn)]);
    }
}
