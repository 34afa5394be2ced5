namespace Concentric.Measure.Contacts.DuckDb;

/// <summary>DuckDB refused or failed; the message is its own.</summary>
public sealed class DuckDbException(string message) : Exception(message)
{
    /// <summary>Whether another process holds the file.</summary>
    internal bool IsLocked => Message.Contains("Could not set lock", StringComparison.Ordinal);

    /// <summary>Whether the query was stopped from outside by a cancelled token.</summary>
    internal bool IsInterrupt => Message.StartsWith("INTERRUPT", StringComparison.Ordinal);
}
