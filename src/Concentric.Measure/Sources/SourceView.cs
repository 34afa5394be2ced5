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
/// <param name="Last">The day of its last contact, of the days that may be shown; null where none may.</param>
/// <param name="MayBeLater">Days are withheld, and the last may be one of them.</param>
public sealed record SourceLine(string Label, ShownCount Rows, DateOnly? Last, bool MayBeLater, IReadOnlyList<FieldShare> Fields)
{
    public string LastInWords => Last is not { } last ? "Not shown" : MayBeLater ? $"{Say.Date(last)} or later" : Say.Date(last);
}

/// <summary>The imports by one mapping.</summary>
public sealed record MappingLine(string Mapping, int Batches, Rhythm Rhythm);

/// <summary>A batch and how good it is.</summary>
/// <param name="Unmatched">Of its rows, those whose service is not of the national list.</param>
public sealed record BatchQuality(BatchCode Batch, ShownCounts Counts, FieldShare Unmatched);

/// <summary>How many cells of a table others than analysts do not see.</summary>
/// <param name="Cells">Cells that are there, hidden ones among them.</param>
/// <param name="IsWithheld">Rows of it, or all of it, are not there, because a hidden count could be worked out from them.</param>
public sealed record HiddenCells(string Table, int Hidden, int Cells, bool IsWithheld)
{
    public string HiddenInWords => !IsWithheld ? Say.Number(Hidden) : Cells == 0 ? "All withheld" : $"{Say.Number(Hidden)}, and rows withheld";

    /// <summary>How many there are is not told of a table of which rows are withheld.</summary>
    public string CellsInWords => IsWithheld ? "Not counted" : Say.Number(Cells);
}

/// <summary>What is known of the data themselves.</summary>
public sealed record SourcesView
{
    public required Contacts.Seeing.Scope Scope { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required bool IsExact { get; init; }
    public required IReadOnlyList<SourceLine> Sources { get; init; }

    /// <summary>Whether the sources are not shown, because a hidden count could be worked out from them.</summary>
    public required bool AreSourcesWithheld { get; init; }

    public required IReadOnlyList<MappingLine> Mappings { get; init; }
    public required IReadOnlyList<BatchQuality> Batches { get; init; }
    public required IReadOnlyList<HiddenCells> Hidden { get; init; }
}
