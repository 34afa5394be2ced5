namespace Concentric.Core;

/// <summary>Comma-separated values as spreadsheets open them.</summary>
public static class Csv
{
    /// <summary>A field, quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    public static string Field(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
