using System.Globalization;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Experience;

/// <summary>Anybody says what they expect of a service and what they got, without an account and without saying who they are, while it is asked.</summary>
internal static class AnswerSurvey
{
    /// <summary>Name of the box with the page's own id.</summary>
    public const string PageField = "Page";

    /// <summary>Name of the question of the whole.</summary>
    public const string OverallField = "overall";

    /// <summary>No person sees this box, so whatever fills it in is a program.</summary>
    public const string TrapField = "Website";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/survey/{service}", Show).ForEverybody();
        pages.MapPost("/survey/{service}", Send).ForEverybody().RequireRateLimiting(RateLimits.Survey);
        pages.MapGet("/survey/{service}/thanks", Thank).ForEverybody();
    }

    /// <summary>Address of the page of a service.</summary>
    public static string Address(string service) => $"/survey/{Uri.EscapeDataString(service)}";

    /// <summary>Name of the box of one question of a side.</summary>
    /// <param name="part">expected, received or importance.</param>
    public static string Field(SurveySide side, string part) => $"{side.Name}-{part}";

    private static async Task<IResult> Show(string service, ConcentricDb db, IServiceNames services, SurveyPass pass, CancellationToken stop)
    {
        if (await services.Find(service, stop) is not { } known) return Results.NotFound();
        return await Open(db, known.Id, stop) is not { } asked || await IsFull(db, asked.Survey, stop) ? Over(known) : Page(known, pass.NewPage(), null, new());
    }

    private static async Task<IResult> Send(string service, HttpRequest request, ConcentricDb db, IWriter writer, IServiceNames services, SurveyPass pass, TimeProvider clock, CancellationToken stop)
    {
        if (await services.Find(service, stop) is not { } known) return Results.NotFound();
        var form = request.HasFormContentType ? await request.ReadFormAsync(stop) : FormCollection.Empty;
        if (pass.Read(form[PageField].ToString()) is not var (page, isOpen)) return Results.BadRequest();
        if (await Open(db, known.Id, stop) is null) return Over(known);
        var errors = new Errors();
        var overall = Read(form, OverallField, errors);
        var said = SurveySide.All.Select(s => (Side: s, Expected: Read(form, Field(s, "expected"), errors), Received: Read(form, Field(s, "received"), errors), Importance: Read(form, Field(s, "importance"), errors)))
            .Where(a => a.Expected is not null || a.Received is not null || a.Importance is not null).ToList();
        errors.Check(Field(SurveySide.All[0], "importance"), said.Count > 0 || errors.Any, "Answer at least one question about one side of the service");
        errors.Check(Field(SurveySide.All[0], "importance"), isOpen || errors.Any, "This page was open for more than a day. Send it again");
        if (errors.Any) return Page(known, pass.Of(page), form, errors);
        // A program is thanked like anybody, and learns nothing.
        if (form[TrapField].ToString().Length > 0) return Thanked(known);
        var now = clock.GetUtcNow();
        var kept = await writer.Write(async d =>
        {
            // Those who send at the same moment wait here for one another, or each would be the next respondent. It may have ended while they wrote.
            if (await Open(d, known.Id) is not { } asked || await d.AskedExperiences.Where(a => a.Survey == asked.Survey && a.ClosedAt == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.By, x => x.By)) == 0) return Kept.Over;
            var last = await d.AskedRespondents.Where(r => r.Survey == asked.Survey).MaxAsync(r => (int?)r.Respondent) ?? 0;
            var respondent = await d.AskedRespondents.Where(r => r.Survey == asked.Survey && r.Page == page).Select(r => (int?)r.Respondent).SingleOrDefaultAsync();
            // Whoever saw the figures before and after would know what they said first.
            if (respondent <= ShownSurvey.Counted(last))
            {
                var before = await d.ExperienceAnswers.Where(a => a.Survey == asked.Survey && a.Respondent == respondent).ToListAsync();
                // Sent twice it is the same answer, which counts.
                return before.Count == said.Count && said.All(s => before.Any(b => (b.Dimension, b.Expected, b.Received, b.Importance, b.Overall) == (s.Side.Name, s.Expected, s.Received, s.Importance, overall))) ? Kept.Now : Kept.Before;
            }
            if (respondent is null)
            {
                respondent = last + 1;
                if (respondent > ReadGapSurvey.MostRows) return Kept.Over;
                d.Add(new AskedRespondent { Survey = asked.Survey, Page = page, Respondent = respondent.Value });
            }
            else await d.ExperienceAnswers.Where(a => a.Survey == asked.Survey && a.Respondent == respondent).ExecuteDeleteAsync();
            d.AddRange(said.Select(a => new ExperienceAnswer
            {
                Survey = asked.Survey, Respondent = respondent.Value, Dimension = a.Side.Name, Service = known.Id, Expected = a.Expected, Received = a.Received, Importance = a.Importance, Overall = overall, At = now,
            }));
            d.Record(new ExperienceSaid(asked.Survey, known.Id, respondent.Value, said.Count, now), Actor.Citizen, now);
            return Kept.Now;
        }, CancellationToken.None);
        return kept switch
        {
            Kept.Now => Thanked(known),
            Kept.Before => new RazorComponentResult<SurveyThanksPage>(new { Service = known, IsBefore = true }),
            _ => Over(known),
        };
    }

    /// <summary>What became of what was sent.</summary>
    private enum Kept
    {
        Now = 1,

        /// <summary>What the same page sent before is in the figures, and stays.</summary>
        Before,

        /// <summary>Nobody is asked any more.</summary>
        Over,
    }

    /// <summary>Whether as many answered as a survey takes.</summary>
    internal static Task<bool> IsFull(ConcentricDb db, Guid survey, CancellationToken stop) => db.AskedRespondents.AnyAsync(r => r.Survey == survey && r.Respondent >= ReadGapSurvey.MostRows, stop);

    private static async Task<IResult> Thank(string service, IServiceNames services, CancellationToken stop) =>
        await services.Find(service, stop) is { } known ? new RazorComponentResult<SurveyThanksPage>(new { Service = known }) : Results.NotFound();

    /// <summary>The survey of that service that is open; of two that were begun at the same moment the newest.</summary>
    internal static Task<AskedExperience?> Open(ConcentricDb db, string service, CancellationToken stop = default) =>
        db.AskedExperiences.AsNoTracking().Where(a => a.Service == service && a.ClosedAt == null).OrderByDescending(a => a.OpenedAt).ThenByDescending(a => a.Survey).FirstOrDefaultAsync(stop);

    /// <summary>What was chosen; null where nothing was.</summary>
    private static double? Read(IFormCollection form, string field, Errors errors)
    {
        var text = form[field].ToString();
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= (int)ReadGapSurvey.Lowest and <= (int)ReadGapSurvey.Highest;
        errors.Check(field, text.Length == 0 || isNumber, "Choose a number from 1 to 7, or no answer");
        return isNumber ? value : null;
    }

    private static RazorComponentResult Page(ServiceName service, string page, IFormCollection? typed, Errors errors) => new RazorComponentResult<SurveyPage>(new { Service = service, PageToken = page, Typed = typed, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };

    private static RazorComponentResult Over(ServiceName service) => new RazorComponentResult<SurveyOverPage>(new { Service = service }) { StatusCode = StatusCodes.Status410Gone };

    private static RedirectHttpResult Thanked(ServiceName service) => TypedResults.LocalRedirect($"{Address(service.Id)}/thanks");
}
