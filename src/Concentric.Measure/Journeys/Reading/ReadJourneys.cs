using System.IO.Compression;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Journeys.Reading;

/// <summary>How a log is to be read.</summary>
public sealed record LogOptions
{
    /// <summary>Columns of a CSV file; null where they are to be guessed from its header line.</summary>
    public string? Case { get; init; }

    public string? Activity { get; init; }
    public string? Time { get; init; }
    public string? Start { get; init; }
    public string? Resource { get; init; }
    public string? Team { get; init; }
    public string? Channel { get; init; }

    /// <summary>Of an OCEL log, the type of object that is taken for the case.</summary>
    public string? ObjectType { get; init; }

    /// <summary>Whether what says nothing about a file of its format is refused: somebody typed it, and means something by it.</summary>
    public bool MustFit { get; init; }

    /// <summary>Refuses what says nothing about a file of that format, and would be passed over.</summary>
    internal void Fit(FileFormat format)
    {
        var columns = ((string Option, string? Given)[])[("--case", Case), ("--activity", Activity), ("--time", Time), ("--start", Start), ("--resource", Resource), ("--team", Team), ("--channel", Channel)];
        if (format != FileFormat.Csv && columns.FirstOrDefault(c => c.Given is not null) is { Option: { } option }) throw new RefusedException($"{option} names a column of a CSV file, and this is a log in {(format == FileFormat.Xes ? "XES" : "OCEL")}, which says that itself. Leave it out.");
        if (format != FileFormat.Ocel && ObjectType is not null) throw new RefusedException($"--object names a type of objects of an OCEL log, and this is {(format == FileFormat.Xes ? "a log in XES" : "a CSV file")}. Leave it out.");
    }
}

/// <summary>A log as it was read.</summary>
/// <param name="Remarks">What was left out or taken in some way, in sentences.</param>
public sealed record ReadLog(EventLog Log, IReadOnlyList<string> Remarks);

/// <summary>Somebody has a file with an event log: XES, OCEL 2.0 or CSV, each plain or gzip, told apart by its first bytes.</summary>
public static class ReadJourneys
{
    internal static readonly ImportLimits Limits = new(MostFieldLength: 100_000) { MostSpooled = 4_000_000_000 };

    /// <summary>Says nothing of a file but its format.</summary>
    internal static Mapping Format(FileFormat format) => new() { Name = "journeys", About = "", Council = new("", "", IsSynthetic: false), Kind = MappingKind.Step, Format = format, Opened = new([], []) };

    /// <exception cref="RefusedException">It is no event log, or one that cannot be read; the message says what to do, and on which line.</exception>
    public static ReadLog Read(Stream file, LogOptions options)
    {
        try
        {
            var format = Sniff(ref file);
            if (options.MustFit) options.Fit(format);
            return format switch
            {
                FileFormat.Xes => XesLog.Read(file),
                FileFormat.Ocel => OcelLog.Read(file, options),
                _ => CsvLog.Read(file, options),
            };
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException("The file holds bytes that are no text in its encoding. Save it as UTF-8.");
        }
        catch (ImportRefusedException e)
        {
            throw new RefusedException(e.Line is { } line && !e.Message.Contains($"ine {line}", StringComparison.Ordinal) ? $"Line {line}: {e.Message}" : e.Message);
        }
    }

    /// <summary>The format by the first bytes, unpacked; they are put back.</summary>
    private static FileFormat Sniff(ref Stream file)
    {
        var start = new byte[16 * 1024];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file = new StartedStream(start.AsMemory(0, length), file);
        var text = Encoding.UTF8.GetString(length > 2 && start[0] == 0x1F && start[1] == 0x8B ? Unpacked(start, length) : start.AsSpan(0, length)).TrimStart('\uFEFF').TrimStart();
        if (text.StartsWith("SQLite format 3", StringComparison.Ordinal) || text.StartsWith('{') || text.StartsWith('[')) return FileFormat.Ocel;
        if (!text.StartsWith('<')) return FileFormat.Csv;
        // OCEL in XML begins with its lists of types, objects and events; XES has a name before each trace.
        return OcelLists.Any(l => text.Contains(l, StringComparison.Ordinal)) ? FileFormat.Ocel : FileFormat.Xes;
    }

    private static readonly string[] OcelLists = ["<object-types", "<event-types", "<objects", "<events"];

    private static ReadOnlySpan<byte> Unpacked(byte[] start, int length)
    {
        var text = new byte[8 * 1024];
        var read = 0;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(start, 0, length), CompressionMode.Decompress);
            for (int more; read < text.Length && (more = gzip.Read(text, read, text.Length - read)) > 0;) read += more;
        }
        catch (InvalidDataException)
        {
            // Cut off by us, or damaged: whoever reads it whole will tell.
        }
        return text.AsSpan(0, read);
    }
}
