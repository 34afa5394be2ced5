using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Intake;

/// <summary>What became of an e-mail that came.</summary>
public enum MailState
{
    Enquiry = 0,

    /// <summary>It names an enquiry that there is: its words stand with that one.</summary>
    WroteAgain = 1,

    /// <summary>The same message came before, by another way.</summary>
    Repeated = 2,

    /// <summary>A program wrote it, as an out-of-office reply: kept, answered by nobody, and no enquiry.</summary>
    Automatic = 3,

    /// <summary>It cannot be read safely or whole; somebody looks at it.</summary>
    Quarantined = 4,

    /// <summary>Somebody looked at it, and it is no enquiry.</summary>
    Discarded = 5,
}

/// <summary>Why an e-mail was quarantined.</summary>
public enum MailFault { TooLarge, NotAMessage, Nul, TooManyHeaders, LongHeader, BrokenHeader, TooDeep, TooManyParts, UnknownCharset, LongWords, NoWords, NoSender, BadAttachment, OtherSameId, Unreadable }

/// <summary>An e-mail that came. Its bytes as received stand in the data folder under its id.</summary>
internal sealed class ReceivedMail
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the bytes, hexadecimal: the same file taken twice is one.</summary>
    public required string Digest { get; init; }

    /// <summary>As the sender's server named it, without its brackets; null where it did not.</summary>
    public string? MessageId { get; set; }

    /// <summary>As far as it could be read, as is the subject.</summary>
    public required string Sender { get; set; }
    public required string Subject { get; set; }
    public required long Size { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who brought it: somebody who pasted it, or the program where it was picked up.</summary>
    public required string By { get; init; }

    public required MailState State { get; set; }
    public MailFault? Fault { get; set; }
    public Guid? EnquiryId { get; set; }
    public string? HandledBy { get; set; }
    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>Why it was discarded.</summary>
    public string? Reason { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ReceivedMail>
    {
        public void Configure(EntityTypeBuilder<ReceivedMail> table)
        {
            table.ToTable("serve_received_mail");
            table.HasIndex(m => m.Digest).IsUnique();
            table.HasIndex(m => m.MessageId);
            table.HasIndex(m => new { m.State, m.At, m.Id });
            table.HasIndex(m => new { m.At, m.Id });
            table.HasIndex(m => m.EnquiryId);
            table.HasOne<Enquiry>().WithMany().HasForeignKey(m => m.EnquiryId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
