using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Serve.Enquiries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Audits;

/// <summary>A service and channel of an audit.</summary>
/// <param name="Size">Contacts that could be drawn.</param>
/// <param name="Drawn">Of them, drawn.</param>
public sealed record AuditPart(string Service, string Channel, int Size, int Drawn);

/// <summary>A random sample of coded contacts, to be coded a second time by people who do not see the first code: it shows how far a code can be trusted.</summary>
internal sealed class Audit
{
    public const int Least = 20;
    public const int Most = 500;

    public required Guid Id { get; init; }

    /// <summary>By which the draw can be repeated.</summary>
    public required long Seed { get; init; }

    /// <summary>Contacts were drawn of these days, both included.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly Through { get; init; }

    /// <summary>The services and channels, a list of <see cref="AuditPart"/> as JSON.</summary>
    public required string Strata { get; init; }

    /// <summary>Coded contacts of those days that could not be drawn: nothing of what they said is kept, or they are sensitive.</summary>
    public required int Left { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was told to Measure: all were coded, or somebody stopped it. Null: it goes on.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Raised by whoever codes or ends it.</summary>
    public int Revision { get; private set; } = 1;

    public IReadOnlyList<AuditPart> Parts => JsonSerializer.Deserialize<List<AuditPart>>(Strata)!;

    /// <summary>Ends it and says what it found.</summary>
    public AuditEnded End(string council, IEnumerable<AuditItem> items, DateTimeOffset now)
    {
        EndedAt = now;
        Revision++;
        var coded = items.Where(i => i.Second != Demand.NotCoded).ToLookup(i => i.Part);
        return new(Id, council, From, Through, Seed, SampleDraw.Method,
        [
            .. Parts.Select((p, at) => new AuditedPart(p.Service, p.Channel, p.Size, p.Drawn,
                [.. coded[at].GroupBy(i => (i.First, i.Second)).OrderBy(g => g.Key).Select(g => new CodedTwice(g.Key.First, g.Key.Second, g.Count()))])),
        ]);
    }

    internal sealed class Table : IEntityTypeConfiguration<Audit>
    {
        public void Configure(EntityTypeBuilder<Audit> table)
        {
            table.ToTable("serve_audit");
            table.Ignore(a => a.Parts);
            table.Property(a => a.Revision).IsConcurrencyToken();
        }
    }
}

/// <summary>One contact of an audit.</summary>
internal sealed class AuditItem
{
    public required Guid AuditId { get; init; }

    /// <summary>From 1: the order in which they are coded, which is random too.</summary>
    public required int Place { get; init; }

    public required Guid EnquiryId { get; init; }

    /// <summary>Place of its service and channel in <see cref="Audit.Parts"/>.</summary>
    public required int Part { get; init; }

    /// <summary>What it was coded as when it was drawn, and by whom, who does not code it again.</summary>
    public required Demand First { get; init; }

    public required string FirstBy { get; init; }

    /// <summary>Who had coded it before that, and does not code it again either: ids of people, with blanks between.</summary>
    public string EarlierBy { get; init; } = "";

    /// <summary>Not coded until somebody has.</summary>
    public Demand Second { get; set; }

    public Guid? SecondTypeId { get; set; }
    public string? SecondBy { get; set; }
    public DateTimeOffset? SecondAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AuditItem>
    {
        public void Configure(EntityTypeBuilder<AuditItem> table)
        {
            table.ToTable("serve_audit_item");
            table.HasKey(i => new { i.AuditId, i.Place });
            table.HasOne<Audit>().WithMany().HasForeignKey(i => i.AuditId);
            table.HasIndex(i => i.EnquiryId);
            // Who is forgotten is forgotten here too.
            table.HasOne<Enquiry>().WithMany().HasForeignKey(i => i.EnquiryId);
        }
    }
}
