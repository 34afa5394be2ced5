using System.Runtime.CompilerServices;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Searching;

/// <summary>One thing that a search found.</summary>
/// <param name="Subject">Address of a concept, identifier of an offer.</param>
/// <param name="Score">Only for the order; the same words score the same on the same model.</param>
internal sealed record Hit(SearchKind Kind, string Subject, double Score);

/// <summary>
/// Finds things of the model by the words that people use, in any order and with small typing mistakes. The database's full text
/// finds what may fit; the order is worked out here, so that both databases give the same.
/// </summary>
internal static class FindTexts
{
    private const int MostWords = 12, MostLikeWords = 60;

    // What has only common words of the question is not fetched where rarer ones find this many.
    private const int EnoughTexts = 1500;

    /// <summary>What fits best, best first. Nothing where no word is known, not even mistyped.</summary>
    public static async Task<IReadOnlyList<Hit>> Find(ConcentricDb db, string? text, CancellationToken stop = default)
    {
        var asked = SearchWords.Of(text).Distinct(StringComparer.Ordinal).Take(MostWords).ToList();
        if (asked.Count == 0) return [];
        var words = await Expand(db, asked, stop);
        if (words.All(w => w.Like.Count == 0)) return [];
        var texts = await Fetch(db, words, stop);
        return Rank.Order(texts, words, await db.SearchTexts.CountAsync(stop));
    }

    /// <summary>For each word of the question the words of the texts that it may stand for: itself, those that it begins, and if nobody has written it, those it may be a slip for.</summary>
    private static async Task<List<AskedWord>> Expand(ConcentricDb db, List<string> asked, CancellationToken stop)
    {
        // All words with one beginning lie between it and it with the greatest sign after it; before it with a blank there is only itself.
        var bounds = asked.SelectMany(a => (string[])[a, a.Length >= Rank.ShortestBeginning ? a + '\uffff' : a + ' ']).ToArray();
        var sql = string.Join(" OR ", asked.Select((_, i) => $"(\"Word\" >= {{{2 * i}}} AND \"Word\" < {{{2 * i + 1}}})"));
        var near = await db.SearchWords.FromSql(FormattableStringFactory.Create("SELECT \"Word\", \"Documents\" FROM needs_search_word WHERE " + sql, [.. bounds])).AsNoTracking().ToListAsync(stop);

        var known = near.Select(w => w.Word).ToHashSet(StringComparer.Ordinal);
        var unknown = asked.Where(a => a.Length >= Rank.ShortestMistyped && !known.Contains(a)).ToList();
        List<SearchWord> far = [];
        if (unknown.Count > 0)
        {
            var (shortest, longest) = (unknown.Min(a => a.Length - Rank.MistakesIn(a)), unknown.Max(a => a.Length + Rank.MistakesIn(a)));
            far = await db.SearchWords.AsNoTracking().Where(w => w.Word.Length >= shortest && w.Word.Length <= longest).ToListAsync(stop);
        }
        return [.. asked.Select(a => new AskedWord(a, [.. Rank.Like(a, known.Contains(a), known.Contains(a) ? near : [.. near, .. far]).Take(MostLikeWords)]))];
    }

    private const string OnSqlite = """
        SELECT s.* FROM needs_search_text JOIN needs_search s ON s."Id" = needs_search_text.rowid WHERE needs_search_text MATCH {0}
        """;

    private const string BestOnSqlite = OnSqlite + """ ORDER BY bm25(needs_search_text, 3, 2.8, 2, 0.25), s."Id" LIMIT {1}""";

    private const string OnPostgres = """
        SELECT "Id", "Subject", "Kind", "InPlainWords", "Name", "Others", "Former", "Definition" FROM needs_search WHERE "Words" @@ {0}::tsquery
        """;

    private const string BestOnPostgres = OnPostgres + """ ORDER BY ts_rank('{{0.08, 0.67, 0.93, 1}}', "Words", {0}::tsquery) DESC, "Id" LIMIT {1}""";

    private static async Task<List<SearchText>> Fetch(ConcentricDb db, List<AskedWord> words, CancellationToken stop)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        var expected = 0;
        foreach (var word in words.Where(w => w.Like.Count > 0).OrderBy(w => w.Documents))
        {
            if (chosen.Count > 0 && expected + word.Documents > EnoughTexts) break;
            expected += word.Documents;
            chosen.UnionWith(word.Like.Select(l => l.Word));
        }
        // Where no more can be found than are wanted, the database need not order them: Rank does.
        var all = expected <= EnoughTexts;
        // Letters and digits only, so quotation marks are all that is needed to make them words of the query language.
        var found = db.Database.IsSqlite()
            ? db.SearchTexts.FromSqlRaw(all ? OnSqlite : BestOnSqlite, string.Join(" OR ", chosen.Select(w => $"\"{w}\"")), EnoughTexts)
            : db.SearchTexts.FromSqlRaw(all ? OnPostgres : BestOnPostgres, string.Join(" | ", chosen.Select(w => $"'{w}'")), EnoughTexts);
        return await found.AsNoTracking().ToListAsync(stop);
    }
}

/// <summary>A word of the question with the words that it may stand for, each with how alike they are (to 1) and how many texts hold it.</summary>
internal sealed record AskedWord(string Word, IReadOnlyList<LikeWord> Like)
{
    /// <summary>At most so many texts hold any of them.</summary>
    public int Documents { get; } = Like.Sum(l => l.Documents);
}

internal sealed record LikeWord(string Word, double Likeness, int Documents);
