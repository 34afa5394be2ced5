using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Staffing;

/// <summary>What the page of staffing shows.</summary>
public sealed record StaffingView
{
    public required Scope Scope { get; init; }

    /// <summary>Calls as the phone system reported them; otherwise contacts by phone.</summary>
    public required bool OfCalls { get; init; }

    /// <summary>Lines to choose from: code and name.</summary>
    public required IReadOnlyList<(string Code, string Name)> Lines { get; init; }

    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required Workload Workload { get; init; }
    public required DailyForecast? Forecast { get; init; }

    /// <summary>The days without the rhythm of the week; null where there are too few.</summary>
    public required WeekRhythm? Rhythm { get; init; }
    public required StaffPlan? Plan { get; init; }

    /// <summary>The plan with fewer contacts; null where none were taken away.</summary>
    public required StaffPlan? Then { get; init; }

    /// <summary>Share of failure demand of the contacts by phone that are coded.</summary>
    public required Share? Failure { get; init; }

    /// <summary>What was planned with.</summary>
    public required StaffRules Rules { get; init; }

    /// <summary>The part of calls that still comes in <see cref="Then"/>.</summary>
    public required double Part { get; init; }

    public required bool IsExact { get; init; }
}

/// <summary>A contact-centre manager sees when calls come, what is expected, and how many people it takes; and how many it would take if some of them need not have rung.</summary>
internal static class SeeStaffing
{
    private const int Weeks = 104, Ahead = 21;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/measure/staffing", Show).For(Audience.Measure);

    private static async Task<IResult> Show(
        [AsParameters] StaffingForm form, string? council, Scopes scopes, Disclosed disclosed, Settings settings, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await scopes.Find(council, Weeks, stop) is not { } scope)
            return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        form = form.Usual();
        var errors = form.Check();
        var view = await View(scope, errors.Any ? new StaffingForm { Line = form.Line }.Usual() : form, disclosed.For(visitor), settings.Calendar, stop);
        return new RazorComponentResult<StaffingPage>(new { View = view, Form = form, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    internal static async Task<StaffingView> View(Scope scope, StaffingForm form, VisibleContacts contacts, WorkingCalendar calendar, CancellationToken stop)
    {
        var phone = Channels.Find("phone")!.Code;
        var lines = contacts.Dimensions.PhoneLines.Where(l => l.Council == scope.Council.Code).Select(l => (Code: l.Code.ToString(CultureInfo.InvariantCulture), l.Label)).ToList();
        int? line = lines.Exists(l => l.Code == form.Line) ? int.Parse(form.Line!, CultureInfo.InvariantCulture) : null;
        var query = new WorkloadQuery(scope.Council.Code, scope.Period.From, scope.Through) { OfCalls = true, Line = line };
        var halfHours = await contacts.Workload(query, stop);
        var ofCalls = halfHours.Count > 0;
        if (!ofCalls) halfHours = await contacts.Workload(query with { OfCalls = false, Channel = phone }, stop);

        var first = halfHours.Count == 0 ? scope.Period.From : halfHours[0].Day;
        var workload = Workload.Of(halfHours, first, scope.Through, calendar, contacts.IsExact);
        var forecast = DailyForecast.Of(workload.Days, calendar, Ahead);
        var total = await SeeContacts.Total(scope, contacts, stop, new Filter(Dimension.Channel, phone));
        var failure = total.FailureShare;
        var part = (1 - form.LessPart) * (1 - (form.IsHalved ? (failure?.Value ?? 0) / 2 : 0));
        StaffPlan? Plan(double of) => forecast is not null && workload.Seconds is { } seconds && seconds + form.Rules.After > 0 ? StaffPlan.Of(workload, forecast, seconds, form.Rules, of) : null;
        return new()
        {
            Scope = scope, OfCalls = ofCalls, Lines = lines, From = first, To = scope.Through, Workload = workload, Forecast = forecast, Rhythm = WeekRhythm.Of(workload.Days, calendar),
            Plan = Plan(1), Then = part < 1 ? Plan(part) : null, Failure = failure, Part = part, Rules = form.Rules, IsExact = contacts.IsExact,
        };
    }
}
