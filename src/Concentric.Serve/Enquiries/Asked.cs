using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Enquiries;

/// <summary>How it ended that a citizen was asked something.</summary>
public enum AskedEnd
{
    Answered = 0,

    /// <summary>The days were over.</summary>
    NoAnswer = 1,

    /// <summary>Staff went on without the answer.</summary>
    TakenBack = 2,

    /// <summary>The enquiry was closed while it waited.</summary>
    Overtaken = 3,
}

/// <summary>Something that the citizen was asked about an enquiry that has no case. It waits until they answer, or until the days are over; it is never closed for want of an answer.</summary>
internal sealed class Asked
{
    /// <summary>Working days after which it comes back to whoever works on it, without an answer.</summary>
    public const int WorkingDays = 10;

    public const int MostWords = 2000;

    /// <summary>What the question says once it is not kept any more.</summary>
    public const string NotKept = "Not kept any more.";

    /// <summary>Given out with the page on which it was asked, so that sending it twice asks once.</summary>
    public required Guid Id { get; init; }

    public required Guid EnquiryId { get; init; }
    public required string Question { get; init; }

    /// <summary>Who asked, as an actor of the journal.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The day on which it comes back without an answer.</summary>
    public required DateOnly BackOn { get; init; }

    /// <summary>How the question went out; null where nothing could be sent.</summary>
    public MessageChannel? SentBy { get; init; }

    /// <summary>Null while it waits.</summary>
    public AskedEnd? End { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What an enquiry waits for; null where it does not wait, or its case does.</summary>
    public static async Task<Asked?> Of(ConcentricDb db, Enquiry enquiry, CancellationToken stop = default) =>
        enquiry is { IsPaused: true, HasCase: false, IsOpen: true } ? await db.Asked.Where(a => a.EnquiryId == enquiry.Id && a.End == null).OrderByDescending(a => a.At).FirstOrDefaultAsync(stop) : null;

    /// <summary>Something came from the citizen: what waited for it waits no longer. Inside <see cref="IWriter.Write"/>; false where it did not wait.</summary>
    /// <param name="channel">By which it came (Core's Channels).</param>
    public static async Task<bool> Came(ConcentricDb db, Guid enquiry, string channel, string by, DateTimeOffset now)
    {
        if (await GoOn(db, enquiry, AskedEnd.Answered, now) is { } reference)
        {
            db.Record(new CitizenAnswered(reference, channel, now), by, now);
            return true;
        }
        // Late, and the answer to what we asked all the same.
        var open = await db.Enquiries.SingleAsync(e => e.Id == enquiry);
        if (await Late(db, open) is not { } late) return false;
        late.EndAs(AskedEnd.Answered, now);
        open.Touch();
        db.Record(new CitizenAnswered($"{open.Reference}", channel, now), by, now);
        return true;
    }

    /// <summary>What the citizen may answer still: what waits, or what they were asked last and did not answer in its days.</summary>
    public static async Task<Asked?> ToAnswer(ConcentricDb db, Enquiry enquiry, CancellationToken stop = default) => await Of(db, enquiry, stop) ?? await Late(db, enquiry, stop);

    private static async Task<Asked?> Late(ConcentricDb db, Enquiry enquiry, CancellationToken stop = default) =>
        enquiry is { IsOpen: true, HasCase: false } && await db.Asked.Where(a => a.EnquiryId == enquiry.Id).OrderByDescending(a => a.At).FirstOrDefaultAsync(stop) is { End: AskedEnd.NoAnswer } last ? last : null;

    /// <summary>Nobody waits for an answer any more, because the enquiry is closed.</summary>
    public static async Task Overtake(ConcentricDb db, Guid enquiry, DateTimeOffset now)
    {
        foreach (var waiting in await db.Asked.Where(a => a.EnquiryId == enquiry && a.End == null).ToListAsync()) waiting.EndAs(AskedEnd.Overtaken, now);
    }

    /// <summary>It waits no longer though nothing came. Inside <see cref="IWriter.Write"/>; false where it did not wait.</summary>
    public static async Task<bool> GoOnWithout(ConcentricDb db, Guid enquiry, AskedEnd why, string by, DateTimeOffset now)
    {
        if (await GoOn(db, enquiry, why, now) is not { } reference) return false;
        db.Record(new AskingEnded(reference, $"{why}", now), by, now);
        return true;
    }

    /// <summary>Ends the wait; the enquiry's reference, or null where it did not wait.</summary>
    private static async Task<string?> GoOn(ConcentricDb db, Guid id, AskedEnd end, DateTimeOffset now)
    {
        var enquiry = await db.Enquiries.SingleAsync(e => e.Id == id);
        if (await Of(db, enquiry) is not { } asked) return null;
        asked.EndAs(end, now);
        enquiry.Wait(forCitizen: false);
        return $"{enquiry.Reference}";
    }

    public void EndAs(AskedEnd end, DateTimeOffset now) => (End, EndedAt) = (end, now);

    internal sealed class Table : IEntityTypeConfiguration<Asked>
    {
        public void Configure(EntityTypeBuilder<Asked> table)
        {
            table.ToTable("serve_asked");
            table.HasIndex(a => new { a.EnquiryId, a.At });
            table.HasIndex(a => new { a.End, a.BackOn });
            table.HasOne<Enquiry>().WithMany().HasForeignKey(a => a.EnquiryId);
        }
    }
}
