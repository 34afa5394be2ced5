using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Forms;

/// <summary>A form that somebody is filling in, kept with each step. Whose it is, is known by a key that only their browser holds.</summary>
internal sealed class Draft
{
    /// <summary>How long an unfinished form is kept after it was last touched.</summary>
    public const int KeptDays = 28;

    /// <summary>Nothing done for this long: the answers are hidden until somebody shows that it is theirs.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(60);

    /// <summary>This long before it, the page warns.</summary>
    public static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(5);

    /// <summary>Seen again this soon is not written down, so that looking at pages costs no writing.</summary>
    public static readonly TimeSpan SeenAgainAfter = TimeSpan.FromMinutes(1);

    public required Guid Id { get; init; }

    /// <summary>Short name of the form or bundle.</summary>
    public required string Form { get; init; }

    public required int Version { get; init; }

    /// <summary>Of a bundle: the version of each of its forms, as JSON.</summary>
    public string? Parts { get; init; }

    public required byte[] KeyDigest { get; set; }
    public required string Answers { get; set; }

    /// <summary>What is known already and offered, as answers: filled in on the page, and used only once somebody continued from it.</summary>
    public string? Offered { get; set; }

    /// <summary>How the visit went so far, as JSON (<see cref="Trail"/>).</summary>
    public required string Trail { get; set; }

    /// <summary>The visit was told as a fact; what is done next begins another.</summary>
    public bool VisitEnded { get; set; }

    public int Revision { get; set; }
    public required Language Language { get; set; }

    /// <summary>Short name of a channel (Core's Channels).</summary>
    public required string Channel { get; set; }

    /// <summary>The adviser's conversation that it belongs to, if any.</summary>
    public Guid? Conversation { get; set; }

    /// <summary>Id of the adviser who fills it in for the citizen; null where the citizen does.</summary>
    public string? By { get; set; }

    /// <summary>Where links back into it go.</summary>
    public string? Email { get; set; }

    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>As it stands in addresses.</summary>
    public string Key => $"{Id:N}";

    public bool IsIdle(DateTimeOffset now) => SentAt is null && now - SeenAt > IdleLimit;

    public static byte[] DigestOf(byte[] key) => SHA256.HashData(key);

    internal sealed class Table : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> table)
        {
            table.ToTable("serve_draft");
            table.Ignore(d => d.Key);
            // PostgreSQL lets two pieces of work read the same revision: the second then finds that it changed, and runs again.
            table.Property(d => d.Revision).IsConcurrencyToken();
            table.HasIndex(d => d.Conversation);
            table.HasIndex(d => d.ExpiresAt);
            table.HasIndex(d => new { d.VisitEnded, d.SeenAt });
            table.HasIndex(d => d.KeyDigest);
        }
    }
}

internal enum WayBackKind
{
    /// <summary>A link in an e-mail that the citizen asked for.</summary>
    Link,

    /// <summary>A link with which an adviser hands a form over to the citizen.</summary>
    HandOver,

    /// <summary>A code that the citizen reads out, so that an adviser can take over.</summary>
    Code,
}

/// <summary>A way back into a draft that works once.</summary>
internal sealed class WayBack
{
    public required Guid Id { get; init; }
    public required Guid DraftId { get; init; }
    public required byte[] Digest { get; init; }
    public required WayBackKind Kind { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<WayBack>
    {
        public void Configure(EntityTypeBuilder<WayBack> table)
        {
            table.ToTable("serve_way_back");
            table.HasIndex(w => w.Digest).IsUnique();
            table.HasIndex(w => w.DraftId);
            table.HasOne<Draft>().WithMany().HasForeignKey(w => w.DraftId);
        }
    }
}
