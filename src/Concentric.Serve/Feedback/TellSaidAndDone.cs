using System.Globalization;
using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Feedback;

/// <summary>One line of the list, as it is shown.</summary>
public sealed record SaidRow(Guid Id, string Service, string ServiceId, string Said, string Done, DateOnly Since, string Moved, string? Figure);

/// <summary>What a manager writes for the list.</summary>
public sealed record SaidForm
{
    public string? Service { get; init; }
    public string? Said { get; init; }
    public string? Done { get; init; }

    /// <summary>A day, as 2026-03-02.</summary>
    public string? Since { get; init; }

    public string? Moved { get; init; }
    public string? Figure { get; init; }
}

/// <summary>“You said, we did”: everybody reads what people said of a service and what was done; a service manager writes it.</summary>
internal static class TellSaidAndDone
{
    private const string Address = "/desk/you-said";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/you-said", Read).ForEverybody();
        pages.MapGet(Address, Show).For(Audience.Manage);
        pages.MapPost(Address, Tell).For(Audience.Manage);
        pages.MapPost($"{Address}/{{id:guid}}", Change).For(Audience.Manage);
    }

    internal static string Words(FigureMoved moved, Language language) => (moved, language) switch
    {
        (FigureMoved.Better, Language.Welsh) => "Gwellodd y ffigur",
        (FigureMoved.NoChange, Language.Welsh) => "Ni newidiodd y ffigur",
        (FigureMoved.Worse, Language.Welsh) => "Gwaethygodd y ffigur",
        (_, Language.Welsh) => "Mae’n rhy gynnar i ddweud a helpodd",
        (FigureMoved.Better, _) => "The figure got better",
        (FigureMoved.NoChange, _) => "The figure did not move",
        (FigureMoved.Worse, _) => "The figure got worse",
        _ => "It is too early to say whether it helped",
    };

    private static async Task<IResult> Read(string? service, string? lang, ConcentricDb db, IServiceNames services, CancellationToken stop)
    {
        var known = service is null ? null : await services.Find(service, stop);
        if (service is not null && known is null) return Results.NotFound();
        return new RazorComponentResult<YouSaidPage>(new { Rows = await Rows(db, services, service, stop, GiveFeedback.LanguageOf(lang)), Service = known?.Plain, Language = GiveFeedback.LanguageOf(lang) });
    }

    private static async Task<IResult> Show(ConcentricDb db, IServiceNames services, CancellationToken stop) => await Page(new(), new(), db, services, stop);

    private static async Task<IResult> Tell([FromForm] SaidForm form, ConcentricDb db, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        form = form with { Said = Tidy(form.Said), Done = Tidy(form.Done), Figure = Tidy(form.Figure) };
        var isDay = DateOnly.TryParseExact(form.Since, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since);
        var moved = Moved(form.Moved);
        var now = clock.GetUtcNow();
        var errors = new Errors()
            .Check("Service", form.Service is { Length: > 0 } id && await services.Find(id, stop) is not null, "Select a service")
            .Check("Said", form.Said is { Length: > 0 }, "Enter what people said").Check("Said", form.Said is null or { Length: <= SaidAndDone.MostWords }, "What people said must be 500 characters or fewer")
            .Check("Done", form.Done is { Length: > 0 }, "Enter what was done").Check("Done", form.Done is null or { Length: <= SaidAndDone.MostWords }, "What was done must be 500 characters or fewer")
            .Check("Since", isDay, "Enter the day from which it is done").Check("Since", !isDay || since.Year >= 2000, "The day must be in 2000 or later")
            .Check("Since", !isDay || since <= Core.Say.DayOf(now), "The day must be today or in the past: only what was done is told")
            .Check("Moved", moved is not null, "Select whether the figure moved")
            .Check("Figure", form.Figure is { Length: > 0 } || moved is null or FigureMoved.TooEarly, "Enter the figure before and after")
            .Check("Figure", form.Figure is null or { Length: <= 200 }, "The figure must be 200 characters or fewer");
        if (errors.Any) return await Page(form, errors, db, services, stop);
        await writer.Write(d =>
        {
            var told = new SaidAndDone { Id = Guid.CreateVersion7(now), Service = form.Service!, Said = Masking.Mask(form.Said!), Done = form.Done!, Since = since, By = visitor.Actor, At = now };
            told.Tell(moved!.Value, form.Figure is { Length: > 0 } figure ? figure : null);
            d.Add(told);
            d.Record(new SaidAndDoneTold(told.Id, told.Service, true), visitor.Actor, now);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect(Address);
    }

    /// <summary>It is known now whether the figure moved, or it is taken off the list.</summary>
    private static async Task<IResult> Change(Guid id, [FromForm] SaidForm form, ConcentricDb db, IWriter writer, IServiceNames services, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (!await db.SaidAndDone.AnyAsync(s => s.Id == id && s.HiddenAt == null, stop)) return Results.NotFound();
        var (moved, figure, now) = (Moved(form.Moved), Tidy(form.Figure), clock.GetUtcNow());
        if (form.Moved != "hide" && (moved is null || figure is { Length: > 200 } || (moved != FigureMoved.TooEarly && figure is not { Length: > 0 })))
            return await Page(new(), new Errors().Check($"Figure-{id}", false, "Select whether the figure moved and enter it before and after, in 200 characters or fewer"), db, services, stop);
        var isThere = await writer.Write(async d =>
        {
            // Somebody may have taken it off since the page was opened: then it stays off, and is not told of again.
            if (await d.SaidAndDone.SingleOrDefaultAsync(s => s.Id == id && s.HiddenAt == null) is not { } told) return false;
            if (moved is { } known) told.Tell(known, figure is { Length: > 0 } ? figure : null);
            else told.Hide(now);
            d.Record(new SaidAndDoneTold(id, told.Service, told.HiddenAt is null), visitor.Actor, now);
            return true;
        }, CancellationToken.None);
        return isThere ? Results.LocalRedirect(Address) : Results.NotFound();
    }

    private static FigureMoved? Moved(string? moved) => moved switch
    {
        nameof(FigureMoved.TooEarly) => FigureMoved.TooEarly,
        nameof(FigureMoved.Better) => FigureMoved.Better,
        nameof(FigureMoved.NoChange) => FigureMoved.NoChange,
        nameof(FigureMoved.Worse) => FigureMoved.Worse,
        _ => null,
    };

    private static string? Tidy(string? text) => text is null ? null : Fields.Tidy(text).Trim();

    private static async Task<List<SaidRow>> Rows(ConcentricDb db, IServiceNames services, string? service, CancellationToken stop, Language language = Language.English)
    {
        var names = (await services.All(stop)).ToDictionary(s => s.Id, s => s.Plain);
        var rows = await db.SaidAndDone.AsNoTracking().Where(s => s.HiddenAt == null && (service == null || s.Service == service)).OrderByDescending(s => s.Since).ThenByDescending(s => s.Id).ToListAsync(stop);
        return rows.ConvertAll(s => new SaidRow(s.Id, names.GetValueOrDefault(s.Service, s.Service), s.Service, s.Said, s.Done, s.Since, Words(s.Moved, language), s.Figure));
    }

    private static async Task<IResult> Page(SaidForm form, Errors errors, ConcentricDb db, IServiceNames services, CancellationToken stop) =>
        new RazorComponentResult<TellSaidPage>(new { Rows = await Rows(db, services, null, stop), Services = (await services.All(stop)).ToList(), Form = form, Errors = errors })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
