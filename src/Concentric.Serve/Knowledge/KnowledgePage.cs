using Concentric.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Knowledge;

/// <summary>What citizens are told about one thing that a service does, in plain words, and whose it is to keep it right.</summary>
internal sealed class KnowledgePage
{
    /// <summary>Its short name in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>LGSL identifier, or null where it is about no one service.</summary>
    public string? Service { get; set; }

    /// <summary>The team whose it is.</summary>
    public required string Team { get; set; }

    /// <summary>Short name of the form that comes next; null where there is none.</summary>
    public string? Form { get; set; }

    /// <summary>The version that is shown.</summary>
    public required int Version { get; set; }

    /// <summary>When somebody last looked whether all of it is still right.</summary>
    public required DateOnly ReviewedOn { get; set; }

    /// <summary>By when somebody must look again.</summary>
    public required DateOnly ReviewBy { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<KnowledgePage>
    {
        public void Configure(EntityTypeBuilder<KnowledgePage> table)
        {
            table.ToTable("serve_knowledge_page");
            table.HasKey(p => p.Slug);
        }
    }
}

/// <summary>The words of a knowledge page as somebody wrote them. A version never changes.</summary>
internal sealed class KnowledgeVersion
{
    public required string Slug { get; init; }
    public required int Version { get; init; }
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    public string? WelshTitle { get; init; }
    public string? WelshBody { get; init; }

    /// <summary>What only staff see, in Markdown: what to ask, what not to promise, whom to ring.</summary>
    public string? ForAdvisers { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    public LocalText Titles => new(Title, WelshTitle);
    public LocalText Bodies => new(Body, WelshBody);

    internal sealed class Table : IEntityTypeConfiguration<KnowledgeVersion>
    {
        public void Configure(EntityTypeBuilder<KnowledgeVersion> table)
        {
            table.ToTable("serve_knowledge_version");
            table.HasKey(v => new { v.Slug, v.Version });
            table.Ignore(v => v.Titles);
            table.Ignore(v => v.Bodies);
            table.HasOne<KnowledgePage>().WithMany().HasForeignKey(v => v.Slug);
        }
    }
}

/// <summary>Whether somebody found on a knowledge page what they looked for.</summary>
internal sealed class KnowledgeVerdict
{
    /// <summary>How long what they wrote is kept: a year of seasons.</summary>
    public const int MonthsKept = 12;

    public const int MostWords = 1000;

    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required int Version { get; init; }
    public required bool Found { get; init; }

    /// <summary>What they looked for, masked; null where they wrote nothing, or its time is over.</summary>
    public string? Words { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<KnowledgeVerdict>
    {
        public void Configure(EntityTypeBuilder<KnowledgeVerdict> table)
        {
            table.ToTable("serve_knowledge_verdict");
            table.HasIndex(v => new { v.Slug, v.At });
            table.HasIndex(v => v.At);
            table.HasOne<KnowledgePage>().WithMany().HasForeignKey(v => v.Slug);
        }
    }
}
