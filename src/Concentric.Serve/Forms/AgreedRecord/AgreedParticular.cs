using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Forms;

/// <summary>A particular that a signed-in citizen agreed to have kept. It is offered in their next form, and used for nothing else.</summary>
internal sealed class AgreedParticular
{
    public required Guid PersonId { get; init; }

    /// <summary>Id of the dictionary of particulars.</summary>
    public required string Particular { get; init; }

    /// <summary>Kind of the question that it answered; another kind is not offered it.</summary>
    public required QuestionKind Kind { get; set; }

    /// <summary>The answer as JSON, as <see cref="Answers"/> keep it.</summary>
    public required string Value { get; set; }

    public required DateTimeOffset AgreedAt { get; set; }

    /// <summary>Short name of the form in which it was said.</summary>
    public required string FromForm { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AgreedParticular>
    {
        public void Configure(EntityTypeBuilder<AgreedParticular> table)
        {
            table.ToTable("serve_agreed_record");
            table.HasKey(a => new { a.PersonId, a.Particular });
            table.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
