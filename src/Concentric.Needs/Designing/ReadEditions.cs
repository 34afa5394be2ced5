using System.Text.Json.Nodes;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Concentric.Needs.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Designing;

/// <summary>An edition of the need model.</summary>
public sealed record EditionSummary
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>seed, import, edit or undo.</summary>
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Why { get; init; }

    /// <summary>Id of the person who published it, or system.</summary>
    public required string By { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Undo: the number of the edition that it takes back.</summary>
    public required int? Undoes { get; init; }
    public required int Changes { get; init; }
}

/// <summary>One thing of the model before and after an edition, each whole; null where it was not there or is no longer.</summary>
public sealed record EditionChange
{
    /// <summary>concept, relation, offer or place.</summary>
    public required string Kind { get; init; }

    /// <summary>Address of a concept, parts of a relation's key one a line, identifier of an offer or a place.</summary>
    public required string Subject { get; init; }
    public required JsonNode? Before { get; init; }
    public required JsonNode? After { get; init; }

    /// <summary>Id of the person who made the change, or system.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string? Why { get; init; }
}

/// <summary>An edition with a part of its changes.</summary>
public sealed record EditionDetails
{
    public required EditionSummary Edition { get; init; }
    public required IReadOnlyList<EditionChange> Changes { get; init; }
}

/// <summary>The editions for programs.</summary>
internal static class ReadEditions
{
    private const int MostAtOnce = 1000;

    public static void Map(Site site)
    {
        site.Api.MapGet("/model/editions", List).WithName("ListModelEditions").WithSummary("The editions of the need model, the newest first").For(Audience.ApiKey);
        site.Api.MapGet("/model/editions/{number}", Get).WithName("GetModelEdition").WithSummary("An edition of the need model: each thing that it changed, before and after").For(Audience.ApiKey);
    }

    private static async Task<Ok<IReadOnlyList<EditionSummary>>> List(ConcentricDb db, CancellationToken stop)
    {
        var found = await db.Editions.AsNoTracking().Where(e => e.Number != null).OrderByDescending(e => e.Number)
            .Select(e => new { Edition = e, Changes = db.Set<ModelChange>().Count(c => c.Edition == e.Id) }).ToListAsync(stop);
        return TypedResults.Ok<IReadOnlyList<EditionSummary>>([.. found.Select(f => Summary(f.Edition, f.Changes))]);
    }

    /// <param name="offset">How many changes to leave out from the start.</param>
    /// <param name="limit">How many changes to return, 1 to 1,000.</param>
    private static async Task<Results<Ok<EditionDetails>, NotFound, ProblemHttpResult>> Get(int number, ConcentricDb db, CancellationToken stop, int offset = 0, int limit = MostAtOnce)
    {
        if (offset < 0) return TypedResults.Problem("offset must be 0 or more.", statusCode: StatusCodes.Status400BadRequest);
        if (limit is < 1 or > MostAtOnce) return TypedResults.Problem($"limit must be from 1 to {MostAtOnce}.", statusCode: StatusCodes.Status400BadRequest);
        if (await db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Number == number, stop) is not { } edition) return TypedResults.NotFound();

        var changes = db.ModelChanges.AsNoTracking().Where(c => c.Edition == edition.Id);
        return TypedResults.Ok(new EditionDetails
        {
            Edition = Summary(edition, await changes.CountAsync(stop)),
            Changes = [.. (await changes.OrderBy(c => c.Place).Skip(offset).Take(limit).ToListAsync(stop)).Select(Change)],
        });
    }

    private static EditionSummary Summary(Edition edition, int changes) => new()
    {
        Number = edition.Number!.Value,
        Kind = edition.Kind.ToString().ToLowerInvariant(),
        Title = edition.Title,
        Why = edition.Why,
        By = edition.By,
        PublishedAt = edition.PublishedAt!.Value,
        Undoes = edition.Undoes,
        Changes = changes,
    };

    private static EditionChange Change(ModelChange change) => new()
    {
        Kind = change.Kind.ToString().ToLowerInvariant(),
        Subject = change.Subject,
        Before = change.Before is null ? null : JsonNode.Parse(change.Before),
        After = change.After is null ? null : JsonNode.Parse(change.After),
        By = change.By,
        At = change.At,
        Why = change.Why,
    };
}
