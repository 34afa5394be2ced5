using System.Text;

namespace Concentric.Serve.Attachments;

/// <summary>Signs that a file is of another kind, or of two kinds at once.</summary>
internal static class ForeignContent
{
    private static readonly string[] Beginnings = ["MZ", "PK\x03\x04", "PK\x05\x06", "%PDF-", "%!PS", "GIF8", "\x7f" + "ELF", "Rar!", "7z\xbc\xaf", "\x1f\x8b", "BZh", "{\\rtf", "#!", "\xd0\xcf\x11\xe0", "\xca\xfe\xba\xbe"];

    private static readonly string[] Markup = ["<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<?xml", "<?php", "<?=", "<%", "<object", "<embed", "<meta", "<xml", "<math", "<form", "<img"];

    /// <summary>Whether these bytes are, blanks aside, the beginning of a program, an archive, a page or a document.</summary>
    public static bool StartsIn(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.TrimStart(" \t\r\n\f\0"u8);
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 16)]);
        return Array.Exists(Beginnings, b => text.StartsWith(b, StringComparison.Ordinal)) || Array.Exists(Markup, m => text.StartsWith(m, StringComparison.OrdinalIgnoreCase)) || EndsAsZip(bytes);
    }

    /// <summary>Whether markup that a browser would run stands among these bytes.</summary>
    public static bool HasMarkup(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return Array.Exists(["<html", "<script", "<svg", "<iframe", "<!doctype html", "<?php"], m => text.Contains(m, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether an archive's directory ends among the last bytes, where programs for archives look for it.</summary>
    public static bool EndsAsZip(ReadOnlySpan<byte> bytes)
    {
        var tail = bytes[^Math.Min(bytes.Length, 22 + ushort.MaxValue)..];
        return tail.IndexOf("PK\x05\x06"u8) is >= 0 and var at && at + 22 <= tail.Length;
    }
}
