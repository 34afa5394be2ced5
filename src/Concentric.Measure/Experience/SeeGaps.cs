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
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Experience;

/// <summary>What the page of expected, intended and received experience shows.</summary>
public sealed record GapsView
{
    public required IReadOnlyList<ServiceName> Services { get; init; }
    public required ServiceName? Service { get; init; }
    public required IReadOnlyList<GapLine> Lines { get; init; }

    /// <summary>How many answered the survey, as the reader may see it, and when it was taken in; null where there is none.</summary>
    public required (ShownCount Respondents, DateTimeOffset At)? Survey { get; init; }

    /// <summary>Sides to say an intention of: those of the survey, else the usual ones.</summary>
    public required IReadOnlyList<(string Dimension, double? Value)> Intended { get; init; }

    public required bool MayChange { get; init; }
}

/// <summary>A service manager says how well a service is meant to be, takes in what people expect and get, and sees the gaps and what to do first.</summary>
internal static class SeeGaps
{
    public const string Path = "/measure/experience/gaps";

    /// <summary>The sides of a service that SERVQUAL asks of, and information, which councils are asked for most.</summary>
    private static readonly string[] Usual = ["reliability", "responsiveness", "information", "empathy", "assurance", "tangibles"];

    private const int MostBytes = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapPost($"{Path}/intended", Intend).For(Audience.Manage);
        pages.MapPost($"{Path}/survey", Take).For(Audience.Manage).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> Show(string? service, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var known = string.IsNullOrEmpty(service) ? null : await services.Find(service, stop);
        return known is null && !string.IsNullOrEmpty(service) ? Results.NotFound() : await Page(known, new(), null, db, services, visitor, stop);
    }

    /// <summary>Boxes named by their side; an empty one takes the intention back.</summary>
    private static async Task<IResult> Intend(HttpRequest request, ConcentricDb db, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        if (await services.Find(form["Service"].ToString(), stop) is not { } service) return Results.BadRequest();
        var (errors, said) = (new Errors(), new Dictionary<string, double?>(StringComparer.Ordinal));
        foreach (var (dimension, _) in await Intended(db, service.Id, stop))
        {
            var text = form[$"meant-{dimension}"].ToString().Trim();
            var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= ReadGapSurvey.Lowest and <= ReadGapSurvey.Highest;
            errors.Check($"meant-{dimension}", text.Length == 0 || isNumber, $"{Words(dimension)} must be a number from 1 to 7, or empty");
            said[dimension] = text.Length == 0 ? null : value;
        }
        if (errors.Any) return await Page(service, errors, form, db, services, visitor, stop);
        var now = clock.GetUtcNow();
        await writer.Write(async d =>
        {
            var before = await d.IntendedExperiences.Where(i => i.Service == service.Id).ToDictionaryAsync(i => i.Dimension, StringComparer.Ordinal);
            foreach (var (dimension, value) in said)
            {
                var known = before.GetValueOrDefault(dimension);
                if (known?.Value == value) continue;
                if (value is not { } meant) d.Remove(known!);
                else if (known is null) d.Add(new IntendedExperience { Id = Guid.CreateVersion7(now), Service = service.Id, Dimension = dimension, Value = meant, By = visitor.Actor, At = now });
                else (known.Value, known.By, known.At) = (meant, visitor.Actor, now);
                d.Record(new IntendedExperienceSet(service.Id, dimension, value), visitor.Actor, now);
            }
        }, CancellationToken.None);
        return Results.LocalRedirect($"{Path}?service={Uri.EscapeDataString(service.Id)}");
    }

    /// <summary>A survey takes the place of the one before.</summary>
    private static async Task<IResult> Take(HttpRequest request, ConcentricDb db, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        if (await services.Find(form["Service"].ToString(), stop) is not { } service) return Results.BadRequest();
        var bytes = System.Text.Encoding.UTF8.GetBytes(form["Rows"].ToString());
        if (form.Files["File"] is { Length: > 0 } file)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, stop);
            bytes = content.ToArray();
        }
        var survey = ReadGapSurvey.Of(bytes);
        var errors = new Errors().Check("Rows", survey.Problems.Count == 0, string.Join(". ", survey.Problems));
        if (errors.Any) return await Page(service, errors, form, db, services, visitor, stop);
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        await writer.Write(async d =>
        {
            await d.ExperienceAnswers.Where(a => a.Service == service.Id).ExecuteDeleteAsync();
            d.AddRange(survey.Answers.Select(a => new ExperienceAnswer
            {
                Survey = id, Respondent = a.Respondent, Dimension = a.Dimension, Service = service.Id, Expected = a.Expected, Received = a.Received, Importance = a.Importance, Overall = a.Overall, At = now,
            }));
            d.Record(new ExperienceSurveyTaken(id, service.Id, survey.Respondents), visitor.Actor, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"{Path}?service={Uri.EscapeDataString(service.Id)}");
    }

    /// <summary>“reliability” is “Reliability”.</summary>
    internal static string Words(string dimension) => dimension.Length == 0 ? dimension : char.ToUpperInvariant(dimension[0]) + dimension[1..].Replace('_', ' ');

    /// <summary>The answers of the newest survey: of two that were taken in at the same moment both may be kept, and one counts.</summary>
    private static IQueryable<ExperienceAnswer> Newest(ConcentricDb db, string service)
    {
        var all = db.ExperienceAnswers.AsNoTracking().Where(a => a.Service == service);
        var newest = all.OrderByDescending(a => a.At).ThenByDescending(a => a.Survey).Select(a => a.Survey).Take(1);
        return all.Where(a => newest.Contains(a.Survey));
    }

    private static async Task<List<(string Dimension, double? Value)>> Intended(ConcentricDb db, string service, CancellationToken stop)
    {
        var said = await db.IntendedExperiences.AsNoTracking().Where(i => i.Service == service).ToDictionaryAsync(i => i.Dimension, i => i.Value, StringComparer.Ordinal, stop);
        var sides = await Newest(db, service).Select(a => a.Dimension).Distinct().ToListAsync(stop);
        return [.. (sides.Count > 0 ? sides.Order(StringComparer.Ordinal) : Usual.AsEnumerable()).Union(said.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal).Select(d => (d, said.TryGetValue(d, out var value) ? value : (double?)null))];
    }

    private static async Task<IResult> Page(ServiceName? service, Errors errors, IFormCollection? typed, ConcentricDb db, IServiceNames services, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var answers = service is null ? [] : await Newest(db, service.Id).ToListAsync(stop);
        var shown = new FormUse.AsShown(visitor.IsOf(Audience.Analyse));
        var intended = service is null ? [] : await Intended(db, service.Id, stop);
        var respondents = answers.Select(a => a.Respondent).Distinct().Count();
        var view = new GapsView
        {
            Services = await services.All(stop),
            Service = service,
            Lines = GapFigures.Of(answers.ConvertAll(a => new GapAnswer(a.Respondent, a.Dimension, a.Expected, a.Received, a.Importance, a.Overall)), intended.Where(i => i.Value is not null).ToDictionary(i => i.Dimension, i => i.Value!.Value, StringComparer.Ordinal), shown),
            Survey = answers.Count == 0 ? null : (shown.Count(respondents), answers[0].At),
            Intended = intended,
            MayChange = visitor.IsOf(Audience.Manage),
        };
        return new RazorComponentResult<GapsPage>(new { View = view, Errors = errors, Typed = typed }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
