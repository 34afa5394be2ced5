using System.Text.Json;
using System.Text.Json.Serialization;
using Concentric.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Disclosure.Releases;

/// <summary>A table of counts that was published: what was asked, and every cell as it was published. It never changes and is never deleted, because whoever has it has it.</summary>
public sealed class Release
{
    public required Guid Id { get; init; }

    /// <summary>Short name of the council.</summary>
    public required string Council { get; init; }

    public required string Title { get; init; }
    public required ReleaseQuery Query { get; init; }
    public required PublishedTable Figures { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Release>
    {
        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

        public void Configure(EntityTypeBuilder<Release> table)
        {
            table.ToTable("measure_release");
            table.HasIndex(r => r.Council);
            table.Property(r => r.Query).HasConversion(v => JsonSerializer.Serialize(v, Json), text => JsonSerializer.Deserialize<ReleaseQuery>(text, Json)!);
            table.Property(r => r.Figures).HasConversion(v => JsonSerializer.Serialize(v, Json), text => JsonSerializer.Deserialize<PublishedTable>(text, Json)!);
        }
    }
}

/// <summary>What a release counts, by keys that outlast the codes of the contact store.</summary>
public sealed record ReleaseQuery
{
    public required string Council { get; init; }
    public required string Kind { get; init; }

    /// <summary>Names of the two dimensions, as <c>service</c>.</summary>
    public required string Rows { get; init; }
    public required string Columns { get; init; }

    /// <summary>What is kept, as keys by name of the dimension.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; }

    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
}

/// <summary>A table as published.</summary>
public sealed record PublishedTable
{
    /// <summary>What was counted, in words, with its version.</summary>
    public required string Definition { get; init; }

    /// <summary>“B”, or “A” where the table is too large for it.</summary>
    public required string Rule { get; init; }

    public required bool IsSynthetic { get; init; }
    public required IReadOnlyList<Category> Rows { get; init; }
    public required IReadOnlyList<Category> Columns { get; init; }

    /// <summary>By row, then column.</summary>
    public required IReadOnlyList<PublishedCell> Cells { get; init; }

    public required IReadOnlyList<PublishedCell> RowTotals { get; init; }
    public required IReadOnlyList<PublishedCell> ColumnTotals { get; init; }
    public required PublishedCell Total { get; init; }

    public PublishedCell At(int row, int column) => Cells[row * Columns.Count + column];

    [JsonIgnore] public int Hidden => Cells.Count(c => c.Value is null);

    /// <summary>Whether small numbers were hidden, and how, in words.</summary>
    [JsonIgnore]
    public string Suppression => Rule == "A" ? ShownRule
        : Hidden == 0 ? $"No count is from 1 to {SuppressedTable.Threshold - 1}, so none is hidden."
        : $"{Hidden} of {Cells.Count} counts are hidden: those from 1 to {SuppressedTable.Threshold - 1}, and those from which they could be worked out.";

    private const string ShownRule = Core.ShownCount.Rule + " Each total is rounded by itself.";
}

/// <param name="Keys">What it holds, as the contact store knows it: one, or those that were too small to stand alone.</param>
public sealed record Category(IReadOnlyList<string> Keys, string Label);

/// <summary>A count as published; null where it is hidden, with the reason.</summary>
public sealed record PublishedCell(long? Value, CellState State);
