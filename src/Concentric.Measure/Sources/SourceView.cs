using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Importing;

namespace Concentric.Measure.Sources;

/// <summary>How many rows of a source say something in a field.</summary>
/// <param name="Part">Rows that do; null where it cannot be counted.</param>
public sealed record FieldShare(string Field, ShownCount? Part, ShownCount Whole)
{
    /// <summary>The share in words, made of what is shown.</summary>
    public string InWords => (Part, Whole) switch
    {
        (null, _) => "Not counted",
        ({ Value: 0 }, _) => "None",
        ({ IsHidden: true } part, _) => $"{part} rows",
        (_, { Estimate: 0 }) => "None",
        var (part, whole) => $"{100.0 * Math.Min(part!.Value.Estimate, whole.Estimate) / whole.Estimate:0.0}%",
    };
}

/// <summary>A source of contacts: how fresh it is, and how complete.</summary>
/// <param name="Last">The day of its last contact.</param>
public sealed record SourceLine(string Label, ShownCount Rows, DateOnly? Last, IReadOnlyList<FieldShare> Fields);

/// <summary>The imports by one mapping.</summary>
public sealed record MappingLine(string Mapping, int Batches, Rhythm Rhythm);

/// <summary>A batch and how good it is.</summary>
/// <param name="Unmatched">Of its rows, those whose service is not of the national list.</param>
public sealed record BatchQuality(BatchCode Batch, ShownCounts Counts, FieldShare Unmatched);

/// <summary>How many cells of a table others than analysts do not see.</summary>
public sealed record HiddenCells(string Table, int Hidden, int Cells);

/// <summary>What is known of the data themselves.</summary>
public sealed record SourcesView
{
    public required Contacts.Seeing.Scope Scope { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required bool IsExact { get; init; }
    public required IReadOnlyList<SourceLine> Sources { get; init; }
    public required IReadOnlyList<MappingLine> Mappings { get; init; }
    public required IReadOnlyList<BatchQuality> Batches { get; init; }
    public required IReadOnlyList<HiddenCells> Hidden { get; init; }
}
