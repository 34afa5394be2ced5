using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Serve.Forms.Building;

/// <summary>A designer puts pages and questions into another order, and takes them away, told first what refers to them.</summary>
internal static class MoveAndRemove
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/forms-design/{form}/{version:int}/move", Move).For(Audience.Design);
        pages.MapGet("/forms-design/{form}/{version:int}/remove", Ask).For(Audience.Design);
        pages.MapPost("/forms-design/{form}/{version:int}/remove", Remove).For(Audience.Design);
    }

    /// <summary>What is to be taken away: a page, a question, or guidance by its place.</summary>
    /// <param name="Referring">What refers to it and would break, in words.</param>
    internal sealed record Going(string Words, IReadOnlyList<string> Referring, Form Without);

    internal static Going? Find(Form form, string? page, string? question, string? item)
    {
        if (question is not null)
        {
            if (form.Find(question) is not { } found) return null;
            var ids = found.Group is null ? found.Question.WithRevealed.Select(q => q.Id).ToHashSet(StringComparer.Ordinal) : [];
            return new($"the question “{found.Question.Title.En}”", ids.Count == 0 ? [] : FormExpressions.ReferringTo(form, ids), form.WithQuestion(question, _ => null));
        }
        if (page is null || form.Page(page) is not { } there) return null;
        if (item is null) return new($"the page “{FormAccessibility.HeadingOf(there) ?? there.Id}”", FormExpressions.ReferringToPage(form, there), form.RemovePage(page));
        return int.TryParse(item, out var place) && place >= 0 && place < there.Items.Count ? new("the guidance", [], form.RemoveItem(page, place)) : null;
    }

    private static Task<IResult> Move(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var (page, question, item, up) = (fields["Page"] ?? "", fields["Question"], fields["Item"], fields["Up"] == "yes");
        var links = new BuildLinks(form, version);
        return builder.Save(form, version, fields,
            f => question is not null ? f.MoveQuestion(question, up) : int.TryParse(item, out var place) ? f.MoveItem(page, place, up) : f.MovePage(page, up),
            question is null && item is null ? $"{links.Version}#page-{page}" : links.Page(page));
    }

    private static Task<IResult> Ask(string form, int version, string? page, string? question, string? item, [AsParameters] Builder builder) =>
        builder.Show(form, version, view => Find(view.Form, page, question, item) is not { } going ? null : new RazorComponentResult<RemovePage>(new
        {
            View = view, What = going.Words, going.Referring, Page = page, Question = question, Item = item,
        }));

    private static Task<IResult> Remove(string form, int version, IFormCollection posted, [AsParameters] Builder builder)
    {
        var fields = new Fields(posted);
        var (page, question, item) = (fields["Page"], fields["Question"], fields["Item"]);
        var links = new BuildLinks(form, version);
        return builder.Save(form, version, fields,
            f => Find(f, page, question, item) is { } going ? going.Without : Edited.Wrong(f, new Errors().Check("save", false, "It is not there any more")),
            page is not null && (question ?? item) is not null ? links.Page(page) : links.Version);
    }
}
