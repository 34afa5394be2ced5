using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Information;

/// <summary>What is counted of people who look something up.</summary>
public enum InformationKind
{
    /// <summary>Views of a page.</summary>
    PageViews,

    /// <summary>Searches of the council's own site.</summary>
    Searches,

    /// <summary>Calls whose caller was on a page just before, where the source of the file knows that.</summary>
    PageCalls,
}

/// <summary>How it is known that a search found nothing.</summary>
public enum NothingBy
{
    /// <summary>There was no result.</summary>
    Results,

    /// <summary>Nobody pressed a result: weaker, because an answer can stand in the list of results itself.</summary>
    Clicks,
}

/// <summary>A count of a page or of search words over a stretch of days. Never about a person.</summary>
public sealed class InformationCount
{
    public required string Council { get; init; }
    public required InformationKind Kind { get; init; }

    /// <summary>Path of the page, or the words in lower case.</summary>
    public required string Text { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day, included: the same day, the end of the week or of the month.</summary>
    public required DateOnly Through { get; init; }

    public required long Count { get; init; }

    /// <summary>Of searches, those that found nothing; null where the source does not say.</summary>
    public long? Nothing { get; init; }

    public NothingBy? NothingBy { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<InformationCount>
    {
        public void Configure(EntityTypeBuilder<InformationCount> table)
        {
            table.ToTable("measure_information");
            table.HasKey(i => new { i.Council, i.Kind, i.Text, i.From });
        }
    }
}

/// <summary>What is matched to a service.</summary>
public enum MatchKind { Path, Words }

/// <summary>Says which service pages or search words are about: all paths that begin so, or all searches with these words in them.</summary>
public sealed class InformationMatch
{
    public required string Council { get; init; }
    public required MatchKind Kind { get; init; }

    /// <summary>Beginning of the path, or the words in lower case. The longest that fits decides.</summary>
    public required string Pattern { get; init; }

    /// <summary>Key of the service.</summary>
    public required string Service { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<InformationMatch>
    {
        public void Configure(EntityTypeBuilder<InformationMatch> table)
        {
            table.ToTable("measure_information_service");
            table.HasKey(m => new { m.Council, m.Kind, m.Pattern });
        }
    }
}

/// <summary>A file of such counts as it was taken in.</summary>
public sealed class InformationList
{
    public required Guid Id { get; init; }
    public required string Council { get; init; }
    public required InformationKind Kind { get; init; }

    /// <summary>Who counted.</summary>
    public required string Source { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Digest { get; init; }

    public required DateOnly From { get; init; }
    public required DateOnly Through { get; init; }

    /// <summary>Read = taken + unchanged + dropped + refused.</summary>
    public required long Read { get; init; }

    public required long Taken { get; init; }
    public required long Unchanged { get; init; }

    /// <summary>Lines whose words looked like something about a person.</summary>
    public required long Dropped { get; init; }

    public required long Refused { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<InformationList>
    {
        public void Configure(EntityTypeBuilder<InformationList> table) => table.ToTable("measure_information_list").HasKey(l => l.Id);
    }
}
