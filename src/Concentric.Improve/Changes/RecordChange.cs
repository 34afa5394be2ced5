using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Improve.Changes;

public sealed record RecordChangeForm
{
    public string? Service { get; init; }
    public string? What { get; init; }
    public DateParts? From { get; init; }

    public Errors Check(DateOnly today)
    {
        var errors = new Errors()
            .Check("Service", !string.IsNullOrEmpty(Service), "Select the service that was changed")
            .Check("What", !string.IsNullOrWhiteSpace(What), "Enter what was changed")
            .Check("What", What is null or { Length: <= 300 }, "What was changed must be 300 characters or fewer");
        return DateParts.Check(errors, "From", From, "date from which it held")
            .Check("From", From?.Date is null || (From.Date <= today.AddYears(1) && From.Date.Value.Year >= 1990), "Date from which it held must be between 1990 and a year from today");
    }
}

/// <summary>A service manager records a dated change to a service.</summary>
internal static class RecordChange
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/improve/changes/new", Show).For(Audience.Manage);
        pages.MapPost("/improve/changes/new", Keep).For(Audience.Manage);
    }

    private static async Task<IResult> Show(string? service, IServiceNames services, CancellationToken stop) => await Page(new() { Service = service }, new(), services, stop);

    private static async Task<IResult> Keep([FromForm] RecordChangeForm form, IServiceNames services, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var errors = form.Check(Say.DayOf(now));
        if (form.Service is { Length: > 0 } id) errors.Check("Service", await services.Find(id) is not null, "Select a service from the list");
        if (errors.Any) return await Page(form, errors, services, default);

        var by = visitor.Actor;
        await writer.Write(db =>
        {
            var change = new Change { Id = Guid.CreateVersion7(now), Service = form.Service!, From = form.From!.Date!.Value, What = form.What!.Trim(), By = by, RecordedAt = now };
            db.Changes.Add(change);
            db.Record(new ChangeRecorded(change.Id, change.Service, change.From, change.What), by, now);
            return Task.CompletedTask;
        });
        return Results.LocalRedirect($"/measure/services/{form.Service}");
    }

    private static async Task<IResult> Page(RecordChangeForm form, Errors errors, IServiceNames services, CancellationToken stop) =>
        new RazorComponentResult<RecordChangePage>(new { Form = form, Errors = errors, Services = await services.All(stop) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
