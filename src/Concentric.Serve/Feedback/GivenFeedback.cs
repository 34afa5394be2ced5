using Concentric.Core.Facts;
using Concentric.Serve.Enquiries;
using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Feedback;

/// <summary>What somebody wants besides saying how it was.</summary>
internal enum FeedbackKind { None, Compliment, Complaint }

/// <summary>That somebody was asked how it was, and what they said. A second answer of the same person takes the place of the first.</summary>
internal sealed class GivenFeedback
{
    /// <summary>How long what they wrote is kept, and with it what was done about it.</summary>
    public const int MonthsKept = 12;

    public const int MostWords = 1000;

    /// <summary>How much of what was said before is kept until somebody has dealt with it.</summary>
    public const int MostEarlier = 10_000;

    /// <summary>For how long somebody who was asked can say it, and change what they said.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the token that opens it, which we do not hold.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>LGSL identifier, or null where it is about no one service.</summary>
    public required string? Service { get; set; }

    /// <summary>Short name of the channel by which the contact came (Core's Channels).</summary>
    public required string Channel { get; init; }

    /// <summary>One of <see cref="FeedbackWays"/>.</summary>
    public required string Way { get; init; }

    /// <summary>The enquiry that it is about; null where it is about none.</summary>
    public Guid? EnquiryId { get; init; }

    /// <summary>Whose the enquiry or the service is; empty for the desk's own.</summary>
    public required string Team { get; set; }

    /// <summary>Whoever of the staff dealt with it; null where that is not known.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Of a sensitive enquiry: its team sees it, and service managers.</summary>
    public bool IsSensitive { get; set; }

    public Language Language { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the link of an e-mail is over. A page that somebody opens anew asks anew, so its answer has no such time.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public FeedbackSaid Said { get; private set; }
    public DateTimeOffset? SaidAt { get; private set; }

    /// <summary>What they wrote, masked; null where they wrote nothing, or its time is over.</summary>
    public string? Words { get; private set; }

    /// <summary>What stood here before and nobody had dealt with when something else was said; null where there is none, or its time is over.</summary>
    public string? Earlier { get; private set; }

    public FeedbackKind Kind { get; private set; }

    /// <summary>Somebody has to read it: a compliment, a complaint, or a poor face with words.</summary>
    public bool IsNotice { get; private set; }

    /// <summary>What whoever read it did; null where nobody said so yet.</summary>
    public string? Done { get; private set; }

    public string? DoneBy { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Raised whenever something is said or done.</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>Somebody still has to read it.</summary>
    public bool IsToRead => IsNotice && DoneAt is null;

    /// <summary>Follows its enquiry to whoever has it now.</summary>
    /// <returns>Whether it is for others than before.</returns>
    public bool Follow(Enquiry enquiry)
    {
        // Whoever ends a case by a letter stands in no answer.
        var person = Guid.TryParse(enquiry.Answer?.By, out var who) ? who : Way == FeedbackWays.Email ? PersonId ?? enquiry.OwnerId : enquiry.OwnerId ?? PersonId;
        var isNew = (Team, PersonId, IsSensitive) != (enquiry.Team, person, enquiry.IsSensitive);
        (Service, Team, PersonId, IsSensitive) = (enquiry.Service, enquiry.Team, person, enquiry.IsSensitive);
        return isNew;
    }

    /// <summary>Keeps what they said, in place of what they said before. What nobody has dealt with yet stays beside it.</summary>
    /// <returns>Whether somebody has to be told now, who was not told the same before.</returns>
    public bool Say(FeedbackSaid said, string? words, FeedbackKind kind, DateTimeOffset now)
    {
        var isNotice = kind != FeedbackKind.None || (said == FeedbackSaid.Poor && words is not null);
        var isNew = isNotice && !(IsNotice && (said, words, kind) == (Said, Words, Kind));
        if (IsToRead && (Words is not null || Kind != FeedbackKind.None) && (words, kind) != (Words, Kind))
        {
            var before = $"{Core.Say.When(SaidAt!.Value)}, {SeeFeedback.Face(Said).ToLowerInvariant()}{(Kind == FeedbackKind.None ? "" : $", {SeeFeedback.What(Kind).ToLowerInvariant()}")}: {Words ?? "no words"}";
            // The first are kept: who changes theirs again and again does not push them out.
            if ((Earlier?.Length ?? 0) + before.Length + 1 <= MostEarlier) Earlier = Earlier is null ? before : $"{Earlier}\n{before}";
        }
        else if (!IsToRead) Earlier = null;
        var isOpen = isNotice || (IsToRead && Earlier is not null);
        (Said, Words, Kind, IsNotice, SaidAt) = (said, words, kind, isOpen, now);
        // What was done was about other words.
        if (isNew) (Done, DoneBy, DoneAt) = (null, null, null);
        Revision++;
        return isNew;
    }

    public void Deal(string done, string by, DateTimeOffset now)
    {
        (Done, DoneBy, DoneAt) = (done, by, now);
        Revision++;
    }

    internal sealed class Table : IEntityTypeConfiguration<GivenFeedback>
    {
        public void Configure(EntityTypeBuilder<GivenFeedback> table)
        {
            table.ToTable("serve_feedback");
            table.Property(f => f.Revision).IsConcurrencyToken();
            table.Ignore(f => f.IsToRead);
            table.HasIndex(f => f.Digest).IsUnique();
            table.HasIndex(f => new { f.IsNotice, f.DoneAt, f.SaidAt });
            table.HasIndex(f => f.SaidAt);
            table.HasIndex(f => f.EnquiryId);
        }
    }
}

/// <summary>Where staff are written to that somebody said something of them: an address of a team, or of one person.</summary>
internal sealed class NoticeAddress
{
    /// <summary>Name of a team, empty for the desk's own; null where it is a person's.</summary>
    public string? Team { get; init; }

    public Guid? PersonId { get; init; }
    public required Guid Id { get; init; }
    public required string Email { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<NoticeAddress>
    {
        public void Configure(EntityTypeBuilder<NoticeAddress> table)
        {
            table.ToTable("serve_notice_address");
            table.HasIndex(a => a.Team).IsUnique();
            table.HasIndex(a => a.PersonId).IsUnique();
        }
    }
}
