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
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>A service manager reviews a board with those who do the work, and writes down what came of it.</summary>
internal static class HoldReview
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/reviews", List).For(Audience.Measure);
        pages.MapGet("/measure/reviews/new", ShowNew).For(Audience.Manage);
        pages.MapPost("/measure/reviews/new", Hold).For(Audience.Manage);
        pages.MapGet("/measure/reviews/{id:guid}", Show).For(Audience.Measure);
        pages.MapPost("/measure/reviews/{id:guid}/done", Done).For(Audience.Manage);
    }

    private static async Task<IResult> List(string? board, string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) =>
        await Board(board, council, boards, visitor, stop) is { } view
            ? new RazorComponentResult<ReviewsPage>(new { View = view, Name = await boards.People(stop), MayChange = visitor.IsOf(Audience.Manage) }) : Results.NotFound();

    private static async Task<IResult> ShowNew(string? board, string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) =>
        await Board(board, council, boards, visitor, stop) is { } view
            ? await NewPage(view, new() { HeldOn = DateParts.Of(boards.Today), NextOn = DateParts.Of(boards.Today.AddDays(28)) }, new(), boards, stop) : Results.NotFound();

    private static async Task<IResult> Hold([FromForm] ReviewForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await Board(form.Board, form.Council, boards, visitor, stop) is not { } view) return Results.NotFound();
        var errors = form.Check(boards.Today, [.. (await boards.Staff(stop)).Select(p => p.Id)], [.. view.Charts.Select(c => c.Measure.Key)]);
        if (errors.Any) return await NewPage(view, form, errors, boards, stop);
        var (now, by) = (clock.GetUtcNow(), visitor.Actor);
        var id = Guid.CreateVersion7(now);
        // What was seen is kept as everybody but analysts sees it: the review is for all who may open the board.
        var signals = Signals(view.IsExact ? await boards.Load.Of(view.Scope, view.Service, boards.UnderRule, stop) : view, form.HeldOn!.Date!.Value);
        await writer.Write(db =>
        {
            Put(db, form.Review(id, view.Scope.Council.Name, view.Board, signals, by, now));
            return Task.CompletedTask;
        }, CancellationToken.None);
        return Results.LocalRedirect($"/measure/reviews/{id}");
    }

    internal static void Put(ConcentricDb db, BoardReview review)
    {
        db.BoardReviews.Add(review);
        db.Record(new BoardReviewed(review.Id, review.Council, review.Board, review.HeldOn, review.Decision, review.NextOn), review.By, review.At);
    }

    /// <summary>The signals of a board as it was on a day, with the periods that were complete by then, a line each.</summary>
    internal static string Signals(BoardView view, DateOnly on) => string.Join('\n', LoadBoard.Sorted(view.Charts.Select(c => On(c, on)).OfType<MeasureChart>()).Where(c => c.Signal is not null).Select(c => $"{ChartWords.Word(c.State)}: {c.Measure.Name}, {ChartWords.Last(c)}. {ChartWords.Reason(c)}"));

    private static MeasureChart? On(MeasureChart chart, DateOnly day)
    {
        var last = chart.Series.Points.ToList().FindLastIndex(p => PeriodSeries.End(chart.Measure.Period, p.Start) < day);
        return last < 0 ? null : last == chart.Series.Points.Count - 1 ? chart : chart.Until(last);
    }

    private static async Task<IResult> Show(Guid id, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) => await Page(id, new(), new(), boards, visitor, stop);

    private static async Task<IResult> Done(Guid id, [FromForm] DoneForm form, BoardPages boards, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock, CancellationToken stop)
    {
        if (await boards.Db.BoardReviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is not { Decision: not null } review) return Results.NotFound();
        var errors = DateParts.Check(new(), "DoneOn", form.DoneOn, "day on which it was done")
            .Check("DoneOn", form.DoneOn?.Date is not { } day || day <= boards.Today, "The day on which it was done must be today or before")
            .Check("DoneOn", form.DoneOn?.Date is not { } early || early >= review.HeldOn, "The day on which it was done must not be before the review that decided it");
        if (errors.Any) return await Page(id, form, errors, boards, visitor, stop);
        var (now, by, on) = (clock.GetUtcNow(), visitor.Actor, form.DoneOn!.Date!.Value);
        await writer.Write(async db =>
        {
            if (await db.BoardReviews.FindAsync(id) is not { } row) return;
            row.Done(on);
            db.Record(new ReviewDecisionDone(id, row.Council, row.Board, on), by, now);
        }, CancellationToken.None);
        return Results.LocalRedirect($"/measure/reviews/{id}");
    }

    private static async Task<IResult> Page(Guid id, DoneForm form, Errors errors, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await boards.Db.BoardReviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is not { } review || await Board(review.Board, review.Council, boards, visitor, stop) is not { } view) return Results.NotFound();
        var name = await boards.People(stop);
        // A measure that was taken off the board since is still found.
        var chart = review.Measure is null ? null : (await boards.Find(review.Measure, review.Council, visitor, stop))?.Chart;
        return new RazorComponentResult<ReviewPage>(new
        {
            Review = review, View = view, Name = name, Form = form, Errors = errors, MayChange = visitor.IsOf(Audience.Manage),
            Decision = review.Decision is null ? null : LastDecision.Of(review, chart, name),
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<BoardView?> Board(string? board, string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop) =>
        await boards.Scope(council, stop) is { } scope && await boards.Service(board, stop) is { } found ? await boards.Load.Of(scope, found.Service, boards.For(visitor), stop) : null;

    private static async Task<IResult> NewPage(BoardView view, ReviewForm form, Errors errors, BoardPages boards, CancellationToken stop) =>
        new RazorComponentResult<HoldReviewPage>(new { View = view, Form = form, Errors = errors, Staff = await boards.Staff(stop) })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
}
