using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Calls;

/// <summary>What a phone system can report of a call.</summary>
internal enum CallEventKind { Started, Answered, Transferred, Ended }

/// <summary>Somebody rang the council, as its phone system reported it. How the call stands follows from its events (<see cref="CallState"/>).</summary>
internal sealed class Call
{
    /// <summary>Everything of a call goes after this long: the caller's number is theirs, and what is counted stands in the journal without it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(28);

    /// <summary>An event that comes later than this is refused: far within <see cref="Kept"/>, so that none brings back a call that was forgotten.</summary>
    public static readonly TimeSpan LatestReport = TimeSpan.FromDays(7);

    /// <summary>Events of one call.</summary>
    public const int MostEvents = 100;

    public const int LongestName = 100;
    public const int LongestLine = 60;
    public const int LongestWord = 100;

    public required Guid Id { get; init; }

    /// <summary>What the phone system calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The caller's, digits only (<see cref="Conversations.SubmissionPhone.Digits"/>); null where it was withheld.</summary>
    public string? Number { get; set; }

    /// <summary>Of its earliest event.</summary>
    public required DateTimeOffset At { get; set; }

    public string? Line { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public int Transfers { get; private set; }

    public CallState State => new(StartedAt, AnsweredAt, EndedAt, Transfers, Line);

    public void Stand(CallState state) => (StartedAt, AnsweredAt, EndedAt, Transfers, Line) = (state.StartedAt, state.AnsweredAt, state.EndedAt, state.Transfers, state.Line);

    internal sealed class Table : IEntityTypeConfiguration<Call>
    {
        public void Configure(EntityTypeBuilder<Call> table)
        {
            table.ToTable("serve_call");
            table.HasIndex(c => c.Name).IsUnique();
            table.HasIndex(c => c.At);
            table.Ignore(c => c.State);
        }
    }
}

/// <summary>One thing that was reported of a call. The same kind at the same moment is the same event.</summary>
internal sealed class CallEvent
{
    public required Guid CallId { get; init; }
    public required CallEventKind Kind { get; init; }

    /// <summary>To the microsecond, which both databases keep.</summary>
    public required DateTimeOffset At { get; init; }

    public string? Line { get; init; }

    /// <summary>Who answered: a name, a work e-mail address or an extension.</summary>
    public string? Adviser { get; init; }

    /// <summary>To whom or where it was handed on.</summary>
    public string? To { get; init; }

    public string? Reason { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<CallEvent>
    {
        public void Configure(EntityTypeBuilder<CallEvent> table)
        {
            table.ToTable("serve_call_event");
            table.HasKey(e => new { e.CallId, e.Kind, e.At });
            table.HasOne<Call>().WithMany().HasForeignKey(e => e.CallId);
        }
    }
}
