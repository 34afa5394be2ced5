using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Forms;

/// <summary>A form by its short name, and which of its versions people get.</summary>
internal sealed class KnownForm
{
    public required string Id { get; init; }
    public required string Title { get; set; }
    public required string Service { get; set; }
    public required string Team { get; set; }

    /// <summary>Number of the version that people get; null while none was published.</summary>
    public int? Published { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<KnownForm>
    {
        public void Configure(EntityTypeBuilder<KnownForm> table) => table.ToTable("serve_form");
    }
}

/// <summary>How far a version has come. One that was published stays as it is for ever, because submissions name it.</summary>
public enum FormState { Draft, InReview, Published }

/// <summary>One version of a form. Only a draft is ever changed.</summary>
internal sealed class FormVersion
{
    public required Guid Id { get; init; }
    public required string Form { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The form as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>SHA-256 of the definition, hexadecimal.</summary>
    public required string Digest { get; set; }

    public required FormState State { get; set; }

    /// <summary>Counts the changes of a draft: somebody who saves an older one is told.</summary>
    public int Revision { get; set; }

    /// <summary>What is new in it, or what the reviewer said.</summary>
    public string? Note { get; set; }

    /// <summary>Who changed it last.</summary>
    public required string By { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Ids of everybody who wrote any of it, parted by blanks: none of them can be its reviewer.</summary>
    public string? Authors { get; set; }

    public string? ReviewedBy { get; set; }
    public DateTimeOffset? ReviewedAt { get; set; }

    public static string DigestOf(string definition) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)));

    internal sealed class Table : IEntityTypeConfiguration<FormVersion>
    {
        public void Configure(EntityTypeBuilder<FormVersion> table)
        {
            table.ToTable("serve_form_version");
            table.Property(v => v.Revision).IsConcurrencyToken();
            table.HasIndex(v => new { v.Form, v.Number }).IsUnique();
            table.HasOne<KnownForm>().WithMany().HasForeignKey(v => v.Form);
        }
    }
}

/// <summary>Answers that were kept as an example: whatever is changed in the form, they must go on leading to the same end.</summary>
internal sealed class FormExample
{
    public required Guid Id { get; init; }
    public required string Form { get; init; }
    public required string Name { get; init; }
    public required string Answers { get; init; }

    /// <summary><c>check</c>, or the page that stops the form.</summary>
    public required string EndsAt { get; init; }

    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<FormExample>
    {
        public void Configure(EntityTypeBuilder<FormExample> table)
        {
            table.ToTable("serve_form_example");
            table.HasIndex(e => e.Form);
            table.HasOne<KnownForm>().WithMany().HasForeignKey(e => e.Form);
        }
    }
}
