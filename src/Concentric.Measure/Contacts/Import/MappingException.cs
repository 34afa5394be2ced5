namespace Concentric.Measure.Contacts;

/// <summary>A mapping cannot be used; the message says what to put right in it.</summary>
public sealed class MappingException(string message) : Exception(message);

/// <summary>A file cannot be imported and nothing of it was; the message says why, and where in the file.</summary>
public sealed class ImportRefusedException(string message, long? line = null, string? column = null) : Exception(message)
{
    /// <summary>Line of the file, from 1, where it is known.</summary>
    public long? Line { get; } = line;

    /// <summary>The column, where it is one.</summary>
    public string? Column { get; } = column;
}
