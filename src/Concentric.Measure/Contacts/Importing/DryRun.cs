using Concentric.Core;
using Concentric.Core.People;
using Concentric.Core.Questions;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>What an import of a file would do. Nothing was kept.</summary>
public sealed record DryRunReport
{
    public required long Read { get; init; }

    /// <summary>Rows that would be new.</summary>
    public required long New { get; init; }

    /// <summary>Rows that came in before, or stand twice among those read.</summary>
    public required long Duplicates { get; init; }
    public required long Rejected { get; init; }
    public required long Flagged { get; init; }

    /// <summary>False where the file goes on after the rows read.</summary>
    public required bool IsWhole { get; init; }
    public required IReadOnlyList<RejectedRow> FirstRejects { get; init; }

    /// <summary>Services that are kept by the words of the file, the most frequent first.</summary>
    public required IReadOnlyList<(string Value, int Count)> Unmatched { get; init; }

    /// <summary>Rows whose service is one of the national list.</summary>
    public required long Matched { get; init; }
}

/// <summary>Reads the start of a file as an import would, compares it with what is known, and keeps nothing.</summary>
internal sealed class DryRun(DuckContactStore store, Pseudonyms pseudonyms, KeptUploads uploads)
{
    /// <summary>Rows read at most: enough to see what is wrong, little enough to wait for.</summary>
    public const int MostRows = 100_000;

    private const int RejectsShown = 20;

    /// <exception cref="ImportRefusedException">The file is wrong, or the mapping does not fit it.</exception>
    /// <exception cref="MappingException">The mapping is not in order.</exception>
    public Task<DryRunReport> Run(FileImport given, CancellationToken stop = default) => Task.Run(() =>
    {
        using var file = uploads.Open(given.Id) ?? throw new ImportRefusedException("The file is not there any more. Send it again.");
        return Read(file, Mapping.Parse(given.Mapping!, given.MappingName!), stop);
    }, stop);

    private DryRunReport Read(Stream file, Mapping mapping, CancellationToken stop)
    {
        var limits = new ImportLimits();
        var clock = LocalClock.Of(mapping.Council.Zone);
        using var bytes = FileBytes.Open(file, limits);
        using var csv = new CsvFile(bytes.Text, mapping, limits);
        using var mapper = new RowMapper(mapping, pseudonyms, clock, csv.Columns);
        using var staging = new Staging(store, LocalClock.Of(mapping.Council.Zone));
        var block = new CsvBlock(csv.Columns.Count);
        var rejects = new List<RejectedRow>();
        var services = new Dictionary<string, int>(StringComparer.Ordinal);
        var (read, rejected, isWhole) = (0L, 0L, false);
        while (read < MostRows && !(isWhole = !csv.Fill(block)))
        {
            stop.ThrowIfCancellationRequested();
            for (var i = 0; i < block.Count; i++)
            {
                read++;
                if (!block.IsRejected(i, out var reject) && mapper.TryMap(block[i], (uint)read, out var row, out reject))
                {
                    staging.Add(row);
                    if (row.Row.Service is { } service) services[service] = services.GetValueOrDefault(service) + 1;
                    continue;
                }
                rejected++;
                if (rejects.Count < RejectsShown) rejects.Add(new(reject.Line, reject.Column, reject.Value, reject.Reason));
            }
        }
        if (read == 0) throw new ImportRefusedException("The file has a header line and no rows.", 2);
        var (fresh, duplicates, _, flagged) = staging.FindNew(store.Dimensions.Council(mapping.Council.Name)?.Code, stop);
        var unmatched = services.Where(s => s.Key.Contains(':', StringComparison.Ordinal)).ToList();
        return new()
        {
            Read = read,
            New = fresh,
            Duplicates = duplicates,
            Rejected = rejected,
            Flagged = flagged,
            IsWhole = isWhole,
            FirstRejects = rejects,
            Unmatched = [.. unmatched.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key[(s.Key.IndexOf(':', StringComparison.Ordinal) + 1)..], s.Value))],
            Matched = services.Where(s => !s.Key.Contains(':', StringComparison.Ordinal)).Sum(s => (long)s.Value),
        };
    }
}

/// <summary>Services of the national list whose names are like a text, for somebody to choose from: what is alike is not always the same.</summary>
public sealed class ServiceSuggestions
{
    private const double Least = 0.3;
    private const int Most = 3;

    private readonly List<(ServiceName Service, HashSet<string> Parts)> _services;

    public ServiceSuggestions(IEnumerable<ServiceName> services) =>
        _services = [.. services.SelectMany(s => new[] { s.Label, s.CitizenLabel }.OfType<string>().Distinct().Select(name => (s, Parts(name))))];

    /// <summary>At most three, the most alike first: by the pairs of letters that both have (Dice's coefficient).</summary>
    public IReadOnlyList<ServiceName> For(string text)
    {
        var parts = Parts(text);
        return
        [
            .. _services.Select(s => (s.Service, Likeness: parts.Count + s.Parts.Count == 0 ? 0 : 2.0 * parts.Count(s.Parts.Contains) / (parts.Count + s.Parts.Count)))
                .Where(s => s.Likeness >= Least).OrderByDescending(s => s.Likeness).ThenBy(s => s.Service.Label, StringComparer.Ordinal).Select(s => s.Service).DistinctBy(s => s.Id).Take(Most),
        ];
    }

    private static HashSet<string> Parts(string text)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in MappingDraft.SlugOf(text).Split('-'))
            for (var i = 0; i < word.Length; i++) parts.Add(i == 0 ? $" {word[0]}" : word.Substring(i - 1, 2));
        return parts;
    }
}

/// <summary>A row that is not taken, and why.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
public sealed record RejectedRow(long Line, string Column, string Value, string Reason);
