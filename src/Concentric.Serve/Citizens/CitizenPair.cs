using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Citizens;

/// <summary>What staff found of two citizens who may be one.</summary>
internal enum PairFound { NotYet, Same, NotSame }

/// <summary>Two citizens who may be one, or are. Joining them is this row and nothing else, so undoing it leaves nothing behind.</summary>
internal sealed class CitizenPair
{
    /// <summary>The smaller of the two ids.</summary>
    public required Guid FirstId { get; init; }

    public required Guid SecondId { get; init; }

    /// <summary>What speaks for it, in bits (<see cref="Matching.Comparison.Weight"/>).</summary>
    public required double Weight { get; set; }

    /// <summary>Why, in words that hold nothing that anybody told.</summary>
    public required string Reasons { get; set; }

    public PairFound Found { get; set; }
    public required DateTimeOffset SuggestedAt { get; init; }
    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>The two in the order in which they are kept.</summary>
    public static (Guid First, Guid Second) InOrder(Guid a, Guid b) => string.CompareOrdinal($"{a:N}", $"{b:N}") < 0 ? (a, b) : (b, a);

    /// <summary>All that are the same citizen by what staff said, with the one that is asked for first.</summary>
    public static async Task<IReadOnlyList<Guid>> Joined(ConcentricDb db, Guid citizen, CancellationToken stop = default)
    {
        var (all, ask) = (new List<Guid> { citizen }, new List<Guid> { citizen });
        while (ask.Count > 0)
        {
            var found = await db.CitizenPairs.AsNoTracking().Where(p => p.Found == PairFound.Same && ask.Contains(p.FirstId)).Select(p => p.SecondId)
                .Concat(db.CitizenPairs.AsNoTracking().Where(p => p.Found == PairFound.Same && ask.Contains(p.SecondId)).Select(p => p.FirstId)).ToListAsync(stop);
            ask = [.. found.Distinct().Except(all)];
            all.AddRange(ask);
        }
        return all;
    }

    internal sealed class Table : IEntityTypeConfiguration<CitizenPair>
    {
        public void Configure(EntityTypeBuilder<CitizenPair> table)
        {
            table.ToTable("serve_citizen_pair");
            table.HasKey(p => new { p.FirstId, p.SecondId });
            table.HasIndex(p => p.SecondId);
            table.HasIndex(p => new { p.Found, p.Weight });
            table.HasOne<Citizen>().WithMany().HasForeignKey(p => p.FirstId);
            table.HasOne<Citizen>().WithMany().HasForeignKey(p => p.SecondId);
        }
    }
}
