using System.Collections.Immutable;
using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms;

/// <summary>One row of a repeating group on a page of its own: added, changed, removed.</summary>
internal static class RepeatRows
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/forms/{form}/{draft}/{page}/rows/{row:int}", Show).ForEverybody();
        pages.MapPost("/forms/{form}/{draft}/{page}/rows/{row:int}", Save).ForEverybody();
    }

    private static async Task<IResult> Show(string form, string draft, string page, int row, string? change, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        if (Group(open, page) is not { } group || RowsOf(open, group) is var rows && (row < 1 || row > rows.Length + 1)) return Results.NotFound();
        var typed = new Fields();
        if (row <= rows.Length)
            foreach (var field in group.Fields) ReadAnswer.Write(field, rows[row - 1].Part(field.Id), typed);
        return Page(open, visitor, page, group, row, change is not null, typed, new());
    }

    private static async Task<IResult> Save(string form, string draft, string page, int row, string? change, HttpContext http, ConcentricDb db, FillDraft fill, TimeProvider clock)
    {
        var visitor = new FormVisitor(http, db, fill, clock);
        var (open, instead) = await visitor.Open(form, draft);
        if (open is null) return instead;
        if (Group(open, page) is not { } group) return Results.NotFound();
        var typed = new Fields(await http.Request.ReadFormAsync(http.RequestAborted));
        var back = visitor.Addresses(open).Page(page, change is not null);
        if (typed["_remove"] is not null)
        {
            await fill.Change(open.Draft.Id, page, now => RowsOf(now, group) is var there && PlaceOf(typed, there, row) is { } place ? With(now, group, there.RemoveAt(place)) : null);
            return Results.LocalRedirect(back);
        }
        var answer = ReadAnswer.Row(group, typed);
        var problems = CheckAnswer.Row(group, open.Form, answer, open.Journey.Scope);
        if (problems.Count > 0)
        {
            await fill.Change(open.Draft.Id, page, now => (now.Journey.Answers, problems));
            return Page(open, visitor, page, group, row, change is not null, typed, AnswerPage.Of(problems, visitor.LanguageOf(open.Draft)));
        }
        var most = group.AtMost ?? 100;
        await fill.Change(open.Draft.Id, page, now => RowsOf(now, group) is var there && PlaceOf(typed, there, row) is { } place ? With(now, group, there.SetItem(place, answer))
            // Pressed twice: the same row where it was just put is it again.
            : there.Length >= most || row >= 1 && row <= there.Length && (there[row - 1] == answer || there[^1] == answer) ? null : With(now, group, there.Add(answer)));
        return Results.LocalRedirect(back);
    }

    /// <summary>Where the row now lies that the person saw; null for a new one, and where it is gone. Another tab may have removed one before it, or added one: nothing of that is lost.</summary>
    private static int? PlaceOf(Fields typed, ImmutableArray<Value> there, int row)
    {
        if (typed["_seen"] is not { } seen) return null;
        if (row >= 1 && row <= there.Length && SeenOf(there[row - 1]) == seen) return row - 1;
        return Enumerable.Range(0, there.Length).Where(i => SeenOf(there[i]) == seen).Select(i => (int?)i).FirstOrDefault();
    }

    private static (Answers, IReadOnlyList<Problem>) With(OpenDraft open, Question group, ImmutableArray<Value> rows) =>
        (open.Journey.Answers.With(group.Id, rows.IsEmpty ? Value.Nothing : Value.Of(rows)), []);

    /// <summary>What tells a row from another in the page's hidden field.</summary>
    internal static string SeenOf(Value row) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Answers.Json(row)}")))[..16];

    private static Question? Group(OpenDraft open, string page) => open.Journey.Visit(page)?.Questions.FirstOrDefault(q => q.Kind == QuestionKind.Repeat);

    private static ImmutableArray<Value> RowsOf(OpenDraft open, Question group) => open.Journey.Answers[group.Id].AsItems;

    private static RazorComponentResult Page(OpenDraft open, FormVisitor visitor, string page, Question group, int row, bool isChange, Fields typed, Errors errors)
    {
        // An address in a row is typed: there is no place to look for one.
        foreach (var field in group.Fields.Where(f => f.Kind == QuestionKind.Address)) typed.Set($"{field.Id}.manual", "yes");
        return new RazorComponentResult<RowPage>(new
        {
            Open = new FormRowView(open.Journey, group, row, errors.Any ? typed["_seen"] : RowsOf(open, group) is var rows && row <= rows.Length ? SeenOf(rows[row - 1]) : null),
            Addresses = visitor.Addresses(open), Page = page, IsChange = isChange, Language = visitor.LanguageOf(open.Draft), Typed = typed, Errors = errors,
        })
        {
            StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}

/// <summary>A row of a repeating group as its page shows it.</summary>
/// <param name="Row">From 1; one more than there are is a new one.</param>
/// <param name="Seen">What the row was when it was shown; null for a new one.</param>
public sealed record FormRowView(Journey Journey, Question Group, int Row, string? Seen);
