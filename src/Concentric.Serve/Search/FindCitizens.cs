using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Serve.Citizens;
using Concentric.Serve.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Search;

/// <summary>
/// Finds citizens by name, address, postcode, telephone number or e-mail address, however it was typed: by whole words first, then by words near them. The rarest word leads, so that a common name beside a rare street costs
/// what the street does.
/// </summary>
internal sealed class FindCitizens(ConcentricDb db)
{
    public const int Most = 20;
    private const int MostRead = 200;
    private const int MostWords = 8;
    private const int MostNear = 40;
    private const int Counted = 2000;
    private const int LongestPostcode = 7;

    private sealed record Term(string Typed, IReadOnlyDictionary<string, int> Words);

    /// <param name="typed">What was typed into the box.</param>
    /// <param name="alsoServices">Words that name a service: left out where nobody has all of the words.</param>
    public async Task<IReadOnlyList<Citizen>> By(string typed, Func<string, bool>? alsoServices = null, CancellationToken stop = default)
    {
        if (EmailAddress.LooksRight(typed)) return await ByEmail(typed.Trim().ToLowerInvariant(), stop);
        if (!typed.Any(char.IsLetter) && SubmissionPhone.Digits(typed) is { } phone) return await db.Citizens.AsNoTracking().Where(c => c.Phone == phone).OrderBy(c => c.Name).ThenBy(c => c.Id).Take(Most).ToListAsync(stop);
        var (postcode, rest) = Postcode(typed);
        var words = SearchWords.Of(rest).Take(MostWords).ToList();
        if (postcode is not null) return await ByPostcode(postcode, words, stop);
        if (words.Count == 0) return [];
        var found = await ByWords(words, stop);
        if (found.Count == 0 && alsoServices is not null && words.FindAll(w => !alsoServices(w)) is { Count: > 0 } fewer && fewer.Count < words.Count) found = await ByWords(fewer, stop);
        return found;
    }

    private Task<List<Citizen>> ByEmail(string email, CancellationToken stop) => db.Citizens.AsNoTracking().Where(c => c.Email == email).OrderBy(c => c.Name).ThenBy(c => c.Id).Take(Most).ToListAsync(stop);

    private async Task<IReadOnlyList<Citizen>> ByPostcode(string postcode, List<string> words, CancellationToken stop)
    {
        var there = await db.Citizens.AsNoTracking().Where(c => c.Postcode == postcode).OrderBy(c => c.Address).ThenBy(c => c.Name).ThenBy(c => c.Id).Take(MostRead).ToListAsync(stop);
        var fit = there.FindAll(c => SearchWords.Of(c.Name, c.Address) is var own && words.TrueForAll(w => own.Any(o => SearchWords.Near(w, o) is not null)));
        return [.. (fit.Count > 0 ? fit : there).Take(Most)];
    }

    private async Task<List<Citizen>> ByWords(List<string> typed, CancellationToken stop)
    {
        var found = await Having([.. typed.Select(w => new Term(w, new Dictionary<string, int> { [w] = 0 }))], stop);
        if (found.Count < Most / 2)
        {
            var near = await Near(typed, stop);
            // Somebody who has none of a word's neighbours is not found by it at all.
            if (near.TrueForAll(t => t.Words.Count > 0)) found = [.. found.UnionBy(await Having(near, stop), c => c.Id)];
        }
        return [.. found.Take(Most)];
    }

    /// <summary>For each word typed the words kept that it may stand for, with the edits between them.</summary>
    private async Task<List<Term>> Near(List<string> typed, CancellationToken stop)
    {
        var keys = typed.ToDictionary(w => w, SearchWords.LookedFor, StringComparer.Ordinal);
        var all = keys.Values.SelectMany(k => k).Distinct().ToList();
        var kept = await db.NearWords.AsNoTracking().Where(n => all.Contains(n.Near)).Select(n => new { n.Near, n.Word }).ToListAsync(stop);
        return typed.ConvertAll(w => new Term(w, kept.Where(k => keys[w].Contains(k.Near)).Select(k => k.Word).Distinct()
            .Select(word => (Word: word, Edits: SearchWords.Near(w, word))).Where(n => n.Edits is not null).OrderBy(n => n.Edits).ThenBy(n => n.Word, StringComparer.Ordinal).Take(MostNear)
            .ToDictionary(n => n.Word, n => n.Edits!.Value, StringComparer.Ordinal)));
    }

    /// <summary>Those who have one word of each term, the nearest first.</summary>
    private async Task<List<Citizen>> Having(List<Term> terms, CancellationToken stop)
    {
        var counted = new List<(Term Term, int Count)>();
        foreach (var term in terms)
        {
            var words = term.Words.Keys.ToList();
            counted.Add((term, terms.Count == 1 ? 0 : await db.CitizenWords.Where(w => words.Contains(w.Word)).Take(Counted).CountAsync(stop)));
        }
        if (counted.Exists(c => c.Count == 0) && terms.Count > 1) return [];
        var sorted = counted.OrderBy(c => c.Count).Select(c => c.Term.Words.Keys.ToList()).ToList();
        var (leads, all) = (sorted[0], db.CitizenWords);
        var found = db.CitizenWords.AsNoTracking().Where(w => leads.Contains(w.Word));
        foreach (var words in sorted.Skip(1)) found = found.Where(w => all.Any(o => o.CitizenId == w.CitizenId && words.Contains(o.Word)));
        var ids = await found.Select(w => w.CitizenId).Take(MostRead).ToListAsync(stop);
        var citizens = await db.Citizens.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(stop);
        return [.. citizens.OrderBy(c => Edits(c, terms)).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Id)];
    }

    // A word of the name counts before one of the address.
    private static int Edits(Citizen citizen, List<Term> terms)
    {
        var (name, address) = (SearchWords.Of(citizen.Name), SearchWords.Of(citizen.Address));
        return terms.Sum(t => Math.Min(Best(name, t, 0), Best(address, t, 1)));

        static int Best(IReadOnlyList<string> own, Term term, int more) => own.Where(term.Words.ContainsKey).Select(w => term.Words[w] * 2 + more).DefaultIfEmpty(10).Min();
    }

    /// <summary>A postcode anywhere among the words, and what is left without it.</summary>
    public static (string? Postcode, string Others) Postcode(string typed)
    {
        var parts = typed.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var at = 0; at < parts.Length; at++)
            for (var length = Math.Min(LongestPostcode, parts.Length - at); length >= 1; length--)
                if (Core.Postcode.TryParse(string.Concat(parts[at..(at + length)]), out var postcode))
                    return ($"{postcode}", string.Join(' ', parts[..at].Concat(parts[(at + length)..])));
        return (null, typed);
    }
}
