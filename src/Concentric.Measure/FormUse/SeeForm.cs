using System.Security.Claims;
using System.Text;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.FormUse;

/// <summary>What the page of one form shows.</summary>
public sealed record FormView
{
    public required FormFigures Figures { get; init; }
    public required OwnCouncil Council { get; init; }

    /// <summary>The service that it is of; null for a bundle.</summary>
    public required string? Service { get; init; }

    /// <summary>What it is called; its id where it is not in use any more.</summary>
    public required string Title { get; init; }

    public string Address => SeeForm.Address(Figures.Asked.Form);
}

/// <summary>A service manager or analyst sees how people get through one form: page, file and API show the same figures.</summary>
internal static class SeeForm
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(Site site)
    {
        site.Pages.MapGet(SeeForms.Path + "/{form}", Show).For(Audience.Measure);
        site.Pages.MapGet(SeeForms.Path + "/{form}/use.csv", Download).For(Audience.Measure);
        site.Api.MapGet("/forms/{form}/use", Query).For(Audience.ApiKey).WithName("FormUse").WithSummary("How a form is used: completed, left where, time, messages, costs, versions")
            .WithDescription("Narrow it by `from` and `to` (days), or `weeks` (4, 12, 26, 52 or 104), `channel`, `mediated` (yes or no), `language` (en or cy) and `version`; `before` and `after` choose the versions compared. "
                + "Counts are under rule A of disclosure control: from 1 to 7 hidden (null), others to the nearest 5, and all else made from these.");
    }

    public static string Address(string form) => $"{SeeForms.Path}/{Uri.EscapeDataString(form)}";

    private static async Task<IResult> Show(string form, HttpRequest request, ConcentricDb db, OwnCouncil council, IServiceNames names, IFormNames forms, TimeProvider clock, ClaimsPrincipal visitor)
    {
        var stop = request.HttpContext.RequestAborted;
        if (!await IsKnown(db, forms, form, stop)) return Results.NotFound();
        var (asked, errors) = FormQuestion.Parse(form, request.Query, Say.DayOf(clock.GetUtcNow()));
        var figures = await Figures(asked, db, visitor, clock, stop);
        var service = await db.FormVisits.AsNoTracking().Where(v => v.Form == form && v.Service != null).Select(v => v.Service).FirstOrDefaultAsync(stop);
        return new RazorComponentResult<FormPage>(new
        {
            View = new FormView { Figures = figures, Council = council, Title = (await forms.All(stop)).FirstOrDefault(f => f.Id == form)?.Title ?? form, Service = service is null ? null : (await names.Find(service, stop))?.Plain ?? service },
            Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> Download(string form, HttpRequest request, ConcentricDb db, OwnCouncil council, IFormNames forms, TimeProvider clock, ClaimsPrincipal visitor)
    {
        var stop = request.HttpContext.RequestAborted;
        if (!await IsKnown(db, forms, form, stop)) return Results.NotFound();
        var (asked, errors) = FormQuestion.Parse(form, request.Query, Say.DayOf(clock.GetUtcNow()));
        // The page says what is wrong, beside the question.
        if (errors.Any) return Results.LocalRedirect(Address(form) + request.QueryString);
        var csv = FormUseCsv.Write(FormUseAnswer.Of(await Figures(asked, db, visitor, clock, stop), council));
        // With a byte order mark, so that Excel reads it as UTF-8.
        return Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(csv)).ToArray(), "text/csv; charset=utf-8", $"form-{FileName(form)}.csv");
    }

    private static async Task<Results<Ok<FormUseAnswer>, NotFound, ProblemHttpResult>> Query(string form, HttpRequest request, ConcentricDb db, OwnCouncil council, IFormNames forms, TimeProvider clock, ClaimsPrincipal visitor)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted, late.Token);
        try
        {
            if (!await IsKnown(db, forms, form, either.Token)) return TypedResults.NotFound();
            var (asked, errors) = FormQuestion.Parse(form, request.Query, Say.DayOf(clock.GetUtcNow()));
            if (errors.Any) return Refused(string.Join(". ", errors.Select(e => e.Message)) + ".");
            return TypedResults.Ok(FormUseAnswer.Of(await Figures(asked, db, visitor, clock, either.Token), council));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Refused($"It took more than {Patience.TotalSeconds:0} seconds and was stopped. Ask for fewer days.");
        }
    }

    /// <summary>The one function behind page, file and API.</summary>
    private static async Task<FormFigures> Figures(FormQuestion asked, ConcentricDb db, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
        CountForm.Of(await FormRows.Read(db, asked, stop), asked, visitor.IsOf(Audience.Analyse), Say.DayOf(clock.GetUtcNow()).AddDays(-1));

    // In use, or told of once. What was published a moment ago is not read from the journal yet.
    private static async Task<bool> IsKnown(ConcentricDb db, IFormNames forms, string form, CancellationToken stop) =>
        await db.FormVisits.AnyAsync(v => v.Form == form, stop) || await db.FormVersions.AnyAsync(v => v.Form == form, stop) || await db.FormSendings.AnyAsync(s => s.Form == form, stop)
        || (await forms.All(stop)).Any(f => f.Id == form);

    private static string FileName(string form) => new([.. form.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]);

    private static ProblemHttpResult Refused(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest, title: "The question cannot be answered");
}
