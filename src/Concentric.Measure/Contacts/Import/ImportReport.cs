namespace Concentric.Measure.Contacts;

/// <summary>What an import did. Read = imported + duplicates + rejected, always.</summary>
/// <param name="Batch">Number of the batch, null where nothing was new and none was made.</param>
/// <param name="Changed">Of the duplicates, those that now say something else; what came first is kept.</param>
/// <param name="Flagged">Of the imported, those with something odd (<see cref="ContactOddities"/>).</param>
/// <param name="RejectsFile">Path of the file with line, column, value and reason of each rejected row; null where none was.</param>
public sealed record ImportReport(int? Batch, long Read, long Imported, long Duplicates, long Changed, long Rejected, long Flagged, string? RejectsFile, double Seconds);

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
public sealed record ImportLimits(int MostColumns = 500, int MostFieldLength = 1_000_000, long MostBytes = 100_000_000_000, int MostRatio = 200, int FirstRows = 1000, double MostRejectedOfFirst = 0.5);
