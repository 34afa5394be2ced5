namespace Concentric.Measure.Contacts;

/// <summary>What the rows of a file become.</summary>
public enum MappingKind { Contact, ServiceRequest, Counted, Step }

/// <summary>How a file is written. Whether JSON, XML or SQLite is seen by its first bytes; gzip likewise.</summary>
public enum FileFormat
{
    /// <summary>Rows with a delimiter and a header line.</summary>
    Csv,

    /// <summary>A JSON object on each line.</summary>
    Ndjson,

    /// <summary>Service requests of Open311 GeoReport v2, JSON or XML.</summary>
    Open311,

    /// <summary>An event log in XES (IEEE 1849): a column is an event's attribute, or <c>case:</c> and its trace's.</summary>
    Xes,

    /// <summary>An event log in OCEL 2.0, JSON, XML or SQLite: one row for each event and object of the type that is taken for the case.</summary>
    Ocel,
}

public enum DurationUnit { Seconds = 1, Minutes = 60, Hours = 3600, Days = 86400 }

public enum UnmatchedService { Reject, Keep, Unknown }

/// <summary>How long a count's period is, from the day that <c>opened</c> gives.</summary>
public enum CountedPeriod { Day, Week, Month, Quarter, Year }

/// <summary>What was counted.</summary>
/// <param name="Name">Column that says what was counted, and the names for its values; null where a constant or the columns of a wide file say it.</param>
/// <param name="Amount">Column with the amount, a whole number; null in a wide file.</param>
/// <param name="Mean">Column with a mean that the file states beside the amount.</param>
/// <param name="Until">The last day of the period, where the file says it.</param>
public sealed record CountedColumns(NameColumn? Name = null, string? Amount = null, string? Mean = null, DateColumns? Until = null, CountedPeriod Period = CountedPeriod.Day)
{
    /// <summary>Columns of a wide file, each of which is a count of its own.</summary>
    public IReadOnlyList<WideColumn> Wide { get; init; } = [];
}

/// <param name="Values">Names for values; another value is a name itself.</param>
public sealed record NameColumn(string Column, IReadOnlyDictionary<string, string>? Values = null);

/// <param name="Name">What it counts.</param>
/// <param name="Channel">By which channel; null: as the row says.</param>
/// <param name="Mean">Column with a mean that belongs to it.</param>
public sealed record WideColumn(string Column, string Name, string? Channel = null, string? Mean = null);

/// <summary>What was done in which case.</summary>
/// <param name="Case">Columns that together name the case; only a digest of them is kept.</param>
/// <param name="Actor">Columns that together name who did it; only a keyed pseudonym is kept.</param>
/// <param name="Organisation">Column with the team or organisation, by its name.</param>
/// <param name="CaseType">Of OCEL: the type of object that is the case.</param>
public sealed record StepColumns(IReadOnlyList<string> Case, string Activity, IReadOnlyList<string>? Actor = null, string? Organisation = null, string? CaseType = null);

/// <summary>A column of free text.</summary>
/// <param name="Do"><c>classify</c> counts what it holds by kind; <c>drop</c> does not look. Nothing else is done with it: the contact store keeps no free text.</param>
public sealed record FreeTextColumn(string Column, string Do = "classify");

/// <summary>A date and time, in one column or several that are joined by a space.</summary>
/// <param name="Formats">In .NET's letters (<c>MM/dd/yyyy hh:mm:ss tt</c>); the first that fits is taken. With <c>K</c> or <c>zzz</c> the offset that a text states is read;
/// <c>fiscal-year</c> reads <c>2023-2024</c> or <c>2023/24</c> as 1 April 2023.</param>
/// <param name="Zone">Time zone of a clock that is not the council's (IANA name).</param>
/// <param name="When">Columns and the values of each with which the date counts: else it is as if it were not given.</param>
public sealed record DateColumns(IReadOnlyList<string> Columns, IReadOnlyList<string> Formats, string? Zone = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? When = null);

/// <param name="Scheme">Word before the text in the key of a foreign list. Null: the text is an LGSL identifier.</param>
/// <param name="Values">LGSL identifiers for texts, where they are known to be the same service.</param>
/// <param name="Unmatched">What becomes of a text that <paramref name="Values"/> does not have. Null: with a scheme it is kept, without one its row is rejected.</param>
public sealed record ServiceColumn(string Column, string? Scheme = null, IReadOnlyDictionary<string, string>? Values = null, UnmatchedService? Unmatched = null);

/// <param name="Otherwise">What any other value means. Null: a row with another value is rejected.</param>
public sealed record SourceColumn(string Column, IReadOnlyDictionary<string, SourceMeaning> Values, SourceMeaning? Otherwise = null);

public sealed record SourceMeaning(string Channel, ContactInitiator Initiator);

/// <summary>Every value that may stand there and what it means. An empty field means that it is not known; another value rejects the row.</summary>
public sealed record ValueColumn(string Column, IReadOnlyDictionary<string, string> Values);
