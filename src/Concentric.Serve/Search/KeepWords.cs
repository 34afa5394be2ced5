using Concentric.Core.Data;
using Concentric.Serve.Citizens;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Search;

/// <summary>Keeps the words by which citizens are found, in the same piece of work as the citizen.</summary>
internal static class KeepWords
{
    private const int AtOnce = 500;

    public static async Task Of(ConcentricDb db, Citizen citizen)
    {
        var words = SearchWords.Of(citizen.Name, citizen.Address);
        if (db.Entry(citizen).State != EntityState.Added) await db.CitizenWords.Where(w => w.CitizenId == citizen.Id).LoadAsync();
        // What is sent together is one piece of work: words that came with the part before are not in the database yet.
        var kept = db.CitizenWords.Local.Where(w => w.CitizenId == citizen.Id).ToList();
        db.RemoveRange(kept.Where(k => !words.Contains(k.Word)));
        var added = words.Where(w => !kept.Exists(k => k.Word == w)).ToList();
        if (added.Count == 0) return;
        db.AddRange(added.Select(w => new CitizenWord { Word = w, CitizenId = citizen.Id }));
        // Each word is its own key too: where that is, the others are.
        var known = (await db.NearWords.AsNoTracking().Where(n => added.Contains(n.Near) && n.Near == n.Word).Select(n => n.Word).ToListAsync()).Concat(db.NearWords.Local.Select(n => n.Word)).ToHashSet(StringComparer.Ordinal);
        db.AddRange(added.Where(w => !known.Contains(w)).SelectMany(Near));
    }

    private static IEnumerable<NearWord> Near(string word) => SearchWords.Kept(word).Select(near => new NearWord { Near = near, Word = word });

    /// <summary>Builds the words of all citizens that are kept, for a database from before there were words; returns of how many.</summary>
    public static async Task<int> Build(IWriter writer, CancellationToken stop)
    {
        // Most words are those of many: each is taken apart once.
        var (count, done) = (0, new HashSet<string>(StringComparer.Ordinal));
        for (var last = Guid.Empty; ;)
        {
            var (read, from, seen) = await writer.Write(async db =>
            {
                var some = await db.Citizens.AsNoTracking().Where(c => c.Id.CompareTo(last) > 0).OrderBy(c => c.Id).Take(AtOnce).ToListAsync(stop);
                var words = some.SelectMany(c => SearchWords.Of(c.Name, c.Address).Select(w => new CitizenWord { Word = w, CitizenId = c.Id })).ToList();
                await db.PutMany(words, stop);
                await db.PutMany(words.Select(w => w.Word).Distinct().Where(w => !done.Contains(w)).SelectMany(Near), stop);
                return (some.Count, some.Count > 0 ? some[^1].Id : last, words.Select(w => w.Word).ToList());
            }, stop);
            count += read;
            done.UnionWith(seen);
            if (read < AtOnce) return count;
            last = from;
        }
    }

    /// <summary>Builds them where there is none at all.</summary>
    public static async Task Seed(IWriter writer, IDbContextFactory<ConcentricDb> databases, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (!await db.CitizenWords.AnyAsync(stop) && await db.Citizens.AnyAsync(stop)) await Build(writer, stop);
    }
}
