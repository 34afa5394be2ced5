using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Serve.Citizens;
using Concentric.Serve.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Enquiries;

/// <summary>Two enquiries are about the same thing, as somebody of the staff said. Either way round it is the same row.</summary>
internal sealed class EnquiryLink
{
    /// <summary>The smaller of the two ids (<see cref="CitizenPair.InOrder"/>).</summary>
    public required Guid OneId { get; init; }

    public required Guid OtherId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Links two, or takes it back, inside <see cref="IWriter.Write"/>; nothing where it is so already.</summary>
    public static async Task Set(ConcentricDb db, Enquiry enquiry, Enquiry other, bool linked, string by, DateTimeOffset now)
    {
        var (one, second) = CitizenPair.InOrder(enquiry.Id, other.Id);
        var known = await db.EnquiryLinks.SingleOrDefaultAsync(l => l.OneId == one && l.OtherId == second);
        if (one == second || known is not null == linked) return;
        if (known is null) db.Add(new EnquiryLink { OneId = one, OtherId = second, By = by, At = now });
        else db.Remove(known);
        db.Record(new EnquiriesLinked($"{enquiry.Reference}", $"{other.Reference}", linked ? "Linked" : "Unlinked"), by, now);
    }

    /// <summary>The enquiries that one is linked with and that may be seen, the oldest first.</summary>
    public static async Task<List<Enquiry>> Of(ConcentricDb db, Sight sight, Guid enquiry, CancellationToken stop = default)
    {
        var ids = await db.EnquiryLinks.Where(l => l.OneId == enquiry).Select(l => l.OtherId).Concat(db.EnquiryLinks.Where(l => l.OtherId == enquiry).Select(l => l.OneId)).ToListAsync(stop);
        return ids.Count == 0 ? [] : await sight.Of(db.Enquiries.AsNoTracking()).Where(e => ids.Contains(e.Id)).OrderBy(e => e.RaisedAt).ThenBy(e => e.Id).ToListAsync(stop);
    }

    internal sealed class Table : IEntityTypeConfiguration<EnquiryLink>
    {
        public void Configure(EntityTypeBuilder<EnquiryLink> table)
        {
            table.ToTable("serve_enquiry_link");
            table.HasKey(l => new { l.OneId, l.OtherId });
            table.HasIndex(l => l.OtherId);
            table.HasOne<Enquiry>().WithMany().HasForeignKey(l => l.OneId);
            table.HasOne<Enquiry>().WithMany().HasForeignKey(l => l.OtherId);
        }
    }
}
