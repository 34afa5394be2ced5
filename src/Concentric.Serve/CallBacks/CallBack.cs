using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Serve.Citizens;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.CallBacks;

/// <summary>Somebody was promised that we ring them: for an enquiry, or for a citizen alone. It is done once we spoke, gave up, or need not ring any more.</summary>
internal sealed class CallBack
{
    /// <summary>The number, and what it was about, go so long after it was done.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(28);

    /// <summary>Hours in which a time can be promised.</summary>
    public static readonly TimeOnly Earliest = new(8, 0), Latest = new(20, 0);

    public const int LongestAbout = 500;

    /// <summary>One that nobody said anything of ends by itself so long after its time.</summary>
    public static readonly TimeSpan LeftAfter = TimeSpan.FromDays(90);

    /// <summary>Given out with the form, so that sending it twice makes one.</summary>
    public required Guid Id { get; init; }

    /// <summary>The enquiry that it is for; null where it is for <see cref="CitizenId"/>.</summary>
    public Guid? EnquiryId { get; init; }

    public Guid? CitizenId { get; init; }

    /// <summary>Digits only (<see cref="Conversations.SubmissionPhone.Digits"/>); null once it is not kept any more.</summary>
    public string? Number { get; set; }

    public string? About { get; set; }

    /// <summary>The team that rings; empty for the desk.</summary>
    public string Team { get; set; } = "";

    /// <summary>Who rings; null where anybody of the team may.</summary>
    public Guid? OwnerId { get; set; }

    public CallBackPart Part { get; private set; }

    /// <summary>By when, as it was promised last.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>When we should have rung by a promise that was put off once it was late; null where none was.</summary>
    public DateTimeOffset? BrokenAt { get; private set; }

    /// <summary>How often we rang.</summary>
    public int Attempts { get; private set; }

    /// <summary>When we rang last and nobody answered.</summary>
    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>Id of whoever promised it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
    public bool IsOpen { get; private set; } = true;
    public CallBackOutcome? Outcome { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public string? DoneBy { get; private set; }

    /// <summary>Counts its changes, so that two at once do not undo each other's.</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>Nobody rang by the time that was promised, and that time is over.</summary>
    public bool IsLate(DateTimeOffset now) => IsOpen && now > DueAt;

    /// <summary>Promises when, or promises it anew. What was late by then stays late, whatever is promised instead.</summary>
    public void Promise(CallBackPart part, DateTimeOffset due, DateTimeOffset now)
    {
        if (DueAt != default && now > DueAt) BrokenAt ??= DueAt;
        (Part, DueAt) = (part, due);
        Revision++;
    }

    /// <summary>The part of the day for which it was promised has not begun.</summary>
    public bool IsBefore(DateTimeOffset now) => Say.DayOf(now) < Say.DayOf(DueAt) || (Part == CallBackPart.Afternoon && Say.DayOf(now) == Say.DayOf(DueAt) && now < End(Say.DayOf(DueAt), CallBackPart.Morning, default));

    /// <summary>Somebody rang before that, and nobody answered: what was promised stands.</summary>
    public void Try(DateTimeOffset now)
    {
        (Attempts, TriedAt) = (Attempts + 1, now);
        Revision++;
    }

    /// <summary>Somebody rang, or need not any more. True where that was by the time that was promised.</summary>
    /// <param name="next">When it is tried again; null where it ends with this.</param>
    public bool Ring(CallBackOutcome outcome, DateTimeOffset? next, string by, DateTimeOffset now)
    {
        var kept = BrokenAt is null && now <= DueAt;
        if (outcome != CallBackOutcome.NotNeeded) Attempts++;
        if (outcome == CallBackOutcome.NoAnswer) TriedAt = now;
        if (next is { } due) (DueAt, BrokenAt) = (due, null);
        else (IsOpen, Outcome, DoneAt, DoneBy) = (false, outcome, now, by);
        Revision++;
        return kept;
    }

    /// <summary>When a part of a day is over.</summary>
    public static DateTimeOffset End(DateOnly day, CallBackPart part, TimeOnly time) => Say.At(day, part switch { CallBackPart.Morning => new(12, 0), CallBackPart.Afternoon => new(17, 0), _ => time });

    internal sealed class Table : IEntityTypeConfiguration<CallBack>
    {
        public void Configure(EntityTypeBuilder<CallBack> table)
        {
            table.ToTable("serve_call_back");
            table.Property(b => b.Revision).IsConcurrencyToken();
            table.HasIndex(b => new { b.IsOpen, b.DueAt, b.Id });
            table.HasIndex(b => new { b.OwnerId, b.IsOpen, b.DueAt, b.Id });
            table.HasIndex(b => b.Number);
            table.HasOne<Enquiry>().WithMany().HasForeignKey(b => b.EnquiryId).OnDelete(DeleteBehavior.Cascade);
            table.HasOne<Citizen>().WithMany().HasForeignKey(b => b.CitizenId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
