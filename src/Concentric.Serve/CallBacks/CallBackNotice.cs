using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.CallBacks;

/// <summary>What a citizen is told of a call-back on the page of their enquiry, kept or not.</summary>
/// <param name="IsSorry">A promise was not kept.</param>
/// <param name="Sentences">One after the other.</param>
public sealed record CallBackNotice(bool IsSorry, IReadOnlyList<string> Sentences)
{
    /// <summary>Of the latest promise; null where none was made, or it is not needed any more.</summary>
    internal static async Task<CallBackNotice?> Of(ConcentricDb db, Guid enquiry, DateTimeOffset now, CancellationToken stop)
    {
        var all = await db.CallBacks.AsNoTracking().Where(b => b.EnquiryId == enquiry).OrderByDescending(b => b.IsOpen).ThenByDescending(b => b.At).ThenByDescending(b => b.Id).Take(1).ToListAsync(stop);
        return all is [var latest] ? Of(latest, now) : null;
    }

    internal static CallBackNotice? Of(CallBack promised, DateTimeOffset now)
    {
        var tried = promised.TriedAt is { } at ? $"We rang you {Say.When(at)} and could not reach you." : null;
        var number = promised.Number is { } digits ? $", on the number that ends in {digits[^3..]}" : "";
        if (!promised.IsOpen)
            return promised.Outcome switch
            {
                CallBackOutcome.Spoke => new(false, [$"We rang you and spoke to you {Say.When(promised.DoneAt!.Value)}."]),
                CallBackOutcome.NoAnswer => new(false, [$"We rang you {CallBackWords.Rang(promised.Attempts)}, the last time {Say.When(promised.DoneAt!.Value)}, and could not reach you.", "Tell us when we can ring you."]),
                _ => null,
            };
        var when = CallBackWords.When(promised.Part, promised.DueAt);
        if (promised.IsLate(now)) return new(true, [.. Said(tried), $"We said that we would ring you {when}. We have not done so, and we are sorry.", $"We still have to ring you{number}."]);
        if (promised.BrokenAt is { } broken) return new(true, [.. Said(tried), $"We did not ring you {CallBackWords.By(broken)} as we had promised, and we are sorry.", $"We will now ring you {when}{number}."]);
        return new(false, [.. Said(tried), $"We will ring you {(tried is null ? "" : "again ")}{when}{number}."]);

        static IEnumerable<string> Said(string? words) => words is null ? [] : [words];
    }
}
