using Concentric.Core.Data;
using Concentric.Needs.Concepts;
using Concentric.Needs.Directory;
using Concentric.Needs.Editions;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Needs.Searching;

/// <summary>Keeps what the search reads as the model is. An edition and its words are one transaction: nobody finds what is not there, and nothing is looked for in vain.</summary>
internal static class FillSearch
{
    // From here on, reading whole tables once is quicker than asking for each row.
    private const int Many = 200;

    /// <summary>Follows the changes of an edition. To be called in its transaction; the caller detects changes and saves.</summary>
    public static async Task Follow(ConcentricDb db, IReadOnlyList<ModelChange> changes, CancellationToken stop = default)
    {
        var mine = changes.Where(c => c.Kind is ChangedThing.Concept or ChangedThing.Offer).ToList();
        if (mine.Count == 0) return;
        var subjects = mine.Select(c => c.Subject).ToList();
        var held = await (mine.Count > Many ? db.SearchTexts : db.SearchTexts.Where(t => subjects.Contains(t.Subject))).ToDictionaryAsync(t => t.Subject, StringComparer.Ordinal, stop);
        var next = (await db.SearchTexts.MaxAsync(t => (long?)t.Id, stop) ?? 0) + 1;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var change in mine)
        {
            var there = held.GetValueOrDefault(change.Subject);
            var id = there?.Id ?? next++;
            Put(db, there, change.Kind == ChangedThing.Concept ? Of(change.AfterAs<Concept>(), id) : Of(change.AfterAs<Offer>(), id), counts);
        }
        await Count(db, counts, stop);
    }

    /// <summary>Fills what is empty beside a model that is not: a database from before there was a search of it.</summary>
    public static Task WhereEmpty(IWriter writer, CancellationToken stop = default) => writer.Write(async db =>
    {
        if (await db.SearchTexts.AnyAsync(stop)) return;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var next = 1L;
        foreach (var concept in await db.Concepts.AsNoTracking().OrderBy(c => c.Uri).ToListAsync(stop)) Put(db, null, SearchText.Of(concept, next++), counts);
        foreach (var offer in await db.Offers.AsNoTracking().OrderBy(o => o.Identifier).ToListAsync(stop)) Put(db, null, SearchText.Of(offer, next++), counts);
        await Count(db, counts, stop);
    }, stop);

    private static SearchText? Of(Concept? concept, long id) => concept is null ? null : SearchText.Of(concept, id);

    private static SearchText? Of(Offer? offer, long id) => offer is null ? null : SearchText.Of(offer, id);

    private static void Put(ConcentricDb db, SearchText? before, SearchText? after, Dictionary<string, int> counts)
    {
        foreach (var word in before?.Words ?? []) counts[word] = counts.GetValueOrDefault(word) - 1;
        foreach (var word in after?.Words ?? []) counts[word] = counts.GetValueOrDefault(word) + 1;
        if (before is null && after is not null) db.Add(after);
        else if (before is not null && after is null) db.Remove(before);
        else if (before is not null && after is not null) db.Entry(before).CurrentValues.SetValues(after);
    }

    private static async Task Count(ConcentricDb db, Dictionary<string, int> counts, CancellationToken stop)
    {
        var changed = counts.Where(c => c.Value != 0).ToDictionary(StringComparer.Ordinal);
        var words = changed.Keys.ToList();
        var held = await (words.Count > Many ? db.SearchWords : db.SearchWords.Where(w => words.Contains(w.Word))).ToDictionaryAsync(w => w.Word, StringComparer.Ordinal, stop);
        foreach (var (word, more) in changed)
        {
            if (!held.TryGetValue(word, out var there)) db.Add(new SearchWord { Word = word, Documents = more });
            else if (there.Documents + more == 0) db.Remove(there);
            else there.Documents += more;
        }
    }
}
