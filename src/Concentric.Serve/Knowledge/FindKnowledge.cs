using Concentric.Core.Data;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Knowledge;

/// <summary>A knowledge page with the words that are shown.</summary>
internal sealed record ShownKnowledge(KnowledgePage Page, KnowledgeVersion Words);

/// <summary>One row of a list of knowledge pages.</summary>
public sealed record KnowledgeRow(string Slug, LocalText Title, string Team);

/// <summary>Finds knowledge pages by the words in them.</summary>
internal static class FindKnowledge
{
    /// <summary>More words than this say no more of what somebody looks for.</summary>
    private const int MostWords = 8;

    public static async Task<ShownKnowledge?> One(ConcentricDb db, string slug, CancellationToken stop) =>
        await Shown(db, slug).SingleOrDefaultAsync(stop);

    /// <param name="slug">The one page; null for all.</param>
    public static IQueryable<ShownKnowledge> Shown(ConcentricDb db, string? slug = null)
    {
        var versions = db.KnowledgeVersions.AsNoTracking();
        return db.KnowledgePages.AsNoTracking().Where(p => slug == null || p.Slug == slug).Join(versions, p => new { p.Slug, p.Version }, v => new { v.Slug, v.Version }, (p, v) => new ShownKnowledge(p, v));
    }

    /// <summary>All pages, or those in which each of the words begins a word, the best first: what is in the title counts most.</summary>
    /// <param name="forStaff">Also looks through what only staff see.</param>
    public static async Task<List<KnowledgeRow>> Search(ConcentricDb db, string? words, bool forStaff, CancellationToken stop)
    {
        // A council has some hundreds of them at most, so they are read and not indexed.
        var all = await Shown(db).ToListAsync(stop);
        var asked = Words(words ?? "").Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords).ToList();
        var found = asked.Count == 0 ? all.Select(s => (Page: s, Weight: 0)) : all.Select(s => (Page: s, Weight: Weigh(s.Words, asked, forStaff))).Where(s => s.Weight > 0);
        return [.. found.OrderByDescending(f => f.Weight).ThenBy(f => f.Page.Words.Title, StringComparer.OrdinalIgnoreCase).Select(f => new KnowledgeRow(f.Page.Page.Slug, f.Page.Words.Titles, f.Page.Page.Team))];
    }

    private static int Weigh(KnowledgeVersion version, List<string> asked, bool forStaff)
    {
        var titles = Words($"{version.Title} {version.WelshTitle}").ToList();
        var rest = Words($"{version.Body} {version.WelshBody} {(forStaff ? version.ForAdvisers : null)}").ToList();
        var weight = 0;
        foreach (var word in asked)
        {
            if (Has(titles, word)) weight += 10;
            else if (Has(rest, word)) weight++;
            else return 0;
        }
        return weight;
    }

    private static bool Has(List<string> words, string asked) => words.Exists(w => w.StartsWith(asked, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Words(string text) => text.Split([.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
}
