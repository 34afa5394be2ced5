using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Serve.Forms.Tables;

/// <summary>A table that the council loads for the lookups of forms, as it stands now.</summary>
internal sealed class ReferenceTable
{
    /// <summary>As forms name it: <c>rounds</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Names of its columns in the order of the file, as a JSON list.</summary>
    public required string Columns { get; set; }

    /// <summary>The columns by which rows are found, as a JSON list in the order in which they were given.</summary>
    public required string KeyColumns { get; set; }

    public required int Rows { get; set; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string Digest { get; set; }

    public required string By { get; set; }
    public required DateTimeOffset At { get; set; }

    public IReadOnlyList<string> ColumnNames => JsonSerializer.Deserialize<string[]>(Columns)!;
    public IReadOnlyList<string> KeyNames => JsonSerializer.Deserialize<string[]>(KeyColumns)!;

    internal sealed class Mapping : IEntityTypeConfiguration<ReferenceTable>
    {
        public void Configure(EntityTypeBuilder<ReferenceTable> table)
        {
            table.ToTable("serve_reference_table");
            table.HasKey(t => t.Name);
            table.Ignore(t => t.ColumnNames).Ignore(t => t.KeyNames);
        }
    }
}

/// <summary>One row of a reference table.</summary>
internal sealed class ReferenceRow
{
    public required string Table { get; init; }

    /// <summary>The values of the key columns, made alike (<see cref="ReferenceKey"/>).</summary>
    public required string Key { get; init; }

    /// <summary>From 0 among the rows of the same key, in the order of the file.</summary>
    public required int Number { get; init; }

    /// <summary>All values in the order of the columns, as a JSON list.</summary>
    public required string Values { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReferenceRow>
    {
        public void Configure(EntityTypeBuilder<ReferenceRow> table)
        {
            table.ToTable("serve_reference_row");
            table.HasKey(r => new { r.Table, r.Key, r.Number });
        }
    }
}

/// <summary>How values are compared: without regard to capitals and blanks around them; postcodes without any blanks.</summary>
internal static class ReferenceKey
{
    private const char Between = '\u001F';

    public static string Of(IEnumerable<(string Column, string Value)> values) => string.Join(Between, values.Select(v => Alike(v.Column, v.Value)));

    /// <summary>A value as it is compared.</summary>
    public static string Alike(string column, string value)
    {
        var words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Join(column.EndsWith("postcode", StringComparison.Ordinal) ? "" : " ", words).Replace(Between, ' ').ToLowerInvariant();
        return column.EndsWith("postcode", StringComparison.Ordinal) || !Concentric.Core.Postcode.TryParse(joined, out var postcode) ? joined : $"{postcode}".Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
    }
}
