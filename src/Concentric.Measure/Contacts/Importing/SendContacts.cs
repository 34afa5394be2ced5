using System.Security.Claims;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What became of contacts that a program sent.</summary>
/// <param name="Id">Of the delivery.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c>, <c>refused</c>, <c>cancelled</c> or <c>cut-short</c>.</param>
/// <param name="Read">Lines read: imported + duplicates + rejected. 0 until it is done; likewise those that follow.</param>
/// <param name="Message">Why it was refused, in words; null where it was not.</param>
/// <param name="FirstRejects">At most 20 of the lines that were not taken.</param>
public sealed record DeliveryStatus(Guid Id, ImportState State, int? Batch, long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged, string? Message, IReadOnlyList<RejectedRow> FirstRejects);

/// <summary>A program sends contacts, one on each line, and asks later what became of them. They go through the same import as a file.</summary>
internal static class SendContacts
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>Bytes of one delivery. A night's contacts of a large council are a tenth of it.</summary>
    public const long MostBytes = 50_000_000;

    /// <summary>Deliveries of one key that may wait.</summary>
    public const int MostWaiting = 20;

    private const int LongestKey = 200;
    private static readonly string[] ContentTypes = [ContentType, "application/ndjson", "application/jsonl"];

    public static void Map(Site site)
    {
        site.Api.MapPost("/contacts", Send).For(Audience.ApiWrite).WithName("SendContacts").WithSummary("Take contacts, one JSON object a line; answers at once and imports afterwards")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).WithMetadata(new AcceptsMetadata(ContentTypes, typeof(string)));
        site.Api.MapGet("/contacts/imports/{id:guid}", Status).For(Audience.ApiWrite).WithName("GetContactsImport").WithSummary("What became of contacts that were sent");
    }

    private static async Task<Results<Accepted<DeliveryStatus>, ProblemHttpResult>> Send(
        HttpContext http, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        KeptUploads uploads, ImportRunner runner, ConcentricDb db, IWriter writer, TimeProvider clock, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var keyId = visitor.KeyId!;
        if (!ContentTypes.Contains(http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant()))
            return Problem(StatusCodes.Status415UnsupportedMediaType, "Contacts come as lines of JSON", $"Send one JSON object on each line, with Content-Type: {ContentType}.");
        if (idempotencyKey is not { Length: > 0 and <= LongestKey })
            return Problem(StatusCodes.Status400BadRequest, "The header Idempotency-Key is missing",
                $"Send a key of your own for each delivery, at most {LongestKey} characters. Sent again with the same key, nothing counts twice.");
        if (http.Request.ContentLength > MostBytes) return TooLarge();
        var isKnown = await db.Imports.AnyAsync(i => i.ApiKey == keyId && i.IdempotencyKey == idempotencyKey, stop);
        if (!isKnown && await db.Imports.CountAsync(i => i.ApiKey == keyId && (i.State == ImportState.Waiting || i.State == ImportState.Running), stop) >= MostWaiting)
        {
            http.Response.Headers.RetryAfter = "60";
            return Problem(StatusCodes.Status429TooManyRequests, "Too much is waiting", $"{MostWaiting} deliveries of this key wait to be imported. Send this one again in a minute.");
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        string digest;
        long bytes;
        try
        {
            (digest, bytes) = await uploads.Keep(id, http.Request.Body, MostBytes, stop);
        }
        catch (TooLargeException)
        {
            return TooLarge();
        }
        var name = await NameOf(db, keyId, stop);
        var given = await writer.Write(async work =>
        {
            if (await work.Imports.SingleOrDefaultAsync(i => i.ApiKey == keyId && i.IdempotencyKey == idempotencyKey, stop) is { } known) return known;
            var made = new FileImport
            {
                Id = id, FileName = $"{name}.ndjson", Digest = digest, Bytes = bytes, Door = ImportDoor.Api, By = $"key-{keyId}", At = now,
                State = ImportState.Waiting, MappingName = name, ApiKey = keyId, IdempotencyKey = idempotencyKey,
            };
            work.Add(made);
            return made;
        }, stop);
        if (given.State == ImportState.CutShort && given.Digest == digest)
        {
            // Our failure cut it short, and nobody but its sender can start it: to send it again is to ask for that.
            var cut = given.Id;
            uploads.Hand(id, cut);
            given = await writer.Write(async work =>
            {
                if (await work.Imports.FindAsync([cut], stop) is not { } again) return null;
                if (again.State == ImportState.CutShort) again.Again();
                return again;
            }, stop) ?? given;
        }
        if (given.Id != id) uploads.Remove(id);
        if (given.Digest != digest)
            return Problem(StatusCodes.Status422UnprocessableEntity, "The key was used for something else", "Another body was sent with this Idempotency-Key. Choose a new key for each delivery.");
        runner.Wake();
        return TypedResults.Accepted($"/api/v1/contacts/imports/{given.Id}", Of(given, []));
    }

    private static async Task<Results<Ok<DeliveryStatus>, NotFound>> Status(Guid id, ConcentricDb db, DuckContactStore store, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var keyId = visitor.KeyId;
        // Of its own deliveries only: another's rejected lines are not for it.
        return await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.ApiKey == keyId, stop) is { } given
            ? TypedResults.Ok(Of(given, FirstRejects.Of(store, given.Rejects)))
            : TypedResults.NotFound();
    }

    /// <summary>Under which references are unique: the name of the key, so that a system keeps it when its key is replaced by one of the same name.</summary>
    private static async Task<string> NameOf(ConcentricDb db, string keyId, CancellationToken stop)
    {
        var key = Guid.Parse(keyId);
        return $"api-{MappingDraft.SlugOf(await db.Set<ApiKey>().Where(k => k.Id == key).Select(k => k.Name).SingleAsync(stop))}";
    }

    private static DeliveryStatus Of(FileImport given, IReadOnlyList<RejectedRow> rejects) =>
        new(given.Id, given.State, given.Batch, given.Read, given.Imported, given.Duplicates, given.Changed, given.Rejected, given.Flagged, given.Message, rejects);

    private static ProblemHttpResult TooLarge() =>
        Problem(StatusCodes.Status413PayloadTooLarge, "The delivery is too large", $"Send at most {MostBytes / 1_000_000} MB at once, in several deliveries.");

    private static ProblemHttpResult Problem(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);
}

/// <summary>The first rows of a file of rejected rows.</summary>
internal static class FirstRejects
{
    private const int Most = 20;
    private static readonly ImportLimits Limits = new();

    public static IReadOnlyList<RejectedRow> Of(DuckContactStore store, string? name) => name is null ? [] : Read(Path.Combine(store.Imports, "rejects", Path.GetFileName(name)));

    public static IReadOnlyList<RejectedRow> Read(string path)
    {
        if (!File.Exists(path)) return [];
        using var text = new StreamReader(path);
        var scanner = new CsvScanner(text, ',', Limits);
        var rows = new List<RejectedRow>();
        scanner.Read();
        while (rows.Count < Most && scanner.Read())
            rows.Add(new(long.Parse(scanner.Field(0), System.Globalization.CultureInfo.InvariantCulture), scanner.Field(1).ToString(), scanner.Field(2).ToString(), scanner.Field(3).ToString()));
        return rows;
    }
}
