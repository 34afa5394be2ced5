using System.Security.Claims;
using Concentric.Core.People;
using Concentric.Core.Web;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Seeing;
using Concentric.Measure.Disclosure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Measure.Boards;

/// <summary>A board in the list of boards.</summary>
/// <param name="Concerns">Of the measures that every board has; null where the list did not look.</param>
/// <param name="NextOn">When it is to be reviewed next; null where it never was.</param>
public sealed record BoardLine(string Board, string Name, int? Concerns, int? Improvements, int Measures, DateOnly? NextOn)
{
    public bool IsOverdue(DateOnly today) => NextOn < today;
}

/// <summary>A service manager sees which boards there are and opens one.</summary>
internal static class SeeBoards
{
    /// <summary>Services whose charts the list looks at: those most asked about. Councils whose list of services is a list of everything have a thousand.</summary>
    private const int MostLookedAt = 60;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/measure/boards", List).For(Audience.Measure);
        pages.MapGet("/measure/boards/{**id}", Show).For(Audience.Measure);
    }

    private static async Task<IResult> List(string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await boards.Scope(council, stop) is not { } scope) return council is null ? new RazorComponentResult<NothingCountedPage>() : Results.NotFound();
        return new RazorComponentResult<BoardsPage>(new { Scope = scope, Lines = await Lines(boards, scope, boards.For(visitor), stop), boards.Today });
    }

    private static async Task<IResult> Show(string id, string? council, BoardPages boards, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await boards.Scope(council, stop) is not { } scope || await boards.Service(BoardMeasure.Decoded(id), stop) is not { } found) return Results.NotFound();
        var view = await boards.Load.Of(scope, found.Service, boards.For(visitor), stop);
        return new RazorComponentResult<BoardPage>(new { View = view, MayChange = visitor.IsOf(Audience.Manage) });
    }

    /// <summary>The council's board, then those of its services: the most concerns first, then by name.</summary>
    internal static async Task<IReadOnlyList<BoardLine>> Lines(BoardPages boards, Scope scope, VisibleContacts contacts, CancellationToken stop)
    {
        var council = scope.Council.Name;
        var plain = await boards.PlainNames(stop);
        var names = contacts.Dimensions;
        var counted = await contacts.Query((scope.Query with { Days = null }).GroupedBy(Dimension.Service).Counting(Contacts.Measure.Contacts).Sorted(Order.ByLargest(Contacts.Measure.Contacts)), stop);
        List<(string Board, string Name)> all = [("", "The whole council")];
        // Where the list of services is withheld, small numbers could be told from it, but not which services the council has.
        IEnumerable<int> codes = counted.IsWithheld ? names.Services.Select(s => s.Code) : Enumerable.Range(0, counted.Rows).Select(row => counted.Code(row, Dimension.Service));
        all.AddRange(codes.Where(code => code != 0).Select(code => names.Services[code]).Select(s => (s.Key, plain.GetValueOrDefault(s.Key, s.Label))));
        var kept = (await boards.Db.KeptMeasures.AsNoTracking().Where(m => m.Council == council && m.EndedAt == null).Select(m => m.Board).ToListAsync(stop)).CountBy(b => b).ToDictionary();
        var charts = (await boards.Load.Charts(scope, [.. all.Take(MostLookedAt + 1).SelectMany(b => AutomaticMeasures.Of(council, b.Board))], contacts, stop)).ToLookup(c => c.Measure.Board);
        var next = (await boards.Db.BoardReviews.AsNoTracking().Where(r => r.Council == council).ToListAsync(stop)).GroupBy(r => r.Board).ToDictionary(g => g.Key, g => g.OrderBy(r => r.HeldOn).ThenBy(r => r.At).Last().NextOn);
        var automatic = AutomaticMeasures.Of(council, "").Count;
        int? Count(string board, ChartState state) => charts.Contains(board) ? charts[board].Count(c => c.State == state) : null;
        return
        [
            .. all.Select(b => new BoardLine(b.Board, b.Name, Count(b.Board, ChartState.Concern), Count(b.Board, ChartState.Improvement), automatic + kept.GetValueOrDefault(b.Board), next.TryGetValue(b.Board, out var on) ? on : null))
                .OrderBy(b => b.Board.Length > 0).ThenByDescending(b => b.Concerns).ThenBy(b => b.Name, StringComparer.OrdinalIgnoreCase).ThenBy(b => b.Board, StringComparer.Ordinal),
        ];
    }
}
