using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Core.Journal;

/// <summary>
/// A sealed fact that one of the journal's readers could not read, with the reason. The reader goes on with those after it. A later version
/// of the program that can read it takes it up when what the reader keeps is built anew.
/// </summary>
public sealed class FactAside
{
    /// <summary>Who could not read it: the name of what is kept up from the journal, as <c>contacts</c>.</summary>
    public required string Reader { get; init; }

    /// <summary>The fact's place in the chain.</summary>
    public required long Number { get; init; }

    public required string Kind { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }

    public override string ToString() => $"Fact {Number} ({Kind}), set aside by {Reader}: {Reason}";

    internal sealed class Table : IEntityTypeConfiguration<FactAside>
    {
        public void Configure(EntityTypeBuilder<FactAside> table)
        {
            table.ToTable("core_fact_aside");
            table.HasKey(a => new { a.Reader, a.Number });
        }
    }
}
