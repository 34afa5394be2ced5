using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Intake;

/// <summary>An enquiry as another system sends it. Nothing but the words must be there.</summary>
/// <param name="Words">What the citizen asks, in at most 4,000 characters.</param>
/// <param name="Service">LGSL identifier.</param>
/// <param name="Name">Of the citizen, as are those that follow.</param>
/// <param name="Address">The lines before the postcode.</param>
/// <param name="Uprn">Unique property reference number, 1 to 12 digits.</param>
/// <param name="Language"><c>en</c> or <c>cy</c>: in which they are written to.</param>
/// <param name="Channel">How they got in touch: <c>phone</c>, <c>email</c>, <c>partner</c> and so on. Without it <c>system</c>.</param>
/// <param name="YourReference">What your system calls it.</param>
public sealed record EnquiryToSend(string Words, string? Service, string? Name, string? Email, string? Phone, string? Address, string? Postcode, string? Uprn, string? Language, string? Channel, string? YourReference);

/// <summary>Another system sends an enquiry with a key, and the same sent twice is one enquiry and one answer.</summary>
internal static class SendEnquiry
{
    public const int LongestKey = 200;
    public const int LongestOtherReference = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Known = [.. typeof(EnquiryToSend).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

    public static void Map(Site site) => site.Api.MapPost("/enquiries", Send).For(Audience.ApiEnquiries).RequireRateLimiting(RateLimits.Api).WithName("SendEnquiry")
        .WithSummary("Take an enquiry from another system. Sent again with the same Idempotency-Key it is the same enquiry, and answered the same")
        .Accepts<EnquiryToSend>("application/json").Produces<EnquiryStatus>(StatusCodes.Status201Created).ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests)
        .WithMetadata(new ApiExample(
            """{"words":"The bin at the corner has not been emptied since Friday.","service":"524","name":"Ada Marsh","email":"ada@example.com","postcode":"ZZ1 1AB","channel":"partner","yourReference":"CRM-20931"}""",
            """{"reference":"CN-7K2M-4QXT","state":"waiting","service":"524","raisedAt":"2026-03-02T09:30:00+00:00","answeredAt":null,"sorted":null,"dueOn":null,"yourReference":"CRM-20931","waitsForCitizen":false}"""));

    private static async Task<IResult> Send(
        HttpContext http, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, IWriter writer, KeepEnquiry keep, IServiceNames services, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (idempotencyKey is not { Length: > 0 and <= LongestKey } || idempotencyKey.Any(char.IsControl))
            return SentJson.Problem(StatusCodes.Status400BadRequest, "The header Idempotency-Key is missing",
                $"Send a key of your own for each enquiry, at most {LongestKey} characters. Sent again with the same key, it stays one enquiry; the answer is kept for {KeptAnswer.Kept.TotalHours:0} hours.");
        var (json, problem) = await SentJson.Read(http.Request, Known, stop, "application/json");
        if (json is null) return problem!;
        var incoming = await Read(json, services, stop);
        if (json.Any) return json.Wrong();

        var (keyId, now) = (Guid.Parse(visitor.KeyId!), clock.GetUtcNow());
        var token = Guid.CreateVersion7(now);
        var kept = await writer.Write(async db =>
        {
            if (await db.KeptAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.KeyId == keyId && a.IdempotencyKey == idempotencyKey) is { } before) return before;
            var enquiry = await keep.In(db, incoming, token, $"key-{keyId}", now);
            var answer = new KeptAnswer
            {
                KeyId = keyId, IdempotencyKey = idempotencyKey, Digest = json.Digest, Reference = $"{enquiry.Reference}", Answer = JsonSerializer.Serialize(TellEnquiry.Of(enquiry, null), Json), At = now,
            };
            db.Add(answer);
            return answer;
        }, CancellationToken.None);
        if (kept.Digest != json.Digest)
            return SentJson.Problem(StatusCodes.Status422UnprocessableEntity, "The key was used for something else", "Another body was sent with this Idempotency-Key. Choose a new key for each enquiry.");
        http.Response.Headers.Location = $"/api/v1/enquiries/{kept.Reference}";
        // It has not been changed since it came, as far as this answer knows.
        http.Response.Headers.ETag = "\"1\"";
        return TypedResults.Text(kept.Answer, "application/json", Encoding.UTF8, StatusCodes.Status201Created);
    }

    private static async Task<Incoming> Read(SentJson json, IServiceNames services, CancellationToken stop)
    {
        var words = json.Text("words", KeepEnquiry.MostWords);
        json.Check("words", words is not null, "It must be there: what the citizen asks");
        var service = json.Text("service", 20);
        json.Check("service", service is null || await services.Find(service, stop) is not null, "There is no service with that LGSL identifier");
        var email = json.Text("email", EmailAddress.Longest);
        json.Check("email", email is null || EmailAddress.LooksRight(email), "It must be an email address, as name@example.com");
        var phone = json.Text("phone", 40);
        json.Check("phone", phone is null || SubmissionPhone.Digits(phone) is not null, "It must be a phone number, as 01632 960 001");
        var postcode = json.Text("postcode", 12);
        json.Check("postcode", postcode is null || Postcode.TryParse(postcode, out _), "It must be a full postcode, as ZZ1 1AB");
        var uprn = json.Text("uprn", 12);
        json.Check("uprn", uprn is null || uprn.All(char.IsAsciiDigit), "It must be 1 to 12 digits");
        var language = json.Text("language", 10);
        json.Check("language", language is null or "en" or "cy", "It must be en or cy");
        var channel = json.Text("channel", 40) ?? "system";
        json.Check("channel", channel != "unknown" && Channels.Find(channel) is not null, $"It must be one of {string.Join(", ", Channels.All.Skip(1).Select(c => c.Name))}");
        var who = new Told(json.Text("name", 100), null, email, phone, json.Text("address", 500), postcode, uprn, language switch { "cy" => Language.Welsh, "en" => Language.English, _ => (Language?)null });
        return new(service, words ?? "", who, channel, json.Text("yourReference", LongestOtherReference));
    }
}
