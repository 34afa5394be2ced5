using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Enquiries;

/// <summary>What a note of an enquiry is.</summary>
public enum EnquiryNoteKind
{
    /// <summary>Staff or another system wrote something down.</summary>
    Noted = 0,

    /// <summary>The citizen wrote again.</summary>
    WroteAgain = 1,

    /// <summary>Given to another team, always with the reason.</summary>
    Transferred = 2,

    /// <summary>The citizen answered what they were asked.</summary>
    Answered = 3,
}

/// <summary>What was written of an enquiry, or came to it, after it was raised.</summary>
internal sealed class EnquiryNote
{
    public required Guid Id { get; init; }
    public required Guid EnquiryId { get; init; }
    public required EnquiryNoteKind Kind { get; init; }
    public required string Words { get; init; }

    /// <summary>Of a transfer: to whom.</summary>
    public string? Team { get; init; }

    /// <summary>Who wrote it, as an actor of the journal.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Writes something down beside an enquiry, with its fact, inside <see cref="Core.Data.IWriter.Write"/>.</summary>
    public static void Add(Core.Data.ConcentricDb db, Enquiry enquiry, string words, string by, DateTimeOffset now)
    {
        db.Add(new EnquiryNote { Id = Guid.CreateVersion7(now), EnquiryId = enquiry.Id, Kind = EnquiryNoteKind.Noted, Words = words, By = by, At = now });
        db.Record(new EnquiryAddedTo($"{enquiry.Reference}", "note", now), by, now);
        enquiry.Touch();
    }

    internal sealed class Table : IEntityTypeConfiguration<EnquiryNote>
    {
        public void Configure(EntityTypeBuilder<EnquiryNote> table)
        {
            table.ToTable("serve_enquiry_note");
            table.HasIndex(n => new { n.EnquiryId, n.At });
            table.HasOne<Enquiry>().WithMany().HasForeignKey(n => n.EnquiryId);
        }
    }
}
