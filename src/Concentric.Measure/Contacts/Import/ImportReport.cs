namespace Concentric.Measure.Contacts;

/// <summary>What an import did. Read = imported + duplicates + rejected, always.</summary>
/// <param name="Batch">Number of the batch, null where nothing was new and none was made.</param>
/// <param name="Changed">Of the duplicates, those that now say something else; what came first is kept.</param>
/// <param name="Flagged">Of the imported, those with something odd (<see cref="ContactOddities"/>).</param>
/// <param name="RejectsFile">Path of the file with line, column, value and reason of each rejected row; null where none was.</param>
public sealed record ImportReport(int? Batch, long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged, string? RejectsFile, double Seconds)
{
    /// <summary>Records of the file or files. In a wide file each record is as many rows as it has amounts.</summary>
    public long Lines { get; init; }

    /// <summary>Fields of a wide file in which no amount stands: they are no rows.</summary>
    public long Blank { get; init; }

    /// <summary>Values that the mapping or a list does not know, by field, the most frequent first, at most a hundred of each field.</summary>
    public IReadOnlyList<UnmatchedValue> Unmatched { get; init; } = [];

    /// <summary>What the columns of free text hold, by kind. None of it is kept.</summary>
    public IReadOnlyList<FreeTextFound> FreeText { get; init; } = [];
}

/// <summary>A value that is not known.</summary>
/// <param name="Field"><c>service</c>, <c>channel</c> or <c>postcode</c>.</param>
/// <param name="Count">In how many rows.</param>
/// <param name="Suggestions">What it may mean, likeliest first; at most three.</param>
public sealed record UnmatchedValue(string Field, string Value, long Count, IReadOnlyList<Suggestion> Suggestions);

/// <param name="Likeness">From 0 to 1 (<see cref="Likeness"/>).</param>
public sealed record Suggestion(string Key, string Label, double Likeness);

/// <summary>What a column of free text holds.</summary>
/// <param name="Texts">Rows with a text.</param>
/// <param name="Kinds">Rows by what their text holds: <c>email</c>, <c>telephone</c>, <c>postcode</c>, <c>national-insurance</c>, <c>salutation</c>.</param>
public sealed record FreeTextFound(string Column, long Texts, IReadOnlyDictionary<string, long> Kinds);

/// <summary>What an undo did.</summary>
/// <param name="Rows">Rows that are not counted any more.</param>
public sealed record UndoReport(int Batch, long Rows);

/// <summary>One of several files of an import.</summary>
/// <param name="Name">Its name without folders.</param>
public sealed record ImportFile(Stream Content, string Name);

/// <summary>How far an import has come; may be sent as a line of JSON.</summary>
/// <param name="Stage"><c>reading</c>, <c>comparing</c>, <c>keeping</c> or <c>counting</c>.</param>
/// <param name="BytesRead">Of the file as given.</param>
/// <param name="BytesInAll">Null where the size is not known.</param>
public sealed record ImportProgress(string Stage, long Rows, long Rejected, long BytesRead, long? BytesInAll)
{
    public const string Reading = "reading", Comparing = "comparing", Keeping = "keeping", Counting = "counting";
}

/// <summary>What an import does not go beyond, so that a wrong or hostile file costs a message and not the machine.</summary>
/// <param name="MostFieldLength">In characters.</param>
/// <param name="MostBytes">After decompression.</param>
/// <param name="MostRatio">Decompressed bytes for each compressed one; a text file reaches about 20.</param>
/// <param name="FirstRows">Of so many first rows, not more than the share may be rejected: else the mapping does not fit.</param>
public sealed record ImportLimits(int MostColumns = 500, int MostFieldLength = 1_000_000, long MostBytes = 100_000_000_000, int MostRatio = 200, int FirstRows = 1000, double MostRejectedOfFirst = 0.5)
{
    /// <summary>Bytes of a log that has to lie in a file to be read (OCEL).</summary>
    public long MostSpooled { get; init; } = 4_000_000_000;
}
