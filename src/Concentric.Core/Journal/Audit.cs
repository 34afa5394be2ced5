using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Core.Journal;

/// <summary>What <c>audit verify</c> found: how many facts hold, the head of the chain, and each fact that does not.</summary>
/// <param name="Sealed">Facts in the chain.</param>
/// <param name="Erased">Of these, facts whose data was erased on purpose; their digests still verify.</param>
/// <param name="Waiting">Facts not sealed yet.</param>
/// <param name="Aside">Facts that a reader of the journal could not read and set aside, each with the reason. The chain holds nevertheless.</param>
/// <param name="Head">Number and hash of the last fact, <c>12:ab…</c>. Kept elsewhere, it shows later that nothing was cut off the end.</param>
public sealed record AuditReport(long Sealed, long Erased, long Waiting, string Head, IReadOnlyList<string> Aside, IReadOnlyList<string> Problems)
{
    public bool Holds => Problems.Count == 0;
}

/// <summary>Walks the chain of facts and finds what was changed, removed or put in behind the program's back.</summary>
public static class Audit
{
    private const int MostProblems = 100;

    /// <param name="expectedHead">A head printed earlier (<see cref="AuditReport.Head"/>), which must still be in the chain.</param>
    public static async Task<AuditReport> Verify(ConcentricDb db, string? expectedHead = null, CancellationToken stop = default)
    {
        long number = 0, erased = 0;
        byte[] hash = [];
        string? foundHead = null;
        var problems = new List<string>();
        void Problem(string text) { if (problems.Count < MostProblems) problems.Add(text); }

        await foreach (var fact in db.Facts.AsNoTracking().Where(f => f.Number != null).OrderBy(f => f.Number).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (fact.Number != number + 1)
                Problem(fact.Number == number + 2 ? $"Fact {number + 1} is missing" : $"Facts {number + 1} to {fact.Number - 1} are missing");
            if (fact.Data is null) erased++;
            else if (fact.Salt is null || !Journal.DigestOf(fact.Salt, fact.Data).AsSpan().SequenceEqual(fact.Digest))
                Problem($"Fact {fact.Number} ({fact.Kind}): its data was changed");
            if (fact.Hash is null || !Journal.HashOf(hash, fact.Number!.Value, fact).AsSpan().SequenceEqual(fact.Hash))
                Problem($"Fact {fact.Number} ({fact.Kind}): the row or the one before it was changed");
            // Go on from what the row says, so that one change is one problem and not one for each row after it.
            (number, hash) = (fact.Number!.Value, fact.Hash ?? []);
            if (expectedHead == Head(number, hash)) foundHead = expectedHead;
        }
        if (expectedHead is not null && foundHead is null)
            Problem($"The head {expectedHead} is not in the chain: facts were removed from its end, or it was written anew");
        var aside = (await db.FactsAside.AsNoTracking().OrderBy(a => a.Number).ThenBy(a => a.Reader).Take(MostProblems).ToListAsync(stop)).ConvertAll(a => a.ToString());
        return new(number, erased, await db.Facts.CountAsync(f => f.Number == null, stop), Head(number, hash), aside, problems);
    }

    private static string Head(long number, byte[] hash) => $"{number}:{Convert.ToHexStringLower(hash)}";
}
