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

    /// <summary>How many answers of the survey count, or answered where no figure can be shown, as the reader may see it, and when it was taken in; null where there is none.</summary>
    public required (ShownCount Respondents, DateTimeOffset At)? Survey { get; init; }

    /// <summary>Sides to say an intention of: those of the survey, else the usual ones.</summary>
    public required IReadOnlyList<(string Dimension, double? Value)> Intended { get; init; }

    /// <summary>The figures are of whole tens of people, because they answered one by one.</summary>
    public required bool InTens { get; init; }

    /// <summary>Where everybody can answer a survey of it and how many have, as the reader may see it, and whether it takes no more; null where it is not asked.</summary>
    public required (string Address, DateTimeOffset Since, ShownCount Respondents, bool IsFull)? Asked { get; init; }

    public required bool MayChange { get; init; }
}

/// <summary>A service manager says how well a service is meant to be, takes in what people expect and get, and sees the gaps and what to do first.</summary>
internal static class SeeGaps
{
    public const string Path = "/measure/experience/gaps";

    private const int MostBytes = 4 * 1024 * 1024;
    private const string IsBeingAsked = "People are being asked on the page. Stop asking before you bring a survey";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).For(Audience.Measure);
        pages.MapPost($"{Path}/intended", Intend).For(Audience.Manage);
        pages.MapPost($"{Path}/survey", Take).For(Audience.Manage).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> Show(string? service, ConcentricDb db, IServiceNames services, Settings settings, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var known = string.IsNullOrEmpty(service) ? null : await services.Find(service, stop);
        return known is null && !string.IsNullOrEmpty(service) ? Results.NotFound() : await Page(known, new(), null, db, services, settings, visitor, stop);
    }

    /// <summary>Boxes named by their side; an empty one takes the intention back.</summary>
    private static async Task<IResult> Intend(HttpRequest request, ConcentricDb db, IWriter writer, IServiceNames services, Settings settings, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        var form = await request.ReadFormAsync(stop);
        if (await services.Find(form["Service"].ToString(), stop) is not { } service) return Results.BadRequest();
        var (errors, said) = (new Errors(), new Dictionary<string, double?>(StringComparer.Ordinal));
        foreach (var (dimension, _) in await Intended(db, service.Id, await ShownSurvey.Newest(db, service.Id, stop), stop))
        {
            var text = form[$"meant-{dimension}"].ToString().Trim();
            var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= ReadGapSurvey.Lowest and <= ReadGapSurvey.Highest;
            errors.Check($"meant-{dimension}", text.Length == 0 || isNumber, $"{Words(dimension)} must be a number from 1 to 7, or empty");
            said[dimension] = text.Length == 0 ? null : value;
        }
        if (errors.Any) return await Page(service, errors, form, db, services, settings, visitor, stop);
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
    private static async Task<IResult> Take(HttpRequest request, ConcentricDb db, IWriter writer, IServiceNames services, Settings settings, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
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
        // They would take the place of what people are saying at this moment.
        var errors = new Errors().Check("Rows", await AnswerSurvey.Open(db, service.Id, stop) is null, IsBeingAsked).Check("Rows", survey.Problems.Count == 0, string.Join(". ", survey.Problems));
        if (errors.Any) return await Page(service, errors, form, db, services, settings, visitor, stop);
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        var isTaken = await writer.Write(async d =>
        {
            if (!await Replace(d, service.Id, id, survey.Answers, now)) return false;
            d.Record(new ExperienceSurveyTaken(id, service.Id, survey.Respondents), visitor.Actor, now);
            return true;
        }, CancellationToken.None);
        return isTaken ? Results.LocalRedirect($"{Path}?service={Uri.EscapeDataString(service.Id)}") : await Page(service, errors.Check("Rows", false, IsBeingAsked), form, db, services, settings, visitor, stop);
    }

    /// <summary>Puts a survey in the place of those that are over, inside <see cref="IWriter.Write"/>.</summary>
    /// <returns>False where people are asked at the moment; then nothing changes.</returns>
    internal static async Task<bool> Replace(ConcentricDb db, string service, Guid survey, IReadOnlyList<GapAnswer> answers, DateTimeOffset now)
    {
        if (await AnswerSurvey.Open(db, service) is not null) return false;
        // Of one that was begun after the line above nothing goes: its answers stand beside these, and the newer count.
        var open = db.AskedExperiences.Where(a => a.Service == service && a.ClosedAt == null);
        await db.ExperienceAnswers.Where(a => a.Service == service && !open.Any(o => o.Survey == a.Survey)).ExecuteDeleteAsync();
        var over = db.AskedExperiences.Where(a => a.Service == service && a.ClosedAt != null);
        await db.AskedRespondents.Where(r => over.Any(o => o.Survey == r.Survey)).ExecuteDeleteAsync();
        db.AddRange(answers.Select(a => new ExperienceAnswer
        {
            Survey = survey, Respondent = a.Respondent, Dimension = a.Dimension, Service = service, Expected = a.Expected, Received = a.Received, Importance = a.Importance, Overall = a.Overall, At = now,
        }));
        return true;
    }

    /// <summary>“reliability” is “Reliability”.</summary>
    internal static string Words(string dimension) => dimension.Length == 0 ? dimension : char.ToUpperInvariant(dimension[0]) + dimension[1..].Replace('_', ' ');

    private static async Task<(string, DateTimeOffset, ShownCount, bool)?> Asked(ConcentricDb db, string service, Settings settings, FormUse.AsShown shown, CancellationToken stop)
    {
        if (await AnswerSurvey.Open(db, service, stop) is not { } open) return null;
        var site = settings.Site ?? settings.Urls.Split(';')[0].Trim().TrimEnd('/');
        return ($"{site}{AnswerSurvey.Address(service)}", open.OpenedAt, shown.Count(await db.AskedRespondents.CountAsync(r => r.Survey == open.Survey, stop)), await AnswerSurvey.IsFull(db, open.Survey, stop));
    }

    private static async Task<List<(string Dimension, double? Value)>> Intended(ConcentricDb db, string service, ShownSurvey? survey, CancellationToken stop)
    {
        var said = await db.IntendedExperiences.AsNoTracking().Where(i => i.Service == service).ToDictionaryAsync(i => i.Dimension, i => i.Value, StringComparer.Ordinal, stop);
        var sides = survey is null ? [] : survey.Answers.Select(a => a.Dimension).Distinct().ToList();
        return [.. (sides.Count > 0 ? sides.Order(StringComparer.Ordinal) : SurveySide.All.Select(s => s.Name)).Union(said.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal).Select(d => (d, said.TryGetValue(d, out var value) ? value : (double?)null))];
    }

    private static async Task<IResult> Page(ServiceName? service, Errors errors, IFormCollection? typed, ConcentricDb db, IServiceNames services, Settings settings, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var survey = service is null ? null : await ShownSurvey.Newest(db, service.Id, stop);
        var shown = new FormUse.AsShown(visitor.IsOf(Audience.Analyse));
        var intended = service is null ? [] : await Intended(db, service.Id, survey, stop);
        var lines = survey is null ? [] : GapFigures.Of(survey.Answers, intended.Where(i => i.Value is not null).ToDictionary(i => i.Dimension, i => i.Value!.Value, StringComparer.Ordinal), shown, survey.IsAsked);
        var view = new GapsView
        {
            Services = await services.All(stop),
            Service = service,
            Lines = lines,
            Survey = survey is null ? null : (shown.Count(lines.Count == 0 ? survey.Respondents : survey.Answers.Select(a => a.Respondent).Distinct().Count()), survey.At),
            InTens = survey is { IsAsked: true },
            Intended = intended,
            Asked = service is null ? null : await Asked(db, service.Id, settings, shown, stop),
            MayChange = visitor.IsOf(Audience.Manage),
        };
        return new RazorComponentResult<GapsPage>(new { View = view, Errors = errors, Typed = typed }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
