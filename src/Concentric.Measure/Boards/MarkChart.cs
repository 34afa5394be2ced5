using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Boards;

/// <summary>A phase as it is entered, or which phase or note is taken back.</summary>
public sealed record MarkForm
{
    public string? Key { get; init; }
    public string? Council { get; init; }

    /// <summary>What is taken back.</summary>
    public Guid? Id { get; init; }

    public DateParts? From { get; init; }
    public string? Reason { get; init; }
    public string? Evidence { get; init; }
}

/// <summary>A note as it is entered.</summary>
public sealed record NoteForm
{
    public string? Key { get; init; }
    public string? Council { get; init; }
    public DateParts? On { get; init; }
    public string? Text { get; init; }
}

/// <summary>A service manager says where a chart gets new limits and why, or writes a note at a point.</summary>
internal static class MarkChart
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/measures/phase", Show).For(Audience.Manage);
        pages.MapPost("/measure/measures/phase", Begin).For(Audience.Manage);
        pages.MapPost("/measure/measures/phase/withdrawn", WithdrawPhase).For(Audience.Manage);
        pages.MapPost("/measure/measures/note", Write).For(Audience.Manage);
        pages.MapPost("/measure/measures/note/withdrawn", WithdrawNote).For(Audience.Manage);
    }

    private static async Task<IResult> Show(string? key, string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) =>
        await boards.Find(key, council, visitor, stop) is { } found ? Page(found, new(), new()) : Results.NotFound();

    private static async Task<IResult> Begin([FromForm] MarkForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await boards.Find(form.Key, form.Council, visitor, stop) is not { } found) return Results.NotFound();
        var errors = Check(form, found.Chart, boards.Today);
        if (errors.Any) return Page(found, form, errors);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var id = Guid.CreateVersion7(now);
        await writer.Write(db =>
        {
            Put(db, new ChartPhase { Id = id, Council = found.Measure.Council, Measure = found.Measure.Key, From = form.From!.Date!.Value, Reason = form.Reason!.Trim(), Evidence = Sentence(form.Evidence!), By = by, At = now });
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect(found.Measure.Address);
    }

    internal static void Put(ConcentricDb db, ChartPhase phase)
    {
        db.ChartPhases.Add(phase);
        db.Record(new ChartPhaseChanged(phase.Id, phase.Council, phase.Measure, phase.From, "begun", phase.Reason), phase.By, phase.At);
    }

    internal static void Put(ConcentricDb db, ChartNote note)
    {
        db.ChartNotes.Add(note);
        db.Record(new ChartNoteChanged(note.Id, note.Council, note.Measure, note.On, "written", note.Text), note.By, note.At);
    }

    /// <summary>A phase needs a known, dated cause that lies among the points of the chart; limits from fewer than 12 points after it are trial limits, and two points are the least for any.</summary>
    internal static Errors Check(MarkForm form, MeasureChart chart, DateOnly today)
    {
        var errors = DateParts.Check(new(), "From", form.From, "day of the change");
        if (form.From?.Date is { } day)
        {
            var series = chart.Series;
            errors.Check("From", day <= today, "The day of the change must not be in the future: a phase is recorded when points show it")
                .Check("From", series.IndexOf(day) is not null, series.Points.Count == 0 ? "There are no points on the chart yet" : $"The day of the change must be among the points of the chart, {Say.Date(series.Points[0].Start)} to {Say.Date(PeriodSeries.End(series.Period, series.Points[^1].Start))}");
            if (series.IndexOf(day) is { } index)
            {
                errors.Check("From", chart.Phases.All(p => p.Index != index), "There is a phase that begins in the same period already. Take that back first")
                    .Check("From", index > 0, "The chart begins with that period, so there is nothing before it to tell a phase from");
                var after = After(chart, day);
                errors.Check("From", after >= 2, $"A phase needs points of its own: {(after == 1 ? "1 complete period has" : "no complete period has")} passed since. Wait for {2 - after} more");
            }
        }
        return errors
            .Check("Reason", !string.IsNullOrWhiteSpace(form.Reason), "Enter what was changed")
            .Check("Reason", form.Reason is null or { Length: <= 200 }, "What was changed must be 200 characters or fewer")
            .Check("Evidence", !string.IsNullOrWhiteSpace(form.Evidence), "Enter how it is known that it was changed on that day")
            .Check("Evidence", form.Evidence is null or { Length: <= 500 }, "How it is known must be 500 characters or fewer");
    }

    /// <summary>Points since a day.</summary>
    internal static int After(MeasureChart chart, DateOnly day) => chart.Series.Points.Count(p => p.Start >= day && p.Value is not null);

    private static async Task<IResult> Write([FromForm] NoteForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await boards.Find(form.Key, form.Council, visitor, stop) is not { } found) return Results.NotFound();
        var errors = DateParts.Check(new(), "On", form.On, "day of the note")
            .Check("Text", !string.IsNullOrWhiteSpace(form.Text), "Enter the note")
            .Check("Text", form.Text is null or { Length: <= 200 }, "The note must be 200 characters or fewer")
            .Check("On", form.On?.Date is not { } day || found.Chart.Series.IndexOf(day) is not null, "The day of the note must be among the points of the chart");
        if (errors.Any) return await SeeMeasure.Page(form.Key!, form.Council, form.Text, form.On, errors, boards, visitor, stop);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var id = Guid.CreateVersion7(now);
        await writer.Write(db =>
        {
            Put(db, new ChartNote { Id = id, Council = found.Measure.Council, Measure = found.Measure.Key, On = form.On!.Date!.Value, Text = form.Text!.Trim(), By = by, At = now });
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect(found.Measure.Address);
    }

    private static Task<IResult> WithdrawPhase([FromForm] MarkForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
        Withdraw(form, boards, writer, visitor, clock, async (db, measure, by, now) =>
        {
            if (await db.ChartPhases.FindAsync(form.Id) is not { EndedAt: null } phase || phase.Measure != measure.Key || phase.Council != measure.Council) return false;
            phase.End(now);
            db.Record(new ChartPhaseChanged(phase.Id, phase.Council, phase.Measure, phase.From, "withdrawn", phase.Reason), by, now);
            return true;
        }, stop);

    private static Task<IResult> WithdrawNote([FromForm] MarkForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop) =>
        Withdraw(form, boards, writer, visitor, clock, async (db, measure, by, now) =>
        {
            if (await db.ChartNotes.FindAsync(form.Id) is not { EndedAt: null } note || note.Measure != measure.Key || note.Council != measure.Council) return false;
            note.End(now);
            db.Record(new ChartNoteChanged(note.Id, note.Council, note.Measure, note.On, "withdrawn", note.Text), by, now);
            return true;
        }, stop);

    private static async Task<IResult> Withdraw(MarkForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, Func<ConcentricDb, BoardMeasure, string, DateTimeOffset, Task<bool>> work, CancellationToken stop)
    {
        if (form.Id is null || await boards.Find(form.Key, form.Council, visitor, stop) is not { } found) return Results.NotFound();
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        return await writer.Write(db => work(db, found.Measure, by, now), CancellationToken.None) ? Results.LocalRedirect(found.Measure.Address) : Results.NotFound();
    }

    private static string Sentence(string text) => text.Trim() is var words && words[^1] is '.' or '!' or '?' ? words : $"{text.Trim()}.";

    private static RazorComponentResult<PhasePage> Page(Found found, MarkForm form, Errors errors) => new(new { found.Chart, Form = form, Errors = errors })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
