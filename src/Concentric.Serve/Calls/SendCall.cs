using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Serve.Conversations;
using Concentric.Serve.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Concentric.Serve.Calls;

/// <summary>One event of a phone call, as a phone system sends it.</summary>
/// <param name="Call">What your system calls the call: the same in all of its events, and in no other call's.</param>
/// <param name="Event"><c>started</c>, <c>answered</c>, <c>transferred</c> or <c>ended</c>.</param>
/// <param name="At">When it happened, with its offset from UTC.</param>
/// <param name="Number">The caller's phone number. Leave it out where it is withheld.</param>
/// <param name="Line">Short name of the line or queue.</param>
/// <param name="Adviser">Of <c>answered</c>: who answered, by name, work e-mail address or extension.</param>
/// <param name="To">Of <c>transferred</c>: to whom or where.</param>
/// <param name="Reason">Of <c>transferred</c> and <c>ended</c>: why, in a few words.</param>
public sealed record CallEventToSend(string Call, string Event, DateTimeOffset At, string? Number, string? Line, string? Adviser, string? To, string? Reason);

/// <summary>How a call stands, as far as was reported.</summary>
/// <param name="Call">What your system calls it.</param>
/// <param name="State"><c>waiting</c>, <c>talking</c>, <c>ended</c>, or <c>abandoned</c> where it ended before anybody answered.</param>
/// <param name="Transfers">How often it was handed on.</param>
public sealed record CallStatus(string Call, string State, DateTimeOffset? StartedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, int Transfers);

/// <summary>A phone system reports one event of a call with a key. The same sent twice is one, and the order does not matter.</summary>
internal static class SendCall
{
    /// <summary>By so much the clock of a phone system may be ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    private static readonly string[] Known = [.. typeof(CallEventToSend).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm'Z'"];

    public static void Map(Site site) => site.Api.MapPost("/calls", Send).For(Audience.ApiCalls).RequireRateLimiting(RateLimits.Api).WithName("SendCall")
        .WithSummary("Take one event of a phone call. The same call, event and time sent again is the same event; events may come in any order, up to 7 days late")
        .Accepts<CallEventToSend>("application/json").Produces<CallStatus>().ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests)
        .WithMetadata(new ApiExample(
            """{"call":"2026-03-02/004711","event":"answered","at":"2026-03-02T09:31:10+00:00","number":"+447700900123","line":"Council tax","adviser":"Extension 2041"}""",
            """{"call":"2026-03-02/004711","state":"talking","startedAt":"2026-03-02T09:30:00+00:00","answeredAt":"2026-03-02T09:31:10+00:00","endedAt":null,"transfers":0}"""));

    private static async Task<IResult> Send(HttpContext http, IWriter writer, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (json, problem) = await SentJson.Read(http.Request, Known, stop, "application/json");
        if (json is null) return problem!;
        var now = clock.GetUtcNow();
        var report = Read(json, now);
        if (json.Any) return json.Wrong();
        var (id, by) = (Guid.CreateVersion7(now), $"key-{visitor.KeyId}");
        var kept = await writer.Write(db => KeepCall.In(db, report, id, by, now), CancellationToken.None);
        if (kept.Refused is not var (field, message)) return TypedResults.Ok(new CallStatus(report.Call, kept.State.Word, kept.State.StartedAt, kept.State.AnsweredAt, kept.State.EndedAt, kept.State.Transfers));
        json.Check(field, false, message);
        return json.Wrong();
    }

    private static CallReport Read(SentJson json, DateTimeOffset now)
    {
        var call = Line(json, "call", Call.LongestName);
        json.Check("call", call is not null, "It must be there: what your system calls the call");
        var word = json.Text("event", 20);
        CallEventKind? kind = word switch { "started" => CallEventKind.Started, "answered" => CallEventKind.Answered, "transferred" => CallEventKind.Transferred, "ended" => CallEventKind.Ended, _ => null };
        json.Check("event", kind is not null, "It must be one of started, answered, transferred, ended");
        var at = Moment(json.Text("at", 40));
        json.Check("at", at is not null, "It must be a time with its offset from UTC, as 2026-03-02T09:30:00Z or 2026-03-02T09:30:00+00:00");
        json.Check("at", at is not { } late || late - now <= Ahead, "It is in the future. Check the clock of your phone system");
        json.Check("at", at is not { } early || now - early <= Call.LatestReport, $"It is more than {Call.LatestReport.TotalDays:0} days ago, and calls are not taken so late");
        var number = json.Text("number", 40);
        json.Check("number", number is null || SubmissionPhone.Digits(number) is not null, "It must be a phone number, as +447700900123. Leave it out where it is withheld");
        var (line, adviser, to, reason) = (Line(json, "line", Call.LongestLine), Line(json, "adviser", Call.LongestWord), Line(json, "to", Call.LongestWord), Line(json, "reason", Call.LongestWord));
        json.Check("adviser", adviser is null || kind is null or CallEventKind.Answered, "It is said where the call is answered, and nowhere else");
        json.Check("to", to is null || kind is null or CallEventKind.Transferred, "It is said where the call is transferred, and nowhere else");
        json.Check("reason", reason is null || kind is null or CallEventKind.Transferred or CallEventKind.Ended, "It is said where the call is transferred or ended, and nowhere else");
        return new(call ?? "", kind ?? default, at ?? default, SubmissionPhone.Digits(number), line, adviser, to, reason);
    }

    private static string? Line(SentJson json, string name, int most)
    {
        var text = json.Text(name, most);
        json.Check(name, text is null || !text.Any(char.IsControl), "It must be on one line");
        return text;
    }

    /// <summary>To the microsecond, which both databases keep; null where it is no moment or does not say its offset.</summary>
    internal static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
}
