using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>By what a measure is charted.</summary>
public enum MeasurePeriod { Week, Month }

/// <summary>Whom a measure is for. What matters to citizens comes first.</summary>
public enum MeasureFor { Citizens, Internal }

/// <summary>What a measure is used for.</summary>
public enum MeasureUse
{
    /// <summary>To learn how a service works and whether a change made it better.</summary>
    Improvement,

    /// <summary>To plan how much there will be to do, and what it takes. It says nothing about whether the service is good.</summary>
    Planning,
}

/// <summary>A version of a measure's definition. Points of periods that began before it keep the version before.</summary>
/// <param name="Number">From 1.</param>
/// <param name="From">First day from which it holds; null for the first.</param>
/// <param name="Reason">Why it was changed; null for the first.</param>
/// <param name="By">Who changed it, as pages name them.</param>
/// <param name="At">When it was made; null for what every service has without set-up.</param>
public sealed record DefinitionVersion(int Number, DateOnly? From, MeasureSource Source, string? Reason = null, string? By = null, DateTimeOffset? At = null);

/// <summary>A measure as boards and pages see it, whether every service has it without set-up or a person keeps it.</summary>
public sealed record BoardMeasure
{
    /// <summary>Its place in an address: <c>failure-share@524</c> for what every service has, an id for what a person keeps.</summary>
    public required string Key { get; init; }

    /// <summary>Short name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Key of the service whose board it is on; empty for the council's.</summary>
    public required string Board { get; init; }

    public required string Name { get; init; }

    /// <summary>Why it is looked at, in words of whoever keeps it.</summary>
    public string? About { get; init; }

    public required Better Better { get; init; }
    public required MeasureFor For { get; init; }
    public required MeasureUse Use { get; init; }
    public MeasurePeriod Period { get; init; }

    /// <summary>Name of the person who answers for it; null for what every service has without set-up.</summary>
    public string? Owner { get; init; }

    /// <summary>Oldest first; at least one.</summary>
    public required IReadOnlyList<DefinitionVersion> Versions { get; init; }

    /// <summary>Whether a person keeps it, so that it can be changed.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether it stands first on its board whatever its signals: the end-to-end measures.</summary>
    public bool IsFirst { get; init; }

    public DefinitionVersion Latest => Versions[^1];

    public MeasureUnit Unit => Latest.Source.Unit;

    /// <summary>The version that holds for a period.</summary>
    public DefinitionVersion VersionOf(DateOnly start) => Versions.Last(v => v.From is null || v.From <= start);

    public string Address => $"/measure/measures/{Uri.EscapeDataString(Key)}{Query}";

    /// <summary>Address of one of the measure's own pages.</summary>
    public string Page(string name, string more = "") => $"/measure/measures/{name}?key={Uri.EscapeDataString(Key)}&council={Uri.EscapeDataString(Council)}{more}";

    public string BoardAddress => BoardAddressOf(Board, Council);

    private string Query => $"?council={Uri.EscapeDataString(Council)}";

    public static string BoardAddressOf(string board, string council) => $"/measure/boards/{Uri.EscapeDataString(board.Length == 0 ? CouncilBoard : board)}?council={Uri.EscapeDataString(council)}";

    /// <summary>What stood in an address, where a stroke stays encoded because it would part the path.</summary>
    public static string Decoded(string key) => key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Name of the council's own board in addresses. No service has such a key.</summary>
    public const string CouncilBoard = "council";
}
