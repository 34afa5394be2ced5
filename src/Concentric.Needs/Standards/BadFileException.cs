namespace Concentric.Needs.Standards;

/// <summary>A file that was given is not what it should be. The message says where and why; nothing of it was used.</summary>
/// <param name="line">From 1, as an editor counts.</param>
/// <param name="column">Characters into the line, from 1.</param>
public sealed class BadFileException(string file, int line, int column, string reason) : Exception($"{file}, line {line}, column {column}: {reason}")
{
    public int Line { get; } = line;
    public int Column { get; } = column;
}
