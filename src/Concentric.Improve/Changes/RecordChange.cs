using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
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

/// <summary>A date as it is typed, so that a wrong one can be shown again.</summary>
public sealed record TypedDate(string? Day = null, string? Month = null, string? Year = null)
{
    public DateOnly? Date =>
        Part(Day) is { } day && Part(Month) is { } month && Part(Year) is { } year && year is >= 1990 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day + Month + Year);

    private static int? Part(string? text) => int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}

public sealed record RecordChangeForm(string? Service = null, string? What = null, TypedDate? From = null)
{
    public Errors Check(DateOnly today) => new Errors()
        .Check("Service", !string.IsNullOrEmpty(Service), "Select the service that was changed")
        .Check("What", !string.IsNullOrWhiteSpace(What), "Enter what was changed")
        .Check("What", What is null or { Length: <= 300 }, "What was changed must be 300 characters or fewer")
        .Check("From", From is { IsEmpty: false }, "Enter the date from which it held")
        .Check("From", From?.Date is not null, "The date from which it held must be a real date, like 3 3 2026")
        .Check("From", From?.Date <= today.AddYears(1), "The date from which it held must be within a year from today");
}

/// <summary>A service manager records a dated change to a service.</summary>
internal static class RecordChange
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/improve/changes/new", Show).For(Audience.Manage);
        pages.MapPost("/improve/changes/new", Keep).For(Audience.Manage);
    }

    private static async Task<IResult> Show(string? service, IServiceNames services, CancellationToken stop) => await Page(new(service), new(), services, stop);

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
