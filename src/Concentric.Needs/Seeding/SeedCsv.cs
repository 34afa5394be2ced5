using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;

namespace Concentric.Needs.Seeding;

/// <summary>Reads the CSV files of Seed/, which are part of the program.</summary>
internal static class SeedCsv
{
    /// <summary>SHA-256 over files, hexadecimal.</summary>
    public static string DigestOf(IEnumerable<string> names) => Convert.ToHexStringLower(SHA256.HashData(names.SelectMany(Bytes).ToArray()));

    public static List<T> Rows<T>(string name, Func<CsvReader, T> read)
    {
        using var csv = new CsvReader(new StreamReader(new MemoryStream(Bytes(name))), CultureInfo.InvariantCulture);
        var rows = new List<T>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read()) rows.Add(read(csv));
        return rows;
    }

    extension(CsvReader csv)
    {
        public string Must(string column) => csv.GetField(column) is { Length: > 0 } text
            ? text : throw new InvalidDataException($"Line {csv.Parser.RawRow} of a seed file has nothing in “{column}”.");

        public string? May(string column) => csv.GetField(column) is { Length: > 0 } text ? text : null;

        /// <summary>Names of a column that not every file has, one a line.</summary>
        public string? Lines(string column) => csv.HeaderRecord!.Contains(column) && csv.Several(column) is { Count: > 0 } names ? string.Join('\n', names) : null;

        public int? Number(string column) => csv.May(column) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

        public double? Real(string column) => csv.May(column) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

        public IReadOnlyList<string> Several(string column) => (csv.May(column) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(SeedCsv).Assembly.GetManifestResourceStream($"Seed/{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
