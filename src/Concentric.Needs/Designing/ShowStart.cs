using System.Security.Claims;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Concentric.Needs.Designing;

/// <summary>A draft in a list.</summary>
public sealed record DraftRow(Guid Id, string Title, string By, DateTimeOffset StartedAt, int Changes, bool IsMine);

/// <summary>An edition in a list.</summary>
public sealed record EditionRow(int Number, string Kind, string Title, string Why, string By, DateTimeOffset At, int Changes);

/// <summary>How many of a kind the model holds.</summary>
public sealed record KindCount(string Name, string Href, int InUse, int Retired);

/// <summary>Where the designer starts: what is in the model, what is being worked on, what was published.</summary>
internal static class ShowStart
{
    public static void Map(Site site) => site.Pages.MapGet(DesignLinks.Start, Show).For(Audience.Design);

    private static async Task<IResult> Show(Workbench bench, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var work = await bench.Open(visitor, stop);
        var model = work.Published;
        List<KindCount> counts = [.. Kind.All.Select(k => new KindCount(Words.First(k.Many), DesignLinks.List(k), k.In(model).Count(c => c.InUse), k.In(model).Count(c => !c.InUse)))];
        counts.Insert(4, new("Offers of services", DesignLinks.Offers, model.Offers.Count(o => o.InUse), model.Offers.Count(o => !o.InUse)));
        counts.Insert(5, new("Places", DesignLinks.Places, model.Places.Count, 0));
        return new RazorComponentResult<StartPage>(new
        {
            Draft = work.Line,
            Counts = (IReadOnlyList<KindCount>)counts,
            Joins = model.Relations.Count,
            Editions = await SeeEditions.Rows(bench, 5, stop),
            Drafts = await SeeDrafts.Rows(bench, visitor, stop),
        });
    }
}

internal static class Words
{
    /// <summary>With its article: "a need", "an outcome".</summary>
    public static string A(string noun) => noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? $"an {noun}" : $"a {noun}";

    /// <summary>With a capital letter.</summary>
    public static string First(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
