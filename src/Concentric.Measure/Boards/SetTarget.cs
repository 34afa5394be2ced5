using System.Globalization;
using System.Security.Claims;
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

namespace Concentric.Measure.Boards;

public sealed record TargetForm
{
    public string? Key { get; init; }
    public string? Council { get; init; }

    /// <summary>In the measure's unit, as it was typed.</summary>
    public string? Value { get; init; }

    public string? Reason { get; init; }

    /// <summary>Whoever sets it has seen what the process can do against it.</summary>
    public string? Seen { get; init; }

    /// <summary>The number, null where it is none.</summary>
    public double? Number => double.TryParse(Value?.Trim().TrimEnd('%').TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.GetCultureInfo("en-GB"), out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>A service manager sets a target, once it is known what the process can do, and having seen how much of it would meet the target.</summary>
internal static class SetTarget
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/measures/target", Show).For(Audience.Manage);
        pages.MapPost("/measure/measures/target", Keep).For(Audience.Manage);
        pages.MapPost("/measure/measures/target/withdrawn", Withdraw).For(Audience.Manage);
    }

    private static async Task<IResult> Show(string? key, string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) =>
        await boards.Find(key, council, visitor, stop) is { } found ? Page(found, new(), new()) : Results.NotFound();

    private static async Task<IResult> Keep([FromForm] TargetForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await boards.Find(form.Key, form.Council, visitor, stop) is not { } found) return Results.NotFound();
        var process = ProcessCapability.Of(found.Chart);
        var (unit, errors) = (found.Measure.Unit, new Errors());
        errors.Check("", process.IsKnown, $"No target can be set{(process.Never is null ? " yet" : "")}. {process.Refusal}");
        if (process.IsKnown)
            errors.Check("Value", !string.IsNullOrWhiteSpace(form.Value), "Enter the target")
                .Check("Value", form.Number is not null, "The target must be a number, like 12.5")
                .Check("Value", form.Number is not { } n || Math.Abs(unit.Bounds.Clip(n) - n) < 1e-12, $"The target must be a value that the measure can have{(unit.Name == "%" ? ", from 0 to 100" : ", 0 or more")}")
                .Check("Reason", !string.IsNullOrWhiteSpace(form.Reason), "Enter why this target")
                .Check("Reason", form.Reason is null or { Length: <= 300 }, "Why this target must be 300 characters or fewer");
        // The first press shows what the process makes of it; the second sets it.
        if (errors.Any || form.Seen != form.Value) return Page(found, form, errors);

        var (now, by, target) = (clock.GetUtcNow(), visitor.Actor, form.Number!.Value);
        var capability = process.Against(target);
        var row = new MeasureTarget
        {
            Id = Guid.CreateVersion7(now), Council = found.Measure.Council, Measure = found.Measure.Key, Value = target, Reason = form.Reason!.Trim() is var why && why[^1] == '.' ? why : $"{form.Reason.Trim()}.",
            Points = capability.N, Observed = capability.Observed, Modelled = capability.Expected, By = by, At = now,
        };
        await writer.Write(async db =>
        {
            foreach (var old in await db.MeasureTargets.Where(t => t.Council == row.Council && t.Measure == row.Measure && t.EndedAt == null).ToListAsync()) End(db, old, by, now);
            db.MeasureTargets.Add(row);
            db.Record(new TargetChanged(row.Id, row.Council, row.Measure, "set", row.Value, row.Observed, row.Modelled), by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"{found.Measure.Address}#target");
    }

    private static async Task<IResult> Withdraw([FromForm] TargetForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await boards.Find(form.Key, form.Council, visitor, stop) is not { } found) return Results.NotFound();
        var (now, by, council, key) = (clock.GetUtcNow(), visitor.Actor, found.Measure.Council, found.Measure.Key);
        await writer.Write(async db =>
        {
            foreach (var old in await db.MeasureTargets.Where(t => t.Council == council && t.Measure == key && t.EndedAt == null).ToListAsync()) End(db, old, by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"{found.Measure.Address}#target");
    }

    /// <summary>Ends a target that stands, and records the fact of it.</summary>
    internal static void End(ConcentricDb db, MeasureTarget target, string by, DateTimeOffset now)
    {
        target.End(now);
        db.Record(new TargetChanged(target.Id, target.Council, target.Measure, "withdrawn", target.Value, target.Observed, target.Modelled), by, now);
    }

    private static RazorComponentResult<TargetPage> Page(Found found, TargetForm form, Errors errors) => new(new { found.Chart, Capability = ProcessCapability.Of(found.Chart), Form = form, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
